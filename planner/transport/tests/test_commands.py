"""`moothall plan transport` and `moothall plan check-transport`."""

import json
import sys
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from planner.command import run

from .make import SMALL, make_said


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
    case.write_text(json.dumps(make_said()[0]))

    assert run(["transport", str(case), "--rounds", "0"]) == 2
    assert "case.npz cannot be read" in capsys.readouterr().err


def test_a_case_that_says_where_everything_lies_needs_no_times_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case.json"
    case.write_bytes(SMALL.read_bytes())

    assert run(["transport", str(case), "--rounds", "0"]) == 0
    assert "No streets were used" in capsys.readouterr().out
    assert run(["transport", str(case), "--rounds", "0", "--streets", str(tmp_path / "no.npz")]) == 2


def test_a_day_is_planned_in_districts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan.json"
    words = ["transport", str(SMALL), "--rounds", "60", "--districts", "1", "--out", str(out)]

    assert run(words) == 0
    assert "turn 1 of 1" in capsys.readouterr().err
    assert run(["check-transport", str(SMALL), str(out)]) == 0
    assert run([*words, "--seconds", "1"]) == 2


class _Client:
    """Stands for a cluster's."""

    def __init__(self, address: str, timeout: str) -> None:
        if address != "tcp://here:8786":
            raise OSError("nobody there")
        self.closed = False

    def get_executor(self) -> Executor:
        return ThreadPoolExecutor(1)

    def close(self) -> None:
        self.closed = True


def test_a_named_cluster_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["transport", str(SMALL), "--rounds", "12", "--districts", "1", "--cluster"]
    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=_Client))

    assert run([*words, "tcp://here:8786"]) == 0
    assert run([*words, "tcp://nowhere:1"]) == 2
    assert "does not answer: nobody there" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert run([*words, "tcp://here:8786"]) == 2
    assert "not installed" in capsys.readouterr().err


def test_a_week_is_planned_and_judged_day_by_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said, tables = make_said()
    said |= {"days": ["mon", "fri"]}
    said["passengers"][3]["days"] = ["mon"]
    case, out = tmp_path / "case.json", tmp_path / "plan.json"
    case.write_text(json.dumps(said))
    np.savez(case.with_suffix(".npz"), **tables)

    assert run(["transport", str(case), "--rounds", "50", "--out", str(out)]) == 0
    assert "fri:" in capsys.readouterr().out
    assert [one["day"] for one in json.loads(out.read_text())["days"]] == ["mon", "fri"]
    assert run(["check-transport", str(case), str(out)]) == 0
    assert capsys.readouterr().out.count("every rule is kept") == 2
    assert run(["transport", str(case), "--rounds", "5", "--day", "fri", "--out", str(out)]) == 0
    assert run(["check-transport", str(case), str(out)]) == 0
    assert run(["transport", str(case), "--rounds", "5", "--day", "sun"]) == 2
