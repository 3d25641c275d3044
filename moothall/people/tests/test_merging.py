import datetime as dt
import threading
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moothall.core.refusals import Refusal
from moothall.people.models import (
    Account,
    CautionMarker,
    ContactPoint,
    Organisation,
    Person,
    PersonMerge,
    PersonRole,
    ProtectedAddress,
)
from moothall.people.person_links import person_links, register_person_link, unregistered_links
from moothall.people.rules.cautions import place_caution, protect_address
from moothall.people.rules.contact_points import add_contact_point, end_contact_point
from moothall.people.rules.merging import (
    AlreadyMerged,
    AlreadyUndone,
    HasAbsorbed,
    SameRecord,
    merge_persons,
    unmerge,
)
from moothall.people.rules.persons import PersonIsMerged, correct_person, set_language
from moothall.people.tests.make import (
    AT,
    make_account,
    make_organisation,
    make_person,
    make_person_role,
    points_of,
)

FLOOR = (ContactPoint, PersonRole, CautionMarker, ProtectedAddress, Account)


def state() -> dict[str, list[dict[str, Any]]]:
    """Every row of this floor that a merge may touch."""
    models: tuple[type[Model], ...] = (Person, *FLOOR)
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}


def two_records() -> tuple[Person, Person, Account]:
    """Somebody twice, with nearly everything that can be written about a person."""
    clerk = make_account("people.merge", "people.caution")
    kept = make_person(full_name="Ann Lee", emails=["ann@borth.example", "a@home.example"])
    merged = make_person(
        full_name="Anne Lee",
        given_name="Anne",
        born_on=dt.date(1980, 2, 29),
        emails=["Ann@Borth.example", "anne@work.example"],
        phones=["029 2001 0123"],
        post="12 Lôn Goch, SY24 5JE",
        organisation=make_organisation(),
    )
    set_language(merged, language="cy", source="Wrote in Welsh", by=clerk, at=AT)
    make_person_role(person=kept, kind="staff")
    make_person_role(person=merged, kind="staff")
    make_person_role(person=merged, kind="applicant")
    place_caution(merged, kind="Dog", reason="Bites", instruction="Ring first", by=clerk, at=AT)
    protect_address(merged, reason="Court order", by=clerk, at=AT)
    make_account(person=merged)
    return kept, merged, clerk


@pytest.mark.django_db
def test_everything_about_the_one_becomes_about_the_other() -> None:
    kept, merged, clerk = two_records()
    merge = merge_persons(kept, merged, by=clerk, at=AT)
    kept.refresh_from_db()
    assert points_of(kept) == ["ann@borth.example", "a@home.example", "anne@work.example"]
    assert points_of(kept, "PHONE") == ["029 2001 0123"]
    assert kept.full_name == "Ann Lee"
    assert (kept.given_name, kept.born_on, kept.language) == ("Anne", dt.date(1980, 2, 29), "cy")
    assert kept.organisation == Organisation.objects.get()
    assert sorted(kept.roles.values_list("kind__key", flat=True)) == ["applicant", "staff"]
    assert kept.cautions.count() == kept.protections.count() == 1
    assert Account.objects.get(person=kept)
    assert Person.objects.get(pk=merged.pk).merged_into == kept
    assert merge.moved["people.caution" + "marker.person"] == [CautionMarker.objects.get().pk]
    assert list(Person.objects.current()) == [kept]


@pytest.mark.django_db
def test_a_merge_undone_leaves_everything_as_it_was() -> None:
    kept, merged, clerk = two_records()
    before = state()
    merge = merge_persons(kept, merged, by=clerk, at=AT)
    assert state() != before
    unmerge(merge, by=clerk, at=AT)
    assert state() == before
    with pytest.raises(AlreadyUndone):
        unmerge(merge, by=clerk, at=AT)
    merge_persons(merged, kept, by=clerk, at=AT)


@pytest.mark.django_db
def test_what_was_added_meanwhile_stays_where_it_was_added() -> None:
    kept, merged, clerk = two_records()
    merge = merge_persons(kept, merged, by=clerk, at=AT)
    new = add_contact_point(kept, kind="PHONE", value="0300 123 4567", by=clerk, at=AT, preferred=True)
    moved = ContactPoint.objects.get(folded="anne@work.example")
    end_contact_point(moved, by=clerk, at=AT)
    correct_person(kept, by=clerk, at=AT, given_name="Annie")
    set_language(kept, language="en", source="Asked", by=clerk, at=AT)
    unmerge(merge, by=clerk, at=AT)
    kept.refresh_from_db()
    moved.refresh_from_db()
    assert new.person_id == kept.pk
    assert points_of(kept, "PHONE") == ["0300 123 4567"]
    assert points_of(merged, "PHONE") == ["029 2001 0123"]
    assert (moved.person_id, moved.ended_at) == (merged.pk, AT)
    assert (kept.given_name, kept.born_on, kept.language) == ("Annie", None, "en")


