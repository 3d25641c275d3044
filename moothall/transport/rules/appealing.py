"""Two stages of appeal against a refusal, each on its own case and clocks. How long there is to ask, to
decide and to write stands in the clock rules, with its source, and is what guidance recommends."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

import clocks
from clocks.adding import add
from moothall.cases.models import Case, Service
from moothall.cases.rules.opening import moment_received, open_case
from moothall.cases.rules.reckoning import working_calendar
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Appeal, Application, Decision

from . import refusals

SERVICES: Final = {Decision.REVIEW: "transport-appeal", Decision.PANEL: "transport-appeal-panel"}
TO_ASK: Final = {Decision.REVIEW: "TRA-ASK", Decision.PANEL: "TRA-ASK-2"}


def last_day_to_ask(decision: Decision) -> dt.date:
    """By the rule in force on the day of the refusal: a day later for each working day it gives."""
    rule = clocks.rule(TO_ASK[decision.stage + 1], decision.decided_on)
    return add(decision.decided_on, rule.length, rule.unit, working_calendar(rule.calendar))


def open_to_appeal(application: Application) -> Decision | None:
    """The refusal that can be appealed against now, if there is one."""
    found = application.decisions.order_by("-stage").first()
    if found is None or found.outcome != Decision.REFUSED or found.stage == Decision.PANEL:
        return None
    return None if application.appeals.filter(stage=found.stage + 1).exists() else found


@transaction.atomic
def record_appeal(
    application: Application, *, received_on: dt.date, grounds: str, by: Account, at: dt.datetime,
    late_because: str = "",
) -> Appeal:  # fmt: skip
    """They ask for the refusal to be looked at again: a case of its own, with its own clocks."""
    held = Application.objects.select_for_update(of=("self",)).select_related("case").get(pk=application.pk)
    refused = open_to_appeal(held)
    if refused is None:
        raise refusals.NotRefused
    if not grounds.strip():
        raise refusals.ReasonNeeded
    ask_by = last_day_to_ask(refused)
    if received_on > ask_by and not late_because.strip():
        raise refusals.LateNeedsReason
    stage = refused.stage + 1
    made = Appeal.objects.create(
        application=held, case=_case_for(held, stage, grounds, received_on, by=by, at=at),
        stage=stage, received_on=received_on, ask_by=ask_by, grounds=grounds.strip(),
        late_because=late_because.strip()[:300], recorded_at=at, recorded_by=by,
    )  # fmt: skip
    append_audit("transport.appeal", about=held, by=by, at=at, detail={"stage": stage})
    return made


def _case_for(
    held: Application, stage: int, grounds: str, received_on: dt.date, *, by: Account, at: dt.datetime
) -> Case | None:
    service = Service.objects.filter(key=SERVICES[stage], retired_at=None).select_related("team").first()
    if service is None:
        return None
    with override("cy" if held.case.language == "cy" else "en-gb"):
        title = _("Appeal about travel: %(name)s") % {"name": held.name}
    return open_case(
        service, at=at, title=title, channel="staff", received_at=moment_received(received_on, at=at), by=by,
        requester=held.case.requester, subject=held.case.subject, language=held.case.language, words=grounds,
    )  # fmt: skip
