"""The staff record with everything that the floors above put on it, in few questions to the database."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.absence.tests.make import make_absence
from moothall.core.clock import now
from moothall.credentials.tests.make import make_credential, make_requirement
from moothall.people.tests.make import make_account, make_person
from moothall.personnel.tests.make import make_leave, make_request
from moothall.workforce.models import Employment
from moothall.workforce.rules.kin import add_next_of_kin
from moothall.workforce.tests.make import make_employment, make_manager

pytestmark = pytest.mark.django_db
MOST = 18


def asked(client: Client, employment: Employment) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as caught:
        page = client.get(reverse("staff_record", args=[employment.number]))
    assert page.status_code == 200
    return len(caught), page.content.decode()


@pytest.fixture
def employment() -> Employment:
    _manager, above = make_manager()
    own = make_account(person=make_person(full_name="Ffion Adeyemi"))
    return make_employment(account=own, manager=above)


def test_it_asks_few_things_of_somebody_of_whom_little_is_on_record(
    client: Client, employment: Employment
) -> None:
    for permissions in (("workforce.view",), ("workforce.view", "workforce.edit", "workforce.private")):
        client.force_login(make_account(*permissions))
        asked(client, employment)
        assert asked(client, employment)[0] <= MOST


def test_what_there_is_is_shown_and_asked_for_once(client: Client, employment: Employment) -> None:
    client.force_login(
        make_account("workforce.view", "workforce.edit", "workforce.private", "absence.record")
    )
    asked(client, employment)
    before, _page = asked(client, employment)
    held = make_credential(employment.person)
    make_requirement(held.kind, workforce="employee")
    make_request(employment, asks_for="Mornings")
    make_leave(employment)
    make_absence(employment)
    add_next_of_kin(
        employment, name="Gwenllian Quillfeather", relation="Sister", phone="01970 000001",
        by=make_account(), at=now(),
    )  # fmt: skip
    after, page = asked(client, employment)
    for words in (held.kind.name, "Flexible working", "Maternity leave", "Gwenllian Quillfeather"):
        assert words in page
    assert (before <= MOST, after <= MOST) == (True, True), (before, after)
