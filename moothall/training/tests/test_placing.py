"""Places: the last one goes to one, the team keeps its minimum, and whoever waits is told why."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from moothall.leave.rules.deciding import approve_leave
from moothall.leave.tests.make import make_request
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import AT
from moothall.training.models import MinimumOverride, Nomination, Session, TeamDay
from moothall.training.rules.nominating import approve, put_back, put_forward, refuse, withdraw
from moothall.training.rules.placing import fill_session
from moothall.training.rules.refusals import AlreadyPutForward, NotYourOwn, SayWhy
from moothall.training.rules.sessions import cancel_session, move_session
from moothall.training.rules.showing import away_in_training
from moothall.workforce.tests.make import make_employment

from .make import (
    MONDAY,
    TODAY,
    account_of,
    make_course,
    make_keeper,
    make_place,
    make_session,
    make_team,
    unit_of,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def taken(session: Session) -> int:
    return Session.objects.values_list("taken", flat=True).get(pk=session.pk)


def test_a_place_is_counted_and_withdrawing_frees_it() -> None:
    session = make_session()
    place = make_place(session)
    assert place.state == Nomination.PLACED
    assert taken(session) == 1
    withdraw(place, by=make_keeper(), at=AT)
    assert taken(session) == 0
    assert not place.days.exists()


def test_who_comes_after_the_last_place_waits_and_is_told_that_it_is_full() -> None:
    session = make_session(capacity=1)
    make_place(session)
    late = make_place(session)
    assert (late.state, late.waits_because) == (Nomination.WAITING, Nomination.FULL)
    assert taken(session) == 1


def test_a_freed_place_goes_to_whoever_waited_first() -> None:
    session = make_session(capacity=1)
    first, second, third = make_place(session), make_place(session), make_place(session)
    withdraw(first, by=make_keeper(), at=AT)
    assert fill_session(session.pk, at=AT, today=TODAY) == 1
    second.refresh_from_db()
    third.refresh_from_db()
    assert second.state == Nomination.PLACED
    assert second.waits_because == ""
    assert third.state == Nomination.WAITING
    assert fill_session(session.pk, at=AT, today=TODAY) == 0


def test_the_database_itself_refuses_one_place_too_many() -> None:
    session = make_session(capacity=1)
    make_place(session)
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(taken=F("taken") + 1)


def test_what_somebody_asks_for_waits_for_the_manager_and_nobody_decides_on_their_own() -> None:
    manager, [one, *_others] = make_team()
    session = make_session()
    asked = put_forward(one, session, by=account_of(one), at=AT, today=TODAY)
    assert asked.state == Nomination.ASKED
    with pytest.raises(NotYourOwn):
        approve(asked, by=account_of(one), at=AT, today=TODAY)
    done = approve(asked, by=manager, at=AT, today=TODAY)
    assert done.state == Nomination.PLACED
    assert done.decided_by == manager
    with pytest.raises(AlreadyPutForward):
        put_forward(one, session, by=manager, at=AT, today=TODAY)


def test_a_manager_who_puts_somebody_forward_has_decided() -> None:
    manager, [one, *_others] = make_team()
    place = put_forward(one, make_session(), by=manager, at=AT, today=TODAY)
    assert place.state == Nomination.PLACED


def test_a_refusal_says_why_and_can_be_taken_back() -> None:
    manager, [one, *_others] = make_team()
    asked = put_forward(one, make_session(), by=account_of(one), at=AT, today=TODAY)
    with pytest.raises(SayWhy):
        refuse(asked, because=" ", by=manager, at=AT)
    refused = refuse(asked, because="Court that week", by=manager, at=AT)
    assert refused.state == Nomination.REFUSED
    assert put_back(refused, by=manager, at=AT, today=TODAY).state == Nomination.ASKED


def test_a_place_that_a_manager_took_back_is_only_asked_for_again_by_the_person() -> None:
    manager, [one, *_others] = make_team()
    place = put_forward(one, make_session(), by=manager, at=AT, today=TODAY)
    withdraw(place, by=manager, at=AT, because="Needed on shift")
    again = put_back(place, by=account_of(one), at=AT, today=TODAY)
    assert (again.state, again.decided_at) == (Nomination.ASKED, None)
    withdraw(again, by=manager, at=AT)
    assert put_back(approve_first(again, manager), by=manager, at=AT, today=TODAY).state == Nomination.PLACED


def approve_first(place: Nomination, manager: Account) -> Nomination:
    """Approved, and then withdrawn by the manager."""
    asked = put_back(place, by=account_of(place.employment), at=AT, today=TODAY)
    return withdraw(approve(asked, by=manager, at=AT, today=TODAY), by=manager, at=AT)


def test_nobody_is_at_two_sessions_on_one_day() -> None:
    one = make_employment()
    make_place(make_session(), one)
    other = make_place(make_session(), one)
    assert other.waits_because == Nomination.CLASH


def test_another_course_comes_first_until_it_is_passed() -> None:
    basic = make_course("Basic")
    advanced = make_session(make_course("Advanced", prerequisites=[basic]))
    place = make_place(advanced)
    assert (place.waits_because, place.waits_for) == (Nomination.FIRST, "Basic")


def test_whoever_is_on_leave_that_day_waits() -> None:
    manager, [one, *_others] = make_team()
    approve_leave(make_request(one, MONDAY, on=TODAY, at=AT), by=manager, at=AT)
    place = make_place(make_session(), one)
    assert place.waits_because == Nomination.AWAY
    assert "Leave" in place.waits_for


def test_the_team_keeps_its_minimum_and_the_next_one_waits_with_the_reason() -> None:
    _manager, [one, two, *_others] = make_team(4, least=3)
    session = make_session()
    assert make_place(session, one).state == Nomination.PLACED
    waits = make_place(session, two)
    assert (waits.state, waits.waits_because) == (Nomination.WAITING, Nomination.TEAM)
    assert "3 left, 3 needed" in waits.waits_for
    assert taken(session) == 1
    line = TeamDay.objects.get(unit=unit_of(one), day=MONDAY)
    assert (line.rostered, line.present, line.minimum, line.out, line.left) == (4, 4, 3, 1, 0)


def test_a_named_person_lets_somebody_through_with_a_reason_that_is_kept() -> None:
    manager, [one, two, *_others] = make_team(4, least=3)
    session = make_session()
    make_place(session, one)
    waits = make_place(session, two)
    with pytest.raises(SayWhy):
        approve(waits, by=manager, at=AT, today=TODAY)
    done = approve(waits, by=manager, at=AT, today=TODAY, despite="Licence runs out on Friday")
    assert done.state == Nomination.PLACED
    override = MinimumOverride.objects.get()
    assert (override.by, override.reason) == (manager, "Licence runs out on Friday")
    line = TeamDay.objects.get(unit=unit_of(one), day=MONDAY)
    assert (line.out, line.beyond) == (2, 1)
    withdraw(done, by=manager, at=AT)
    line.refresh_from_db()
    assert (line.out, line.beyond) == (1, 0)


def test_the_database_itself_keeps_the_minimum() -> None:
    _manager, [one, *_others] = make_team(4, least=3)
    make_place(make_session(), one)
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamDay.objects.filter(day=MONDAY).update(out=2)


def test_a_place_that_the_team_gets_back_is_given_to_the_other() -> None:
    manager, [one, two, *_others] = make_team(4, least=3)
    session = make_session()
    first, second = make_place(session, one), make_place(session, two)
    withdraw(first, by=manager, at=AT)
    assert fill_session(session.pk, at=AT, today=TODAY) == 1
    second.refresh_from_db()
    assert second.state == Nomination.PLACED


def test_calling_a_session_off_frees_everything_and_tells_everybody() -> None:
    _manager, [one, *_others] = make_team(4, least=3)
    session = make_session()
    place = make_place(session, one)
    Letter.objects.all().delete()
    cancel_session(session, because="The trainer is sick", by=make_keeper(), at=AT, today=TODAY)
    place.refresh_from_db()
    assert (place.state, place.because) == (Nomination.WITHDRAWN, "The trainer is sick")
    assert TeamDay.objects.get(day=MONDAY).out == 0
    assert "The trainer is sick" in Letter.objects.get(person=one.person).body


def test_moving_a_session_moves_its_people_or_says_who_cannot_come() -> None:
    _manager, [one, two, *_others] = make_team(4)
    session = make_session()
    make_place(session, one)
    make_place(session, two)
    later = MONDAY + 7 * DAY
    make_place(make_session(first_on=later), two)
    move_session(session, first_on=later, because="The room", by=make_keeper(), at=AT, today=TODAY)
    fill_session(session.pk, at=AT, today=TODAY)
    assert Nomination.objects.get(session=session, employment=one).state == Nomination.PLACED
    other = Nomination.objects.get(session=session, employment=two)
    assert (other.state, other.waits_because) == (Nomination.WAITING, Nomination.CLASH)
    assert taken(session) == 1


def test_joining_instructions_go_out_in_the_persons_language() -> None:
    one = make_team()[1][0]
    account = account_of(one)
    account.language = "cy"
    account.save(update_fields=["language"])
    make_place(make_session(make_course("First aid", bring="A mask", bring_cy="Masg")), one)
    letter = Letter.objects.get(person=one.person)
    assert letter.language == "cy"
    assert "Mae gennych le" in letter.body
    assert "Masg" in letter.body


def test_others_see_that_somebody_is_in_training() -> None:
    one = make_employment()
    make_place(make_session(make_course(days=2)), one)
    found = [each.from_on for each in away_in_training([one.pk], MONDAY, MONDAY + 7 * DAY)]
    assert found == [MONDAY, MONDAY + DAY]
