"""A hearing about a probation: arranged with notice, told, moved, and written down."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from moothall.cases.rules.reckoning import working_calendar
from moothall.cases.rules.ticking import tick
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.terms.models import Hearing, ProbationRule, Term
from moothall.workforce.models import Employment

from . import refusals
from .opening import hold, open_case_for, probation_rule
from .plans import NATIONS
from .telling import write_about

INVITATION = "probation_hearing"


@dataclass(frozen=True)
class Seat:
    """When, where, before whom, with whom."""

    starts_at: dt.datetime
    place: str
    chair: str
    companion: str = ""


def notice_days_of(term: Term) -> int:
    """So many working days lie between the letter and the hearing, by the rule of the day they began."""
    rule = probation_rule(term.employment, term.route) or ProbationRule()
    return rule.hearing_days


def earliest_day(term: Term, on: dt.date) -> dt.date:
    calendar = working_calendar(NATIONS[term.employment.nation])
    return calendar.add_working_days(on, notice_days_of(term))


def may_be_heard(term: Term) -> bool:
    """Employees in an open probation; officers are discharged by regulation, with letters of their own."""
    is_open = term.settled_at is None and term.withdrawn_at is None
    return is_open and term.kind == Term.PROBATION and term.employment.workforce == Employment.EMPLOYEE


@transaction.atomic
def arrange_hearing(
    term: Term, *, seat: Seat, by: Account, at: dt.datetime, shorter_agreed: str = ""
) -> Hearing:
    """They are asked to it by letter. One that was arranged before is moved to this day."""
    held = hold(term)
    today, day = in_london(at).date(), in_london(seat.starts_at).date()
    if not may_be_heard(held):
        raise refusals.NoHearing
    if seat.starts_at <= at:
        raise refusals.HearingInThePast
    if day < (earliest := earliest_day(held, today)) and not shorter_agreed.strip():
        raise refusals.HearingTooSoon(notice_days_of(held), earliest)
    held.hearings.filter(state=Hearing.PLANNED).update(state=Hearing.MOVED, written_at=at, written_by=by)
    made = Hearing.objects.create(
        term=held, starts_at=seat.starts_at, place=seat.place.strip(), chair=seat.chair.strip(),
        companion=seat.companion.strip(), shorter_agreed=shorter_agreed.strip(), arranged_at=at,
        arranged_by=by,
    )  # fmt: skip
    append_audit("terms.arrange_hearing", about=held, by=by, at=at, detail={"day": day.isoformat()})
    open_case_for(held, by=by, at=at)
    tick(held.case_id, "m5", by=by, at=at, outcome="hearing")
    write_about(held, INVITATION, by=by, at=at, mark=f":{made.pk}")
    return made


@transaction.atomic
def write_down_hearing(
    hearing: Hearing,
    *,
    state: str,
    said: str,
    by: Account,
    at: dt.datetime,
    companion: str = "",
    leads_to: str = "",
) -> Hearing:
    """It took place, they stayed away, or it was called off; what it leads to is decided on its own."""
    held = hold(hearing.term)
    fresh = held.hearings.filter(pk=hearing.pk, state=Hearing.PLANNED).first()
    if fresh is None or held.settled_at is not None:
        raise refusals.HearingWritten
    if fresh.starts_at > at and state != Hearing.OFF:
        raise refusals.HearingToCome
    if state == Hearing.HELD and not said.strip():
        raise refusals.SayWhatWasSaid
    held.hearings.filter(pk=fresh.pk).update(
        state=state, said=said.strip(), companion=companion.strip() or fresh.companion, leads_to=leads_to,
        written_at=at, written_by=by,
    )  # fmt: skip
    append_audit("terms.write_hearing", about=held, by=by, at=at, detail={"state": state})
    fresh.refresh_from_db()
    return fresh
