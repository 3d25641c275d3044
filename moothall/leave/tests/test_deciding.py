"""Asking and deciding: against the balance, against the cover, with the reason, and back again."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import connection

from moothall.leave.models import LeaveDay, LeaveEntry, LeaveRequest
from moothall.leave.rules.asking import withdraw_leave
from moothall.leave.rules.balance import balance_of
from moothall.leave.rules.cover import cover_of_requests, what_would_fit
from moothall.leave.rules.deciding import (
    approve_leave,
    approve_those_that_fit,
    give_back,
    refuse_leave,
    take_back,
)
from moothall.leave.rules.refusals import (
    CoverNotKept,
    DaysTaken,
    NoteNeeded,
    NothingToTake,
    NothingToUndo,
    NotWaiting,
    NotYours,
    ReasonNeeded,
    TooMuch,
)
from moothall.letters.models import Letter
from moothall.people.tests.make import AT
from moothall.workforce.away import away_between
from moothall.workforce.tests.make import make_employment

from .make import MONDAY, TODAY, account_of, make_kind, make_request, make_team

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def hours_of(request: LeaveRequest) -> list[Decimal]:
    return [row.hours for row in request.days.all()]


def test_a_week_takes_the_hours_of_its_working_days_alone() -> None:
    request = make_request(make_employment(), MONDAY, MONDAY + 6 * DAY)
    assert hours_of(request) == [Decimal("7.40")] * 5
    assert (request.from_on, request.until_on) == (MONDAY, MONDAY + 4 * DAY)


def test_a_bank_holiday_takes_no_leave() -> None:
    request = make_request(make_employment(), dt.date(2026, 5, 22), dt.date(2026, 5, 26))
    assert [row.day.day for row in request.days.all()] == [22, 26]


def test_half_days_take_half_the_hours_and_share_a_day() -> None:
    employment = make_employment()
    assert hours_of(make_request(employment, ends_at_noon=True)) == [Decimal("3.70")]
    assert hours_of(make_request(employment, begins_at_noon=True)) == [Decimal("3.70")]
    with pytest.raises(DaysTaken):
        make_request(employment)


def test_days_without_work_cannot_be_asked_for() -> None:
    with pytest.raises(NothingToTake):
        make_request(make_employment(), MONDAY + 5 * DAY, MONDAY + 6 * DAY)


def test_more_than_there_is_cannot_be_asked_for_and_what_is_asked_counts() -> None:
    employment = make_employment()
    make_request(employment, MONDAY, MONDAY + 34 * DAY)
    with pytest.raises(TooMuch, match="hours more than there are"):
        make_request(employment, MONDAY + 49 * DAY, MONDAY + 60 * DAY)


def test_leave_over_the_end_of_a_leave_year_counts_in_both() -> None:
    employment = make_employment()
    make_request(employment, dt.date(2027, 3, 30), dt.date(2027, 4, 2))
    years = [balance_of(employment, on=on, today=TODAY).asked for on in (MONDAY, dt.date(2027, 5, 1))]
    assert years == [Decimal("14.80"), Decimal("14.80")]


def test_time_off_in_lieu_is_earned_first() -> None:
    employment, toil = make_employment(), make_kind("toil")
    with pytest.raises(TooMuch):
        make_request(employment, kind=toil)
    LeaveEntry.objects.create(
        employment=employment, kind="TOIL", counts_on=TODAY, hours=Decimal(8), why="Open day", entered_at=AT
    )
    assert make_request(employment, kind=toil).hours == Decimal("7.40")


def test_carers_leave_is_a_week_in_any_twelve_months() -> None:
    employment, carers = make_employment(), make_kind("carers", most_weeks=Decimal(1))
    make_request(employment, MONDAY, MONDAY + 4 * DAY, kind=carers)
    with pytest.raises(TooMuch, match="twelve months"):
        make_request(employment, MONDAY + 7 * DAY, kind=carers)


def test_special_leave_says_what_for() -> None:
    with pytest.raises(NoteNeeded):
        make_request(make_employment(), kind=make_kind("special", needs_note=True))


def test_a_manager_approves_and_the_person_has_a_letter() -> None:
    manager, [employment, *_others] = make_team()
    approve_leave(make_request(employment), by=manager, at=AT)
    assert [away.from_on for away in away_between([employment.pk], MONDAY, MONDAY)] == [MONDAY]
    letter = Letter.objects.get(about_kind="leave.leaverequest")
    assert letter.to_address == account_of(employment).email
    assert "approved" in letter.subject


def test_a_welsh_speaker_hears_in_welsh() -> None:
    manager, [employment, *_others] = make_team()
    account = account_of(employment)
    account.language = "cy"
    account.save()
    refuse_leave(make_request(employment), reason="Mae angen dau", by=manager, at=AT)
    assert Letter.objects.get(about_kind="leave.leaverequest").language == "cy"


def test_nobody_is_let_go_when_too_few_would_be_left_except_with_a_reason() -> None:
    manager, [one, other, _third] = make_team(3, least=2)
    approve_leave(make_request(one), by=manager, at=AT)
    request = make_request(other)
    with pytest.raises(CoverNotKept):
        approve_leave(request, by=manager, at=AT)
    event = approve_leave(request, by=manager, at=AT, despite="The office is quiet that day")
    assert event.cover[0]["rules"][0]["left"] == 1
    request.refresh_from_db()
    assert request.reason == "The office is quiet that day"


def test_the_reason_names_the_rule_who_is_away_and_how_many_are_left() -> None:
    manager, [one, other, _third] = make_team(3, least=2, why="Two at the counter.")
    approve_leave(make_request(one), by=manager, at=AT)
    request = make_request(other)
    [day] = cover_of_requests([request])[request.pk].days
    [rule] = day.rules
    assert (rule.left, rule.needed, rule.at_work) == (1, 2, 3)
    assert rule.away == (one.person.full_name,)


def test_who_asked_first_is_said_but_does_not_stand_in_the_way() -> None:
    _manager, [one, other, _third] = make_team(3, least=2)
    make_request(one, at=AT)
    request = make_request(other, at=AT + DAY)
    cover = cover_of_requests([request])[request.pk]
    assert cover.fits
    assert not cover.fits_all
    assert cover.days[0].rules[0].asked == (one.person.full_name,)


@pytest.mark.parametrize(("percent", "fits"), [(66, True), (67, False)])
def test_a_share_of_people_is_rounded_up_to_whole_people(percent: int, fits: bool) -> None:
    _manager, [one, *_others] = make_team(3, least=None, percent=percent)
    request = make_request(one)
    assert cover_of_requests([request])[request.pk].fits is fits


def test_a_rule_for_one_weekday_or_one_span_speaks_of_no_other_day() -> None:
    _manager, [one, *_others] = make_team(1, least=1, weekdays=[2], from_on=MONDAY, until_on=MONDAY + 6 * DAY)
    request = make_request(one, MONDAY, MONDAY + 11 * DAY)
    assert [each.day for each in cover_of_requests([request])[request.pk].days] == [MONDAY + 2 * DAY]


def test_what_would_fit_instead_is_the_nearest_free_span() -> None:
    manager, [one, other, _third] = make_team(3, least=2)
    approve_leave(make_request(one, MONDAY, MONDAY + 4 * DAY), by=manager, at=AT)
    wanted = [MONDAY + n * DAY for n in range(2)]
    spans = what_would_fit(other, wanted, today=TODAY)
    assert (MONDAY + 7 * DAY, MONDAY + 8 * DAY) in spans
    assert all(first > MONDAY + 4 * DAY or last < MONDAY for first, last in spans)


def test_those_that_fit_are_approved_together_the_first_asked_first() -> None:
    manager, [one, other, _third] = make_team(3, least=2)
    later, first = make_request(one, at=AT + DAY), make_request(other, at=AT)
    assert approve_those_that_fit([later, first], by=manager, at=AT) == (1, 1)
    first.refresh_from_db()
    assert first.state == LeaveRequest.APPROVED


def test_nobody_decides_on_their_own_leave_or_twice() -> None:
    manager, [employment, *_others] = make_team()
    request = make_request(employment)
    with pytest.raises(NotYours):
        approve_leave(request, by=account_of(employment), at=AT)
    approve_leave(request, by=manager, at=AT)
    with pytest.raises(NotWaiting):
        refuse_leave(request, reason="No", by=manager, at=AT)


def test_a_refusal_says_why() -> None:
    manager, [employment, *_others] = make_team()
    with pytest.raises(ReasonNeeded):
        refuse_leave(make_request(employment), reason=" ", by=manager, at=AT)


def test_undoing_an_approval_brings_the_request_back_to_the_manager() -> None:
    manager, [employment, *_others] = make_team()
    request = make_request(employment)
    event = approve_leave(request, by=manager, at=AT)
    take_back(event, by=manager, at=AT)
    request.refresh_from_db()
    assert request.state == LeaveRequest.REQUESTED
    with pytest.raises(NothingToUndo):
        take_back(event, by=manager, at=AT)


def test_what_was_withdrawn_stands_again_only_if_its_days_are_free() -> None:
    _manager, [employment, *_others] = make_team()
    request = make_request(employment)
    event = withdraw_leave(request, by=account_of(employment), at=AT)
    other = make_request(employment)
    with pytest.raises(DaysTaken):
        take_back(event, by=account_of(employment), at=AT)
    withdraw_leave(other, by=account_of(employment), at=AT)
    take_back(event, by=account_of(employment), at=AT)
    request.refresh_from_db()
    assert request.state == LeaveRequest.REQUESTED


def test_sickness_during_leave_gives_the_days_back_and_undo_takes_them_again() -> None:
    manager, [employment, *_others] = make_team()
    request = make_request(employment, MONDAY, MONDAY + 4 * DAY)
    approve_leave(request, by=manager, at=AT)
    event = give_back(request, first=MONDAY, last=MONDAY + DAY, by=manager, at=AT, reason="Fit note")
    assert balance_of(employment, on=MONDAY, today=TODAY).booked == Decimal("22.20")
    take_back(event, by=manager, at=AT)
    assert balance_of(employment, on=MONDAY, today=TODAY).booked == Decimal("37.00")
    assert not LeaveDay.objects.filter(given_back_at__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_managers_at_once_one_sees_the_last_place_taken() -> None:
    manager, [one, other, _third] = make_team(3, least=2)
    requests = [make_request(one), make_request(other)]
    ready, said = threading.Barrier(2, timeout=60), []

    def approve(request: LeaveRequest) -> None:
        try:
            ready.wait()
            approve_leave(request, by=manager, at=AT)
            said.append("approved")
        except CoverNotKept:
            said.append("too few")
        finally:
            connection.close()

    both = [threading.Thread(target=approve, args=(request,)) for request in requests]
    for each in both:
        each.start()
    for each in both:
        each.join(timeout=120)
    assert sorted(said) == ["approved", "too few"]
