"""What falls due is settled: confirmed, extended, made permanent, ended, and opened again."""

import datetime as dt

from django.db import transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.terms.models import Hearing, Term, TermStep
from moothall.workforce.models import Assignment, Employment, LeavingReason
from moothall.workforce.rules.assigning import change_assignment, take_back_change
from moothall.workforce.rules.ending import end_employment, keep_employment

from . import refusals
from .opening import hold, open_term
from .plans import FOR_A_TIME, four_years_of, guard_of, notice_weeks, protected_from
from .telling import letter_for, take_back_letters, write_about
from .ticking import tick_decision

OUTCOMES = {
    Term.PROBATION: (Term.CONFIRMED, Term.EXTENDED, Term.ENDED),
    Term.FIXED_TERM: (Term.EXTENDED, Term.PERMANENT, Term.ENDED),
    Term.RETIREMENT: (Term.ENDED, Term.EXTENDED, Term.CANCELLED),
    **dict.fromkeys(FOR_A_TIME, (Term.ENDED, Term.EXTENDED, Term.PERMANENT)),
    Term.LONG_SERVICE: (Term.HONOURED, Term.CANCELLED),
}
ENDS_EMPLOYMENT = (Term.PROBATION, Term.FIXED_TERM, Term.RETIREMENT)


@transaction.atomic
def settle_term(
    term: Term,
    *,
    outcome: str,
    by: Account,
    at: dt.datetime,
    today: dt.date,
    new_day: dt.date | None = None,
    because: str = "",
    warned: bool = False,
) -> Term:
    """How it ended, and what follows: a new day, a permanent contract, or the end of the employment. What the
    law has against it is refused, until whoever decides says they were `warned`."""
    held = hold(term)
    if held.settled_at is not None or held.withdrawn_at is not None:
        raise refusals.SettledAlready
    _check(held, outcome, new_day, because)
    if not warned:
        _warn(held, outcome, new_day, today=today)
    values = {"outcome": outcome, "because": because.strip()[:300], "settled_at": at, "settled_by": by}
    Term.objects.filter(pk=held.pk).update(**values)
    TermStep.objects.filter(term=held, key="DECIDE", done_on=None).update(done_on=today, done_by=by)
    for name, value in values.items():
        setattr(held, name, value)
    detail = {"outcome": outcome, "day": new_day.isoformat() if new_day else ""}
    append_audit("terms.settle", about=held, by=by, at=at, detail=detail)
    _follow(held, new_day, by=by, at=at)
    tick_decision(held, by=by, at=at)
    if key := letter_for(held):
        write_about(held, key, by=by, at=at)
    return held


def _check(term: Term, outcome: str, new_day: dt.date | None, because: str) -> None:
    if outcome not in OUTCOMES[term.kind]:
        raise refusals.NotAnOutcome
    if outcome == Term.EXTENDED and (new_day is None or new_day <= term.due_on):
        raise refusals.DayNeeded
    if outcome == Term.ENDED and new_day is not None and new_day < term.began_on:
        raise refusals.EndsBeforeItBegins
    if outcome in (Term.EXTENDED, Term.ENDED) and term.kind != Term.RETIREMENT and not because.strip():
        raise refusals.ReasonNeeded


def _warn(term: Term, outcome: str, new_day: dt.date | None, *, today: dt.date) -> None:
    employment = term.employment
    last = new_day or term.due_on
    if term.kind == Term.PROBATION and outcome == Term.ENDED:
        safe = guard_of(employment)
        line = protected_from(employment)
        if safe is not None and line is not None and (today > safe or last >= line):
            raise refusals.PastTheLine(safe)
    if term.kind == Term.PROBATION and outcome == Term.EXTENDED:
        line = protected_from(employment)
        if line is not None and last >= line:
            raise refusals.CrossesTheLine(line)
    if term.kind == Term.FIXED_TERM and outcome == Term.EXTENDED:
        found = four_years_of(employment)
        if found is not None and last >= found[0]:
            raise refusals.BecomesPermanent(found[0])
    ends = outcome == Term.ENDED and term.kind in (Term.PROBATION, Term.FIXED_TERM)
    if ends and employment.workforce == Employment.EMPLOYEE:
        weeks = notice_weeks(employment, today)
        if last < today + dt.timedelta(weeks=weeks):
            raise refusals.NoticeTooShort(weeks)
    unheard = not Hearing.objects.took_place().filter(term=term).exists()
    if term.kind == Term.PROBATION and ends and unheard and employment.workforce == Employment.EMPLOYEE:
        raise refusals.NotHeard


