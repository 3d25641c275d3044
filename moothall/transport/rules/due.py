"""By when each contractor is audited and each centre visited, who is late, and what waits for whom."""

import datetime as dt
from typing import Any, Final

from django.db.models import (
    Case,
    DateField,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.translation import ngettext

from moothall.core.clock import LONDON, today
from moothall.people.models import Account
from moothall.transport.models import AuditFigure, Centre, Contractor, Finding, Inspection
from moothall.transport.models.audit import InspectionQuerySet
from moothall.transport.models.checklist import FIRM, visit_key
from moothall.transport.models.passenger import manages

SOON: Final = dt.timedelta(days=42)
AHEAD: Final = dt.timedelta(days=7)
MOST: Final = 8


def _with_due(rows: QuerySet[Any], found: InspectionQuerySet, never: Any) -> QuerySet[Any]:
    """Each with its last inspection, the next that is planned, and the day on which one is due."""
    last = found.carried_out()
    planned = found.waiting().order_by("planned_on", "id")
    annotated: QuerySet[Any] = rows.annotate(
        last_on=Subquery(last.values("carried_out_on")[:1]),
        last_number=Subquery(last.values("pk")[:1]),
        last_rating=Subquery(last.values("rating")[:1]),
        due_on=Coalesce(Subquery(last.values("again_on")[:1]), never, output_field=DateField()),
        planned_for=Subquery(planned.values("planned_on")[:1]),
        planned_number=Subquery(planned.values("pk")[:1]),
    )
    return annotated


def contractors_due(rows: QuerySet[Contractor], *, on: dt.date) -> QuerySet[Any]:
    """A contractor is audited again so many days after the last audit, by its rating; a new one so many days
    after it came into the register."""
    days = AuditFigure.objects.days(on).get(AuditFigure.FIRST)
    came = TruncDate("added_at", tzinfo=LONDON)
    first = ExpressionWrapper(came + Value(dt.timedelta(days=days or 0)), output_field=DateField())
    never: Any = Value(None, DateField()) if days is None else Cast(first, DateField())
    found = Inspection.objects.filter(contractor=OuterRef("pk"), checklist__of=FIRM)
    return _with_due(rows, found, never)


def centres_due(rows: QuerySet[Centre], *, on: dt.date) -> QuerySet[Any]:
    """A centre is visited again so many days after the last visit; one where nobody has been, so many days
    after that was said first."""
    figures = {each.key: each for each in AuditFigure.objects.in_force(on)}
    known = [(kind, figures[visit_key(kind)]) for kind, _words in Centre.KINDS if visit_key(kind) in figures]
    since = [
        When(kind=kind, then=Value(one.from_on + dt.timedelta(days=one.amount), DateField()))
        for kind, one in known
    ]
    never: Any = Case(*since, default=Value(None, DateField()), output_field=DateField())
    found = Inspection.objects.filter(centre=OuterRef("pk"))
    return _with_due(rows, found, never)


def days_between_visits(centre: Centre, *, on: dt.date) -> int | None:
    return AuditFigure.objects.days(on).get(visit_key(centre.kind))


def late(rows: QuerySet[Any], *, on: dt.date) -> QuerySet[Any]:
    return rows.filter(due_on__lt=on)


def soon(rows: QuerySet[Any], *, on: dt.date) -> QuerySet[Any]:
    """Late, or due within six weeks."""
    return rows.filter(due_on__lte=on + SOON)


def findings_for(account: Account) -> dict[str, Any] | None:
    """On My work: one's own findings that are late or due within a week; for those who manage transport all
    that are late, and those that wait to be closed."""
    if not account.may("transport.use"):
        return None
    day = today()
    mine = Q(state=Finding.OPEN, owner=account, deadline_on__lte=day + AHEAD)
    if manages(account):
        mine |= Q(state=Finding.OPEN, deadline_on__lt=day) | Q(state=Finding.DONE)
    rows = list(Finding.objects.counting().filter(mine).in_full().order_by("deadline_on", "id")[: MOST + 1])
    return {"rows": rows[:MOST], "more": len(rows) > MOST, "day": day} if rows else None


def inspections_for(account: Account) -> dict[str, Any] | None:
    """On My work: audits and visits that one was to carry out by now, or within a week; for those who manage
    transport also those of others whose day has passed, and what is overdue with no day set."""
    if not account.may("transport.use"):
        return None
    day, leads = today(), manages(account)
    mine = Q(auditor=account, planned_on__lte=day + AHEAD)
    waiting = Inspection.objects.waiting().filter(mine | Q(planned_on__lt=day) if leads else mine).in_full()
    found = list(waiting.order_by("planned_on", "id")[: MOST + 1])
    overdue = overdue_unplanned(day) if leads else []
    if not found and not overdue:
        return None
    return {"rows": found[:MOST], "more": len(found) > MOST, "day": day, "overdue": overdue}


def overdue_unplanned(day: dt.date) -> list[Contractor | Centre]:
    """Contractors whose audit is overdue and centres whose visit is, and nobody has set a day; the longest
    first."""
    asked = (
        contractors_due(Contractor.objects.working(day), on=day), centres_due(Centre.objects.all(), on=day)
    )  # fmt: skip
    rows = [
        each
        for rows in asked
        for each in late(rows, on=day).filter(planned_for=None).order_by("due_on")[:MOST]
    ]
    return sorted(rows, key=lambda each: each.due_on)[:MOST]


def told_in_the_morning(account: Account, on: dt.date) -> list[str]:
    """Lines of the digest: how many of one's own findings and audits are late."""
    if not account.may("transport.use"):
        return []
    told = []
    if count := Finding.objects.late(on).filter(owner=account).count():
        told.append(
            ngettext(
                "%(count)s finding that you follow is late.", "%(count)s findings that you follow are late.",
                count,
            ) % {"count": count}
        )  # fmt: skip
    if count := Inspection.objects.waiting().filter(auditor=account, planned_on__lt=on).count():
        told.append(
            ngettext(
                "%(count)s audit or visit that you were to carry out is late.",
                "%(count)s audits or visits that you were to carry out are late.", count,
            ) % {"count": count}
        )  # fmt: skip
    return told
