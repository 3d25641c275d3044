"""The list as a page: what it shows, and what its address can ask."""

import pytest
from django.test import Client

from .list_of_people import make_account, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.urls("moothall.core.tests.list_of_people")]


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(make_account("people.view", "people.edit"))
    return client


def test_a_list_shows_its_rows_in_order(clerk: Client) -> None:
    for name in ("Zeynep Aydın", "Aled Prosser", "Mairéad Ní Bhriain"):
        make_person(full_name=name)
    page = clerk.get("/test-people/").content.decode()
    assert page.index("Aled Prosser") < page.index("Mairéad Ní Bhriain") < page.index("Zeynep Aydın")
    assert "3 in all" in page
