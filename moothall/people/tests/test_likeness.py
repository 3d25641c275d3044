import datetime as dt

import pytest

from moothall.people.models import LikelyDuplicate, Person
from moothall.people.rules.cautions import protect_address
from moothall.people.rules.likeness import Facts, alike, find_likely_duplicates, likely_duplicates, score
from moothall.people.rules.merging import merge_persons, tell_apart
from moothall.people.tests.make import AT, make_account, make_person

BIRTH = dt.date(1980, 2, 29)
LONG_AGO = AT - dt.timedelta(days=900)


def likely(person: Person) -> list[tuple[str, tuple[str, ...]]]:
    return [(found.person.full_name, found.reasons) for found in likely_duplicates(person)]


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [
        ("llyr ap gwynedd", "gwynedd llyr ap", "same_name"),
        ("ni obrien lukasiewicz", "ni obrien lukasiewics", "alike_name"),
        ("j smith", "john smith", "initials"),
        ("j a smith", "john adam smith", "initials"),
        ("a smith", "john smith", ""),
        ("john smith", "mary smith", ""),
        ("suharto", "suharto", "same_name"),
        ("محمد علي", "محمد علي", "same_name"),
    ],
)
def test_names_are_compared_as_people_compare_them(one: str, other: str, way: str) -> None:
    assert alike(one, other)[1] == way
    assert alike(other, one)[1] == way


def test_an_address_shared_under_other_names_counts_little() -> None:
    shared = {"house@borth.example"}
    same, _reasons = score(Facts("ann lee", None, shared), Facts("ann lee", None, shared))
    family, _reasons = score(Facts("ann lee", None, shared), Facts("zebedee okafor", None, shared))
    assert same == 100
    assert family < 50


def test_a_different_birthday_outweighs_the_same_name() -> None:
    one = Facts("ann lee", BIRTH, {"ann@borth.example"})
    other = Facts("ann lee", dt.date(2010, 1, 1), {"ann@borth.example"})
    assert score(one, other) == (50, ("same_email", "same_name", "other_birth"))


@pytest.mark.django_db
def test_likely_duplicates_come_with_their_reasons_the_likeliest_first() -> None:
    ann = make_person(
        full_name="Ann Łukasiewicz", born_on=BIRTH, emails=["ann@borth.example"], phones=["029 2001 0123"]
    )
    make_person(full_name="Łukasiewicz, Ann", emails=["ANN@borth.example"])
    make_person(full_name="A Lukasiewicz", phones=["+44 29 2001 0123"])
    make_person(full_name="Ann Lukasiewics", born_on=BIRTH)
    make_person(full_name="Somebody Else", phones=["029 2001 0123"])
    make_person(full_name="Ann Lukasiewicz", born_on=dt.date(2001, 1, 1))
    assert likely(ann) == [
        ("Łukasiewicz, Ann", ("same_email", "same_name")),
        ("A Lukasiewicz", ("same_phone", "initials")),
        ("Ann Lukasiewics", ("same_birth", "alike_name")),
    ]


@pytest.mark.django_db
def test_from_an_initial_the_full_name_is_found_and_the_other_way_round() -> None:
    full = make_person(full_name="John Smith", phones=["029 2001 0123"])
    initial = make_person(full_name="J Smith", phones=["029 2001 0123"])
    assert [name for name, _why in likely(full)] == ["J Smith"]
    assert [name for name, _why in likely(initial)] == ["John Smith"]


@pytest.mark.django_db
def test_what_somebody_is_called_besides_does_not_hide_that_the_names_are_the_same() -> None:
    known = make_person(full_name="Siôn Parry", known_as="Shôni Bach", emails=["sion@borth.example"])
    make_person(full_name="S Parry", emails=["sion@borth.example"])
    assert likely(known) == [("S Parry", ("same_email", "initials"))]


@pytest.mark.django_db
def test_a_protected_address_gives_nobody_away() -> None:
    ann = make_person(full_name="Ann Lee", post="12 Lôn Goch, SY24 5JE")
    hidden = make_person(full_name="Anne Lee", post="14 Lôn Goch, SY24 5JE")
    assert likely(ann) == [("Anne Lee", ("alike_name", "same_postcode"))]
    protect_address(hidden, reason="Court order", by=make_account("people.caution"), at=AT)
    assert likely(ann) == []
    assert likely(hidden) == []


@pytest.mark.django_db
def test_those_told_apart_or_merged_are_not_suggested_again() -> None:
    clerk = make_account("people.merge")
    one, two, three = (make_person(full_name="Ann Lee", emails=["ann@borth.example"]) for _ in range(3))
    assert {found.person for found in likely_duplicates(one)} == {two, three}
    tell_apart(two, one, by=clerk, at=AT)
    tell_apart(one, two, by=clerk, at=AT)
    assert [found.person for found in likely_duplicates(one)] == [three]
    merge_persons(one, three, by=clerk, at=AT)
    three.refresh_from_db()
    assert likely_duplicates(one) == []
    assert likely_duplicates(three) == []


@pytest.mark.django_db
def test_at_night_the_likely_pairs_of_the_office_are_found_and_settled_ones_forgotten() -> None:
    clerk = make_account("people.merge")
    old = [make_person(full_name="Ann Lee", emails=["ann@borth.example"], at=LONG_AGO) for _ in range(2)]
    twins = [make_person(full_name="Siôn Parry", born_on=BIRTH, at=LONG_AGO) for _ in range(2)]
    new = make_person(full_name="Mair Pugh-Jones", phones=["029 2001 0123"])
    alike_one = make_person(full_name="Mair Pugh Jonas", phones=["029 2001 0123"], at=LONG_AGO)
    for number in range(8):
        make_person(full_name=f"Team {'abcdefgh'[number] * 4}", emails=["office@borth.example"], at=LONG_AGO)
    since = AT - dt.timedelta(days=2)
    assert find_likely_duplicates(at=AT, added_since=since) == 3
    pairs = {(row.one, row.other) for row in LikelyDuplicate.objects.open()}
    assert pairs == {(old[0], old[1]), (twins[0], twins[1]), (new, alike_one)}
    merge_persons(old[0], old[1], by=clerk, at=AT)
    tell_apart(twins[0], twins[1], by=clerk, at=AT)
    assert [(row.one, row.other) for row in LikelyDuplicate.objects.open()] == [(new, alike_one)]
    later = AT + dt.timedelta(days=9)
    assert find_likely_duplicates(at=later, added_since=later) == 2
