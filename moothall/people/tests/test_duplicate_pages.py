import re

import pytest
from django.urls import reverse

from moothall.people.models import Person, PersonMerge, ToldApart
from moothall.people.rules.likeness import find_likely_duplicates
from moothall.people.tests.make import AT, make_person
from moothall.people.tests.pages import client_who_may, links, main, page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def twins() -> tuple[Person, Person]:
    return (
        make_person(full_name="Ann Lee", emails=["ann@borth.example"]),
        make_person(full_name="Anne Lee", emails=["ann@borth.example"], phones=["029 2001 0123"]),
    )


def test_a_pair_goes_from_the_list_side_by_side_to_one_record_and_back(twins: tuple[Person, Person]) -> None:
    one, other = twins
    find_likely_duplicates(at=AT, added_since=AT)
    client = client_who_may("people.view", "people.merge")
    listed = page(client.get(reverse("duplicates")))
    assert "Same email address, Similar name" in words(main(listed))
    address = links(listed)[f"Compare {one.reference} {other.reference}"]
    text = words(main(page(client.get(address))))
    assert "Name Ann Lee Anne Lee different" in text
    assert "Email ann@borth.example ann@borth.example same" in text
    done = client.post(reverse("merge", args=[one.reference, other.reference]), follow=True)
    assert f"{other.reference} is merged into {one.reference}." in words(page(done))
    assert "029 2001 0123" in words(main(page(done)))
    undo = re.search(r'action="(/people/merges/\d+/undo/)"', done.content.decode())
    assert undo
    back = client.post(undo[1], follow=True)
    assert "apart again" in words(page(back))
    assert Person.objects.current().count() == 2


def test_the_duplicates_of_one_person_are_looked_for_at_once(twins: tuple[Person, Person]) -> None:
    one, other = twins
    client = client_who_may("people.view", "people.merge")
    tree = page(client.get(reverse("person_duplicates", args=[one.reference])))
    assert links(tree)["Anne Lee"] == reverse("compare", args=[one.reference, other.reference])
    client.post(reverse("tell_apart", args=[other.reference, one.reference]))
    assert ToldApart.objects.count() == 1
    text = words(main(page(client.get(reverse("person_duplicates", args=[one.reference])))))
    assert "Nobody is alike" in text


def test_the_office_without_duplicates_says_so() -> None:
    text = words(main(page(client_who_may("people.view", "people.merge").get(reverse("duplicates")))))
    assert "No likely duplicates" in text


def test_only_those_who_may_merge_do(twins: tuple[Person, Person]) -> None:
    one, other = twins
    client = client_who_may("people.view", "people.edit")
    for name in ("merge", "tell_apart"):
        assert client.post(reverse(name, args=[one.reference, other.reference])).status_code == 403
    assert client.get(reverse("compare", args=[one.reference, other.reference])).status_code == 403
    assert PersonMerge.objects.count() == 0


def test_a_merge_that_cannot_be_is_refused_in_words(twins: tuple[Person, Person]) -> None:
    one, other = twins
    client = client_who_may("people.view", "people.merge")
    client.post(reverse("merge", args=[one.reference, other.reference]))
    again = client.post(reverse("merge", args=[one.reference, other.reference]))
    assert "merged into another already" in words(main(page(again, status=409)))
    assert client.get(reverse("compare", args=[one.reference, other.reference])).status_code == 404
    assert client.post(reverse("undo_merge", args=[999_999])).status_code == 404