@pytest.mark.django_db
def test_two_merges_into_one_record_can_be_undone_in_any_order() -> None:
    clerk = make_account("people.merge")
    kept = make_person(full_name="Ann Lee")
    first = make_person(full_name="A Lee", emails=["ann@borth.example"], born_on=dt.date(1980, 1, 1))
    second = make_person(
        full_name="Anne Lee",
        emails=["ann@borth.example", "anne@work.example"],
        born_on=dt.date(1981, 1, 1),
    )
    before = state()
    one = merge_persons(kept, first, by=clerk, at=AT)
    after_one = state()
    two = merge_persons(kept, second, by=clerk, at=AT)
    unmerge(one, by=clerk, at=AT)
    kept.refresh_from_db()
    assert points_of(kept) == ["ann@borth.example", "anne@work.example"]
    assert points_of(first) == ["ann@borth.example"]
    assert kept.born_on == dt.date(1981, 1, 1)
    two.refresh_from_db()
    unmerge(two, by=clerk, at=AT)
    assert state() == before
    merge_persons(kept, first, by=clerk, at=AT)
    assert state() == after_one


@pytest.mark.django_db
def test_chains_cycles_and_one_record_alone_are_refused() -> None:
    clerk = make_account("people.merge")
    one, two, three = (make_person(full_name=name) for name in ("One", "Two", "Three"))
    with pytest.raises(SameRecord):
        merge_persons(one, one, by=clerk, at=AT)
    merge_persons(one, two, by=clerk, at=AT)
    for kept, merged, refusal in (
        (two, three, AlreadyMerged),
        (three, two, AlreadyMerged),
        (two, one, AlreadyMerged),
        (one, two, AlreadyMerged),
        (three, one, HasAbsorbed),
    ):
        with pytest.raises(refusal):
            merge_persons(kept, merged, by=clerk, at=AT)
    merge_persons(one, three, by=clerk, at=AT)


@pytest.mark.django_db
def test_a_record_merged_away_is_not_changed_any_more() -> None:
    clerk = make_account("people.merge")
    kept, merged = make_person(), make_person()
    merge_persons(kept, merged, by=clerk, at=AT)
    with pytest.raises(PersonIsMerged):
        correct_person(merged, by=clerk, at=AT, known_as="Ffi")
    with pytest.raises(PersonIsMerged):
        place_caution(merged, kind="Dog", reason="Bites", instruction="", by=clerk, at=AT)


@pytest.mark.django_db
def test_an_account_stays_when_both_have_one() -> None:
    clerk = make_account("people.merge")
    kept, merged = make_person(), make_person()
    make_account(person=kept)
    second = make_account(person=merged)
    before = state()
    unmerge(merge_persons(kept, merged, by=clerk, at=AT), by=clerk, at=AT)
    assert state() == before
    merge_persons(kept, merged, by=clerk, at=AT)
    second.refresh_from_db()
    assert second.person == merged


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_who_merge_the_same_two_at_once_merge_them_once() -> None:
    clerks = [make_account("people.merge") for _number in range(4)]
    one, two = make_person(emails=["a@borth.example"]), make_person(emails=["b@borth.example"])
    start, outcomes = threading.Barrier(4), []

    def merge(number: int) -> None:
        kept, merged = (one, two) if number % 2 else (two, one)
        start.wait()
        try:
            merge_persons(kept, merged, by=clerks[number], at=AT)
            outcomes.append("merged")
        except Refusal as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=merge, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["AlreadyMerged"] * 3 + ["merged"]
    assert PersonMerge.objects.count() == 1
    assert Person.objects.current().get().contact_points.count() == 2


def test_every_foreign_key_to_a_person_is_moved_by_a_merge_or_left_alone_on_purpose() -> None:
    assert unregistered_links() == []
    for link in person_links():
        assert link.model in apps.get_models()


def test_only_a_foreign_key_to_a_person_can_be_registered_and_once() -> None:
    with pytest.raises(ImproperlyConfigured):
        register_person_link(PersonRole, "kind")
    with pytest.raises(ImproperlyConfigured):
        register_person_link(PersonRole, "person")


ADDRESSES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.booleans(), st.booleans()), max_size=4, unique_by=lambda one: one[0]
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=st.lists(ADDRESSES, min_size=3, max_size=3), order=st.permutations([0, 1]))
def test_whatever_two_merges_did_undoing_both_restores(records: Any, order: list[int]) -> None:
    clerk = make_account("people.merge")
    persons = [make_person(full_name=f"Person {number}") for number in range(3)]
    for person, points in zip(persons, records, strict=True):
        for letter, preferred, ended in points:
            point = add_contact_point(
                person,
                kind="EMAIL",
                value=f"{letter}@borth.example",
                by=None,
                at=AT,
                preferred=preferred,
            )
            if ended:
                end_contact_point(point, by=None, at=AT)
    before = state()
    merges = [merge_persons(persons[0], persons[number], by=clerk, at=AT) for number in (1, 2)]
    for number in order:
        unmerge(merges[number], by=clerk, at=AT)
    assert state() == before
    for model in FLOOR:
        model._base_manager.all().delete() if model is not Account else None
