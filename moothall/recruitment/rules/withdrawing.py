"""An application is withdrawn, by whoever sent it or by the desk because they asked, and taken up again."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Case
from moothall.cases.rules.closing import close_case, reopen_case
from moothall.cases.rules.definition import definition_of
from moothall.core.serving import for_the_office
from moothall.letters.rules.outbox import RECALL_SECONDS
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Application

from .refusals import AppliedAlready, NotWithdrawn, WithdrawnAlready
from .telling import tell_withdrawn

OUTCOMES: Final = ("withdrew", "withdrawn", "cancelled", "not_placed", "no_appointment", "rejected")
NOT_NEEDED: Final = "not_needed"


def refuse_withdrawing(application: Application, case: Case) -> None:
    if application.is_withdrawn or case.is_closed:
        raise WithdrawnAlready


@for_the_office()
@transaction.atomic
def withdraw(
    application: Application, *, because: str, by: Account | None, at: dt.datetime,
    hold_seconds: int = RECALL_SECONDS,
) -> Application:  # fmt: skip
    """Its case is closed with it. Whoever withdrew is told, so that a mistake is noticed."""
    held: Application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    case = Case.objects.select_related("version").get(pk=held.case_id)
    refuse_withdrawing(held, case)
    tell_withdrawn(held, at=at, hold_seconds=hold_seconds)
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_because = at, by, because.strip()[:300]
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    declared = {each.key for each in definition_of(case.version).outcomes}
    outcome = next((each for each in OUTCOMES if each in declared), NOT_NEEDED)
    reason = because.strip() or str(_("Withdrawn by the applicant."))
    close_case(case, by=by, at=at, outcome=outcome, reason=reason)
    append_audit("recruitment.withdraw", about=held, by=by, at=at)
    return held


@for_the_office()
@transaction.atomic
def take_up_again(application: Application, *, by: Account, at: dt.datetime) -> Application:
    """Withdrawn by mistake: the case is open again where it stood."""
    held: Application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if not held.is_withdrawn:
        raise NotWithdrawn
    others = Application.objects.standing().filter(campaign=held.campaign_id, applicant=held.applicant_id)
    if others.exists():
        raise AppliedAlready
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_because = None, None, ""
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    case = Case.objects.get(pk=held.case_id)
    if case.is_closed:
        reopen_case(case, by=by, at=at, because=str(_("The application goes on.")))
    append_audit("recruitment.take_up_again", about=held, by=by, at=at)
    return held
