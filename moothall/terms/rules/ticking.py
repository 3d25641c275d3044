"""What is done about a term ticks the steps of its case."""

import datetime as dt

from moothall.cases.rules.ticking import tick
from moothall.people.models import Account
from moothall.terms.models import Term

from .plans import four_years_of

STEPS = {
    Term.PROBATION: {"PLAN": "plan", "REVIEW_1": "m1", "REVIEW_3": "m3"},
    Term.FIXED_TERM: {"WARN": "warn", "FOUR_YEARS": "four", "CONSULT": "consult", "NOTICE": "notice"},
    Term.RETIREMENT: {
        "ESTIMATE": "enquire", "NOTICE": "notice", "FORMS": "forms", "DECISION_IN": "ihr",
        "RECOGNITION": "recog",
    },
}  # fmt: skip
DECISIONS = {
    Term.PROBATION: {Term.CONFIRMED: "confirm", Term.EXTENDED: "extend", Term.ENDED: "dismiss"},
    Term.FIXED_TERM: {Term.EXTENDED: "extend", Term.PERMANENT: "permanent", Term.ENDED: "end"},
}


def tick_step(
    term: Term, key: str, *, by: Account | None, at: dt.datetime, has_concerns: bool = False
) -> None:
    """The step of the case that goes with a step of the term."""
    of_case = STEPS.get(term.kind, {}).get(key)
    if of_case is None or term.case_id is None:
        return
    outcome = ""
    if key == "REVIEW_3":
        outcome = "concerns" if has_concerns else "on_track"
    if key == "FOUR_YEARS":
        found = four_years_of(term.employment)
        outcome = "at_or_over" if found is not None and term.due_on >= found[0] else "under"
    tick(term.case_id, of_case, by=by, at=at, outcome=outcome)


def tick_decision(term: Term, *, by: Account | None, at: dt.datetime) -> None:
    """How it was decided; after a hearing it is the hearing's outcome."""
    outcome = DECISIONS.get(term.kind, {}).get(term.outcome)
    if outcome is None or term.case_id is None:
        return
    if term.kind == Term.PROBATION:
        if not tick(term.case_id, "hear", by=by, at=at, outcome=outcome):
            tick(term.case_id, "m5", by=by, at=at, outcome=outcome)
        return
    tick(term.case_id, "decide", by=by, at=at, outcome=outcome)
    tick(term.case_id, "extend", by=by, at=at)
