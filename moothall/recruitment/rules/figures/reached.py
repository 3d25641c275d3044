"""How far applications came: the last stage each is through, when, and how it ended. Reads only."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models import Case as When_

from moothall.cases.models import Case, Step
from moothall.recruitment.models import Application, FunnelStage, Monitoring

JOINED, WITHDREW, REJECTED, RUNNING = (
    Monitoring.JOINED, Monitoring.WITHDREW, Monitoring.REJECTED, Monitoring.RUNNING
)  # fmt: skip
OUTCOMES: Final = (RUNNING, JOINED, WITHDREW, REJECTED)


class HowFar(NamedTuple):
    """The same without days, for those who only count."""

    pk: int
    passed: int
    ended: str


@dataclass(frozen=True)
class Reached:
    """One application: the place of the last stage it is through (0: none yet), and how it ended."""

    pk: int
    number: str
    campaign_id: int
    route_id: int
    submitted_at: dt.datetime
    closed_at: dt.datetime | None
    passed: int
    passed_at: dt.datetime | None
    ended: str


def stages() -> list[FunnelStage]:
    return list(FunnelStage.objects.order_by("place", "id"))


def passing(stage: FunnelStage) -> Q:
    """The steps that are done as somebody through this stage has them."""
    found = Q(pk__in=[])
    for service, steps in stage.steps.items():
        for key, outcomes in steps.items():
            one = Q(case__service__key=service, key=key)
            found |= one & Q(outcome__in=outcomes) if outcomes else one
    return found


def passed_steps(
    seen: QuerySet[Application], ladder: Sequence[FunnelStage]
) -> QuerySet[Step, tuple[int, int, dt.datetime]]:
    """One row a case: the place of the last stage passed, and the moment of the last step that passed one."""
    whens = [When(passing(each), then=Value(each.place)) for each in reversed(ladder)]
    place = When_(*whens, default=Value(0), output_field=IntegerField())
    rows = Step.objects.filter(case__in=seen.order_by().values("case"), state=Step.DONE).order_by()
    rows = rows.annotate(place=place).filter(place__gt=0)
    far = rows.values("case_id").annotate(passed=Max("place"), at=Max("done_at"))
    return far.values_list("case_id", "passed", "at")


def reached(seen: QuerySet[Application], ladder: Sequence[FunnelStage]) -> Iterator[Reached]:
    """Two queries, however many."""
    far = {}
    if ladder:
        far = {case: (passed, at) for case, passed, at in passed_steps(seen, ladder)}
    last = ladder[-1].place if ladder else 0
    names = (
        "pk", "number", "campaign_id", "route_id", "submitted_at", "withdrawn_at", "case_id", "case__status",
        "case__closed_at",
    )  # fmt: skip
    for row in seen.order_by("pk").values_list(*names):
        passed, at = far.get(row[6], (0, None))
        ended = _how(passed, last, withdrawn=row[5] is not None, closed=row[7] == Case.CLOSED)
        pk, number, campaign, route, sent = row[:5]
        yield Reached(pk, number, campaign, route, sent, row[5] or row[8], passed, at, ended)


def how_far(seen: QuerySet[Application], ladder: Sequence[FunnelStage]) -> Iterator[HowFar]:
    """`reached` for those who only count: days take longer to read than everything else together."""
    far = {case: passed for case, passed, _at in passed_steps(seen, ladder)} if ladder else {}
    last = ladder[-1].place if ladder else 0
    withdrew = ExpressionWrapper(Q(withdrawn_at__isnull=False), output_field=BooleanField())
    names = ("pk", "case_id", "case__status", "withdrew")
    for pk, case, status, gone in seen.annotate(withdrew=withdrew).order_by("pk").values_list(*names):
        passed = far.get(case, 0)
        yield HowFar(pk, passed, _how(passed, last, withdrawn=gone, closed=status == Case.CLOSED))


def _how(passed: int, last: int, *, withdrawn: bool, closed: bool) -> str:
    if last and passed >= last:
        return JOINED
    if withdrawn:
        return WITHDREW
    return REJECTED if closed else RUNNING
