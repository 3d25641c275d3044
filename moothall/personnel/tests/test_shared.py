"""Shared parental leave in blocks: what a notice may ask for, and what becomes of it."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.people.tests.make import make_account, make_person
from moothall.personnel.models import FamilyLeave, SharedNotice
from moothall.personnel.rules import family, refusals, shared
from moothall.personnel.rules import shared_refusals as wrong
from moothall.personnel.rules.offering import wanted_of
from moothall.personnel.rules.telling import words_of
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager

from .make import DAY, make_desk, make_notice, noon

pytestmark = pytest.mark.django_db
BORN = dt.date(2027, 3, 10)
TOLD = dt.date(2027, 1, 4)
FIRST = dt.date(2027, 4, 5)
APART = [(FIRST, FIRST + 13 * DAY), (FIRST + 42 * DAY, FIRST + 55 * DAY)]


def told(employment: Employment | None = None, **changes: Any) -> SharedNotice:
    given: dict[str, Any] = {
        "event_on": BORN, "weeks": 20, "received_on": TOLD, "by": None, "at": noon(TOLD), "blocks": APART,
    }  # fmt: skip
    return shared.give_notice(employment or make_employment(), **given | changes)


def leaves() -> list[tuple[dt.date, dt.date]]:
    rows = FamilyLeave.objects.standing().order_by("starts_on")
    return list(rows.values_list("starts_on", "ends_on"))


def test_one_block_holds_at_once_and_is_leave_on_the_record() -> None:
    notice = told(blocks=[(FIRST, FIRST + 27 * DAY)])
    assert (notice.state, notice.decided_on) == (SharedNotice.HELD, TOLD)
    assert leaves() == [(FIRST, FIRST + 27 * DAY)]
    assert FamilyLeave.objects.get().kind == shared.SHARED


def test_blocks_that_touch_are_one_and_cannot_be_refused() -> None:
    notice = told(blocks=[(FIRST, FIRST + 6 * DAY), (FIRST + 7 * DAY, FIRST + 20 * DAY)])
    assert notice.state == SharedNotice.HELD
    with pytest.raises(wrong.NotUndecided):
        shared.refuse_blocks(notice, because="Busy", by=make_desk(), at=noon(TOLD))


def test_separate_blocks_wait_two_weeks_for_an_agreement() -> None:
    notice = told()
    assert (notice.state, notice.answer_by) == (SharedNotice.WAITING, dt.date(2027, 1, 18))
    assert leaves() == []
    agreed = shared.agree_blocks(notice, by=make_desk(), at=noon(TOLD + 5 * DAY))
    assert agreed.state == SharedNotice.HELD
    assert leaves() == APART


def test_refused_blocks_are_withdrawn_until_the_fifteenth_day_and_then_do_not_count() -> None:
    employment = make_employment()
    notice = told(employment)
    with pytest.raises(wrong.SayWhy):
        shared.refuse_blocks(notice, because=" ", by=make_desk(), at=noon(TOLD))
    refused = shared.refuse_blocks(notice, because="Nobody else can drive it", by=make_desk(), at=noon(TOLD))
    with pytest.raises(wrong.TooLateToWithdraw):
        shared.withdraw_notice(refused, by=make_desk(), at=noon(TOLD + 16 * DAY))
    shared.withdraw_notice(refused, by=make_desk(), at=noon(TOLD + 15 * DAY))
    assert not SharedNotice.objects.of_child(employment, BORN).counting().exists()


def test_all_weeks_are_taken_as_one_block_from_the_day_that_is_chosen_in_time() -> None:
    notice, desk = told(), make_desk()
    with pytest.raises(wrong.BlockTooSoon):
        shared.choose_one_block(notice, starts_on=TOLD + 55 * DAY, by=desk, at=noon(TOLD))
    with pytest.raises(wrong.TooLateToChoose):
        shared.choose_one_block(notice, starts_on=FIRST, by=desk, at=noon(TOLD + 20 * DAY))
    chosen = FIRST + 7 * DAY
    made = shared.choose_one_block(notice, starts_on=chosen, by=desk, at=noon(TOLD + 19 * DAY))
    assert made.state == SharedNotice.ONE
    assert leaves() == [(chosen, chosen + 27 * DAY)]


def test_what_nobody_agreed_or_chose_begins_as_one_block_on_the_first_day_asked_for_once() -> None:
    notice = told()
    last = notice.choose_by
    assert shared.settle_what_was_not_agreed(at=noon(last), today=last) == 0
    assert shared.settle_what_was_not_agreed(at=noon(last + DAY), today=last + DAY) == 1
    assert shared.settle_what_was_not_agreed(at=noon(last + DAY), today=last + DAY) == 0
    assert leaves() == [(FIRST, FIRST + 27 * DAY)]


def test_a_block_is_told_eight_weeks_before_unless_it_is_accepted_late_with_a_reason() -> None:
    late = TOLD + 40 * DAY
    block = [(BORN, BORN + 6 * DAY)]
    with pytest.raises(wrong.BlockTooSoon, match="10 April 2027"):
        told(received_on=late, at=noon(late), blocks=block)
    assert told(received_on=late, at=noon(late), blocks=block, late_because="Born early").state == "HELD"


@pytest.mark.parametrize(
    ("blocks", "refusal"),
    [
        ([], wrong.NoBlocks),
        ([(FIRST, FIRST + 9 * DAY)], wrong.NotWholeWeeks),
        ([(FIRST, FIRST + 13 * DAY), (FIRST + 7 * DAY, FIRST + 20 * DAY)], wrong.BlocksMeet),
        ([(BORN - 7 * DAY, BORN - DAY)], wrong.OutsideTheYear),
        ([(dt.date(2028, 3, 6), dt.date(2028, 3, 12))], wrong.OutsideTheYear),
        ([(FIRST, FIRST + 21 * 7 * DAY - DAY)], wrong.TooManyWeeks),
    ],
)
def test_what_the_law_does_not_know_is_refused(
    blocks: list[tuple[dt.date, dt.date]], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        told(blocks=blocks)


def test_there_are_three_notices_for_a_child_and_what_is_booked_counts_against_the_weeks() -> None:
    employment = make_employment()
    for number in range(3):
        first = FIRST + 14 * number * DAY
        told(employment, weeks=4, blocks=[(first, first + 6 * DAY)])
    with pytest.raises(wrong.TooManyNotices):
        told(employment, weeks=4, blocks=[(FIRST + 60 * DAY, FIRST + 66 * DAY)])
    assert shared.weeks_booked(employment, BORN) == 3


def test_another_notice_takes_the_place_of_one_whose_leave_has_not_begun() -> None:
    employment = make_employment()
    first = told(employment, weeks=4, blocks=[(FIRST, FIRST + 27 * DAY)])
    later = [(FIRST + 14 * DAY, FIRST + 41 * DAY)]
    soon = FIRST - 50 * DAY
    with pytest.raises(wrong.BlockTooSoon):
        told(employment, weeks=4, blocks=later, replaces=first, received_on=soon, at=noon(soon))
    with pytest.raises(wrong.NotVaried):
        told(make_employment(), blocks=later, replaces=first)
    told(employment, weeks=4, blocks=later, replaces=first)
    assert leaves() == later


def test_the_rule_is_that_of_their_workforce_and_service() -> None:
    with pytest.raises(refusals.NoFamilyRule):
        told(make_employment(workforce="police_officer"))
    with pytest.raises(refusals.TooLittleService):
        told(make_employment(started_on=BORN - 100 * DAY), received_on=BORN - 90 * DAY)
    with pytest.raises(refusals.InTheFuture):
        told(received_on=TOLD + DAY)


def test_booked_blocks_are_changed_by_another_notice_alone() -> None:
    account, employment = make_manager()
    told(employment, blocks=[(FIRST, FIRST + 6 * DAY)], by=account)
    leave = FamilyLeave.objects.get()
    with pytest.raises(refusals.NoticeInstead):
        family.change_start(leave, starts_on=FIRST + 7 * DAY, by=account, at=noon(TOLD), own=True)
    with pytest.raises(refusals.NoticeInstead):
        family.withdraw_leave(leave, by=account, at=noon(TOLD), own=True)


def test_blocks_never_share_a_day_with_another_family_leave() -> None:
    employment = make_employment()
    told(employment, blocks=[(FIRST, FIRST + 6 * DAY)])
    with pytest.raises(refusals.Overlaps):
        told(employment, blocks=[(FIRST, FIRST + 13 * DAY)])


def test_the_letters_say_what_was_decided_in_both_languages() -> None:
    notice, desk = told(), make_desk()
    assert wanted_of(notice) == []
    refused = shared.refuse_blocks(notice, because="Nobody else can drive it", by=desk, at=noon(TOLD))
    [(letter, about_on)] = wanted_of(refused)
    assert about_on == TOLD
    for language, day in (("en", "19 January 2027"), ("cy", "19 Ionawr 2027")):
        _subject, text = words_of(refused, letter, language=language, by=desk, at=noon(TOLD))
        assert day in text
        assert "Nobody else can drive it" in text
    agreed = shared.agree_blocks(refused, by=desk, at=noon(TOLD))
    assert [each.key for each, _day in wanted_of(agreed)] == ["shared_agreed"]


def test_the_database_holds_that_a_refusal_says_why_and_a_block_ends() -> None:
    notice = told()
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedNotice.objects.filter(pk=notice.pk).update(state="REFUSED")
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.blocks.update(ends_on=FIRST - DAY)


def spoken(day: dt.date) -> str:
    return day.strftime("%d/%m/%Y")


def test_somebody_gives_notice_on_a_page_and_the_desk_agrees(client: Client) -> None:
    account = make_account(person=make_person(full_name="Ffion Adeyemi"))
    make_employment(account=account)
    client.force_login(account)
    page = reverse("ask_shared_leave")
    assert page in client.get(reverse("my_requests")).content.decode()
    first = today() + 90 * DAY
    sent = {
        "event_on": spoken(today() + 10 * DAY), "weeks": "8", "first1": spoken(first),
        "last1": spoken(first + 13 * DAY), "first2": spoken(first + 28 * DAY),
    }  # fmt: skip
    assert "Give both days of the block." in client.post(page, sent).content.decode()
    answer = client.post(page, sent | {"last2": spoken(first + 34 * DAY)})
    notice = SharedNotice.objects.get()
    assert answer.headers["Location"] == reverse("shared_page", args=[notice.pk])
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "To be agreed" in shown
    assert "All weeks as one block" in shown
    assert reverse("agree_shared", args=[notice.pk]) not in shown
    desk = make_desk()
    client.force_login(desk)
    assert "Ffion Adeyemi" in client.get(reverse("staff_requests")).content.decode()
    client.post(reverse("agree_shared", args=[notice.pk]))
    assert "To come" in client.get(answer.headers["Location"]).content.decode()
    letter = reverse("write_shared_letter", args=[notice.pk, "shared_agreed"])
    assert "Your shared parental leave" in client.get(letter).content.decode()
    leave = FamilyLeave.objects.order_by("starts_on").first()
    assert leave is not None
    assert answer.headers["Location"] in client.get(reverse("family_page", args=[leave.pk])).content.decode()


def test_the_desk_enters_a_notice_and_another_in_its_place(client: Client) -> None:
    employment = make_employment()
    client.force_login(make_desk())
    page = f"{reverse('enter_shared_leave')}?employee={employment.number}"
    first = today() + 90 * DAY
    sent = {
        "employee": employment.number, "event_on": spoken(today() + 10 * DAY), "weeks": "8",
        "received_on": "today", "first1": spoken(first), "last1": spoken(first + 13 * DAY),
    }  # fmt: skip
    client.post(page, sent)
    made = SharedNotice.objects.get()
    assert str(made.pk) in client.get(page).content.decode()
    moved = {"first1": spoken(first + 7 * DAY), "last1": spoken(first + 20 * DAY), "replaces": made.pk}
    client.post(page, sent | moved)
    assert leaves() == [(first + 7 * DAY, first + 20 * DAY)]


def test_shared_leave_is_not_among_the_other_kinds_of_family_leave(client: Client) -> None:
    client.force_login(make_desk())
    assert 'value="shared-parental"' not in client.get(reverse("enter_family_leave")).content.decode()


def test_the_page_of_requests_asks_as_often_for_many_notices_as_for_few(client: Client) -> None:
    client.force_login(make_desk())

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("staff_requests")).status_code == 200
        return len(caught)

    make_notice()
    asked()
    few = asked()
    for _each in range(4):
        make_notice(at=now())
    assert asked() == few
