import datetime as dt
import threading
from functools import partial

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from moothall.people.models import ContactPoint, Person
from moothall.people.models.contact_folding import fold_email, tidy
from moothall.people.rules.contact_points import end_contact_point
from moothall.people.rules.persons import LONGEST_NAME
from moothall.people.rules.senders import find_or_add_senders
from moothall.people.tests.make import AT, make_person, points_of


def find_or_add_sender(*, name: str, address: str, at: dt.datetime) -> Person:
    return find_or_add_senders([(name, address)], at=at)[fold_email(address), tidy(name, LONGEST_NAME)]


@pytest.mark.django_db
def test_a_new_sender_is_added_with_the_address_as_written() -> None:
    person = find_or_add_sender(name="Llŷr ap Gwynedd", address="Llyr@Borth.example", at=AT)
    assert (person.full_name, points_of(person)) == ("Llŷr ap Gwynedd", ["Llyr@Borth.example"])
    assert person.reference.startswith("P-")


@pytest.mark.django_db
def test_a_known_sender_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    known = make_person(emails=["ann@borth.example"])
    with django_assert_num_queries(1):
        found = find_or_add_sender(name="Somebody Else", address="ANN@borth.example", at=AT)
    assert found == known


@pytest.mark.django_db
def test_of_several_who_share_an_address_the_name_decides() -> None:
    sion = make_person(full_name="Siôn Parry", emails=["house@borth.example"])
    mair = make_person(full_name="Mair Parry", emails=["house@borth.example"])
    find = partial(find_or_add_sender, address="house@borth.example", at=AT)
    assert find(name="Parry, Mair") == mair
    assert find(name="SIÔN PARRY") == sion
    assert find(name="") == sion
    assert Person.objects.count() == 2


@pytest.mark.django_db
def test_an_address_no_longer_used_finds_nobody() -> None:
    old = make_person(emails=["ann@borth.example"])
    end_contact_point(ContactPoint.objects.get(), by=None, at=AT)
    assert find_or_add_sender(name="Ann", address="ann@borth.example", at=AT) != old


@pytest.mark.django_db
def test_a_sender_without_a_name_is_called_by_the_address_until_one_is_given() -> None:
    nameless = find_or_add_sender(name="", address="ann@borth.example", at=AT)
    assert nameless.full_name == "ann@borth.example"
    named = find_or_add_sender(name="Ann Lee", address="ann@borth.example", at=AT)
    assert named == nameless
    assert Person.objects.get().full_name == "Ann Lee"
    find_or_add_sender(name="Bea Lee", address="ann@borth.example", at=AT)
    assert Person.objects.get().full_name == "Ann Lee"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "undisclosed-recipients:;", "mailer daemon@x", "\x00"])
def test_what_is_no_address_is_nobodys(address: str) -> None:
    assert find_or_add_senders([("Ann", address)], at=AT) == {}
    assert not Person.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["\x00\x1b[31mAnn", "\udcff\udcfe", "x" * 5000, "محمد", "‮moc.live", "=cmd|' /C calc'!A0"]
)
def test_the_strangest_names_are_kept(name: str) -> None:
    assert find_or_add_sender(name=name, address="odd@borth.example", at=AT).pk


@pytest.mark.django_db
def test_many_senders_are_found_and_added_in_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    known = make_person(emails=["known@borth.example"])
    senders = [
        ("Known", "known@borth.example"),
        ("", "no address"),
        ("N 1", "n1@x.example"),
        ("N1 b", "N1@x.example"),
    ]
    found = find_or_add_senders(senders, at=AT)
    assert found["known@borth.example", "Known"] == known
    assert found["n1@x.example", "N 1"] == found["n1@x.example", "N1 b"]
    assert len(found) == 3
    again = [(f"Person {n}", f"p{n}@x.example") for n in range(50)]
    find_or_add_senders(again, at=AT)
    with django_assert_num_queries(1):
        assert len(find_or_add_senders(again, at=AT)) == 50


@pytest.mark.django_db(transaction=True)
def test_a_sender_who_writes_twice_at_once_is_added_once() -> None:
    start, found = threading.Barrier(6), []

    def write(number: int) -> None:
        start.wait()
        try:
            found.append(find_or_add_sender(name=f"Ann {number}", address="ann@borth.example", at=AT).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 6
    assert Person.objects.count() == 1
