"""The beds of a session: sold with it, named after those who come, moved with it; what stops it is said."""

import datetime as dt

import pytest

from moothall.bookings.models import Stay
from moothall.bookings.rules.beds import sell
from moothall.bookings.rules.nights import BedsFull, Nights
from moothall.bookings.tests.make import make_bed_kinds, make_bedrooms, make_resource
from moothall.people.models import Place
from moothall.people.tests.make import AT, make_account
from moothall.training.models import Session
from moothall.training.rules.beds import choose_beds, stay_of, stays_of
from moothall.training.rules.nearest import CannotBeThen
from moothall.training.rules.nominating import withdraw
from moothall.training.rules.placing import fill_session
from moothall.training.rules.refusals import BedsNeedASite
from moothall.training.rules.sessions import cancel_session, move_session
from moothall.training.rules.wording import fields_of
from moothall.workforce.tests.make import make_employment

from .make import MONDAY, TODAY, make_course, make_keeper, make_place, make_session

pytestmark = pytest.mark.django_db
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


def with_beds(number: int = 2, *, house: Place | None = None) -> tuple[Session, Place]:
    """A session of three days with so many beds, the first night before it."""
    place = house or make_bedrooms(2)
    session = make_session(make_course(days=3), capacity=6, things=[make_resource(place=place)])
    kind = make_bed_kinds()[0]
    chosen = choose_beds(
        session, number=number, kind=kind, place=place, nights_before=1, by=make_keeper(), at=AT
    )
    return chosen, place


def nights(session: Session) -> set[tuple[dt.date, dt.date]]:
    return {(each.arrives_on, each.leaves_on) for each in stays_of(session)}


def test_beds_are_sold_from_the_evening_before_and_named_after_who_has_a_place() -> None:
    session, _house = with_beds()
    assert nights(session) == {(MONDAY - DAY, MONDAY + 2 * DAY)}
    places = [make_place(session, make_employment(account=make_account())) for _n in range(3)]
    beds = [stay_of(each) for each in places]
    assert [bed is not None for bed in beds] == [True, True, False]
    assert fields_of(places[0], "en")["training.stay"]
    assert not fields_of(places[2], "en")["training.stay"]
    withdraw(places[0], by=make_keeper(), at=AT)
    assert stay_of(places[0]) is None
    assert len(stays_of(session)) == 2


def test_beds_move_with_the_session_and_stay_in_their_names() -> None:
    session, _house = with_beds()
    place = make_place(session)
    moved = move_session(session, first_on=MONDAY + WEEK, because="Fog", by=make_keeper(), at=AT, today=TODAY)
    fill_session(session.pk, at=AT, today=TODAY)
    assert nights(moved) == {(MONDAY + WEEK - DAY, MONDAY + WEEK + 2 * DAY)}
    assert stay_of(place) is not None


def test_a_full_night_stops_the_move_of_everything_and_the_days_offered_have_beds() -> None:
    session, house = with_beds()
    wanted = MONDAY + WEEK
    asked = Nights(house, make_bed_kinds()[0], wanted, wanted + DAY)
    sell(nights=asked, guests=["Somebody else"], by=None, at=AT)
    before = nights(session)
    with pytest.raises(CannotBeThen) as refused:
        move_session(session, first_on=wanted, because="Fog", by=make_keeper(), at=AT, today=TODAY)
    assert nights(session) == before
    kept = Session.objects.get()
    assert kept.first_on == MONDAY
    offered = str(refused.value.next_step)
    assert offered.startswith("It could begin on: ")
    assert f"{wanted:%-d %B}" not in offered
    assert f"{wanted + 2 * DAY:%-d %B}" in offered


def test_calling_it_off_frees_its_nights_and_more_beds_than_there_are_are_not_sold() -> None:
    house = make_bedrooms(2)
    with pytest.raises(BedsFull):
        with_beds(3, house=house)
    Session.objects.get()
    session, _house = with_beds(house=house)
    with pytest.raises(BedsNeedASite):
        choose_beds(session, number=1, kind=None, place=None, nights_before=0, by=make_keeper(), at=AT)
    cancel_session(session, because="No heating", by=make_keeper(), at=AT, today=TODAY)
    assert not Stay.objects.standing().exists()
    again, _house = with_beds(house=house)
    choose_beds(again, number=0, kind=None, place=None, nights_before=0, by=make_keeper(), at=AT)
    assert not stays_of(again)
