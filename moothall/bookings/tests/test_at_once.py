"""Several people on one slot at the same moment: one has it, the others hear what is free."""

from collections.abc import Callable

import pytest

from moothall.bookings.models import Appointment, AppointmentKind
from moothall.bookings.rules.booking import SlotTaken, book_appointment, move_appointment
from moothall.cases.tests.make import AT
from moothall.cases.tests.together import at_once, refusals
from moothall.people.models import Place
from moothall.people.tests.make import make_person, make_team

from .make import make_appointment, make_booker, make_kind, make_place, wall

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 8


def booking(kind: AppointmentKind, place: Place | None) -> Callable[[], Appointment]:
    person = make_person()
    return lambda: book_appointment(kind=kind, place=place, starts_at=wall(10), person=person, by=None, at=AT)


def test_of_eight_at_once_one_wins_and_seven_hear_what_is_free() -> None:
    kind, place = make_kind(team=make_team()), make_place()
    make_booker(team=kind.team)
    said = at_once(*(booking(kind, place) for _ in range(PEOPLE)))
    assert refusals(said) == [SlotTaken] * (PEOPLE - 1)
    assert all("Free next" in str(each) for each in said if isinstance(each, SlotTaken))
    assert Appointment.objects.count() == 1


def test_a_colleague_of_two_teams_is_not_taken_twice_by_both() -> None:
    """The two kinds and places have nothing in common but the colleague: the database alone tells."""
    colleague = make_booker(team=make_team())
    kinds = [make_kind(team=make_team(), takers=[colleague]) for _ in range(2)]
    said = at_once(*(booking(kind, make_place()) for kind in kinds))
    assert len(refusals(said)) == 1
    assert Appointment.objects.count() == 1


def test_two_who_move_to_one_time_do_not_both_have_it() -> None:
    kind, place = make_kind(team=make_team()), make_place()
    make_booker(team=kind.team)
    moved = [make_appointment(kind, place, starts_at=wall(hour)) for hour in (12, 14)]
    said = at_once(
        *(
            lambda each=each: move_appointment(each, starts_at=wall(10), place=place, by=None, at=AT)
            for each in moved
        )
    )
    assert refusals(said) == [SlotTaken]
    assert Appointment.objects.filter(starts_at=wall(10)).count() == 1
