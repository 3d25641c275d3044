from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from moothall.people.models import Account, ContactPoint, Person
from moothall.people.rules.cautions import protect_address
from moothall.people.rules.contact_points import end_contact_point
from moothall.people.tests.make import AT, make_account, make_person

pytestmark = pytest.mark.django_db


def names(words: str, *, by: Account | None = None, limit: int = 8) -> list[str]:
    return [person.full_name for person in Person.objects.looked_up(words, limit, by=by)]


@pytest.fixture
def people() -> None:
    make_person(full_name="Ní Ó'Brien-Łukasiewicz", emails=["ni@borth.example"], phones=["029 2001 0123"])
    make_person(full_name="Llŷr ap Gwynedd", known_as="Llew", emails=["llyr.ap.gwynedd@council.example"])
    make_person(full_name="Suharto", post="3 Lôn Goch, Borth SY24 5JE")
    make_person(full_name="محمد بن علي", emails=["m.ali@home.example"])
    make_person(full_name="李小龙")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("obrien", "Ní Ó'Brien-Łukasiewicz"),
        ("O'BRIEN", "Ní Ó'Brien-Łukasiewicz"),
        ("o’brien ni", "Ní Ó'Brien-Łukasiewicz"),
        ("o brien", "Ní Ó'Brien-Łukasiewicz"),
        ("Lukasiewicz", "Ní Ó'Brien-Łukasiewicz"),
        ("Łukasz", "Ní Ó'Brien-Łukasiewicz"),
        ("lukaseiwicz", "Ní Ó'Brien-Łukasiewicz"),
        ("llyr", "Llŷr ap Gwynedd"),
        ("gwyn ll", "Llŷr ap Gwynedd"),
        ("Gwynedd, Llyr", "Llŷr ap Gwynedd"),
        ("llew", "Llŷr ap Gwynedd"),
        ("suh", "Suharto"),
        ("علي", "محمد بن علي"),
        ("محمد", "محمد بن علي"),
        ("李", "李小龙"),
        ("小龙", "李小龙"),
        ("NI@Borth", "Ní Ó'Brien-Łukasiewicz"),
        ("ap.gwynedd", "Llŷr ap Gwynedd"),
        ("0123", "Ní Ó'Brien-Łukasiewicz"),
        ("+44 29 2001", "Ní Ó'Brien-Łukasiewicz"),
        ("029-2001", "Ní Ó'Brien-Łukasiewicz"),
    ],
)
def test_a_person_is_found_by_any_part_of_what_is_known(people: None, typed: str, found: str) -> None:
    assert names(typed)[:1] == [found]


@pytest.mark.parametrize("typed", ["", " ", "x", "'", "zzzqqq", "%%", "_", "\x00", "--", "(028)", "9" * 500])
def test_what_fits_nobody_finds_nobody(people: None, typed: str) -> None:
    assert names(typed) == []


def test_a_person_is_found_by_reference_however_it_is_written() -> None:
    person = make_person(full_name="Siôn Parry")
    make_person(full_name="Mair Parry")
    number = str(int(person.reference.removeprefix("P-")))
    for typed in (person.reference, person.reference.lower(), f"p{number}", f"P- {number}", number):
        assert names(typed)[:1] == ["Siôn Parry"], typed


def test_the_whole_name_comes_before_names_that_only_begin_so() -> None:
    for name in ("Annabel Lee", "Anna Lee", "Lee Ann", "Ann"):
        make_person(full_name=name)
    assert names("ann") == ["Ann", "Anna Lee", "Annabel Lee", "Lee Ann"]
    assert names("ann", limit=2) == ["Ann", "Anna Lee"]


def test_the_whole_name_is_found_among_more_than_are_ranked() -> None:
    Person.objects.bulk_create(
        Person(reference=f"X-{n}", full_name=f"Anna {n}", added_at=AT) for n in range(400)
    )
    make_person(full_name="Ann")
    assert names("ann")[0] == "Ann"
    assert len(names("ann")) == 8


def test_merged_records_and_ended_addresses_find_nobody() -> None:
    kept = make_person(full_name="Siôn Parry", emails=["old@borth.example"])
    gone = make_person(full_name="Zebedee Parry", emails=["gone@borth.example"])
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    end_contact_point(ContactPoint.objects.get(folded="old@borth.example"), by=None, at=AT)
    for typed in ("zebedee", gone.reference, "gone@borth.example", "old@borth.example"):
        assert names(typed) == [], typed


def test_a_postcode_finds_only_whom_the_person_looking_may_find() -> None:
    open_one = make_person(full_name="Open One", post="1 Lôn Goch, SY24 5JE")
    hidden = make_person(full_name="Hidden One", post="2 Lôn Goch, SY24 5JE")
    colleague, guardian = make_account("people.view"), make_account("people.view", "people.caution")
    protect_address(hidden, reason="Court order", by=guardian, at=AT)
    assert names("sy24 5je", by=guardian) == [open_one.full_name, hidden.full_name]
    assert names("SY245JE", by=colleague) == [open_one.full_name]
    assert names("SY24 5JE") == []
    assert names("Hidden", by=colleague) == ["Hidden One"]


def test_a_look_up_costs_two_queries(people: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        assert names("gwynedd")


@pytest.mark.django_db(transaction=True)
def test_every_way_in_has_its_index(test_server: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MANY)
    address = test_server.owner.on(connection.settings_dict["NAME"])
    with psycopg.connect(address.conninfo, autocommit=True) as owner:
        owner.execute("vacuum analyze people_person, people_contactpoint")
    expected = {
        "gwynedd llyr": ["person_by_name", "person_in_order_of_name"],
        "gwynedd": ["contact_point_by_part"],
        "0292001": ["contact_point_by"],
        "P-000123": ["people_person_reference"],
        "gwyneth": ["person_by_name"],
    }
    for typed, indexes in expected.items():
        plans: list[str] = []
        with connection.execute_wrapper(partial(_explaining, plans)):
            names(typed)
        assert plans
        assert not [plan for plan in plans if "Seq Scan" in plan], plans
        assert [index for index in indexes if not any(index in plan for plan in plans)] == [], plans


MANY = """
insert into people_person (reference, title, given_name, family_name, full_name, known_as, language,
                           language_source, added_at)
select 'X-' || n, '', '', '', md5(n::text) || ' ' || md5((n + 1)::text), '', '', '', now()
  from generate_series(1, 20000) n;
insert into people_contactpoint (person_id, kind, value, folded, label, preferred, added_at)
select id, 'EMAIL', reference, full_name || '@borth.example', '', true, now() from people_person;
"""


def _explaining(plans: list[str], execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    with connection.connection.cursor() as cursor:
        cursor.execute(f"explain {sql}", params)
        plans.append("\n".join(row[0] for row in cursor.fetchall()))
    return execute(sql, params, many, context)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_nothing_that_can_be_typed_breaks_a_look_up(people: None, typed: str) -> None:
    assert len(names(typed)) <= 8
