"""What is on record of a passenger holds from a day on, and is never written over."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from moothall.people.rules.cautions import protect_address
from moothall.people.tests.make import AT, audited, make_account, make_person
from moothall.transport.models import HomeAddress, Needs
from moothall.transport.rules import caring, keeping, refusals

from .make import MONDAY, SINCE, make_home, make_manager, make_passenger, make_user

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_a_change_of_needs_begins_on_a_day_and_what_was_so_before_stays() -> None:
    passenger, by = make_passenger(), make_user()
    before = keeping.set_needs(passenger, from_on=SINCE, wheelchair="WALKS", by=by, at=AT)
    after = keeping.set_needs(
        passenger, from_on=MONDAY, wheelchair="POWERED", wheelchair_kg=140, escort="OWN", by=by, at=AT
    )
    before.refresh_from_db()
    assert before.until_on == MONDAY - DAY
    assert passenger.needs.in_force(MONDAY - DAY).get() == before
    assert passenger.needs.in_force(MONDAY).get() == after
    with pytest.raises(refusals.BeginsEarlier):
        keeping.set_needs(passenger, from_on=MONDAY, wheelchair="WALKS", by=by, at=AT)
    assert "transport.needs" in [event.verb for event in audited(passenger)]


def test_whoever_stays_in_a_wheelchair_has_its_weight_by_the_rule_and_by_the_database() -> None:
    passenger = make_passenger()
    with pytest.raises(refusals.WeightNeeded):
        keeping.set_needs(passenger, from_on=SINCE, wheelchair="MANUAL", by=None, at=AT)
    with (
        pytest.raises(IntegrityError, match="a_wheelchair_that_is_sat_in_has_a_weight"),
        transaction.atomic(),
    ):
        Needs.objects.create(passenger=passenger, from_on=SINCE, wheelchair="MANUAL", recorded_at=AT)


def test_a_person_is_a_passenger_once() -> None:
    person = make_person()
    keeping.add_passenger(person, by=None, at=AT)
    with pytest.raises(refusals.PassengerAlready):
        keeping.add_passenger(person, by=None, at=AT)


def test_a_move_of_house_takes_the_place_of_the_main_home_from_that_day() -> None:
    passenger = make_passenger()
    old = passenger.homes.get()
    new = make_home(passenger, words="9 Elsewhere", from_on=MONDAY)
    old.refresh_from_db()
    assert old.until_on == MONDAY - DAY
    assert passenger.homes.in_force(MONDAY).get() == new


def test_nobody_is_at_two_homes_on_one_day_also_where_weeks_alternate() -> None:
    passenger = make_passenger()
    one, other = (make_home(passenger, name=name, is_main=False) for name in ("Dad’s", "Respite"))
    second: dict[str, Any] = {"home": one, "weekdays": [0, 1], "from_on": MONDAY, "by": None, "at": AT}
    keeping.add_stay(passenger, every_weeks=2, **second)
    with pytest.raises(refusals.StayTwice):
        keeping.add_stay(passenger, **second | {"home": other, "weekdays": [1]})
    later = keeping.add_stay(
        passenger, **second | {"home": other, "from_on": MONDAY + DAY * 7, "every_weeks": 2}
    )
    assert later.holds(MONDAY + DAY * 7)
    assert not later.holds(MONDAY + DAY * 14)


def test_the_address_of_a_protected_passenger_is_there_for_those_alone_who_may_see_it() -> None:
    passenger, user = make_passenger(), make_user()
    guardian = make_account("transport.use", "people.caution")
    assert HomeAddress.objects.visible_to(user).count() == 1
    protect_address(passenger.person, reason="Somebody looks for them", by=guardian, at=AT)
    assert not HomeAddress.objects.visible_to(user).exists()
    assert HomeAddress.objects.visible_to(guardian).get().words == "2 Quillon Row"
    with pytest.raises(refusals.ProtectedHome):
        make_home(passenger, from_on=MONDAY, by=user)
    assert make_home(passenger, from_on=MONDAY, by=guardian)


def test_two_passengers_are_kept_apart_once_whoever_is_named_first() -> None:
    one, other = make_passenger(), make_passenger(name="Leo Fairhurst")
    made = caring.keep_apart(other, other=one, because="They fight", from_on=SINCE, by=None, at=AT)
    assert (made.one, made.other) == (one, other)
    with pytest.raises(refusals.ApartAlready):
        caring.keep_apart(one, other=other, because="They fight", from_on=SINCE, by=None, at=AT)
    with pytest.raises(refusals.SamePassenger):
        caring.keep_apart(one, other=one, because="Odd", from_on=SINCE, by=None, at=AT)
    keeping.end_entry(made, until_on=MONDAY, by=make_user(), at=AT)
    assert caring.keep_apart(one, other=other, because="Again", from_on=MONDAY + DAY, by=None, at=AT)


def test_who_looks_at_emergency_contacts_is_written_down() -> None:
    passenger, manager = make_passenger(), make_manager()
    caring.add_emergency_contact(
        passenger,
        name="Non Bello",
        relationship="mother",
        phone="01632 960001",
        from_on=SINCE,
        by=None,
        at=AT,
    )
    assert [each.name for each in caring.see_emergency_contacts(passenger, by=manager, at=AT)] == [
        "Non Bello"
    ]
    assert audited(passenger)[-1].verb == "transport.see_emergency_contacts"
    assert caring.see_emergency_contacts(passenger, by=make_user(), at=AT) == []


def test_an_entry_that_never_began_is_taken_back_and_kept() -> None:
    passenger, by = make_passenger(), make_user()
    made = caring.record_consent(
        passenger, kind="CREW", given=True, said_by="Non Bello", from_on=MONDAY, by=by, at=AT
    )
    keeping.end_entry(made, until_on=MONDAY - DAY, by=by, at=AT)
    made.refresh_from_db()
    assert made.withdrawn_by == by
    assert not passenger.consents.standing().exists()
    with pytest.raises(refusals.EndedAlready):
        keeping.end_entry(made, until_on=MONDAY, by=by, at=AT)


def test_a_risk_is_looked_at_again_later_than_it_is_assessed() -> None:
    passenger = make_passenger()
    given: dict[str, Any] = {
        "level": "LOW",
        "risks": "None",
        "controls": "None",
        "from_on": SINCE,
        "by": None,
        "at": AT,
    }
    with pytest.raises(refusals.ReviewTooEarly):
        caring.assess_risk(passenger, review_on=SINCE, **given)
    assert caring.assess_risk(passenger, review_on=MONDAY, **given)


def test_nobody_is_given_anything_after_they_have_left() -> None:
    passenger, by = make_passenger(), make_user()
    keeping.leave(passenger, on=MONDAY, because="Moved away", by=by, at=AT)
    with pytest.raises(refusals.HasLeft):
        keeping.set_needs(passenger, from_on=MONDAY + DAY, by=by, at=AT)
    assert keeping.come_back(passenger, by=by, at=AT).left_on is None
