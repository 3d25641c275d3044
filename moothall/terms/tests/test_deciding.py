"""What falls due is settled: what follows is on the staff record, and what the law has against it is said."""

import datetime as dt

import pytest

from moothall.letters.models import Letter
from moothall.people.tests.make import AT, make_account, make_person
from moothall.terms.models import Term
from moothall.terms.rules import refusals
from moothall.terms.rules.deciding import settle_term, unsettle_term
from moothall.terms.rules.opening import call_off_term, restore_term
from moothall.terms.rules.stepping import finish_step, reopen_step
from moothall.workforce.models import Assignment, Employment
from moothall.workforce.tests.make import assignments_of, make_employment

from .make import TODAY, make_heard, make_reasons, make_term

pytestmark = pytest.mark.django_db
STARTED = dt.date(2026, 8, 3)
SAFE, PROTECTED = dt.date(2027, 1, 25), dt.date(2027, 2, 2)


def probation(**changes: object) -> Term:
    person = make_person(full_name="Siân Okafor", emails=["sian@borth.example"])
    employment = make_employment(person, started_on=STARTED, **changes)  # type: ignore[arg-type]
    return make_term(employment, kind=Term.PROBATION, began_on=STARTED, due_on=dt.date(2027, 2, 2))


def fixed_term(due_on: dt.date, started_on: dt.date = dt.date(2025, 3, 3)) -> Term:
    person = make_person(emails=["fixed@borth.example"])
    employment = make_employment(
        person, started_on=started_on, contract=Assignment.FIXED_TERM, contract_ends_on=due_on
    )
    return make_term(employment, kind=Term.FIXED_TERM, began_on=started_on, due_on=due_on)


def settle(term: Term, outcome: str, *, today: dt.date = TODAY, **given: object) -> Term:
    given = {"because": "So it was agreed."} | given
    by, at = make_account(), AT + (today - TODAY)
    return settle_term(term, outcome=outcome, by=by, at=at, today=today, **given)  # type: ignore[arg-type]


def test_a_probation_has_its_reviews_and_is_decided_before_the_last_safe_day() -> None:
    term = probation()
    steps = {each.key: each.due_on for each in term.steps.all()}
    assert steps == {
        "PLAN": dt.date(2026, 8, 10), "REVIEW_1": dt.date(2026, 9, 3), "REVIEW_3": dt.date(2026, 11, 3),
        "DIARY": dt.date(2026, 12, 21), "DECIDE": dt.date(2027, 1, 3),
    }  # fmt: skip
    assert term.act_by == dt.date(2027, 1, 3) < SAFE


def test_confirming_settles_and_writes_once() -> None:
    term = settle(probation(), Term.CONFIRMED)
    assert term.settled_at is not None
    assert Letter.objects.get().subject == "You are confirmed in your post"
    with pytest.raises(refusals.SettledAlready):
        settle(term, Term.CONFIRMED)


def test_ending_on_the_last_safe_day_goes_and_a_day_later_is_warned_of() -> None:
    make_reasons()
    term = probation()
    with pytest.raises(refusals.PastTheLine) as refused:
        settle(term, Term.ENDED, today=SAFE + dt.timedelta(days=1), new_day=PROTECTED - dt.timedelta(days=1))
    assert "25 January 2027" in str(refused.value)
    make_heard(term)
    settle(term, Term.ENDED, today=SAFE, new_day=PROTECTED - dt.timedelta(days=1))
    employment = Employment.objects.get(pk=term.employment_id)
    assert employment.ended_on == dt.date(2027, 2, 1)
    assert employment.ended_because is not None
    assert employment.ended_because.key == "probation-not-confirmed"
    assert "1 February 2027" in Letter.objects.get().body


def test_whoever_has_read_the_warning_may_go_on() -> None:
    make_reasons()
    settle(probation(), Term.ENDED, today=dt.date(2027, 1, 30), warned=True)
    assert Employment.objects.get().ended_on == dt.date(2027, 2, 2)


def test_extending_a_probation_beyond_the_line_is_warned_of_and_brings_another() -> None:
    term = probation()
    with pytest.raises(refusals.CrossesTheLine):
        settle(term, Term.EXTENDED, new_day=dt.date(2027, 4, 2))
    settle(term, Term.EXTENDED, new_day=dt.date(2027, 4, 2), warned=True)
    later = Term.objects.get(extends=term)
    assert (later.began_on, later.due_on) == (dt.date(2027, 2, 3), dt.date(2027, 4, 2))
    assert {each.key for each in later.steps.all()} == {"REVIEW", "DECIDE"}
    assert "2 April 2027" in Letter.objects.get().subject


