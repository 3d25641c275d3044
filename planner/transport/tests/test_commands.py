"""`moothall plan transport` and `moothall plan check-transport`."""

import json
from pathlib import Path

import pytest

from planner.command import run

from .make import SMALL


def test_a_plan_is_written_and_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan.json"

    assert run(["transport", str(SMALL), "--rounds", "20", "--out", str(out), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    written = json.loads(out.read_text(encoding="utf-8"))
    assert figures["vehicles"] == written["vehicles"] == len(written["routes"])
    assert figures["unserved"] == []

    assert run(["check-transport", str(SMALL), str(out)]) == 0
    assert "every rule is kept" in capsys.readouterr().out


def test_a_broken_plan_is_judged_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan.json"
    out.write_text('{"routes": [], "unserved": []}', encoding="utf-8")

    assert run(["check-transport", str(SMALL), str(out)]) == 1
    assert "is fetched 0 times" in capsys.readouterr().out


def test_what_the_times_stand_on_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["transport", str(SMALL), "--rounds", "0"]) == 0
    assert "travel times: the case does not say" in capsys.readouterr().out


def test_a_plan_that_makes_too_many_late_on_a_slow_day_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plan.json"
    words = ["transport", str(SMALL), "--rounds", "0", "--slow", "2", "--most-late", "0", "--out", str(out)]

    assert run(words) == 2
    assert "plan with a margin" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["transport", "nowhere.json"], "cannot be read"),
        (["transport"], "required"),
        (["check-transport", "nowhere.json", "none.json"], "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    assert told in capsys.readouterr().err


def test_a_case_without_its_times_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tmp_path / "case.json"
    case.write_bytes(SMALL.read_bytes())

    assert run(["transport", str(case), "--rounds", "0"]) == 2
    assert "case.npz cannot be read" in capsys.readouterr().err
