"""Whether enough people are left when somebody is away: day by day, with the reason."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from moothall.leave.models import CoverRule, LeaveDay, LeaveRequest
from moothall.workforce.away import Away, away_between
from moothall.workforce.models import Employment

from .working import Worked, read_work, team_work

LOOK_AROUND = 28
OFFERED = 3


@dataclass(frozen=True)
class RuleOnDay:
    """What one rule says of one day if the person is away on it."""

    rule: CoverRule
    at_work: int
    away: tuple[str, ...]
    asked: tuple[str, ...]
    left: int
    needed: int

    @property
    def fits(self) -> bool:
        return self.left >= self.needed

    @property
    def fits_all(self) -> bool:
        """Whether it fits even if everything that others asked for first is approved."""
        return self.left - len(self.asked) >= self.needed

    def as_record(self) -> dict[str, Any]:
        return {"rule": self.rule.pk, "left": self.left, "needed": self.needed, "away": list(self.away)}


@dataclass(frozen=True)
class CoverOnDay:
    day: dt.date
    rules: tuple[RuleOnDay, ...]

    @property
    def fits(self) -> bool:
        return all(each.fits for each in self.rules)

    @property
    def fits_all(self) -> bool:
        return all(each.fits_all for each in self.rules)


@dataclass(frozen=True)
class Cover:
    """Every day of a request on which somebody has to be left."""

    days: tuple[CoverOnDay, ...]

    @property
    def fits(self) -> bool:
        return all(each.fits for each in self.days)

    @property
    def fits_all(self) -> bool:
        return all(each.fits_all for each in self.days)

    @property
    def short_days(self) -> list[CoverOnDay]:
        return [each for each in self.days if not each.fits]

    def as_record(self) -> list[dict[str, Any]]:
        return [
            {"day": each.day.isoformat(), "rules": [rule.as_record() for rule in each.rules]}
            for each in self.days
        ]


@dataclass
class Staffing:
    """Everything that is known of some units between two days: rules, people, who is away, who has asked."""

    first: dt.date
    last: dt.date
    rules: dict[int, list[CoverRule]]
    teams: dict[int, list[Worked]]
    away: dict[tuple[int, dt.date], Away] = field(default_factory=dict)
    asked: dict[tuple[int, dt.date], list[LeaveRequest]] = field(default_factory=lambda: defaultdict(list))

    def on_day(self, who: Worked, day: dt.date, *, before: dt.datetime | None = None) -> CoverOnDay | None:
        """What is left of their unit if they are away that day; None when no rule speaks of it. Of what
        others asked for only what was asked `before` counts."""
        assignment = who.assigned(day)
        if assignment is None:
            return None
        found = []
        for rule in self.rules.get(assignment.unit_id, []):
            of_post = rule.post_id is None or rule.post_id == assignment.post_id
            if of_post and rule.holds_on(day):
                found.append(self._rule_on_day(rule, day, who.employment.pk, before))
        return CoverOnDay(day, tuple(found)) if found else None

    def _rule_on_day(
        self, rule: CoverRule, day: dt.date, leaves: int | None, before: dt.datetime | None = None
    ) -> RuleOnDay:
        due = self.due(rule, day)
        away = [
            each for each in due if (each.employment.pk, day) in self.away and each.employment.pk != leaves
        ]
        there = [each for each in due if each not in away and each.employment.pk != leaves]
        asked = [
            each
            for each in there
            if any(before is None or row.asked_at < before for row in self.asked[each.employment.pk, day])
        ]
        return RuleOnDay(
            rule, len(due), tuple(_name(each) for each in away), tuple(_name(each) for each in asked),
            len(there), rule.needed(len(due)),
        )  # fmt: skip

    def due(self, rule: CoverRule, day: dt.date) -> list[Worked]:
        """Who of the unit, or of the post in it, is to work that day."""
        found = []
        for each in self.teams.get(rule.unit_id, []):
            assignment = each.assigned(day)
            if assignment is None or assignment.unit_id != rule.unit_id:
                continue
            if (rule.post_id is None or rule.post_id == assignment.post_id) and each.hours_on(day) > 0:
                found.append(each)
        return found

    def of_unit(self, unit: int, day: dt.date) -> list[RuleOnDay]:
        """What each rule of a unit says of a day as things stand."""
        return [self._rule_on_day(rule, day, None) for rule in self.rules.get(unit, []) if rule.holds_on(day)]


def _name(worked: Worked) -> str:
    return worked.employment.person.full_name


def read_staffing(
    units: Collection[int], first: dt.date, last: dt.date, *, without: int | None = None,
    only_ruled: bool = False,
) -> Staffing:  # fmt: skip
    """Read it in five queries or so, however many people work there; with `only_ruled` nothing is read of
    units in which nobody has to be left."""
    rules: dict[int, list[CoverRule]] = defaultdict(list)
    for rule in CoverRule.objects.between(first, last).filter(unit__in=units).select_related("unit", "post"):
        rules[rule.unit_id].append(rule)
    units = list(rules) if only_ruled else units
    if not units:
        return Staffing(first, last, rules, {})
    found = Staffing(first, last, rules, team_work(units, first, last))
    ids = {each.employment.pk for team in found.teams.values() for each in team}
    for away in away_between(ids, first, last):
        for day in _days_of(away, first, last):
            found.away[away.employment_id, day] = away
    pending = LeaveDay.objects.between(first, last).filter(
        employment__in=ids, given_back_at=None, request__state=LeaveRequest.REQUESTED
    )
    for row in pending.exclude(request=without).select_related("request"):
        found.asked[row.employment_id, row.day].append(row.request)
    return found


def _days_of(away: Away, first: dt.date, last: dt.date) -> Iterable[dt.date]:
    day, until = max(away.from_on, first), min(away.until_on or last, last)
    while day <= until:
        yield day
        day += dt.timedelta(days=1)


def units_of(worked: Worked) -> set[int]:
    return {each.unit_id for each in worked.assignments}


def cover_for(
    worked: Worked,
    days: Sequence[dt.date],
    *,
    asked_at: dt.datetime | None = None,
    without: int | None = None,
) -> Cover:
    """Whether these days of somebody fit, read anew."""
    if not days:
        return Cover(())
    staffing = read_staffing(units_of(worked), min(days), max(days), without=without, only_ruled=True)
    return _cover(staffing, worked, days, asked_at)


def _cover(staffing: Staffing, worked: Worked, days: Iterable[dt.date], before: dt.datetime | None) -> Cover:
    found = [staffing.on_day(worked, day, before=before) for day in days]
    return Cover(tuple(each for each in found if each is not None))


def cover_of_requests(requests: Sequence[LeaveRequest]) -> dict[int, Cover]:
    """The cover of many requests at once, with their `days` prefetched: as many queries as for one."""
    days = [day.day for request in requests for day in request.days.all()]
    if not days:
        return {request.pk: Cover(()) for request in requests}
    first, last = min(days), max(days)
    people = read_work({each.employment_id: each.employment for each in requests}.values(), first, last)
    units = {unit for each in people.values() for unit in units_of(each)}
    staffing = read_staffing(units, first, last, only_ruled=True)
    return {
        each.pk: _cover(
            staffing, people[each.employment_id], [row.day for row in each.days.all()], each.asked_at
        )
        for each in requests
    }


def what_would_fit(
    employment: Employment, days: Sequence[dt.date], *, today: dt.date
) -> list[tuple[dt.date, dt.date]]:
    """The nearest spans with as many working days in a row on which cover is kept: at most three."""
    if not days:
        return []
    around = dt.timedelta(days=LOOK_AROUND)
    first, last = max(min(days) - around, today + dt.timedelta(days=1)), max(days) + around
    [worked] = read_work([employment], first, last).values()
    staffing = read_staffing(units_of(worked), first, last)
    working = [day for day, _hours in worked.working_days(first, last)]
    free = [_is_free(staffing, worked, day) for day in working]
    spans = [
        (working[at], working[at + len(days) - 1])
        for at in range(len(working) - len(days) + 1)
        if all(free[at : at + len(days)])
    ]
    found: list[tuple[dt.date, dt.date]] = []
    for first, last in sorted(spans, key=lambda span: abs((span[0] - min(days)).days)):
        if all(last < other[0] or other[1] < first for other in found):
            found.append((first, last))
    return sorted(found[:OFFERED])


def _is_free(staffing: Staffing, worked: Worked, day: dt.date) -> bool:
    """Nobody is missed that day, and they have nothing of their own on it yet."""
    own = (worked.employment.pk, day)
    if own in staffing.away or staffing.asked[own]:
        return False
    cover = staffing.on_day(worked, day)
    return cover is None or cover.fits_all


def rule_words(on_day: RuleOnDay) -> str:
    """The reason, in a sentence."""
    rule, of_whom = on_day.rule, on_day.rule.post or on_day.rule.unit
    words = _("%(left)s of %(all)s left; %(needed)s needed (%(whom)s).") % {
        "left": on_day.left, "all": on_day.at_work, "needed": on_day.needed, "whom": of_whom,
    }  # fmt: skip
    return f"{words} {rule.why}".strip()
