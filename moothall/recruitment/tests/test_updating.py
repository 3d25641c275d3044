"""Applicants hear at least every ten working days, with the stage, the turn, the reason and the next date."""

import datetime as dt

import pytest

from moothall.cases.models import Case
from moothall.cases.rules.closing import reopen_case
from moothall.letters.models import Letter
from moothall.people.tests.make import AT, make_account, make_team
from moothall.recruitment.models import Application, BulkAct, BulkRow
from moothall.recruitment.rules.hearing import heard_by, since
from moothall.recruitment.rules.updating import tell_turned_down, tell_who_waits
from moothall.recruitment.rules.withdrawing import withdraw

from .make import finish, make_application, make_campaign

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
NINE_WORKING_DAYS = dt.timedelta(days=14)  # from Monday 23 November until Monday 7 December, past the ninth


def letters_to(application: Application) -> list[Letter]:
    return list(Letter.objects.filter(person=application.applicant.person).order_by("id"))


def test_whoever_would_wait_longer_than_promised_is_told_where_they_are_once() -> None:
    made = make_application()
    assert tell_who_waits(at=AT + dt.timedelta(days=7)) == 0
    later = AT + NINE_WORKING_DAYS
    assert tell_who_waits(at=later) == 1
    assert tell_who_waits(at=later) == 0
    told = letters_to(made)[-1].body
    assert "**We read your application**" in told
    assert "It is our turn. You need do nothing." in told
    assert "The next date:" in told


def test_they_are_told_in_their_language_and_why_it_takes_time() -> None:
    made = make_application()
    Application.objects.filter(pk=made.pk).update(language="cy")
    Case.objects.filter(pk=made.case_id).update(
        hold_reason="vetting_backlog", held_until=dt.date(2026, 12, 18), status=Case.WAITING
    )
    assert tell_who_waits(at=AT + NINE_WORKING_DAYS) == 1
    told = letters_to(made)[-1].body
    assert "Rydym yn darllen eich cais" in told
    assert "Ein tro ni yw hi" in told
    assert "Vetting backlog" in told
    assert "18 Rhagfyr 2026" in told


def test_whoever_withdrew_or_is_decided_hears_nothing_more() -> None:
    campaign = make_campaign(team=make_team())
    gone = make_application(campaign)
    withdraw(gone, because="", by=make_account(), at=AT)
    many = len(letters_to(gone))
    assert tell_who_waits(at=AT + NINE_WORKING_DAYS) == 0
    assert len(letters_to(gone)) == many


def test_whoever_is_not_taken_further_is_told_once_in_their_language() -> None:
    made = make_application()
    Application.objects.filter(pk=made.pk).update(language="cy")
    Case.objects.filter(pk=made.case_id).update(status=Case.CLOSED, closed_at=AT + HOUR, outcome="rejected")
    assert tell_turned_down(at=AT + HOUR + dt.timedelta(minutes=5)) == 0, "a mistake can still be taken back"
    assert tell_turned_down(at=AT + 2 * HOUR) == 1
    told = letters_to(made)[-1]
    assert "nid ydym yn mynd ag ef ymhellach" in told.body
    assert tell_turned_down(at=AT + dt.timedelta(days=1)) == 0


def test_whoever_was_appointed_withdrew_or_goes_on_after_all_is_not_turned_down() -> None:
    campaign, later = make_campaign(team=make_team()), AT + 2 * HOUR
    closed = {"status": Case.CLOSED, "closed_at": AT + HOUR}
    good, again = make_application(campaign), make_application(campaign)
    Case.objects.filter(pk=good.case_id).update(**closed, outcome="appointed")
    withdraw(make_application(campaign), because="", by=make_account(), at=AT + HOUR)
    Case.objects.filter(pk=again.case_id).update(**closed, outcome="rejected")
    reopen_case(Case.objects.get(pk=again.case_id), by=None, at=AT + HOUR, because="The wrong one")
    assert tell_turned_down(at=later) == 0


def test_whoever_the_desk_chose_not_to_tell_is_not_told_by_itself_either() -> None:
    quiet, told = make_application(), make_application()
    for made, tell in ((quiet, False), (told, True)):
        Case.objects.filter(pk=made.case_id).update(
            status=Case.CLOSED, closed_at=AT + HOUR, outcome="rejected"
        )
        act = BulkAct.objects.create(
            campaign=made.campaign,
            kind=BulkAct.REJECT,
            given={"tell": tell},
            chosen_at=AT,
            chosen_by=make_account(),
        )
        BulkRow.objects.create(act=act, application=made, state=BulkRow.DONE)
    assert tell_turned_down(at=AT + 2 * HOUR) == 1, "the other one, whose letter is not on record"


def test_ten_working_days_leave_out_weekends_and_bank_holidays() -> None:
    assert since(dt.datetime(2027, 1, 5, 12, tzinfo=dt.UTC), days=10).date() == dt.date(2026, 12, 17)
    made = make_application()
    finish(made.case, "sift", "met")
    assert heard_by(made) == dt.date(2026, 12, 7)
