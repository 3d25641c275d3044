"""While somebody types whom a matter is about, only those are suggested about whom they may open one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.people.tests.make import make_account, make_person
from moothall.workforce.tests.make import make_employment, make_manager

from .make import make_caseworker, make_kind, make_matter, opener

pytestmark = pytest.mark.django_db


def suggested(client: Client, route: str, words: str) -> str:
    answer = client.get(reverse(route), {"q": words})
    assert answer.status_code == 200
    return answer.content.decode()


def test_people_are_suggested_by_name_and_by_number_and_nobody_is_before_two_letters(client: Client) -> None:
    found = make_employment(make_person(full_name="Ysolde Quillfeather"))
    client.force_login(make_caseworker())
    assert "Ysolde Quillfeather" in suggested(client, "matter_employee_lookup", "quillf")
    assert found.number in suggested(client, "matter_employee_lookup", found.number)
    assert "Ysolde" not in suggested(client, "matter_employee_lookup", "q")
    assert "Ysolde" not in suggested(client, "matter_employee_lookup", "nobody")


def test_somebody_is_never_suggested_to_themself(client: Client) -> None:
    account, _employment = make_manager(account=make_caseworker(name="Ysolde Quillfeather"))
    client.force_login(account)
    assert str(account.person) not in suggested(client, "matter_employee_lookup", str(account.person)[:8])


def test_the_forms_ask_for_suggestions_as_somebody_types(client: Client) -> None:
    matter = make_matter()
    client.force_login(opener(matter))
    opening = client.get(reverse("open_matter")).content.decode()
    assert reverse("matter_employee_lookup") in opening
    parts = client.get(reverse("give_part", args=[matter.case.reference])).content.decode()
    assert reverse("matter_colleague_lookup") in parts


def test_colleagues_who_sign_in_are_suggested_and_those_who_no_longer_do_are_not(client: Client) -> None:
    make_account(name="Bronagh Achterberg")
    make_account(name="Bronwen Achterman", is_active=False)
    client.force_login(make_caseworker())
    shown = suggested(client, "matter_colleague_lookup", "achter")
    assert "Bronagh" in shown
    assert "Bronwen" not in shown


def test_many_who_fit_cost_no_more_queries_than_one(client: Client) -> None:
    make_kind()
    client.force_login(make_caseworker())
    make_employment(make_person(full_name="Quillfeather One"))
    suggested(client, "matter_employee_lookup", "quillfeather")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            suggested(client, "matter_employee_lookup", "quillfeather")
        return len(asked)

    few = queries()
    for number in range(5):
        make_employment(make_person(full_name=f"Quillfeather {number}"))
    assert queries() == few
