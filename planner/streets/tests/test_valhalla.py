"""Valhalla is asked where it is there, and is not needed where it is not."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.streets.problem import CannotOpen
from planner.streets.valhalla import Valhalla, line

from .make import places

HERE = importlib.util.find_spec("valhalla") is not None


class Standing:
    """Answers as Valhalla does: each journey takes a minute for each hundredth of a degree of latitude."""

    def matrix(self, query: Any) -> str:
        rows = [
            [
                {"time": None if b["lat"] > 60 else round(6000 * abs(a["lat"] - b["lat"]))}
                for b in query["targets"]
            ]
            for a in query["sources"]
        ]
        return json.dumps({"sources_to_targets": rows})

    def route(self, query: Any) -> dict[str, Any]:
        told = [{"instruction": "Drive north."}, {"instruction": "You have arrived."}]
        leg = {"shape": "_izlhA~rlgdF_{geC~ywl@_kwzCn`{nI", "maneuvers": told}
        return {"trip": {"summary": {"time": 60, "length": 2}, "legs": [leg]}}


def test_a_line_is_read_as_it_is_encoded() -> None:
    points = line("_izlhA~rlgdF_{geC~ywl@_kwzCn`{nI")
    assert points == pytest.approx(np.array([[38.5, -120.2], [40.7, -120.95], [43.252, -126.453]]))


def test_times_come_in_blocks_and_no_way_is_nan() -> None:
    origins = np.array([[50 + i / 100, -1.0] for i in range(120)])
    seconds = Valhalla(Standing()).times(origins, np.array([[50.0, -1.0], [61.0, -1.0]]))
    assert seconds.shape == (120, 2)
    assert seconds[119, 0] == 7140
    assert np.isnan(seconds[:, 1]).all()


def test_directions_come_in_sentences_and_as_a_line() -> None:
    found = Valhalla(Standing()).directions(*places((0, 0), (0, 100)))
    assert found.sentences == ("Drive north.", "You have arrived.")
    assert found.metres == pytest.approx(3218.7, abs=0.1)
    assert len(found.points) == 3


def test_where_valhalla_is_not_installed_the_refusal_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(CannotOpen, match="not installed here"):
        Valhalla.open(tmp_path)


@pytest.mark.skipif(not HERE, reason="Valhalla is not installed: it is optional")
def test_tiles_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="no Valhalla tiles"):
        Valhalla.open(tmp_path / "none")
