"""The sample office asks for a plan as it starts, so that one is made in front of whoever looks."""

import datetime as dt
from typing import Final

from clocks.months import last_day_of_months
from moothall.core.clock import in_london
from moothall.core.packs import Pack, Progress
from moothall.training.models import Need, PlanRun

from .plan_runs import ask_for_plan

AHEAD: Final = dt.timedelta(days=28)
MONTHS, SECONDS = 6, 60


def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only for sample staff who need anything."""
    if not pack.demo or not pack.scale or PlanRun.objects.exists() or not Need.objects.exists():
        return
    today = in_london(pack.at).date()
    first = today + AHEAD
    ask_for_plan(
        from_on=first, until_on=last_day_of_months(first, MONTHS), seconds=SECONDS, by=None, at=pack.at,
        today=today,
    )  # fmt: skip
