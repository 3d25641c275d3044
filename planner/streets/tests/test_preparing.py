"""An extract made ready: refused clearly, kept whole or not at all."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from planner.streets.asking import Streets
from planner.streets.command import run
from planner.streets.keeping import CREDIT, open_prepared, prepare
from planner.streets.problem import CannotOpen, CannotRead
from planner.streets.tiles import DRAWN, ENDING

from .make import LEEDS, STREET, draw


def test_an_extract_is_prepared_with_progress_and_credit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([str(LEEDS)], tmp_path / "streets") == 0

    said = capsys.readouterr()
    assert "read 183 ways …" in said.err
    assert "© OpenStreetMap contributors, Open Database Licence 1.0" in said.out
    assert "all connected" in said.out
    made = sorted(file.name for file in (tmp_path / "streets").iterdir())
    assert made == ["leeds-2020-03" + ENDING, "leeds-2020-03" + DRAWN]


def test_the_file_says_where_it_comes_from(tmp_path: Path) -> None:
    source = open_prepared(prepare(LEEDS, tmp_path)).source

    assert source.name == LEEDS.name
    assert source.as_of == "2020-03-14"
    assert source.credit == CREDIT
    assert source.sha256 == "5d65c33d35668952d968ff95021568c77ced4d9098f06d08c43bf6d8e2c69a1a"


def test_what_is_opened_is_what_was_made(tmp_path: Path) -> None:
    file = prepare(LEEDS, tmp_path)
    first = file.read_bytes()
    again = open_prepared(prepare(LEEDS, tmp_path))

    assert file.read_bytes() == first
    assert again.drive.junctions.shape == (39, 2)
    assert sorted(again.walk_order) == list(range(len(again.walk.junctions)))


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [
        ("map.pdf", b"%PDF-1.4", "should end in .osm.pbf"),
        ("map.osm.pbf", b"", "is empty"),
        ("map.osm.pbf", b"%PDF-1.4 and so on, for quite a while", "is broken"),
        ("map.osm", b"<osm version='0.6'></osm>", "holds no road"),
        ("map.osm", b"<html>Not found</html>", "is broken"),
    ],
)
def test_what_is_no_extract_is_refused_clearly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, written: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(written)

    assert run([str(tmp_path / name)], tmp_path / "streets") == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "streets").exists()


def test_a_broken_extract_is_refused_and_leaves_the_old_streets(tmp_path: Path) -> None:
    extract = tmp_path / "leeds.osm.pbf"
    extract.write_bytes(LEEDS.read_bytes())
    file = prepare(extract, tmp_path)
    before = file.read_bytes()

    extract.write_bytes(LEEDS.read_bytes()[:20_000])
    with pytest.raises(CannotRead, match="is broken"):
        prepare(extract, tmp_path)
    assert file.read_bytes() == before


def test_a_missing_extract_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="cannot be read: No such file"):
        prepare(tmp_path / "none.osm.pbf", tmp_path)


def test_streets_that_lead_nowhere_are_refused(tmp_path: Path) -> None:
    points = {"a": (0.0, 0.0), "b": (100.0, 0.0)}
    one_way = draw(tmp_path / "one.osm", points, [("ab", STREET | {"oneway": "yes"})])
    with pytest.raises(CannotRead, match="hang together"):
        prepare(one_way, tmp_path)
    motorway = draw(tmp_path / "fast.osm", points, [("ab", {"highway": "motorway", "oneway": "no"})])
    with pytest.raises(CannotRead, match="picked up"):
        prepare(motorway, tmp_path)


def test_a_way_that_leaves_the_extract_ends_there(tmp_path: Path) -> None:
    points = {name: (100.0 * i, 0.0) for i, name in enumerate("abcde")}
    made = open_prepared(
        prepare(draw(tmp_path / "cut.osm", points, [("abcde", STREET)], missing="c"), tmp_path)
    )
    assert made.source.outside == 1
    assert made.drive.metres.sum() == pytest.approx(100, abs=0.1)


def test_a_file_that_is_damaged_or_missing_is_refused(tmp_path: Path) -> None:
    file = prepare(LEEDS, tmp_path)
    with np.load(file) as kept:
        arrays = dict(kept)
    arrays["drive_metres"] = arrays["drive_metres"] * 2
    np.savez_compressed(tmp_path / "changed.npz", **arrays)
    (tmp_path / "half.npz").write_bytes(file.read_bytes()[:5000])

    for name, told in (
        ("changed", "damaged"),
        ("half", "cannot be opened"),
        ("none", "There are no streets"),
    ):
        with pytest.raises(CannotOpen, match=told):
            Streets.open(tmp_path / f"{name}.npz")


KILLED = """
import os, signal, sys
from pathlib import Path
import numpy as np
import planner.streets.keeping as keeping
def half(file, **arrays):
    file.write(b"half of it")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
keeping.np.savez_compressed = half
keeping.prepare(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.slow
def test_a_preparation_killed_half_way_leaves_nothing_half_done(tmp_path: Path) -> None:
    file = prepare(LEEDS, tmp_path)
    before = file.read_bytes()

    words = [sys.executable, "-c", KILLED, str(LEEDS), str(tmp_path)]
    died = subprocess.run(words, check=False, env=os.environ | {"PYTHONPATH": os.getcwd()}, timeout=120)

    assert died.returncode == -signal.SIGKILL
    assert file.read_bytes() == before
    assert Streets.open(file).source.name == LEEDS.name
    prepare(LEEDS, tmp_path)
    assert [left.name for left in tmp_path.iterdir()] == [file.name]
