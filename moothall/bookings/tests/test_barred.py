"""Nobody is booked for what they may not do: the page does not offer them, and says why."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from moothall.bookings.models import Appointment, AppointmentKind
from moothall.bookings.rules.booking import SlotTaken, move_appointment
from moothall.cases.tests.make import AT
from moothall.people import barring
from moothall.people.barring import Bar, Barred
from moothall.people.models import Account
from moothall.people.tests.barred import ESCORT, Known
from moothall.people.tests.make import make_account, make_person, make_team

from .make import MONDAY, SETTER, make_appointment, make_booker, make_kind, make_place, wall

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + dt.timedelta(days=1)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Known:
    source = Known()
    monkeypatch.setitem(barring._sources, "test", source)
    return source


@pytest.fixture
def kind() -> AppointmentKind:
    return make_kind(team=make_team(), needs=ESCORT)


@pytest.fixture
def colleague(kind: AppointmentKind, known: Known) -> Account:
    """Somebody whose credential runs out on the Monday."""
    person = make_person(full_name="Ines Cadogan")
    known.rows[person.pk] = [Bar("First aid at work runs out on 30 November 2026", from_on=TUESDAY)]
    return make_booker(team=kind.team, person=person, name="Ines Cadogan")


def test_an_appointment_is_not_given_to_whoever_is_barred_that_day(
    kind: AppointmentKind, colleague: Account
) -> None:
    place = make_place()
    with pytest.raises(Barred, match="First aid at work runs out on 30 November 2026"):
        make_appointment(kind, place, staff=colleague, starts_at=wall(10, on=TUESDAY))
    assert make_appointment(kind, place, staff=colleague, starts_at=wall(10)).staff == colleague


def test_somebody_else_takes_it_where_somebody_else_may(kind: AppointmentKind, colleague: Account) -> None:
    other = make_booker(team=kind.team, person=make_person(full_name="Aled Nkemelu"))
    made = [make_appointment(kind, make_place(), starts_at=wall(10, on=TUESDAY))]
    assert [each.staff for each in made] == [other]


def test_an_appointment_is_not_moved_to_a_day_on_which_they_are_barred(
    kind: AppointmentKind, colleague: Account
) -> None:
    made = make_appointment(kind, make_place(), starts_at=wall(10))
    with pytest.raises(SlotTaken):
        move_appointment(made, starts_at=wall(10, on=TUESDAY), by=None, at=AT)
    assert Appointment.objects.get(pk=made.pk).starts_at == wall(10)


def test_the_page_offers_other_days_only_and_says_why(
    client: Client, kind: AppointmentKind, colleague: Account
) -> None:
    make_place()
    client.force_login(colleague)
    page = client.get(f"/appointments/new/?kind={kind.pk}&on={MONDAY.isoformat()}").content.decode()
    assert 'value="2026-11-30T10:00Z"' in page
    assert 'value="2026-12-01T10:00Z"' not in page
    assert "Ines Cadogan</strong>: First aid at work runs out on 30 November 2026" in page


def test_what_it_needs_is_chosen_where_the_kind_is_set_up(client: Client, known: Known) -> None:
    kind = make_kind(team=make_team())
    setter = make_account(*SETTER)
    client.force_login(setter)
    address = reverse("edit_kind", args=[kind.pk])
    assert "Escort passengers" in client.get(address).content.decode()
    client.post(
        address,
        {
            "name": kind.name, "team": str(kind.team_id), "how": "ROOM", "minutes": "30", "needs": ESCORT,
            "buffer_minutes": "0", "every_minutes": "30",
        },
    )  # fmt: skip
    assert AppointmentKind.objects.get(pk=kind.pk).needs == ESCORT
