"""Two hundred people on one appointment: one has it, and a hundred and ninety-nine hear what is free."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from moothall.bookings.models import Appointment
from moothall.bookings.tests.make import BOOKER, make_kind, make_place, wall
from moothall.bookings.tests.test_pages import ALWAYS, working_day
from moothall.people.models import Person
from moothall.people.tests.make import make_account, make_person, make_team
from tests.faults.results import fault
from tests.faults.sweep import assert_well_here

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
PEOPLE, AT_ONCE = 200, 30


def test_of_two_hundred_on_one_slot_one_wins_and_nobody_sees_an_error() -> None:
    team = make_team()
    kind, place, day = make_kind(team=team), make_place(hours=ALWAYS), working_day()
    account = make_account(*BOOKER, team=team)
    slot = wall(10, on=day).strftime("%Y-%m-%dT%H:%MZ")
    address = f"{reverse('book')}?kind={kind.pk}&place={place.pk}&on={day}"
    signed_in = Client()
    signed_in.force_login(account)

    def book(person: Person) -> tuple[int, str]:
        client = Client(raise_request_exception=False)
        client.cookies.update(signed_in.cookies)
        try:
            data = {"slot": slot, "person": person.full_name, "person-key": str(person.pk)}
            answer = client.post(address, data)
            return answer.status_code, answer.text
        finally:
            connection.close()

    people = [make_person(full_name=f"Asker {number}") for number in range(PEOPLE)]
    with fault(2, "one slot, many people", f"{PEOPLE} people book the same time", seed=None) as row:
        row.n = PEOPLE
        with ThreadPoolExecutor(AT_ONCE) as crowd:
            said = list(crowd.map(book, people))
        taken = Appointment.objects.filter(starts_at=wall(10, on=day)).count()
        row.lost, row.doubled = max(1 - taken, 0), max(taken - 1, 0)
        statuses = [status for status, _page in said]
        assert statuses.count(302) == 1, sorted(set(statuses))
        assert statuses.count(422) == PEOPLE - 1, sorted(set(statuses))
        assert all("not free any more" in page for status, page in said if status == 422)
        assert_well_here()
