"""Who goes where on which days, who is away, and how they usually go."""

import datetime as dt
from typing import Any

from django.db import transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Arrangement, Away, Centre, How, Passenger, Travel

from . import refusals
from .keeping import check_days, hold, hold_travelling, refuse_meeting


@transaction.atomic
def add_travel(
    passenger: Passenger, *, centre: Centre, weekdays: list[int], from_on: dt.date, by: Account | None,
    at: dt.datetime, until_on: dt.date | None = None, every_weeks: int = 1, session: str = "day",
    there: bool = True, back: bool = True,
) -> Travel:  # fmt: skip
    """They go to this centre on these days. Nobody goes twice in one direction on a day."""
    held = hold_travelling(passenger, from_on)
    check_days(from_on, until_on)
    made = Travel(
        passenger=held, centre=centre, weekdays=sorted(set(weekdays)), every_weeks=every_weeks,
        session=session, there=there, back=back, from_on=from_on, until_on=until_on, recorded_at=at,
        recorded_by=by,
    )  # fmt: skip
    others = [
        each for each in Travel.objects.filter(passenger=held).from_now(from_on)
        if (each.there and there) or (each.back and back)
    ]  # fmt: skip
    refuse_meeting(made, others, refusals.TravelsTwice)
    made.save(force_insert=True)
    append_audit("transport.travel", about=held, by=by, at=at, detail={"centre": centre.key})
    return made


@transaction.atomic
def arrange(
    passenger: Passenger, *, direction: str, weekdays: list[int], from_on: dt.date, by: Account | None,
    at: dt.datetime, until_on: dt.date | None = None, every_weeks: int = 1, **how: Any,
) -> Arrangement:  # fmt: skip
    """They usually go like this on these days."""
    held = hold_travelling(passenger, from_on)
    check_days(from_on, until_on)
    made = Arrangement(
        passenger=held, direction=direction, weekdays=sorted(set(weekdays)), every_weeks=every_weeks,
        from_on=from_on, until_on=until_on, recorded_at=at, recorded_by=by, **way_of(**how),
    )  # fmt: skip
    if made.how in (How.CANCELLED, How.UNRESOLVED):
        raise refusals.HowNeeded
    others = list(Arrangement.objects.filter(passenger=held, direction=direction).from_now(from_on))
    refuse_meeting(made, others, refusals.ArrangedTwice)
    made.save(force_insert=True)
    append_audit("transport.arrange", about=held, by=by, at=at, detail={"how": made.how, "by": made.by})
    return made


def way_of(
    how: str, run: str = "", stop: int | None = None, contractor: str = "", job: str = "", own: str = ""
) -> dict[str, Any]:
    """The columns of a way to travel, with what belongs to the others left empty."""
    given: dict[str, Any] = {"how": how, "run": "", "stop": None, "contractor": "", "job": "", "own": ""}
    wanted: dict[str, dict[str, Any]] = {
        How.RUN: {"run": run.strip()[:20], "stop": stop},
        How.CONTRACTOR: {"contractor": contractor.strip()[:120], "job": job.strip()[:40]},
        How.OWN: {"own": own.strip()[:120]},
    }
    asked = wanted.get(how, {})
    if not all(asked.values()):
        raise refusals.HowNeeded
    return given | asked


@transaction.atomic
def record_away(
    passenger: Passenger, *, from_on: dt.date, until_on: dt.date, because: str, by: Account | None,
    at: dt.datetime, there: bool = True, back: bool = True, told_by: str = "",
) -> Away:  # fmt: skip
    """They do not travel on these days; the term pattern stays, and the day after goes on by itself."""
    held = hold(passenger)
    check_days(from_on, until_on)
    if not because.strip():
        raise refusals.ReasonNeeded
    made = Away.objects.create(
        passenger=held, from_on=from_on, until_on=until_on, there=there, back=back,
        because=because.strip()[:200], told_by=told_by.strip()[:160], recorded_at=at, recorded_by=by,
    )  # fmt: skip
    append_audit("transport.away", about=held, by=by, at=at, detail={"from": from_on.isoformat()})
    return made
