"""Where compiled functions are kept, and for how many kinds of number they are compiled."""

from pathlib import Path

import pytest
from numba.core import types

from planner import compiled


def _package(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "moving.py").write_text(f"from planner.compiled import inner\n{text}\n")
    (folder / "wording.py").write_text("HELLO = 1\n")
    return folder


def test_the_same_text_is_kept_on_the_same_shelf_wherever_it_stands(tmp_path: Path) -> None:
    one, other = (_package(tmp_path / name / "runs", "A = 1") for name in ("here", "there"))
    changed = _package(tmp_path / "elsewhere" / "runs", "A = 2")

    assert compiled._shelf(one) == compiled._shelf(other)
    assert compiled._shelf(one) != compiled._shelf(changed)
    assert compiled._shelf(one).name.startswith("runs-")


def test_a_text_that_is_never_compiled_does_not_count(tmp_path: Path) -> None:
    one, other = (_package(tmp_path / name / "runs", "A = 1") for name in ("here", "there"))
    (other / "wording.py").write_text("HELLO = 2\n")

    assert compiled._shelf(one) == compiled._shelf(other)


def test_what_is_compiled_lies_beside_the_planner_where_nobody_has_a_home(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "nowhere")

    assert compiled._place.__wrapped__() == compiled.HERE / "__pycache__"


@pytest.mark.parametrize("kind", [types.int32, types.uint64, types.literal(7), types.int64])  # type: ignore[no-untyped-call]
def test_every_whole_number_is_of_one_kind_to_an_inner_function(kind: object) -> None:
    assert compiled._plain(kind) == types.int64


@pytest.mark.parametrize("kind", [types.float64, types.boolean])
def test_other_kinds_stay_as_they_are(kind: object) -> None:
    assert compiled._plain(kind) == kind