def test_an_extension_needs_a_later_day_and_a_reason() -> None:
    with pytest.raises(refusals.DayNeeded):
        settle(probation(), Term.EXTENDED, new_day=dt.date(2027, 2, 2))
    with pytest.raises(refusals.ReasonNeeded):
        settle(probation(), Term.EXTENDED, new_day=dt.date(2027, 4, 2), because=" ")
    with pytest.raises(refusals.NotAnOutcome):
        settle(probation(), Term.HONOURED)


def test_an_extended_fixed_term_ends_later_on_the_record_too() -> None:
    term = fixed_term(dt.date(2027, 3, 2))
    settle(term, Term.EXTENDED, new_day=dt.date(2028, 3, 2))
    rows = assignments_of(term.employment)
    assert [each.contract_ends_on for each in rows] == [dt.date(2027, 3, 2), dt.date(2028, 3, 2)]


def test_four_years_make_a_fixed_term_permanent_on_the_day_and_not_before() -> None:
    term = fixed_term(dt.date(2027, 3, 2), started_on=dt.date(2024, 3, 3))
    with pytest.raises(refusals.BecomesPermanent):
        settle(term, Term.EXTENDED, new_day=dt.date(2028, 3, 3))
    settle(term, Term.EXTENDED, new_day=dt.date(2028, 3, 2))


def test_a_fixed_term_made_permanent_is_taken_back_with_all_that_followed() -> None:
    term = fixed_term(dt.date(2027, 3, 2))
    settled = settle(term, Term.PERMANENT)
    assert assignments_of(term.employment)[-1].contract == Assignment.PERMANENT
    unsettle_term(settled, by=make_account(), at=AT + dt.timedelta(minutes=1))
    assert {each.contract for each in assignments_of(term.employment)} == {Assignment.FIXED_TERM}
    assert Letter.objects.get().state == Letter.CANCELLED
    assert Term.objects.get(pk=term.pk).settled_at is None
    settle(Term.objects.get(pk=term.pk), Term.PERMANENT)
    assert Letter.objects.filter(state=Letter.QUEUED).count() == 1


def test_ending_a_fixed_term_leaves_time_for_notice() -> None:
    make_reasons()
    term = fixed_term(dt.date(2027, 3, 2))
    with pytest.raises(refusals.NoticeTooShort):
        settle(term, Term.ENDED, today=dt.date(2027, 2, 24))
    settle(term, Term.ENDED, today=dt.date(2027, 2, 23))


def test_ending_is_undone_and_they_stay() -> None:
    make_reasons()
    term = make_term(kind=Term.RETIREMENT, route=Term.ILL_HEALTH)
    settled = settle(term, Term.ENDED)
    ended = Employment.objects.get(pk=term.employment_id)
    assert ended.ended_because is not None
    assert ended.ended_because.key == "ill-health-retirement"
    unsettle_term(settled, by=make_account(), at=AT)
    assert Employment.objects.get(pk=term.employment_id).ended_on is None


def test_an_extension_that_was_settled_itself_keeps_the_first_settled() -> None:
    term = make_term()
    settled = settle(term, Term.EXTENDED, new_day=term.due_on + dt.timedelta(days=90))
    settle(Term.objects.get(extends=term), Term.ENDED)
    with pytest.raises(refusals.NotSettled):
        unsettle_term(settled, by=make_account(), at=AT)


def test_officers_are_outside_the_line_of_the_law() -> None:
    person = make_person(emails=["officer@borth.example"])
    employment = make_employment(person, started_on=STARTED, workforce="police_officer")
    term = make_term(employment, kind=Term.PROBATION, began_on=STARTED, due_on=dt.date(2028, 8, 2))
    assert {"REVIEW_6", "REVIEW_12", "REVIEW_18"} < {each.key for each in term.steps.all()}
    settle(term, Term.EXTENDED, new_day=dt.date(2028, 12, 2))
    assert "regulation 12" in Letter.objects.get().body


def test_steps_are_done_and_undone() -> None:
    term, by = make_term(), make_account()
    step = term.steps.get(key="REMIND")
    finish_step(step, done_on=TODAY, note="Agreed", by=by, at=AT)
    with pytest.raises(refusals.StepDone):
        finish_step(step, done_on=TODAY, by=by, at=AT)
    reopen_step(step, by=by, at=AT)
    with pytest.raises(refusals.StepNotDone):
        reopen_step(step, by=by, at=AT)


def test_the_same_falls_due_once_a_day_until_it_is_called_off() -> None:
    term = make_term()
    again = {"kind": term.kind, "due_on": term.due_on}
    with pytest.raises(refusals.OnRecordAlready):
        make_term(term.employment, **again)
    call_off_term(term, by=make_account(), at=AT)
    make_term(term.employment, **again)
    with pytest.raises(refusals.OnRecordAlready):
        restore_term(Term.objects.get(pk=term.pk), by=make_account(), at=AT)
