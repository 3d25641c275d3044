"""Somebody asks about retiring, gives notice, or thinks better of it: by themself."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from moothall.cases.rules.closing import NOT_NEEDED, close_case
from moothall.cases.rules.definition import definition_of
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.terms.models import Term, TermStep
from moothall.workforce.models import Employment

from . import refusals
from .opening import hold, open_term
from .telling import write_about
from .ticking import tick_step

NOTICE, WITHDRAWN = "NOTICE", "withdrawn"


def enquiry_of(person_id: int | None) -> Term | None:
    """What somebody has asked about their retirement and is not settled."""
    open_now = Term.objects.open().filter(kind=Term.RETIREMENT, employment__person=person_id or 0)
    return open_now.in_full().order_by("due_on", "id").first()


def has_notice(term: Term) -> bool:
    return term.steps.filter(key=NOTICE, done_on__isnull=False).exists()


@transaction.atomic
def ask_to_retire(
    employment: Employment, *, route: str, last_day: dt.date, by: Account, at: dt.datetime, today: dt.date
) -> Term:
    """An enquiry and no notice: an estimate is asked for, and nothing about the employment changes."""
    if by.person_id is None or by.person_id != employment.person_id:
        raise refusals.NotTheirs
    if enquiry_of(by.person_id) is not None:
        raise refusals.RetiringAlready
    if last_day <= today:
        raise refusals.LastDayToCome
    return open_term(
        employment, kind=Term.RETIREMENT, began_on=today, due_on=last_day, route=route, by=by, at=at
    )


def _own(term: Term, by: Account) -> Term:
    held = hold(term)
    if by.person_id is None or by.person_id != held.employment.person_id:
        raise refusals.NotTheirs
    if held.kind != Term.RETIREMENT or held.settled_at is not None or held.withdrawn_at is not None:
        raise refusals.SettledAlready
    return held


@transaction.atomic
def give_notice(term: Term, *, by: Account, at: dt.datetime, today: dt.date) -> Term:
    """Their own notice of retirement; they are written to that we have it."""
    held = _own(term, by)
    if not TermStep.objects.filter(term=held, key=NOTICE, done_on=None).update(done_on=today, done_by=by):
        raise refusals.StepDone
    append_audit("terms.give_notice", about=held, by=by, at=at, detail={"due": held.due_on.isoformat()})
    tick_step(held, NOTICE, by=by, at=at)
    write_about(held, "retirement_ack", by=by, at=at)
    return held


@transaction.atomic
def take_back_enquiry(term: Term, *, by: Account, at: dt.datetime) -> Term:
    """Before notice was given they go on as they were. Its case is closed as withdrawn."""
    held = _own(term, by)
    if has_notice(held):
        raise refusals.NoticeGiven
    Term.objects.filter(pk=held.pk).update(withdrawn_at=at, withdrawn_by=by)
    append_audit("terms.take_back_enquiry", about=held, by=by, at=at)
    _close(held, by=by, at=at)
    return held


@for_the_office()
def _close(term: Term, *, by: Account, at: dt.datetime) -> None:
    case = term.case
    if case is not None and not case.is_closed:
        with override("cy" if case.language == "cy" else "en-gb"):
            known = {each.key for each in definition_of(case.version).outcomes}
            outcome = WITHDRAWN if WITHDRAWN in known else NOT_NEEDED
            close_case(case, by=by, at=at, outcome=outcome, reason=_("They asked no further."))
