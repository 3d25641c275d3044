"""What employee casework has to be looked at, for one account: only of matters it is named on."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from statistics import median

from django.utils.translation import get_language

from moothall.cases.models import Case
from moothall.conduct.models import ImprovementNotice, Matter, Meeting, Outcome, Suspension
from moothall.people.models import Account

MOST = 50
SOON = dt.timedelta(days=7)


@dataclass(frozen=True)
class KindFigures:
    """Of one kind: how many are open, how many were decided, and in how many days half of them were."""

    name: str
    open: int
    decided: int
    days: int | None


def due_matters(account: Account, *, on: dt.date) -> list[Matter]:
    """Whose clock runs out within the week, or has."""
    seen = Matter.objects.visible_to(account).open().in_full()
    return list(seen.filter(case__due_on__lte=on + SOON).order_by("case__due_on", "id")[:MOST])


def meetings_soon(account: Account, *, at: dt.datetime) -> list[Meeting]:
    """The meetings of the next seven days."""
    coming = Meeting.objects.to_come(at).filter(
        starts_at__lt=at + SOON, held_at=None, matter__in=Matter.objects.visible_to(account)
    )
    return list(coming.select_related("matter__case", "matter__employment__person", "chair")[:MOST])


def suspensions_to_review(account: Account, *, on: dt.date) -> list[Suspension]:
    """Whose review is due within the week, or late."""
    due = Suspension.objects.to_review(on + SOON).filter(matter__in=Matter.objects.visible_to(account))
    return list(due.select_related("matter__case", "matter__employment__person")[:MOST])


def windows_closing(account: Account, *, on: dt.date) -> list[ImprovementNotice]:
    """Notices whose window closes within the week or has, and that are not judged."""
    due = ImprovementNotice.objects.to_review(on + SOON).filter(
        outcome__matter__in=Matter.objects.visible_to(account)
    )
    rows = due.select_related(
        "outcome__level", "outcome__matter__case", "outcome__matter__employment__person"
    )
    return list(rows[:MOST])


def live_outcomes(account: Account, *, on: dt.date) -> list[Outcome]:
    """What still counts, the soonest to lapse first."""
    live = Outcome.objects.live(on).filter(
        matter__in=Matter.objects.visible_to(account), live_until__isnull=False
    )
    rows = live.select_related("level", "matter__case", "matter__employment__person")
    return list(rows.order_by("live_until", "id")[:MOST])


def figures(account: Account) -> list[KindFigures]:
    """Open matters by kind, and the days from the beginning to the first outcome."""
    language = get_language() or "en"
    seen = Matter.objects.visible_to(account)
    rows = (
        seen.select_related("kind", "case")
        .prefetch_related("outcomes")
        .order_by("kind__position", "kind__key", "id")
    )
    opened: Counter[str] = Counter()
    taken: dict[str, list[int]] = {}
    for matter in rows:
        name = matter.kind.said("name", language)
        opened[name] += matter.case.status != Case.CLOSED
        days = taken.setdefault(name, [])
        decided = [each.decided_on for each in matter.outcomes.all()]
        if decided:
            days.append((min(decided) - matter.began_on).days)
    return [
        KindFigures(name, opened[name], len(days), round(median(days)) if days else None)
        for name, days in taken.items()
    ]
