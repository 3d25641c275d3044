"""What lists of staff offer and find: units, each asked for by itself, and people by name or number."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.people.tests.make import make_account, make_person
from moothall.workforce.finding import employments_fitting
from moothall.workforce.models import Assignment
from moothall.workforce.rules.assigning import change_assignment

from .make import make_employment, make_unit
from .test_pages import KEEPS

pytestmark = pytest.mark.django_db


def test_a_unit_is_there_while_somebody_is_in_it() -> None:
    old, new, empty = (make_unit(name=name) for name in ("Wharf", "Aqueduct", "Empty"))
    employment = make_employment(unit=old)
    make_employment(unit=old)
    held = Assignment.objects.in_force(today())
    assert list(held.units()) == [old]
    change_assignment(employment, from_on=today(), unit=new, by=None, at=now())
    assert list(held.units()) == [new, old]
    assert list(held.filter(is_main=False).units()) == []
    assert empty not in Assignment.objects.standing().units()


def test_all_units_are_one_question() -> None:
    for _number in range(6):
        make_employment(unit=make_unit())
    with CaptureQueriesContext(connection) as asked:
        assert len(Assignment.objects.standing().filter(is_main=True).units()) == 6
    assert len(asked) == 1


def test_the_search_of_lists_finds_names_without_accents_and_numbers() -> None:
    person = make_person(full_name="Siân Zieliński")
    wanted, other = make_employment(person, number="AB123"), make_employment(number="AB999")
    for words in ("zielin", "sian", "ZIELIŃSKI siân", "ab12", "AB123"):
        assert employments_fitting(words) == [wanted.pk], words
    assert set(employments_fitting("ab 1")) == set()
    assert set(employments_fitting("ab")) == set()
    assert set(employments_fitting("AB9")) == {other.pk}


def test_the_list_of_staff_is_searched_in_as_few_questions_as_it_is_shown(client: Client) -> None:
    client.force_login(make_account(*KEEPS))
    make_employment(make_person(full_name="Siân Zieliński"))
    asked = []
    for more in (0, 12):
        for _number in range(more):
            make_employment(make_person(full_name="Siân Morgan-Zieliński"))
        client.get(reverse("staff"), {"q": "sian"})
        with CaptureQueriesContext(connection) as each:
            page = client.get(reverse("staff"), {"q": "zielin"}).content.decode()
        asked.append(len(each))
        assert "Siân Zieliński" in page
    assert asked[0] == asked[1]
