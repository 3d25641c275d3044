"""`moothall plan training` and `moothall plan check-training`."""

import json
from pathlib import Path

import pytest

from planner.command import run

from .make import CASE, RUNS


def test_a_plan_is_written_and_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan.json"
    words = ["training", str(CASE), "--runs", str(RUNS), "--rounds", "0", "--out", str(out), "--json"]

    assert run(words) == 0
    figures = json.loads(capsys.readouterr().out)
    written = json.loads(out.read_text(encoding="utf-8"))
    assert figures["placed"] == written["placed"] == len(written["places"])
    assert figures["bound"] >= figures["placed"]

    assert run(["check-training", str(CASE), str(out)]) == 0
    assert "every rule is kept" in capsys.readouterr().out


def test_a_broken_plan_is_judged_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan.json"
    out.write_text('{"placed": 0, "classes": [], "places": [], "unplaced": []}', encoding="utf-8")

    assert run(["check-training", str(CASE), str(out)]) == 1
    assert "answered 0 times" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["training", "nowhere.json"], "cannot be read"),
        (["training"], "required"),
        (["check-training", "nowhere.json", "none.json"], "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    assert told in capsys.readouterr().err


def test_a_case_of_another_form_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tmp_path / "case.json"
    case.write_text('{"H": 3}', encoding="utf-8")

    assert run(["training", str(case), "--rounds", "0"]) == 2
    assert "does not have the published form" in capsys.readouterr().err


@pytest.mark.slow
def test_a_limit_is_proved_in_another_process(capsys: pytest.CaptureFixture[str]) -> None:
    words = [str(CASE), "--runs", str(RUNS), "--rounds", "0", "--prove", "5", "--levers", "team:3", "--json"]

    assert run(["training", *words]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["bound"] <= json.loads(told.out)["placed"] * 1.05
    assert "solved again" in told.err
