"""The sittings of the plan in force: written as the planner says them, and read back the same way.

Said in the office's numbers, each with the letter of what it is: `e` an exercise, `r` a room, `a` somebody
who assesses, `c` a candidate; `s` is a time that is free.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import IntegrityError, transaction

from moothall.core.clock import in_london
from moothall.recruitment.models import Assessing, EventSeat, EventSitting, SelectionEvent

from .event_refusals import PlanOvertaken, TakenElsewhere

Said = Mapping[str, Any]
SPARE: Final = "s"
MINUTE: Final = dt.timedelta(minutes=1)
ONCE: Final = (
    "a_room_has_one_sitting_at_a_time", "a_candidate_sits_one_thing_at_a_time",
    "an_assessor_has_one_sitting_at_a_time",
)  # fmt: skip


def number_of(name: str) -> int:
    return int(name[1:])


def snapshot(event: SelectionEvent) -> list[dict[str, Any]]:
    """What stands, as the planner says it."""
    days = {day.on: at for at, day in enumerate(event.days.all())}
    rooms = {each.resource_id: each.pk for each in event.rooms.all()}
    rows = EventSitting.objects.filter(event=event).prefetch_related("seats", "panel")
    found = []
    for each in rows.order_by("begins_at", "room_id", "id"):
        begins, ends = in_london(each.begins_at), in_london(each.ends_at)
        panel = list(each.panel.all())
        found.append({
            "exercise": f"e{each.exercise_id}", "day": days[begins.date()],
            "begins": begins.hour * 60 + begins.minute, "ends": ends.hour * 60 + ends.minute,
            "room": f"r{rooms[each.room_id]}",
            "candidates": sorted(_called(seat) for seat in each.seats.all()),
            "assessors": sorted(f"a{one.assessor_id}" for one in panel if one.interprets_for_id is None),
            "interpreters": {
                f"c{one.interprets_for_id}": f"a{one.assessor_id}" for one in panel if one.interprets_for_id
            },
        })  # fmt: skip
    return found


def _called(seat: EventSeat) -> str:
    return f"c{seat.candidate_id}" if seat.candidate_id else f"{SPARE}{seat.place}"


def put_down(event: SelectionEvent, sittings: Sequence[Said]) -> None:
    """These are the sittings of the event and no others. The database lets nothing be taken twice; the caller
    is in a transaction, so where something is, nothing has changed."""
    try:
        with transaction.atomic():
            EventSitting.objects.filter(event=event).delete()
            _write(event, sittings)
    except IntegrityError as clash:
        if not any(name in str(clash) for name in ONCE):
            raise
        raise TakenElsewhere from clash


def _write(event: SelectionEvent, sittings: Sequence[Said]) -> None:
    known = _Known(event)
    made = EventSitting.objects.bulk_create(known.sitting(each) for each in sittings)
    seats, panels = list[EventSeat](), list[Assessing]()
    for row, said in zip(made, sittings, strict=True):
        span = (row.begins_at, row.ends_at)
        for name in said["candidates"]:
            seats.append(known.seat(row, name, span))
        for name in said["assessors"]:
            panels.append(known.panel(row, name, (row.taken[0], row.taken[1])))
        for who, name in said.get("interpreters", {}).items():
            one = known.panel(row, name, span)
            one.interprets_for_id = number_of(who)
            panels.append(one)
    EventSeat.objects.bulk_create(seats)
    Assessing.objects.bulk_create(panels)


class _Known:
    """The rows that numbers stand for; a plan that names others was overtaken."""

    def __init__(self, event: SelectionEvent) -> None:
        self.event = event
        self.days = list(event.days.all())
        self.hold = dict(event.exercises.values_list("pk", "hold"))
        self.rooms = dict(event.rooms.values_list("pk", "resource_id"))
        self.accounts = dict(event.assessors.values_list("pk", "account_id"))
        people = event.candidates.standing().values_list("pk", "application__applicant_id")
        self.applicants = dict(people)
        self.places: dict[str, int] = defaultdict(lambda: len(self.places) + 1)

    def sitting(self, said: Said) -> EventSitting:
        exercise, room = number_of(said["exercise"]), number_of(said["room"])
        if exercise not in self.hold or room not in self.rooms or said["day"] >= len(self.days):
            raise PlanOvertaken
        opens = self.days[said["day"]].span[0]
        begins, ends = (_at(opens, said[key]) for key in ("begins", "ends"))
        until = ends + self.hold[exercise] * MINUTE
        return EventSitting(
            event=self.event, exercise_id=exercise, room_id=self.rooms[room], begins_at=begins, ends_at=ends,
            taken=(begins, until),
        )  # fmt: skip

    def seat(self, row: EventSitting, name: str, span: tuple[dt.datetime, dt.datetime]) -> EventSeat:
        """Whoever is not in the event any more leaves their place free."""
        who = number_of(name) if not name.startswith(SPARE) else 0
        applicant = self.applicants.get(who)
        return EventSeat(
            sitting=row, place=self.places[name], candidate_id=who if applicant else None,
            applicant_id=applicant, span=span,
        )  # fmt: skip

    def panel(self, row: EventSitting, name: str, span: tuple[dt.datetime, dt.datetime]) -> Assessing:
        who = number_of(name)
        if who not in self.accounts:
            raise PlanOvertaken
        return Assessing(sitting=row, assessor_id=who, account_id=self.accounts[who], span=span)


def _at(opens: dt.datetime, minutes: int) -> dt.datetime:
    """That minute of the day by the clock on the wall."""
    wall = in_london(opens).replace(hour=minutes // 60, minute=minutes % 60)
    return wall.astimezone(dt.UTC)
