"""Beds when a schedule is published: by kind, as far as there are any, named the week before."""

import datetime as dt

import pytest

from moothall.bookings.models import Stay
from moothall.bookings.tests.make import make_bed_kinds, make_bedrooms
from moothall.people.models import Place
from moothall.people.tests.make import AT
from moothall.training.models import Schedule, ScheduleVersion, Session
from moothall.training.rules.beds import stays_of
from moothall.training.rules.bulk_beds import name_beds
from moothall.training.rules.nominating import withdraw
from moothall.workforce.tests.make import make_employment

from .make import (
    MONDAY,
    TODAY,
    make_course,
    make_keeper,
    make_line,
    make_schedule,
    publish_lines,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SOON = MONDAY - 3 * DAY


def lines_of(place: Place, *people: int, days: int = 3) -> dict[str, object]:
    return {"place_id": place.pk, "days": tuple(MONDAY + n * DAY for n in range(days)), "people": people}


def with_people(
    number: int = 2, rooms: int = 4, *, days: int = 3
) -> tuple[Schedule, ScheduleVersion, Place, list[int]]:
    schedule = make_schedule(bed_kind=make_bed_kinds()[0])
    place = make_bedrooms(rooms)
    people = [make_employment().pk for _n in range(number)]
    line = make_line("one", make_course(days=days), **lines_of(place, *people, days=days))
    return schedule, publish_lines(line, schedule=schedule), place, people


def test_publishing_takes_beds_of_its_kind_for_those_who_come_and_names_nobody() -> None:
    _schedule, version, _place, _people = with_people()
    session = Session.objects.get()
    stays = stays_of(session)
    assert [(each.arrives_on, each.leaves_on, each.person) for each in stays] == [
        (MONDAY, MONDAY + 2 * DAY, None)
    ] * 2
    assert (version.outcome["beds"], version.outcome["without_bed"]) == (2, 0)


def test_a_session_of_a_day_and_a_schedule_without_beds_take_none() -> None:
    with_people(days=1)
    place = make_bedrooms(2)
    publish_lines(make_line("two", make_course(days=3), **lines_of(place, make_employment().pk)))
    assert not Stay.objects.exists()


def test_as_many_are_taken_as_there_are_and_the_rest_is_counted() -> None:
    _schedule, version, _place, _people = with_people(3, rooms=2)
    assert (version.outcome["beds"], version.outcome["without_bed"]) == (2, 1)


def test_beds_have_their_names_in_the_week_before_and_lose_them_with_the_place() -> None:
    with_people()
    session = Session.objects.get()
    assert name_beds(today=TODAY, at=AT) == 0
    assert name_beds(today=SOON, at=AT) == 2
    assert name_beds(today=SOON, at=AT) == 0
    gone = session.nominations.order_by("pk")[0]
    assert gone.employment.person in {each.person for each in stays_of(session)}
    withdraw(gone, by=make_keeper(), at=AT)
    assert [each.person_id for each in stays_of(session)].count(None) == 1


def test_a_version_that_moves_a_session_moves_its_beds_and_takes_more_for_more_people() -> None:
    schedule, _version, place, people = with_people()
    course = Session.objects.get().version.course
    later = tuple(MONDAY + 7 * DAY + n * DAY for n in range(3))
    more = make_employment().pk
    given = lines_of(place, *people, more) | {"days": later}
    again = publish_lines(make_line("one", course, **given), schedule=schedule)
    stays = stays_of(Session.objects.get())
    assert {(each.arrives_on, each.leaves_on) for each in stays} == {(later[0], later[2])}
    assert (len(stays), again.outcome["beds"]) == (3, 1)


def test_whoever_is_planned_in_no_more_has_no_bed_of_it() -> None:
    schedule, _version, place, people = with_people()
    session = Session.objects.get()
    name_beds(today=SOON, at=AT)
    line = make_line("one", session.version.course, **lines_of(place, people[0]))
    publish_lines(line, schedule=schedule)
    named = [each.person_id for each in stays_of(session)]
    assert sorted(each is None for each in named) == [False, True]
