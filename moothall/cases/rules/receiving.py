"""The day a case came in, which is not always the day it was logged."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

import clocks
from moothall.cases.models import Case, CaseClock, ClockEvent, Entry
from moothall.core.clock import LONDON, in_london
from moothall.people.models import Account

from .changing import change_case, lock, undone_by
from .clocks import ClockCannot, move, unmove
from .definition import definition_of
from .holding import remember
from .reckoning import remembered_for
from .recomputing import recompute_steps
from .refusals import need_reason


class AfterItWasLogged(ClockCannot):
    sentence = _("A case cannot have come in after it was logged.")
    next_step = _("Check the date received.")


@transaction.atomic
def correct_received_day(case: Case, *, day: dt.date, because: str, by: Account, at: dt.datetime) -> None:
    """The case came in on another day, at the same hour; on the day it was logged, not after that."""
    lock(case)
    hour = in_london(case.received_at).time()
    received_at = dt.datetime.combine(day, hour, tzinfo=LONDON)
    if day == in_london(case.logged_at).date():
        received_at = min(received_at, case.logged_at)
    correct_received(case, received_at=received_at, because=because, by=by, at=at)


@transaction.atomic
def correct_received(
    case: Case, *, received_at: dt.datetime, because: str, by: Account, at: dt.datetime
) -> Entry:
    """Every clock that began at receipt is worked out again, by the rule in force on the new day; what was
    first recorded stays, withdrawn."""
    lock(case)
    need_reason(because)
    if received_at > case.logged_at:
        raise AfterItWasLogged
    before = case.received_at
    entry = change_case(
        case, verb="correct_received", by=by, at=at, note=because, changes={"received_at": received_at},
        said={"received": received_at.isoformat()},
    )  # fmt: skip
    began = list(
        ClockEvent.objects.filter(clock__case=case, kind="received", at=before, withdrawn_at=None)
        .select_related("clock")
        .order_by("id")
    )
    rules = _run_by_new_rules(case, [event.clock for event in began], on=in_london(received_at).date())
    anew = [
        ClockEvent(
            clock=each.clock, kind="received", at=received_at, by=by, recorded_at=at, reason=because[:300]
        )
        for each in began
    ]
    remember(entry, move(case, anew, withdraw=[each.pk for each in began], at=at), rules=rules)
    recompute_steps(case)
    return entry


def _run_by_new_rules(case: Case, running: list[CaseClock], *, on: dt.date) -> dict[str, Any]:
    """Each clock runs by its rule as it stood that day; the answer is how they ran before."""
    declared = {each.key: each for each in definition_of(case.version).clocks}
    had: dict[str, Any] = {}
    for clock in running:
        if clock.key not in declared:
            continue
        had[str(clock.pk)] = clock.rule
        try:
            clock.rule = remembered_for(declared[clock.key], on=on)
        except clocks.UnknownRule as problem:
            raise ClockCannot(str(problem)) from problem
        CaseClock.objects.filter(pk=clock.pk).update(rule=clock.rule)
    return had


@undone_by("correct_received")
def _undo(case: Case, entry: Entry, by: Account | None, at: dt.datetime) -> None:
    for clock_id, rule in entry.detail.get("rules", {}).items():
        CaseClock.objects.filter(case=case, pk=int(clock_id)).update(rule=rule)
    unmove(case, entry.detail, at=at)
    recompute_steps(case)
