"""The timetable of an event: room by time, and candidate by candidate. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from moothall.bookings.models import Resource
from moothall.core.clock import in_london
from moothall.recruitment.models import (
    Assessing,
    EventCandidate,
    EventSeat,
    EventSitting,
    SelectionEvent,
)


@dataclass(frozen=True)
class Cell:
    """One sitting."""

    sitting: EventSitting
    people: Sequence[EventCandidate]
    free: int
    staff: Sequence[str]

    @property
    def times(self) -> str:
        begins, ends = in_london(self.sitting.begins_at), in_london(self.sitting.ends_at)
        return f"{begins:%H:%M}–{ends:%H:%M}"


@dataclass(frozen=True)
class DayTable:
    """One day: rooms across, times down; a cell where something begins."""

    on: dt.date
    rooms: Sequence[Resource]
    rows: Sequence[tuple[str, Sequence[Sequence[Cell]]]]


def cells_of(event: SelectionEvent) -> list[Cell]:
    """Every sitting with who is in it, in six queries whatever its size."""
    seats = EventSeat.objects.select_related("candidate__application__applicant__person").order_by("pk")
    panel = Assessing.objects.select_related("account").order_by("pk")
    rows = EventSitting.objects.filter(event=event).select_related("exercise", "room")
    full = rows.prefetch_related(Prefetch("seats", seats), Prefetch("panel", panel))
    found = []
    for each in full.order_by("begins_at", "room__name", "pk"):
        people = [seat.candidate for seat in each.seats.all() if seat.candidate is not None]
        free = sum(seat.candidate_id is None for seat in each.seats.all())
        found.append(Cell(each, people, free, [one.account.name for one in each.panel.all()]))
    return found


def by_room(cells: Sequence[Cell]) -> list[DayTable]:
    days: dict[dt.date, list[Cell]] = defaultdict(list)
    for each in cells:
        days[in_london(each.sitting.begins_at).date()].append(each)
    return [_table(day, those) for day, those in sorted(days.items())]


def _table(day: dt.date, cells: Sequence[Cell]) -> DayTable:
    rooms = {each.sitting.room_id: each.sitting.room for each in cells}
    order = sorted(rooms.values(), key=lambda room: (room.name, room.pk))
    at: dict[str, dict[int, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for each in cells:
        at[f"{in_london(each.sitting.begins_at):%H:%M}"][each.sitting.room_id].append(each)
    rows = [(time, [those[room.pk] for room in order]) for time, those in sorted(at.items())]
    return DayTable(day, order, rows)


def by_candidate(cells: Sequence[Cell]) -> list[tuple[EventCandidate, list[Cell]]]:
    """By name; what each does, in order."""
    found: dict[int, tuple[EventCandidate, list[Cell]]] = {}
    for cell in cells:
        for one in cell.people:
            found.setdefault(one.pk, (one, []))[1].append(cell)
    return sorted(found.values(), key=lambda row: (_name(row[0]), row[0].pk))


def _name(one: EventCandidate) -> str:
    return one.application.applicant.person.full_name


def minutes_of(cells: Sequence[Cell]) -> Mapping[str, int]:
    """How long each assesses, notes included: whether the load is fair."""
    found: dict[str, int] = defaultdict(int)
    for cell in cells:
        span = cell.sitting.taken
        for name in cell.staff:
            found[name] += round((span.upper - span.lower).total_seconds() / 60)
    return dict(sorted(found.items(), key=lambda row: (-row[1], row[0])))
