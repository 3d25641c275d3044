"""What was known of each application on a day: when it was sent, through which stage when, and when it ended.
Reads only."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Case as When_
from django.db.models import IntegerField, Min, Q, QuerySet, Value, When

from moothall.cases.models import Case, Step
from moothall.core.clock import in_london
from moothall.recruitment.models import Application, FunnelStage, Route

from .reached import passing

SENT: Final = 0


@dataclass(frozen=True)
class Life:
    """One application: the day of each place it came to (0: sent), and the day it ended short of the last."""

    pk: int
    route: int
    campaign: int
    closes_on: dt.date
    days: dict[int, dt.date]
    ended_on: dt.date | None

    @property
    def place(self) -> int:
        return max(self.days)

    def known_on(self, on: dt.date) -> "Life | None":
        """As it stood when that day began; none where it was not sent yet."""
        days = {place: day for place, day in self.days.items() if day < on}
        ended = self.ended_on if self.ended_on is not None and self.ended_on < on else None
        return Life(self.pk, self.route, self.campaign, self.closes_on, days, ended) if SENT in days else None


def paths(ladder: Sequence[FunnelStage]) -> dict[int, list[int]]:
    """Of each way in, the places it has, from having sent it."""
    routes = Route.objects.select_related("service").order_by("place", "id")
    return {
        route.pk: [SENT, *(each.place for each in ladder if route.service.key in each.steps)]
        for route in routes
    }


def lives(seen: QuerySet[Application], ladder: Sequence[FunnelStage]) -> Iterator[Life]:
    """Two queries, however many."""
    came: dict[int, dict[int, dt.date]] = {}
    for case, place, at in _moments(seen, ladder):
        came.setdefault(case, {})[place] = in_london(at).date()
    names = (
        "pk", "route_id", "campaign_id", "campaign__closes_on", "submitted_at", "withdrawn_at", "case_id",
        "case__status", "case__closed_at",
    )  # fmt: skip
    last = ladder[-1].place if ladder else 0
    for pk, route, campaign, closes_on, sent, gone, case, status, closed in (
        seen.order_by("pk").values_list(*names)
    ):  # fmt: skip
        days = {SENT: in_london(sent).date()} | came.get(case, {})
        over = gone or (closed if status == Case.CLOSED else None)
        ended = in_london(over).date() if over is not None and last not in days else None
        yield Life(pk, route, campaign, closes_on, days, ended)


def _moments(
    seen: QuerySet[Application], ladder: Sequence[FunnelStage]
) -> Iterable[tuple[int, int, dt.datetime]]:
    if not ladder:
        return ()
    passes = Q(pk__in=[])
    for each in ladder:
        passes |= passing(each)
    place = When_(
        *(When(passing(each), then=Value(each.place)) for each in reversed(ladder)),
        default=Value(SENT), output_field=IntegerField(),
    )  # fmt: skip
    rows = Step.objects.filter(passes, case__in=seen.order_by().values("case"), state=Step.DONE).order_by()
    return rows.annotate(place=place).values("case_id", "place").annotate(at=Min("done_at")).values_list(
        "case_id", "place", "at"
    )  # fmt: skip
