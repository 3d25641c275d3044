"""Takes away each guard and asks whether the access tests notice; run by `scripts/remove_guards.py`.

`GUARDS_ONLY` is a word that the name of a guard has to hold, `GUARDS_PART` such as 1/8 one share of them.
"""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import process_time
from types import CodeType, FunctionType
from typing import Any

import pytest
from django.db import OperationalError

from . import (
    removing,
    test_guards,
    test_guards_conduct,
    test_guards_hidden,
    test_guards_lists,
    test_guards_names,
    test_guards_people,
    test_guards_recruitment,
    test_guards_staff,
    test_guards_transport,
    test_traces,
    test_two_teams,
)
from .held_twice import HELD_TWICE
from .office import Office
from .rows import TABLE
from .table import Area, Cell
from .test_table import _Nowhere, _try

Unit = Callable[[], None]
TRACING = (
    test_guards, test_guards_conduct, test_guards_hidden, test_guards_lists, test_guards_names,
    test_guards_people, test_guards_recruitment, test_guards_staff,
    test_guards_transport, test_traces,
)  # fmt: skip
CELLS = [(seat, relation) for seat, relation in test_traces.CELLS if seat in "CU"]


def share(every: list[Any], called: Callable[[Any], str] = str) -> list[Any]:
    """Those of the guards that this run is asked to take away."""
    part, _, parts = os.environ.get("GUARDS_PART", "1/1").partition("/")
    found = [each for each in every if os.environ.get("GUARDS_ONLY", "") in called(each)]
    return found[int(part) - 1 :: int(parts)]


class Noticed(AssertionError):
    """A cell of the table is not answered as it says."""


def routes() -> dict[str, tuple[Area, str]]:
    return {route: (area, route) for area in TABLE for route in area.routes()}


def all_cells(office: Office, area: Area, route: str, *, strangers_first: bool = False) -> Unit:
    """Every cell of a route that the table's own test tries."""
    cells = area.tried(route)

    def tried() -> None:
        nowhere = _Nowhere(office, area, route)
        for cell in reversed(cells) if strangers_first else cells:
            if _try(office, area, cell, nowhere):
                raise Noticed(cell)

    return tried


def let_in(office: Office, area: Area, route: str) -> Unit:
    """One cell of each row: as far as a route leads those who are let in."""
    rows = [row for row in area.rows if row.route == route]

    def tried() -> None:
        for row in rows:
            relation, answer = row.answers[0]
            cell = Cell(route, row.method, row.seats[0], relation, answer)
            _try(office, area, cell, _Nowhere(office, area, route))

    return tried


def traces(office: Office) -> dict[str, Unit]:
    """The tests of traces, those by seat as the coordinator and the auditor."""
    found: dict[str, Unit] = {}
    for module in TRACING:
        for name in dir(module):
            if name.startswith("test_"):
                found |= _traces(office, getattr(module, name))
    found["test_two_teams"] = lambda: test_two_teams.test_what_one_only_sees_one_does_nothing_to(office)
    found["test_offers"] = lambda: test_two_teams.test_what_one_may_not_do_is_not_offered(office)
    return found


def _traces(office: Office, test: FunctionType) -> dict[str, Unit]:
    name = test.__name__
    asks = test.__code__.co_varnames[: test.__code__.co_argcount]
    if "seat" in asks:
        return {f"{name}[{s}-{r}]": _trace(test, asks, office, s, r) for s, r in CELLS}
    if "relation" in asks:
        return {f"{name}[{r}]": _trace(test, asks, office, "", r) for r in test_traces.STANDINGS}
    return {name: _trace(test, asks, office, "", "")}


def _trace(test: Any, asks: tuple[str, ...], office: Office, seat: str, relation: str) -> Unit:
    def tried() -> None:
        with pytest.MonkeyPatch.context() as patch:
            given = {"office": office, "seat": seat, "relation": relation, "monkeypatch": patch}
            test(**{name: given[name] for name in asks})

    return tried


@dataclass(frozen=True)
class Way:
    """A test that may notice: what of ours runs while it is tried, and how long that takes."""

    unit: Unit
    ran: frozenset[CodeType]
    seconds: float


def way(unit: Unit, *, proved_by: Unit | None = None, times: float = 1) -> Way:
    """As it goes with every guard in place; `proved_by` is tried instead, and takes so many times as long."""
    seen: set[CodeType] = set()

    def note(frame: Any, _event: str, _arg: Any) -> None:
        seen.add(frame.f_code)

    began = process_time()
    sys.settrace(note)  # hears of calls alone, as it asks for no lines
    try:
        unit()
    finally:
        sys.settrace(None)
    ours = frozenset(code for code in seen if code.co_filename.startswith(OURS))
    return Way(proved_by or unit, ours, (process_time() - began) * times)


def ways(office: Office) -> list[Way]:
    """All there are, the quickest first."""
    found = [way(unit) for unit in traces(office).values()]
    for area, route in routes().values():
        cells = all_cells(office, area, route, strangers_first=True)
        share_of_all = len(area.tried(route)) / max(1, sum(row.route == route for row in area.rows))
        found.append(way(let_in(office, area, route), proved_by=cells, times=share_of_all))
    return sorted(found, key=lambda each: each.seconds)


OURS = str(removing.ROOT / "moothall")


def notices(wanted: Iterator[Unit]) -> bool:
    for unit in wanted:
        try:
            unit()
        except OperationalError:
            continue  # a server too busy to answer says nothing of the guard
        except Exception:
            return True
    return False


def doors_missed(office: Office) -> tuple[int, list[str]]:
    """How many doors were opened to all, and those of which nobody noticed."""
    known, missed = routes(), []
    doors = share(sorted(removing.doors().items()), lambda door: f"the door of {door[0]}")
    for name, guarded in doors:
        with removing.open_door(name, guarded):
            if not notices(iter([all_cells(office, *known[name], strangers_first=True)])):
                missed.append(f"the door of {name}")
                print(missed[-1], flush=True)
    return len(doors), missed


def guards_missed(office: Office) -> tuple[int, list[str]]:
    """How many guards were taken away, and those of which nobody noticed, or against what is said of them."""
    guards, missed, twice = share(list(removing.guards())), [], 0
    if not guards:
        return 0, []
    known = ways(office)
    every = frozenset[CodeType]().union(*(each.ran for each in known))
    functions: dict[str, list[FunctionType]] = removing.functions_by_file()
    for guard in guards:
        around = {code for code in every if removing.holds(code, guard)}
        there = [each.unit for each in known if each.ran & around]
        with removing.without(guard, functions):
            noticed = notices(iter(there))
        reason = HELD_TWICE.get(guard.place, "")
        if reason and not noticed:
            twice += 1
            print(f"held twice: {guard}: {reason}", flush=True)
        elif reason or not noticed:
            how = "said to be held twice, and noticed" if reason else f"past which {len(there)} tests come"
            missed.append(f"{guard}, {how}")
            print(missed[-1], flush=True)
    print(f"{twice} guards held twice", flush=True)
    return len(guards) - twice, missed


def test_no_guard_can_be_taken_away_unnoticed(office: Office) -> None:
    missed: list[str] = []
    for what, find in (("doors opened", doors_missed), ("guards taken away", guards_missed)):
        count, unnoticed = find(office)
        print(f"{count} {what}, {count - len(unnoticed)} noticed", flush=True)
        missed += unnoticed
    assert missed == []
