"""How much comes in, hour by hour: counted every night into rows. Counts only: of restricted cases too."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Count, Max
from django.db.models.functions import ExtractHour, TruncDate

from moothall.cases.models import Case
from moothall.cases.wall import for_the_office
from moothall.core.clock import LONDON
from moothall.people.models import Account, Team
from moothall.people.models.working import at_on
from moothall.records.rules.audit import append_audit
from moothall.workload.models import DemandHour, Pace

HISTORY = dt.timedelta(days=400)
AGAIN = dt.timedelta(days=7)
Hour = tuple[int, dt.date, int]
Counted = Iterable[tuple[int, dt.date, int, int]]
Counter_ = Callable[[dt.datetime, dt.datetime], Counted]
_sources: dict[str, Counter_] = {}


def count_also(name: str, counter: Counter_) -> None:
    """Count what a floor above takes in: `counter(begins, ends)` gives (team, day, hour, how many)."""
    _sources[name] = counter


def count_cases(begins: dt.datetime, ends: dt.datetime) -> Counted:
    """The cases received in each hour on the wall."""
    rows = Case.objects.filter(received_at__gte=begins, received_at__lt=ends)
    return hours_of(rows, "received_at")


def hours_of(rows: "object", field: str) -> Counted:
    """Rows counted by team, day and hour in London."""
    grouped = rows.order_by().values(  # type: ignore[attr-defined]
        "team_id", day=TruncDate(field, tzinfo=LONDON), hour=ExtractHour(field, tzinfo=LONDON)
    )
    return [(row["team_id"], row["day"], row["hour"], row["n"]) for row in grouped.annotate(n=Count("pk"))]


@for_the_office()
@transaction.atomic
def count_demand(*, today: dt.date) -> int:
    """Count what came in until yesterday: the whole history the first time, afterwards the last week again,
    as what is logged late belongs to the day it came in. Run twice it says the same."""
    newest = DemandHour.objects.aggregate(newest=Max("on"))["newest"]
    first = today - HISTORY if newest is None else min(newest, today) - AGAIN
    begins, ends = at_on(first, dt.time(0)), at_on(today, dt.time(0))
    found: Counter[Hour] = Counter()
    for counter in (count_cases, *_sources.values()):
        for team, day, hour, count in counter(begins, ends):
            found[team, day, hour] += count
    DemandHour.objects.filter(on__gte=first).delete()
    rows = [
        DemandHour(team_id=team, on=day, hour=hour, count=count)
        for (team, day, hour), count in sorted(found.items())
    ]
    DemandHour.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


@transaction.atomic
def set_pace(
    team: Team, *, minutes: int, percent: int, from_on: dt.date, by: Account | None, at: dt.datetime
) -> Pace:
    """From this day on the team reckons with so many minutes for each thing that comes in."""
    pace = Pace.objects.create(
        team=team, minutes=minutes, percent=percent, from_on=from_on, set_by=by, set_at=at
    )
    append_audit("workload.pace", about=pace, by=by, at=at, detail={"minutes": minutes, "percent": percent})
    return pace
