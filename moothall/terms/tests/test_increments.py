"""Pay points and increments: who gets one and when, what it changes, and what payroll is told."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account, make_person
from moothall.terms.models import Increment, IncrementRun, PayPointRate, PayScale, Placement
from moothall.terms.rules import increments, payroll, placing, refusals
from moothall.terms.rules.increment_letters import write_letters
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import STARTED, make_employment

from .make import TODAY, make_scale, place_on

APRIL = dt.date(2027, 4, 1)


def run_of(**days: dt.date) -> IncrementRun:
    given = {"first": dt.date(2027, 1, 1), "last": dt.date(2027, 6, 30)} | days
    return increments.begin_run(by=make_account(), at=AT, **given)


def line_of(run: IncrementRun, employment: Employment) -> Increment:
    return run.increments.get(employment=employment)


def award(line: Increment, by: Account | None = None) -> Increment:
    return increments.award_increment(line, by=by or make_account(), at=AT, today=TODAY)


@pytest.mark.parametrize(
    ("when", "least", "placed", "due"),
    [
        ("ANNIVERSARY", 0, "2026-05-10", "2027-05-10"),
        ("ANNIVERSARY", 0, "2024-02-29", "2025-02-28"),
        ("APRIL", 0, "2026-03-31", "2026-04-01"),
        ("APRIL", 0, "2026-04-01", "2027-04-01"),
        ("APRIL", 6, "2026-10-01", "2027-04-01"),
        ("APRIL", 6, "2026-10-02", "2027-04-02"),
    ],
)
def test_an_increment_comes_on_its_day(when: str, least: int, placed: str, due: str) -> None:
    scale = PayScale(increments=when, least_months=least)
    assert increments.next_increment(scale, dt.date.fromisoformat(placed)) == dt.date.fromisoformat(due)


@pytest.mark.parametrize(("when", "due"), [("ANNIVERSARY", "2027-05-10"), ("APRIL", "2027-04-01")])
def test_what_was_withheld_comes_round_the_next_year(when: str, due: str) -> None:
    scale = PayScale(increments=when)
    coming = increments.coming_increment(scale, dt.date(2023, 5, 10), dt.date(2027, 1, 1))
    assert coming == dt.date.fromisoformat(due)


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)),
    st.integers(0, 12),
    st.sampled_from(["ANNIVERSARY", "APRIL"]),
)
def test_the_next_increment_is_later_and_never_too_soon(placed: dt.date, least: int, when: str) -> None:
    due = increments.next_increment(PayScale(increments=when, least_months=least), placed)
    assert placed < due <= placed + dt.timedelta(days=731)


@pytest.mark.django_db
def test_a_run_says_who_is_due_who_waits_and_who_is_at_the_top() -> None:
    april, asks = make_scale(increments="APRIL"), make_scale(increments="APRIL", asks_performance=True)
    due, waits, top, later = (make_employment() for _each in range(4))
    place_on(due, april, 1)
    place_on(waits, asks, 1)
    place_on(top, april, 3)
    place_on(later, make_scale(), 1, from_on=dt.date(2026, 9, 1))
    run = run_of()
    found = {each.employment_id: (each.state, each.due_on) for each in run.increments.all()}
    assert found == {
        due.pk: ("DUE", APRIL), waits.pk: ("WAITS", APRIL), top.pk: ("AT_TOP", APRIL),
    }  # fmt: skip
    assert run_of().increments.count() == 0


@pytest.mark.django_db
def test_awarding_moves_them_up_on_the_day_and_is_taken_back() -> None:
    employment, scale = make_employment(), make_scale(increments="APRIL")
    place_on(employment, scale, 1)
    line = award(line_of(run_of(), employment))
    assert [(each.point.position, each.from_on, each.until_on) for each in standing(employment)] == [
        (1, STARTED, dt.date(2027, 3, 31)), (2, APRIL, None),
    ]  # fmt: skip
    with pytest.raises(increments.DecidedAlready):
        award(line)
    increments.reopen_increment(line, by=make_account(), at=AT + dt.timedelta(minutes=1))
    assert [(each.point.position, each.until_on) for each in standing(employment)] == [(1, None)]
    assert award(line).state == Increment.AWARDED


def standing(employment: Employment) -> list[Placement]:
    return list(employment.placements.standing().select_related("point").order_by("from_on"))


@pytest.mark.django_db
def test_all_that_are_due_are_awarded_at_once_but_not_those_who_wait_nor_oneself() -> None:
    me = make_account()
    april, asks = make_scale(increments="APRIL"), make_scale(increments="APRIL", asks_performance=True)
    for scale in (april, april, asks):
        place_on(make_employment(), scale, 1)
    place_on(make_employment(account=me), april, 1)
    run = run_of()
    assert increments.award_all_due(run, by=me, at=AT, today=TODAY) == 2
    assert increments.award_all_due(run, by=me, at=AT, today=TODAY) == 0


@pytest.mark.django_db
def test_withholding_says_why_and_everybody_is_written_to_once() -> None:
    scale = make_scale(increments="APRIL")
    up, stays = (make_employment(make_person(emails=[f"e{each}@borth.example"])) for each in range(2))
    for employment in (up, stays):
        place_on(employment, scale, 1)
    run = run_of()
    award(line_of(run, up))
    with pytest.raises(refusals.ReasonNeeded):
        increments.withhold_increment(line_of(run, stays), because=" ", by=make_account(), at=AT)
    increments.withhold_increment(line_of(run, stays), because="Not met", by=make_account(), at=AT)
    assert write_letters(run, by=None, at=AT) == 2
    assert write_letters(run, by=None, at=AT) == 0
    assert Letter.objects.count() == 2
    assert "Not met" in Letter.objects.get(person=stays.person).body
    with pytest.raises(increments.NotDecided):
        increments.reopen_increment(line_of(run, up), by=make_account(), at=AT)


@pytest.mark.django_db
def test_only_a_confirmed_figure_is_said_to_be_their_pay() -> None:
    scale = make_scale(increments="APRIL")
    employment = make_employment(make_person(emails=["pay@borth.example"]))
    place_on(employment, scale, 1)
    high = scale.points.get(position=2)
    rate = PayPointRate.objects.create(point=high, amount=Decimal(31022), from_on=STARTED, source="Invented")
    run = run_of()
    award(line_of(run, employment))
    lines = list(payroll.payroll_lines(run))
    assert lines[1][-1] == ""
    PayPointRate.objects.filter(pk=rate.pk).update(is_confirmed=True)
    lines = list(payroll.payroll_lines(run))
    assert lines[1][-1] == "31022.00"
    write_letters(run, by=None, at=AT)
    assert "£31,022.00" in Letter.objects.get().body


@pytest.mark.django_db
def test_what_payroll_sends_back_is_compared_line_by_line() -> None:
    scale = make_scale(increments="APRIL")
    same, other, missing = (make_employment() for _each in range(3))
    for employment in (same, other, missing):
        place_on(employment, scale, 1)
    run = run_of()
    increments.award_all_due(run, by=make_account(), at=AT, today=TODAY)
    assert payroll.reconcile(run, payroll.payroll_file(run), today=TODAY).is_whole
    name = scale.points.get(position=2).name
    file = (
        f"Number,to_point,from_on\n{same.number},{name},01/04/2027\n{other.number},{name},2027-05-01\n"
        f"NOBODY,{name},2027-04-01\n"
    )
    report = payroll.reconcile(run, file.encode(), today=TODAY)
    assert report.same == 1
    assert [each.number for each in report.differs] == [other.number]
    assert [each.number for each in report.not_there] == [missing.number]
    assert [each.number for each in report.not_ours] == ["NOBODY"]
    for wrong in (b"\xff\xfe\x00", b"a,b\n1,2\n"):
        with pytest.raises(payroll.NotReadable):
            payroll.reconcile(run, wrong, today=TODAY)


@pytest.mark.django_db
def test_a_day_in_the_past_says_what_it_changes_and_is_taken_back() -> None:
    employment, scale, by = make_employment(), make_scale(), make_account()
    place_on(employment, scale, 1)
    point = scale.points.get(position=3)
    given = {"point": point, "from_on": dt.date(2026, 6, 1), "by": by, "today": TODAY}
    with pytest.raises(placing.ChangesThePast) as refused:
        placing.place(employment, at=AT, **given)  # type: ignore[arg-type]
    assert "1 June 2026" in str(refused.value)
    placing.place(employment, at=AT + dt.timedelta(minutes=1), warned=True, **given)  # type: ignore[arg-type]
    assert [each.point.position for each in standing(employment)] == [1, 3]
    placing.take_back_placement(employment, by=by, at=AT + dt.timedelta(minutes=2))
    assert [(each.point.position, each.until_on) for each in standing(employment)] == [(1, None)]


@pytest.mark.django_db
def test_a_run_is_no_longer_than_a_year() -> None:
    with pytest.raises(increments.TooLong):
        run_of(last=dt.date(2028, 1, 2))
