"""Cohorts at risk: places on a first day, how many are cleared for it, and who lacks what. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from moothall.recruitment.models import Application, Offer, Places
from moothall.recruitment.models.application import JobApplicationQuerySet
from moothall.recruitment.models.check import CLEARED
from moothall.recruitment.rules.checks import Check, checks_of_many


@dataclass(frozen=True)
class Lack:
    """One check that somebody lacks for the first day: due so many days later, or ending so many before."""

    check: Check
    late_by: int | None
    ends_before_by: int | None


@dataclass(frozen=True)
class Candidate:
    application: Application
    lacks: list[Lack]


@dataclass(frozen=True)
class AtRisk:
    """A cohort: its places, how many are cleared for its first day, and those with an offer who are not."""

    places: Places
    starts_on: dt.date
    cleared: int
    waiting: list[Candidate]

    @property
    def short(self) -> int:
        return max(self.places.places - self.cleared, 0)

    def days_left(self, on: dt.date) -> int:
        return (self.starts_on - on).days


def cohorts_at_risk(seen: JobApplicationQuerySet, *, on: dt.date) -> list[AtRisk]:
    """Cohorts still to start with fewer cleared than places, the next first; of campaigns of these
    applications. The same number of queries however many they are."""
    rows = Places.objects.filter(
        starts_on__gte=on, campaign__ended_at=None, campaign__published_at__isnull=False
    )
    cohorts = list(
        rows.filter(campaign__in=seen.order_by().values("campaign")).select_related("campaign", "route")
        .order_by("starts_on", "campaign", "route__place", "id")
    )  # fmt: skip
    offered = Offer.objects.standing().filter(declined_at=None).values("application")
    going = seen.running().filter(pk__in=offered, campaign__in=[each.campaign_id for each in cohorts])
    people = list(going.in_full().order_by("submitted_at", "pk"))
    checks = checks_of_many(people) if people else {}
    by_cohort: dict[tuple[int, int], list[Application]] = defaultdict(list)
    for each in people:
        by_cohort[each.campaign_id, each.route_id].append(each)
    found = [_one(each, by_cohort[each.campaign_id, each.route_id], checks) for each in cohorts]
    return [each for each in found if each.short]


def _one(places: Places, people: Sequence[Application], checks: dict[int, list[Check]]) -> AtRisk:
    starts_on = places.starts_on
    assert starts_on is not None  # noqa: S101 - asked for above
    lacking = [Candidate(each, _lacks(checks.get(each.pk, []), starts_on)) for each in people]
    waiting = [each for each in lacking if each.lacks or not checks.get(each.application.pk)]
    return AtRisk(places, starts_on, len(people) - len(waiting), waiting)


def _lacks(checks: Sequence[Check], starts_on: dt.date) -> list[Lack]:
    found = []
    for each in checks:
        if each.state == CLEARED:
            if each.runs_out_on is not None and each.runs_out_on < starts_on:
                found.append(Lack(each, None, (starts_on - each.runs_out_on).days))
        else:
            late = (each.due_on - starts_on).days if each.due_on is not None else 0
            found.append(Lack(each, late if late > 0 else None, None))
    return found
