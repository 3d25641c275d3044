"""Days worked to keep in touch: of one leave, or of all shared leave for a child; booked and taken back."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.personnel.beside import away_for_family
from moothall.personnel.models import FamilyLeave, Happening, TouchDay
from moothall.personnel.rules import family, refusals, shared
from moothall.personnel.rules.in_touch import add_touch_day, in_touch, in_touch_of_child, remove_touch_day
from moothall.workforce.away import FAMILY, Away, away_between
from moothall.workforce.tests.make import make_employment, make_manager

from .make import DAY, make_desk, make_leave, make_notice, noon

pytestmark = pytest.mark.django_db


def two_blocks() -> tuple[FamilyLeave, FamilyLeave]:
    """Two weeks each, six weeks apart, both to come."""
    shared.agree_blocks(make_notice(), by=make_desk(), at=now())
    first, second = FamilyLeave.objects.order_by("starts_on")
    return first, second


def book(leave: FamilyLeave, number: int) -> TouchDay:
    day = leave.starts_on + number * DAY
    return add_touch_day(leave, day=day, what="Training", by=make_desk(), at=now())


def test_days_in_touch_of_shared_leave_count_over_all_blocks_of_the_child() -> None:
    first, second = two_blocks()
    for number in range(12):
        book(first, number)
    for number in range(8):
        book(second, number)
    for leave in (first, second):
        known = in_touch(leave)
        assert known is not None
        assert (known.most, known.left, known.over) == (20, 0, 0)
    with pytest.raises(refusals.NoTouchDaysLeft, match="20"):
        book(second, 9)


def test_a_day_that_was_worked_is_written_down_though_it_is_one_too_many() -> None:
    begins = today() + 70 * DAY
    make_notice(blocks=[(begins, begins + 27 * DAY)])
    leave = FamilyLeave.objects.get()
    for number in range(20):
        book(leave, number)
    with pytest.raises(refusals.NoTouchDaysLeft):
        book(leave, 20)
    add_touch_day(leave, day=begins + 20 * DAY, what="Cover", by=make_desk(), at=noon(leave.ends_on))
    known = in_touch(leave)
    assert known is not None
    assert (known.left, known.over) == (-1, 1)


def test_a_day_is_taken_back_and_free_again() -> None:
    first, _second = two_blocks()
    day, desk = book(first, 1), make_desk()
    for _again in range(2):
        remove_touch_day(day, by=desk, at=now())
    known = in_touch(first)
    assert known is not None
    assert known.left == 20
    assert Happening.objects.filter(kind="not_in_touch").count() == 1


def test_what_another_notice_or_an_earlier_return_leaves_outside_counts_no_more() -> None:
    first, _second = two_blocks()
    book(first, 1)
    book(first, 10)
    family.return_early(
        first, returns_on=first.starts_on + 7 * DAY, told_on=today(), agreed=True, by=make_desk(), at=now()
    )
    known = in_touch_of_child(first.employment, first.event_on)
    assert known is not None
    assert [each.day for each in known.days] == [first.starts_on + DAY]


def test_another_child_has_days_of_its_own() -> None:
    first, _second = two_blocks()
    book(first, 1)
    known = in_touch_of_child(first.employment, first.event_on + 400 * DAY)
    assert known is not None
    assert known.left == 20


def test_leave_without_days_in_touch_has_none_to_book() -> None:
    leave = make_leave(kind="parental", starts_on=today() + 40 * DAY, ends_on=today() + 46 * DAY)
    assert in_touch(leave) is None
    with pytest.raises(refusals.NoTouchDays):
        book(leave, 1)


def test_ten_days_of_maternity_leave_are_booked_and_not_an_eleventh() -> None:
    leave = make_leave()
    for number in range(10):
        book(leave, 30 + number)
    with pytest.raises(refusals.NoTouchDaysLeft, match="10"):
        book(leave, 50)


def test_nobody_books_their_own_days_in_touch() -> None:
    account, employment = make_manager()
    leave = make_leave(employment)
    with pytest.raises(refusals.AboutThemself):
        add_touch_day(leave, day=leave.starts_on, what="Training", by=account, at=now())


def test_the_desk_books_a_day_on_the_page_and_takes_it_back(client: Client) -> None:
    first, _second = two_blocks()
    client.force_login(make_desk())
    page = reverse("family_page", args=[first.pk])
    sent = {"day": (first.starts_on + DAY).strftime("%d/%m/%Y"), "what": "Training"}
    assert client.post(reverse("add_touch_day", args=[first.pk]), sent).status_code == 302
    shown = client.get(page).content.decode()
    assert "19 of 20 are left." in shown
    assert "booked" in shown
    day = TouchDay.objects.get()
    assert (
        "1 of 20" in client.get(reverse("shared_page", args=[first.shared_block.notice_id])).content.decode()
    )
    removal = reverse("remove_touch_day", args=[first.pk, day.pk])
    assert removal in shown
    assert client.post(removal).status_code == 302
    assert client.post(removal).status_code == 404
    assert "20 of 20 are left." in client.get(page).content.decode()


def test_a_leave_of_somebody_else_has_no_such_day(client: Client) -> None:
    first, _second = two_blocks()
    day = book(first, 1)
    other = make_leave(make_employment())
    client.force_login(make_desk())
    assert client.post(reverse("remove_touch_day", args=[other.pk, day.pk])).status_code == 404


def test_on_a_day_in_touch_nobody_is_away() -> None:
    leave = make_leave()
    begins, who = leave.starts_on, leave.employment_id
    for number in (0, 30, 31):
        book(leave, number)
    assert away_between([who], begins, leave.ends_on) == [
        Away(who, begins + DAY, begins + 29 * DAY, FAMILY, begins),
        Away(who, begins + 32 * DAY, leave.ends_on, FAMILY, begins),
    ]
    assert not away_between([who], begins + 30 * DAY, begins + 31 * DAY)
    assert [each.begun_on for each in away_between([who], begins + 40 * DAY, begins + 40 * DAY)] == [begins]


def test_the_last_day_may_be_one_in_touch_and_one_taken_back_is_away_again() -> None:
    leave = make_leave(kind="maternity")
    last = leave.ends_on
    touch = add_touch_day(leave, day=last, what="Handing over", by=make_desk(), at=now())
    [away] = away_between([leave.employment_id], leave.starts_on, last)
    assert away.until_on == last - DAY
    remove_touch_day(touch, by=make_desk(), at=now())
    [away] = away_between([leave.employment_id], leave.starts_on, last)
    assert (away.until_on, away.since) == (last, None)


def test_a_day_in_touch_that_an_earlier_return_left_outside_takes_nothing_away() -> None:
    first, _second = two_blocks()
    book(first, 10)
    returns_on = first.starts_on + 7 * DAY
    family.return_early(first, returns_on=returns_on, told_on=today(), agreed=True, by=make_desk(), at=now())
    [away] = away_between([first.employment_id], first.starts_on, returns_on + 7 * DAY)
    assert (away.from_on, away.until_on) == (first.starts_on, returns_on - DAY)


@pytest.mark.parametrize("many", [1, 8])
def test_who_is_on_family_leave_is_one_question_however_many_are(many: int) -> None:
    leaves = [make_leave() for _number in range(many)]
    for leave in leaves:
        book(leave, 3)
    ids = [each.employment_id for each in leaves]
    with CaptureQueriesContext(connection) as asked:
        found = list(away_for_family(ids, leaves[0].starts_on, leaves[0].ends_on))
    assert len(found) == 2 * many
    assert len(asked) == 1
