"""`moothall plan selection` and `moothall plan check-selection`, and cases that make no sense."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from planner.command import run
from planner.selection.problem import SelectionError
from planner.selection.reading import problem_of, read_problem

from .make import NINE, assessor, candidate, exercise, room, said, sitting


def case_in(folder: Path, **changes: Any) -> Path:
    path = folder / "case.json"
    path.write_text(json.dumps({**said([candidate("Ada")], [assessor("Bron")]), **changes}))
    return path


def test_a_plan_is_made_written_and_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, out = case_in(tmp_path), tmp_path / "plan.json"
    assert run(["selection", str(case), "--rounds", "1", "--seed", "2", "--out", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["seated"] == 1
    assert run(["check-selection", str(case), str(out)]) == 0
    assert "every rule is kept" in capsys.readouterr().out


def test_somebody_ill_is_mended_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ill = [assessor("Bron", away=[[0, 0, 1440]]), assessor("Idris")]
    case = case_in(tmp_path, assessors=ill, published=[sitting(["Ada"])])
    assert run(["selection", str(case), "--mend", "--rounds", "0"]) == 0
    assert "Ada, interview: another assessor. Bron is away." in capsys.readouterr().out


def test_whoever_has_no_day_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["selection", str(case_in(tmp_path, rooms=[])), "--rounds", "0"]) == 0
    assert "Ada has no interview: No room is large enough" in capsys.readouterr().out


def test_a_broken_plan_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, plan = case_in(tmp_path), tmp_path / "plan.json"
    plan.write_text(
        json.dumps({"sittings": [sitting(["Ada"], NINE - 60 - n) for n in range(30)], "unseated": []})
    )
    assert run(["check-selection", str(case), str(plan)]) == 1
    assert "and " in capsys.readouterr().out
    assert run(["check-selection", str(case), str(tmp_path / "nothing.json")]) == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing.json"], "cannot be read"),
        (["CASE", "--mend"], "no plan in force"),
        (["CASE", "--seconds", "x"], "--help"),
        (["CASE", "--seconds", "-1"], "less than no time"),
        (["CASE", "--rounds", "0", "--out", "/nowhere/plan.json"], "cannot be written"),
    ],
)
def test_wrong_words_are_answered_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    case = str(case_in(tmp_path))
    assert run(["selection", *(case if word == "CASE" else word for word in words)]) == 2
    assert told in capsys.readouterr().err


def test_a_case_may_be_compressed(tmp_path: Path) -> None:
    path = tmp_path / "case.json.gz"
    path.write_bytes(gzip.compress(json.dumps(said([], [])).encode()))
    assert read_problem(path).candidates == ()
    path.write_bytes(b"\x1f\x8bnot")
    with pytest.raises(SelectionError):
        read_problem(path)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"days": []}, "between one and"),
        ({"days": [{"on": "2026-12-01", "opens": 600, "closes": 600}]}, "closes before it opens"),
        ({"days": [{"on": "2026-12-01", "opens": 1, "closes": 9}] * 2}, "A day is there twice"),
        ({"days": [{"on": "soon", "opens": 1, "closes": 9}]}, "no number or day"),
        ({"grid": 7}, "steps of 7 minutes"),
        ({"rooms": [room(), room()]}, "The room Cwm is there twice"),
        ({"rooms": [{"id": "Cwm"}]}, "not as it should be"),
        ({"exercises": [exercise(minutes=0)]}, "takes no time"),
        ({"exercises": [exercise(after=["juggling"])]}, "comes after juggling"),
        ({"exercises": [exercise("a", after=["b"]), exercise("b", after=["a"])]}, "comes after itself"),
        ({"candidates": [candidate("Ada", exercises=["juggling"])]}, "sits juggling"),
        ({"candidates": [candidate("Ada", exercises=["interview"] * 2)]}, "sits an exercise twice"),
        ({"candidates": [candidate("Ada", longer=-1)]}, "less than no longer time"),
        ({"candidates": [candidate("Ada", away=[[4, 0, 9]])]}, "times on day 4"),
        ({"assessors": [assessor("Bron", hours=[[0, 9, 1]])]}, "ends before it begins"),
    ],
)
def test_a_case_that_makes_no_sense_is_refused(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(SelectionError, match=told):
        problem_of({**said([candidate("Ada")], [assessor("Bron")]), **changes})