def _follow(term: Term, new_day: dt.date | None, *, by: Account, at: dt.datetime) -> None:
    """What the outcome changes on the staff record."""
    employment, outcome = term.employment, term.outcome
    if outcome == Term.EXTENDED and new_day is not None:
        if term.kind == Term.FIXED_TERM:
            _change(term, {"contract_ends_on": new_day}, by=by, at=at)
        begins = term.due_on + dt.timedelta(days=1) if term.kind == Term.PROBATION else term.began_on
        open_term(
            employment, kind=term.kind, began_on=begins, due_on=new_day, route=term.route, title=term.title,
            extends=term, by=by, at=at,
        )  # fmt: skip
    if outcome == Term.PERMANENT and term.kind == Term.FIXED_TERM:
        _change(term, {"contract": Assignment.PERMANENT, "contract_ends_on": None}, by=by, at=at)
    if outcome == Term.ENDED and term.kind in ENDS_EMPLOYMENT and employment.ended_on is None:
        term.employment = end_employment(
            employment, last_day=new_day or term.due_on, because=_reason(term), by=by, at=at
        )


def _change(term: Term, changes: dict[str, object], *, by: Account, at: dt.datetime) -> None:
    """From the day after the term, or from when the assignment of that day began, if it is not over then."""
    from_on = term.due_on + dt.timedelta(days=1)
    change_assignment(
        term.employment, from_on=from_on, by=by, at=at, because=term.get_kind_display(), **changes
    )


def _reason(term: Term) -> LeavingReason:
    if term.kind == Term.PROBATION:
        staff = term.employment.workforce == Employment.EMPLOYEE
        keys = ["probation-not-confirmed"] if staff else ["discharged-probation", "probation-not-confirmed"]
    elif term.kind == Term.FIXED_TERM:
        keys = ["fixed-term-ended"]
    else:
        keys = ["ill-health-retirement"] if term.route == Term.ILL_HEALTH else ["retirement"]
    found = {each.key: each for each in LeavingReason.objects.filter(key__in=keys, retired_on=None)}
    reason = next((found[key] for key in keys if key in found), None)
    if reason is None:
        raise refusals.NoSuchReason
    return reason


@transaction.atomic
def unsettle_term(term: Term, *, by: Account, at: dt.datetime) -> Term:
    """It is open again, and what followed from the outcome is taken back."""
    held = hold(term)
    later = Term.objects.standing().filter(extends=held)
    if (
        held.settled_at is None
        or held.withdrawn_at is not None
        or later.filter(settled_at__isnull=False).exists()
    ):
        raise refusals.NotSettled
    outcome, moment = held.outcome, held.settled_at
    changed = held.kind == Term.FIXED_TERM and outcome in (Term.EXTENDED, Term.PERMANENT)
    if changed and held.employment.assignments.filter(recorded_at__gt=moment).exists():
        raise refusals.NotSettled
    take_back_letters(held, by=by, at=at)
    later.update(withdrawn_at=at, withdrawn_by=by)
    if changed:
        take_back_change(held.employment, by=by, at=at)
    if outcome == Term.ENDED and held.kind in ENDS_EMPLOYMENT and held.employment.ended_on is not None:
        keep_employment(held.employment, by=by, at=at)
    Term.objects.filter(pk=held.pk).update(outcome="", because="", settled_at=None, settled_by=None)
    TermStep.objects.filter(term=held, key="DECIDE").update(done_on=None, done_by=None)
    append_audit(
        "terms.unsettle", about=held, by=by, at=at, detail={"outcome": outcome, "since": moment.isoformat()}
    )
    held.refresh_from_db()
    return held
