import datetime as dt

import pytest

from moothall.people.models import ContactPoint, Person
from moothall.people.rules.contact_points import (
    CannotBeReached,
    ContactPointEnded,
    add_contact_point,
    end_contact_point,
    mark_undeliverable,
    prefer_contact_point,
)
from moothall.people.rules.persons import (
    NameMissing,
    NoSuchLanguage,
    correct_person,
    references,
    set_language,
)
from moothall.people.tests.make import AT, audited, make_account, make_organisation, make_person, points_of

pytestmark = pytest.mark.django_db

NAMES = [
    "Ní Ó'Brien-Łukasiewicz",
    "Llŷr ap Gwynedd",
    "Suharto",
    "محمد بن علي",
    "李小龙",
    "X" * 250,
    "Владимир Мономах",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_person_is_added_under_any_name(name: str) -> None:
    person = make_person(full_name=name)
    fresh = Person.objects.get(pk=person.pk)
    assert fresh.full_name == name
    assert fresh.folded_name


def test_a_longer_name_is_cut_and_not_refused() -> None:
    assert make_person(full_name="Ann " * 200).full_name == ("Ann " * 200)[:250].strip()


def test_a_person_without_a_name_is_refused() -> None:
    with pytest.raises(NameMissing):
        make_person(full_name=" \u200b ")
    assert make_person(full_name="", given_name="Siân", family_name="Okafor").full_name == "Siân Okafor"


def test_references_count_up_and_do_not_run_out_at_a_million() -> None:
    first, second = references(2)
    assert int(second.removeprefix("P-")) == int(first.removeprefix("P-")) + 1
    assert len(first) == len("P-000123")
    assert f"P-{1_234_567:06d}" == "P-1234567"


def test_ways_to_reach_a_person_are_kept_with_the_first_of_each_kind_preferred() -> None:
    person = make_person(
        emails=["Ffion@Borth.example", "ffion@home.example", "FFION@borth.example"],
        phones=["029 2001 0123"],
        post="12 Lôn Goch\nBorth\nSY24 5JE",
    )
    assert points_of(person) == ["Ffion@Borth.example", "ffion@home.example"]
    assert points_of(person, ContactPoint.POST) == ["12 Lôn Goch\nBorth\nSY24 5JE"]


def test_adding_a_person_is_written_down_without_their_address() -> None:
    colleague = make_account("people.edit")
    person = make_person(post="12 Lôn Goch, SY24 5JE", by=colleague)
    events = audited(person)
    assert [event.verb for event in events] == ["people.add", "people.add_contact_point"]
    assert {event.actor_id for event in events} == {colleague.pk}
    assert not any("Lôn" in str(event.detail) for event in events)


@pytest.mark.parametrize(
    ("kind", "value"),
    [("EMAIL", "not an address"), ("PHONE", "none"), ("PHONE", "12"), ("POST", "  \n "), ("POST", "—")],
)
def test_what_cannot_reach_anybody_is_refused(kind: str, value: str) -> None:
    with pytest.raises(CannotBeReached):
        add_contact_point(make_person(), kind=kind, value=value, by=None, at=AT)


def test_preferring_one_way_leaves_one_preferred() -> None:
    person = make_person(emails=["one@borth.example", "two@borth.example"])
    two = ContactPoint.objects.get(folded="two@borth.example")
    prefer_contact_point(two, by=None, at=AT)
    assert points_of(person) == ["two@borth.example", "one@borth.example"]
    assert ContactPoint.objects.filter(person=person, preferred=True).count() == 1


def test_ending_the_preferred_way_prefers_another() -> None:
    person = make_person(emails=["one@borth.example", "two@borth.example"])
    one = ContactPoint.objects.get(folded="one@borth.example")
    ended = end_contact_point(one, by=None, at=AT)
    assert ended.ended_at == AT
    assert ContactPoint.objects.in_use().get(person=person).preferred
    with pytest.raises(ContactPointEnded):
        end_contact_point(one, by=None, at=AT)
    again = add_contact_point(person, kind="EMAIL", value="one@borth.example", by=None, at=AT)
    assert again.pk != one.pk


def test_mail_that_came_back_marks_the_address_once_and_only_of_the_person_written_to() -> None:
    person = make_person(emails=["one@borth.example"])
    other = make_person(emails=["one@borth.example"])
    assert mark_undeliverable({person.pk}, addresses=["ONE@borth.example"], at=AT) == 1
    assert mark_undeliverable({person.pk}, addresses=["one@borth.example"], at=AT + dt.timedelta(days=1)) == 0
    assert ContactPoint.objects.get(person=person).undeliverable_since == AT
    assert ContactPoint.objects.get(person=other).undeliverable_since is None
    assert [event.verb for event in audited(person)].count("people.undeliverable") == 1


def test_correcting_a_person_changes_and_writes_down_only_what_differs() -> None:
    person, colleague, council = make_person(), make_account("people.edit"), make_organisation()
    correct_person(person, by=colleague, at=AT, full_name="Ffion Adeyemi", organisation=council)
    fixed = correct_person(person, by=colleague, at=AT, full_name="Ffion Ádeyemi-Jones", known_as="Ffi")
    assert fixed.folded_name == "ffion adeyemi jones ffi"
    changed = [event.detail for event in audited(person) if event.verb == "people.correct"]
    assert changed == [{"changed": ["organisation"]}, {"changed": ["full_name", "known_as"]}]
    with pytest.raises(NameMissing):
        correct_person(person, by=colleague, at=AT, full_name="")


def test_a_language_is_kept_with_its_source_and_day() -> None:
    person = make_person()
    late = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)  # already the next day in London
    told = set_language(person, language="cy", source="Said so on the telephone", by=None, at=late)
    assert (told.language, told.language_source) == ("cy", "Said so on the telephone")
    assert told.language_set_on == dt.date(2026, 7, 2)
    with pytest.raises(NoSuchLanguage):
        set_language(person, language="fr", source="", by=None, at=AT)
