"""What somebody does from a day on; the past is never written over."""

import datetime as dt
from contextlib import suppress
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from moothall.people.tests.make import AT, audited, make_account, make_person
from moothall.workforce.models import Assignment, Employment, WorkPattern
from moothall.workforce.rules.assigning import (
    ManagesThemselves,
    NotEmployedThen,
    NothingChanges,
    change_assignment,
    take_back_change,
    terms_of,
    write_assignment,
)
from moothall.workforce.rules.ending import (
    DoesNotEnd,
    EndsAlready,
    EndsBeforeItStarts,
    end_employment,
    keep_employment,
    without_manager,
)
from moothall.workforce.rules.starting import NotANumber, NumberTaken, WorksHereAlready, start_employment

from .make import STARTED, assignments_of, make_employment, make_leaving_reason, make_manager, make_terms

MOVE = dt.date(2026, 3, 2)
LATER = AT + dt.timedelta(hours=1)
pytestmark = pytest.mark.django_db


def spans(employment: Employment) -> list[tuple[dt.date, dt.date | None, Decimal]]:
    return [(row.from_on, row.until_on, row.weekly_hours) for row in assignments_of(employment)]


def test_a_change_begins_a_row_and_leaves_what_was_before() -> None:
    employment = make_employment()
    change_assignment(employment, from_on=MOVE, weekly_hours=Decimal("18.50"), by=None, at=LATER)
    assert spans(employment) == [
        (STARTED, MOVE - dt.timedelta(days=1), Decimal("37.00")),
        (MOVE, None, Decimal("18.50")),
    ]
    assert employment.assignments.count() == 3  # the row that held is withdrawn, and still there
    assert [event.verb for event in audited(employment)] == ["workforce.start", "workforce.assign"]


def test_a_change_in_the_past_also_changes_what_was_to_follow() -> None:
    employment = make_employment()
    change_assignment(employment, from_on=MOVE, weekly_hours=Decimal("18.50"), by=None, at=LATER)
    _account, boss = make_manager()
    earlier = MOVE - dt.timedelta(days=30)
    change_assignment(employment, from_on=earlier, manager=boss, by=None, at=LATER + dt.timedelta(hours=1))
    rows = assignments_of(employment)
    assert [(row.from_on, row.weekly_hours, row.manager_id) for row in rows] == [
        (STARTED, Decimal("37.00"), None),
        (earlier, Decimal("37.00"), boss.pk),
        (MOVE, Decimal("18.50"), boss.pk),
    ]


def test_a_change_is_taken_back_and_done_again() -> None:
    employment, account = make_employment(), make_account()
    change_assignment(employment, from_on=MOVE, weekly_hours=Decimal("18.50"), by=account, at=LATER)
    take_back_change(employment, by=account, at=LATER + dt.timedelta(minutes=1))
    assert spans(employment) == [(STARTED, None, Decimal("37.00"))]
    take_back_change(employment, by=account, at=LATER + dt.timedelta(minutes=2))
    assert len(spans(employment)) == 2


def test_what_the_record_says_already_is_refused() -> None:
    employment = make_employment()
    with pytest.raises(NothingChanges):
        change_assignment(employment, from_on=MOVE, weekly_hours=Decimal("37.00"), by=None, at=LATER)
    with pytest.raises(NotEmployedThen):
        change_assignment(
            employment, from_on=STARTED - dt.timedelta(days=1), weekly_hours=Decimal(30), by=None, at=LATER
        )


def test_nobody_manages_themselves_through_others() -> None:
    _one, top = make_manager()
    _two, middle = make_manager(manager=top)
    bottom = make_employment(manager=middle)
    with pytest.raises(ManagesThemselves):
        change_assignment(top, from_on=MOVE, manager=bottom, by=None, at=LATER)


def test_the_database_refuses_two_main_assignments_at_once() -> None:
    employment = make_employment()
    with pytest.raises(IntegrityError), transaction.atomic():
        write_assignment(employment, make_terms(), from_on=MOVE, by=None, at=LATER)


def test_a_manager_loses_sight_of_a_mover_on_the_day() -> None:
    account, boss = make_manager()
    employment = make_employment(manager=boss)
    _other, new = make_manager()
    change_assignment(employment, from_on=MOVE, manager=new, by=None, at=LATER)
    assert employment in Employment.objects.managed_by(account, on=MOVE - dt.timedelta(days=1))
    assert employment not in Employment.objects.managed_by(account, on=MOVE)


