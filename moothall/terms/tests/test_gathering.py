"""The clock finds what falls due, writes to managers once, and writes nothing twice."""

import datetime as dt

import pytest

from moothall.cases.tests.make import make_service
from moothall.letters.models import Letter
from moothall.people.tests.make import AT, make_person
from moothall.terms.models import ServiceAward, Term
from moothall.terms.rules.gathering import gather_terms
from moothall.terms.rules.telling import tell_of_steps
from moothall.workforce.models import Assignment, Employment
from moothall.workforce.tests.make import make_employment

from .make import TODAY, make_rule, make_term

pytestmark = pytest.mark.django_db


def gather() -> int:
    return gather_terms(at=AT, today=TODAY)


def tell(days: int = 0) -> int:
    step = dt.timedelta(days=days)
    return tell_of_steps(at=AT + step, today=TODAY + step)


def kinds_of(employment: Employment) -> set[str]:
    return set(Term.objects.filter(employment=employment).values_list("kind", flat=True))


def test_starters_fixed_terms_and_years_of_service_are_found_once() -> None:
    make_rule()
    ServiceAward.objects.create(years=20)
    began = dt.date(2026, 8, 3)
    starter = make_employment(started_on=began)
    fixed = make_employment(contract=Assignment.FIXED_TERM, contract_ends_on=dt.date(2027, 5, 1))
    faithful = make_employment(started_on=dt.date(2007, 2, 1))
    officer = make_employment(started_on=began, workforce="police_officer")
    settled = make_employment(started_on=dt.date(2015, 2, 1))
    assert gather() == 3
    assert gather() == 0
    assert kinds_of(starter) == {Term.PROBATION}
    assert kinds_of(fixed) == {Term.FIXED_TERM}
    assert kinds_of(faithful) == {Term.LONG_SERVICE}
    assert kinds_of(officer) == kinds_of(settled) == set()
    term = Term.objects.get(employment=faithful)
    assert (term.due_on, term.years) == (dt.date(2027, 2, 1), 20)


@pytest.mark.parametrize(("started", "months"), [("2026-08-02", 6), ("2026-08-03", 9)])
def test_each_cohort_has_the_length_of_its_own_day(started: str, months: int) -> None:
    make_rule(until_on=dt.date(2026, 8, 2))
    make_rule(from_on=dt.date(2026, 8, 3), months=9)
    employment = make_employment(started_on=dt.date.fromisoformat(started))
    gather()
    term = Term.objects.get(employment=employment)
    assert (term.due_on - term.began_on).days // 30 == months


def test_the_day_on_the_staff_record_goes_before_the_rule() -> None:
    make_rule()
    employment = make_employment(started_on=dt.date(2026, 8, 3))
    Employment.objects.filter(pk=employment.pk).update(probation_until=dt.date(2027, 1, 2))
    gather()
    assert Term.objects.get(employment=employment).due_on == dt.date(2027, 1, 2)


def test_the_manager_is_warned_three_months_before_a_fixed_term_ends_and_once() -> None:
    above = make_person(emails=["boss@borth.example"])
    due = TODAY + dt.timedelta(days=100)
    employment = make_employment(
        make_person(full_name="Ines Cadogan"), manager=make_employment(above),
        contract=Assignment.FIXED_TERM, contract_ends_on=due,
    )  # fmt: skip
    service = make_service(key="ftc_end")
    gather()
    told = [day for day in range(100) if tell(day) and day]
    [letter] = Letter.objects.filter(person=above)
    assert "Ines Cadogan" in letter.subject
    assert len(told) == 1
    assert tell(told[0]) == 0
    term = Term.objects.get(employment=employment)
    assert term.case is not None
    assert term.case.service == service


def test_what_is_settled_or_long_past_is_not_written_about() -> None:
    above = make_employment(make_person(emails=["boss@borth.example"]))
    term = make_term(make_employment(manager=above), due_on=TODAY + dt.timedelta(days=40))
    assert term.steps.get(key="REMIND").due_on < TODAY - dt.timedelta(days=30)
    assert tell() == 0


def test_the_reader_of_welsh_reads_welsh() -> None:
    above = make_person(emails=["boss@borth.example"], language="cy")
    make_term(make_employment(manager=make_employment(above)), due_on=TODAY + dt.timedelta(days=91))
    assert sum(tell(day) for day in range(10)) == 1
    assert "Diwedd secondiad" in Letter.objects.get().subject
