"""Takes away each guard and asks whether the access tests notice; run by `scripts/remove_guards.py`."""

import sys
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

import pytest

from . import removing, test_traces
from .office import Office
from .rows import TABLE
from .test_table import _Nowhere, _try

Unit = Callable[[], None]


class Noticed(AssertionError):
    """A cell of the table is not answered as it says."""


def units(office: Office) -> dict[str, Unit]:
    """What is tried: each route of the table, then the traces; each raises when something is wrong."""
    found: dict[str, Unit] = {}
    for area in TABLE:
        for route in area.routes():
            found[route] = _route(office, area, route)
    for name in dir(test_traces):
        if name.startswith("test_"):
            found |= _traces(office, name)
    return found


def _route(office: Office, area: Any, route: str) -> Unit:
    def tried() -> None:
        nowhere = _Nowhere(office, area, route)
        for cell in area.tried(route):
            if _try(office, area, cell, nowhere):
                raise Noticed(cell)

    return tried


def _traces(office: Office, name: str) -> dict[str, Unit]:
    test = getattr(test_traces, name)
    asks = test.__code__.co_varnames[: test.__code__.co_argcount]
    if "seat" in asks:
        return {f"{name}[{s}-{r}]": _trace(test, asks, office, s, r) for s, r in test_traces.CELLS}
    if "relation" in asks:
        return {f"{name}[{r}]": _trace(test, asks, office, "", r) for r in test_traces.STANDINGS}
    return {name: _trace(test, asks, office, "", "")}


def _trace(test: Any, asks: tuple[str, ...], office: Office, seat: str, relation: str) -> Unit:
    def tried() -> None:
        with pytest.MonkeyPatch.context() as patch:
            given = {"office": office, "seat": seat, "relation": relation, "monkeypatch": patch}
            test(**{name: given[name] for name in asks})

    return tried


def ran_in(unit: Unit) -> set[CodeType]:
    """The functions of ours that run while this is tried, with every guard in place."""
    ran: set[CodeType] = set()

    def note(frame: Any, event: str, _arg: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(OURS):
            ran.add(frame.f_code)

    sys.setprofile(note)
    try:
        unit()
    finally:
        sys.setprofile(None)
    return ran


OURS = str(removing.ROOT / "moothall")


def notices(wanted: Iterator[Unit]) -> bool:
    for unit in wanted:
        try:
            unit()
        except Exception:
            return True
    return False


def test_no_guard_can_be_taken_away_unnoticed(office: Office) -> None:
    tried = units(office)
    ran = {name: ran_in(unit) for name, unit in tried.items()}
    functions: dict[str, list[FunctionType]] = removing.functions_by_file()
    missed: list[str] = []
    count = 0
    for name, guarded in sorted(removing.doors().items()):
        count += 1
        with removing.open_door(name, guarded):
            if not notices(iter([tried[name]])):
                missed.append(f"the door of {name}")
    doors, doors_missed = count, len(missed)
    print(f"\n{doors} doors opened, {doors - doors_missed} noticed", flush=True)
    for guard in removing.guards():
        count += 1
        reaching = [unit for name, unit in tried.items() if removing.reached(guard, ran[name])]
        with removing.without(guard, functions):
            if not notices(iter(reaching)):
                words = "no test comes there" if not reaching else f"{len(reaching)} tests see no difference"
                missed.append(f"{guard}: {words}")
                print(missed[-1], flush=True)
    print(f"{count} guards taken away, {count - len(missed)} noticed", flush=True)
    assert missed == []
