"""A selection event as a case of the planner: what is on record of rooms, people and what helps them."""

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from moothall.bookings.rules.engagements import people_taken
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.credentials.models import Credential
from moothall.credentials.rules.barring import kinds_that_meet
from moothall.people.models.working import LanguageSkill
from moothall.recruitment.models import (
    AssessorAway,
    EventAssessor,
    EventCandidate,
    EventExercise,
    SelectionEvent,
)
from moothall.recruitment.rules.conflicts import conflicts_of
from moothall.recruitment.rules.event_engaged import OWN
from moothall.recruitment.rules.event_rows import SPARE

Said = dict[str, Any]
WELSH: Final = "cy"
GRID: Final = 5
DAY: Final = 24 * 60


@for_the_office()
def read_case(event: SelectionEvent, published: Collection[Mapping[str, Any]] = ()) -> Said:
    """Everything of the event in the published form, numbered as `event_rows` says."""
    days = list(event.days.all())
    exercises = list(event.exercises.select_related("needs").order_by("place", "id"))
    candidates = list(event.candidates.standing().in_full())
    return {
        "grid": GRID,
        "days": [
            {"on": each.on.isoformat(), "opens": _minutes(each.opens), "closes": _minutes(each.closes)}
            for each in days
        ],
        "exercises": [_exercise(each) for each in exercises],
        "rooms": _rooms(event, exercises),
        "assessors": _assessors(event, exercises, candidates, [each.on for each in days]),
        "candidates": [
            *(_candidate(each) for each in candidates),
            *({"id": f"{SPARE}{number}"} for number in range(1, event.spare + 1)),
        ],
        "published": list(published),
    }  # fmt: skip


def digest_of(case: Said) -> str:
    said = json.dumps(case, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _exercise(one: EventExercise) -> Said:
    return {
        "id": f"e{one.pk}", "minutes": one.minutes, "size": one.size, "assessors": one.assessors,
        "room": f"e{one.pk}", "hold": one.hold, "rest": one.rest,
        "after": [f"e{one.after_id}"] if one.after_id else [],
    }  # fmt: skip


def _rooms(event: SelectionEvent, exercises: list[EventExercise]) -> list[Said]:
    """A room is of the kind of each exercise that may be in it."""
    rows = event.rooms.select_related("resource").prefetch_related("exercises")
    found = []
    for each in rows:
        named = [one.pk for one in each.exercises.all()] or [one.pk for one in exercises]
        found.append({
            "id": f"r{each.pk}", "kinds": [f"e{one}" for one in named], "seats": each.resource.capacity,
            "step_free": each.resource.step_free,
        })  # fmt: skip
    return found


def _candidate(one: EventCandidate) -> Said:
    return {
        "id": f"c{one.pk}", "longer": one.longer, "rest": one.rest, "step_free": one.step_free,
        "carer": one.companion, "interpreter": one.interpreter, "language": WELSH if one.welsh else "",
    }  # fmt: skip


def _assessors(
    event: SelectionEvent, exercises: list[EventExercise], candidates: list[EventCandidate],
    days: list[dt.date],
) -> list[Said]:  # fmt: skip
    rows = list(event.assessors.standing().select_related("account__person").prefetch_related("exercises"))
    accounts = [each.account_id for each in rows]
    welsh = set(
        LanguageSkill.objects.filter(
            account__in=accounts, language=WELSH, level__gte=LanguageSkill.WORKING
        ).values_list("account_id", flat=True)
    )
    trained = _Trained(exercises, rows, days)
    away, knows = _away(event, rows, days), conflicts_of(rows, candidates, on=days[0])
    return [
        {
            "id": f"a{each.pk}", "trained": trained.of(each),
            "languages": [WELSH] if each.account_id in welsh else [],
            "interprets": [each.interprets] if each.interprets else [],
            "conflicts": sorted(f"c{one}" for one in knows[each.pk]), "away": away[each.pk],
            **({"most": each.most_minutes} if each.most_minutes else {}),
        }
        for each in rows
    ]  # fmt: skip


class _Trained:
    """Until when each may assess what: by what they were named for and by what they hold."""

    def __init__(
        self, exercises: list[EventExercise], rows: list[EventAssessor], days: list[dt.date]
    ) -> None:
        self.exercises = exercises
        self.meets = {each.needs_id: kinds_that_meet(each.needs) for each in exercises if each.needs}
        people = [each.account.person_id for each in rows if each.account.person_id]
        kinds = {kind for those in self.meets.values() for kind in those}
        held = Credential.objects.in_force(days[0]).filter(person__in=people, kind__in=kinds)
        self.held: dict[int, list[tuple[int, dt.date | None]]] = defaultdict(list)
        for person, kind, until in held.order_by().values_list("person_id", "kind_id", "expires_on"):
            self.held[person].append((kind, until))

    def of(self, one: EventAssessor) -> Said:
        named = {each.pk for each in one.exercises.all()} or {each.pk for each in self.exercises}
        if not one.assesses:
            return {}
        found: Said = {}
        for each in self.exercises:
            if each.pk not in named:
                continue
            if each.needs_id is None:
                found[f"e{each.pk}"] = None
                continue
            those = [
                until for kind, until in self.held[one.account.person_id or 0]
                if kind in self.meets[each.needs_id]
            ]  # fmt: skip
            if those:
                found[f"e{each.pk}"] = _last(those)
        return found


def _last(days: Iterable[dt.date | None]) -> str | None:
    """The latest; what never ends is none."""
    those = list(days)
    known = [each for each in those if each is not None]
    return max(known).isoformat() if len(known) == len(those) else None


def _away(
    event: SelectionEvent, rows: list[EventAssessor], days: list[dt.date]
) -> dict[int, list[list[int]]]:
    """Leave, other bookings, hours not worked, and what was noted for the event; not the event itself."""
    at = {day: number for number, day in enumerate(days)}
    found: dict[int, list[list[int]]] = defaultdict(list)
    taken = people_taken([each.account_id for each in rows], min(days), max(days))
    own = OWN % event.pk
    for each in rows:
        for one in taken[each.account_id]:
            if one.line is None or not one.line.uid.startswith(own):
                found[each.pk] += _on_days(at, one.starts_at, one.ends_at)
    noted = AssessorAway.objects.filter(assessor__in=[each.pk for each in rows], undone_at=None)
    for away in noted:
        found[away.assessor_id] += _on_days(at, away.begins_at, away.ends_at)
    return found


def _on_days(at: Mapping[dt.date, int], begins: dt.datetime, ends: dt.datetime) -> list[list[int]]:
    """The part of a span that lies on each day of the event, in minutes of that day."""
    found, first, last = [], in_london(begins), in_london(ends)
    for day, number in at.items():
        if first.date() <= day <= last.date():
            one = first.hour * 60 + first.minute if first.date() == day else 0
            other = last.hour * 60 + last.minute + bool(last.second) if last.date() == day else DAY
            if one < other:
                found.append([number, one, other])
    return found
