"""A plan made a draft of the schedule: its classes as sessions, with everybody planned in."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from moothall.people.models import Account
from moothall.training.models import PlanRun, Schedule, ScheduleVersion
from moothall.training.rules.plan_refusals import NoNameYet, PlanNotMade
from moothall.training.rules.planned import PlannedLine
from moothall.training.rules.schedule import draft, open_schedule

from .reading import Reading
from .running import year_of
from .year import unpacked


@transaction.atomic
def draft_plan(
    run: PlanRun, *, schedule: Schedule | None, name: str, note: str, by: Account, at: dt.datetime
) -> ScheduleVersion:
    """A draft of that schedule, or of a new one of the plan's months. Sessions of one course, place and day
    are the same session in every draft."""
    if not run.is_made:
        raise PlanNotMade
    if schedule is None and not name.strip():
        raise NoNameYet
    if schedule is None:
        schedule = open_schedule(name=name, from_on=run.from_on, until_on=run.until_on, by=by, at=at)
    return draft(
        schedule=schedule, lines=lines_of(reading_of(run)), note=note, plan=said_of(run), by=by, at=at
    )


def reading_of(run: PlanRun) -> Reading:
    """The plan of a run that is made. PlanNotMade where there is none."""
    if run.input is None or run.plan is None:
        raise PlanNotMade
    year = year_of(run.input)
    return Reading(year.case, year.names, unpacked(run.plan))


def said_of(run: PlanRun) -> dict[str, Any]:
    """What a version of the schedule keeps of the plan it came from."""
    return {
        "run": run.pk, "placed": run.placed, "bound": run.bound, "wanted": run.wanted,
        "gap": round(run.gap, 5), "reasons": run.figures.get("reasons", {}),
    }  # fmt: skip


def lines_of(reading: Reading) -> Iterator[PlannedLine]:
    """The classes as sessions of the schedule."""
    case, names = reading.case, reading.names
    people: dict[int, list[int]] = defaultdict(list)
    for place in reading.plan["places"]:
        people[place["class"]].append(names["officers"][place["officer"]])
    alike = Counter[str]()
    for held in reading.plan["classes"]:
        course, version = names["courses"][held["course"]]
        place, _kind = names["sites"][held["site"]]
        days = tuple(reading.day(number) for number in held["days"])
        stem = f"{course}-{place}-{days[0]:%Y%m%d}"
        alike[stem] += 1
        yield PlannedLine(
            key=f"{stem}-{alike[stem]}", course_version_id=version, place_id=place, days=days,
            places=case["courses"][held["course"]]["size"],
            trainers=tuple(
                names["trainers"][each] for each in held["trainers"] if names["trainers"][each]
            ),
            people=tuple(sorted(people[held["id"]])),
        )  # fmt: skip
