"""By night what was said for monitoring is told how far its application came, for all together. The rows stay
without a person: they take over the way in, the month and the stage, never a day or a number."""

import datetime as dt
from typing import Final

from django.db import transaction

from moothall.core.serving import for_the_office
from moothall.recruitment.models import Application, Monitoring
from moothall.recruitment.rules.monitoring import mark_of

from .choosing import month_of
from .reached import JOINED, Reached, reached, stages

KEPT: Final = ("campaign_id", "route_id", "month", "joined_month", "passed", "ended")
AT_A_TIME: Final = 2000


@for_the_office()
@transaction.atomic
def carry_monitoring_on() -> int:
    """Every row whose application went further or ended since; how many."""
    ladder, changed, before = stages(), 0, 0
    while numbers := list(_numbers(before)):
        rows = reached(Application.objects.filter(pk__in=numbers), ladder)
        changed += _carry({mark_of("application", each.number): each for each in rows})
        before = numbers[-1]
    return changed


def _numbers(before: int) -> list[int]:
    rows = Application.objects.filter(pk__gt=before).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:AT_A_TIME])


def _carry(found: dict[str, Reached]) -> int:
    held = Monitoring.objects.select_for_update(of=("self",)).filter(mark__in=list(found)).order_by("id")
    changed = []
    for row in held:
        now = _as_kept(found[row.mark])
        if now != {key: getattr(row, key) for key in KEPT}:
            for key, value in now.items():
                setattr(row, key, value)
            changed.append(row)
    Monitoring.objects.bulk_update(changed, ["campaign", "route", "month", "joined_month", "passed", "ended"])
    return len(changed)


def _as_kept(of: Reached) -> dict[str, int | str | dt.date | None]:
    joined = month_of(of.passed_at) if of.ended == JOINED and of.passed_at is not None else None
    return {
        "campaign_id": of.campaign_id, "route_id": of.route_id, "month": month_of(of.submitted_at),
        "joined_month": joined, "passed": of.passed, "ended": of.ended,
    }  # fmt: skip
