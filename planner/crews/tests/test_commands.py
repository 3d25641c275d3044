"""`moothall plan crews` and `moothall plan check-crews`, and cases that make no sense."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from planner.command import run
from planner.crews.problem import CrewError
from planner.crews.reading import problem_of

from .make import person, said, small, task


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "week.json"
    path.write_text(json.dumps(small()), encoding="utf-8")
    return path


def test_a_week_is_manned_written_and_judged(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = case.with_name("plan.json")
    assert run(["crews", str(case), "--rounds", "3", "--seed", "2", "--out", str(out), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    written = json.loads(out.read_text(encoding="utf-8"))
    assert figures["manned"] == len(written["given"])
    assert figures["bound"] <= figures["cost"]

    assert run(["check-crews", str(case), str(out)]) == 0
    assert "every rule is kept" in capsys.readouterr().out


def test_a_broken_plan_is_judged_so(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = case.with_name("plan.json")
    out.write_text('{"given": [], "unmanned": []}', encoding="utf-8")
    assert run(["check-crews", str(case), str(out)]) == 1
    assert "breaches" in capsys.readouterr().out


def test_a_compressed_case_is_read_and_reasons_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "week.json.gz"
    path.write_bytes(gzip.compress(json.dumps(said([person("Aled", away=[0])], [task("1")])).encode()))
    assert run(["crews", str(path), "--rounds", "0"]) == 0
    assert "Of 1 driver: 1 is away." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["crews", "nowhere.json"], "cannot be read"),
        (["crews"], "required"),
        (["check-crews", "nowhere.json", "none.json"], "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"days": 0}, "between one and 14 days"),
        ({"days": "many"}, "no number or day"),
        ({"first_day": None}, "missing or wrong"),
        ({"people": [person("Aled"), person("Aled")]}, "Aled is there twice"),
        ({"tasks": [task("1"), task("1")]}, "The task 1 is there twice"),
        ({"people": [person("Aled", "cook")]}, "“cook” is neither"),
        ({"people": [{**person("Aled"), "roles": []}]}, "Aled is neither"),
        ({"people": [person("Aled", ended=5)]}, "ended the work before the week"),
        ({"tasks": [task("1", kind="trip")]}, "“trip”"),
        ({"tasks": [task("1", 8)]}, "day 8"),
        ({"tasks": [task("1", 0, 500, 420)]}, "ends before it begins"),
        ({"tasks": [task("1", driving=90)]}, "more driving than time"),
        ({"ways": [["north", "south", -1]]}, "less than no time"),
        ({"hours": []}, "No rule says"),
    ],
)
def test_a_case_that_makes_no_sense_is_refused(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(CrewError, match=told):
        problem_of({**said([person("Aled")], [task("1")]), **changes})


def test_a_rest_shorter_than_the_shortest_is_refused() -> None:
    case = said([person("Aled")], [task("1")])
    case["hours"][0]["short_rest"] = 700
    with pytest.raises(CrewError, match="short rest of a driver is longer"):
        problem_of(case)