def test_somebody_works_here_once_at_a_time() -> None:
    person = make_person()
    first = make_employment(person, number="e00900")
    assert first.number == "E00900"
    with pytest.raises(WorksHereAlready):
        make_employment(person)
    with pytest.raises(NumberTaken):
        make_employment(number=" E00900 ")
    end_employment(first, last_day=MOVE, because=make_leaving_reason(), by=None, at=LATER)
    again = make_employment(person, started_on=MOVE + dt.timedelta(days=1))
    assert list(person.employments.order_by("started_on")) == [first, again]


@pytest.mark.parametrize("number", ["QQ123456A", "AB123456E", "12345"])
def test_what_is_no_national_insurance_number_is_refused(number: str) -> None:
    with pytest.raises(NotANumber):
        start_employment(
            make_person(), number="E1", started_on=STARTED, terms=make_terms(), by=None, at=AT,
            ni_number=number,
        )  # fmt: skip


def test_leaving_is_said_once_and_can_be_taken_back() -> None:
    employment, reason, account = make_employment(), make_leaving_reason(), make_account()
    with pytest.raises(EndsBeforeItStarts):
        end_employment(employment, last_day=dt.date(2019, 1, 1), because=reason, by=account, at=AT)
    end_employment(employment, last_day=MOVE, because=reason, by=account, at=AT)
    with pytest.raises(EndsAlready):
        end_employment(employment, last_day=MOVE, because=reason, by=account, at=AT)
    assert employment in Employment.objects.in_force(MOVE)
    assert employment not in Employment.objects.in_force(MOVE + dt.timedelta(days=1))
    keep_employment(employment, by=account, at=AT)
    with pytest.raises(DoesNotEnd):
        keep_employment(employment, by=account, at=AT)


def test_whose_manager_has_left_is_known() -> None:
    _account, boss = make_manager()
    employment = make_employment(manager=boss)
    end_employment(boss, last_day=MOVE, because=make_leaving_reason(), by=None, at=LATER)
    assert without_manager(MOVE) == []
    assert [row.employment for row in without_manager(MOVE + dt.timedelta(days=1))] == [employment]


def test_shifts_of_two_earlies_two_lates_two_nights_and_four_days_off() -> None:
    pattern = WorkPattern(hours=[Decimal(hours) for hours in ["10"] * 6 + ["0"] * 4])
    begun = dt.date(2026, 1, 1)
    worked = [pattern.hours_on(begun + dt.timedelta(days=n), begun=begun) > 0 for n in range(20)]
    assert worked == ([True] * 6 + [False] * 4) * 2
    assert pattern.hours_on(begun - dt.timedelta(days=1), begun=begun) == 0
    assert pattern.weekly_hours == Decimal("42.00")


class EffectiveDating(TestCase):
    """Whatever changes in whatever order: every day of the employment has exactly one main assignment."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 40)), max_size=8))
    def test_every_day_has_one_assignment_and_the_latest_word_holds_from_its_day(
        self, changes: list[tuple[int, int]]
    ) -> None:
        employment = make_employment()
        expected = dict.fromkeys(range(401), 37)
        for number, (after, hours) in enumerate(changes):
            with suppress(NothingChanges):
                change_assignment(
                    employment, from_on=STARTED + dt.timedelta(days=after), weekly_hours=Decimal(hours),
                    by=None, at=AT + dt.timedelta(hours=number + 1),
                )  # fmt: skip
            expected |= dict.fromkeys(range(after, 401), hours)
        rows = assignments_of(employment)
        for after, hours in expected.items():
            day = STARTED + dt.timedelta(days=after)
            [row] = [row for row in rows if row.from_on <= day and (not row.until_on or day <= row.until_on)]
            assert row.weekly_hours == hours


def test_terms_are_what_the_assignment_says() -> None:
    terms = make_terms(because="Began")
    employment = make_employment()
    row = write_assignment(
        employment, terms, from_on=dt.date(2010, 1, 1), until_on=dt.date(2010, 1, 2), by=None, at=AT
    )
    assert terms_of(Assignment.objects.get(pk=row.pk)) == terms
