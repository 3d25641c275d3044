"""What the table is tried on is declared once: nothing takes the place of something else unnoticed."""

import pytest

from .once import Once


def test_a_name_is_given_once_however_it_is_given() -> None:
    rows: Once[object] = Once({"staff own": 1})
    rows |= {"staff other": 2}
    rows.update({"leave own": 3})
    rows["loan"] = 4
    for again in (
        lambda: rows.__setitem__("loan", 5),
        lambda: rows.update({"staff own": 5}),
        lambda: rows.__ior__({"leave own": 5}),
        lambda: Once(rows, {"staff other": 5}),
    ):
        with pytest.raises(ValueError, match="is the name of something else already: choose another"):
            again()
    assert rows == {"staff own": 1, "staff other": 2, "leave own": 3, "loan": 4}


def test_the_same_thing_may_be_given_again() -> None:
    thing = object()
    rows: Once[object] = Once({"loan": thing}, {"loan": thing})
    rows["loan"] = thing
    assert rows == {"loan": thing}
