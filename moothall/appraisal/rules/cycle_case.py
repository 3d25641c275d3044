"""The case a cycle hangs on, where the office has the process: opened with it, ticked as people get on."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from moothall.appraisal.models import Appraisal, Cycle, CycleCase
from moothall.cases.models import Service
from moothall.cases.rules.closing import NOT_NEEDED, close_case, reopen_case
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.opening import open_case
from moothall.cases.rules.ticking import tick
from moothall.core.serving import for_the_office
from moothall.people.models import Account

SERVICE = "appraisal_cycle"
STAGES = [stage for stage, _words in Appraisal.STAGES if stage not in Appraisal.SETTLED]
# Each step of the case, and the stage behind which everybody is once it is done.
BEHIND = (
    ("self", Appraisal.SELF, ""), ("evidence", Appraisal.RATING, ""), ("meet", Appraisal.RATING, "held"),
    ("obj", Appraisal.RATING, ""), ("sign", Appraisal.SIGN, ""), ("second", Appraisal.SECOND, "agreed"),
    ("rating", Appraisal.SIGN, ""),
)  # fmt: skip


@for_the_office()
def open_case_of(cycle: Cycle, *, by: Account | None, at: dt.datetime) -> None:
    service = Service.objects.filter(key=SERVICE, retired_at=None).first()
    if service is None or CycleCase.objects.filter(cycle=cycle).exists():
        return
    case = open_case(service, at=at, title=cycle.name, channel="staff", received_at=at, by=by)
    CycleCase.objects.create(cycle=cycle, case=case)
    tick(case.pk, "open", by=by, at=at)


@for_the_office()
def held_case(cycle: Cycle) -> CycleCase | None:
    return CycleCase.objects.filter(cycle=cycle).select_related("case__version").first()


@for_the_office()
def tick_progress(cycle: Cycle, *, at: dt.datetime, chased: bool) -> None:
    """What everybody in the cycle has done is done; a week in which somebody was chased is a round."""
    held = held_case(cycle)
    if held is None:
        return
    if chased:
        tick(held.case_id, "chase", by=None, at=at, again=True)
    for key, stage, outcome in BEHIND:
        if _all_behind(cycle, stage):
            tick(held.case_id, key, by=None, at=at, outcome=outcome)


def _all_behind(cycle: Cycle, stage: str) -> bool:
    """Whether nobody in the cycle stands at this stage or before it."""
    before = STAGES[: STAGES.index(stage) + 1]
    return not cycle.appraisals.filter(stage__in=before).exists()


@for_the_office()
def close_case_of(cycle: Cycle, *, by: Account, at: dt.datetime) -> None:
    """Complete where everybody is, overdue otherwise, as far as the office knows these outcomes."""
    held = held_case(cycle)
    if held is None or held.case.is_closed:
        return
    unfinished = cycle.appraisals.exclude(Q(stage=Appraisal.DONE) | Q(stage=Appraisal.EXEMPT)).exists()
    outcome = "overdue" if unfinished else "complete"
    known = {each.key for each in definition_of(held.case.version).outcomes}
    close_case(held.case, by=by, at=at, outcome=outcome if outcome in known else NOT_NEEDED)


@for_the_office()
def reopen_case_of(cycle: Cycle, *, by: Account, at: dt.datetime) -> None:
    held = held_case(cycle)
    if held is not None and held.case.is_closed:
        reopen_case(held.case, by=by, at=at, because=_("The cycle was closed too early."))
