import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from moothall.people.models import ContactPoint, Person
from moothall.people.rules.cautions import place_caution, protect_address
from moothall.people.rules.contact_points import add_contact_point
from moothall.people.tests.make import (
    AT,
    make_account,
    make_organisation,
    make_person,
    make_person_role,
    points_of,
)
from moothall.people.tests.pages import client_who_may, links, main, page, signed_in_as, words

pytestmark = pytest.mark.django_db
NAMES = [
    "Ní Ó'Brien-Łukasiewicz",
    "Llŷr ap Gwynedd",
    "Suharto",
    "محمد بن علي",
    "李小龙",
    '<b>Robert</b> & "Tables"',
    "Llanfairpwllgwyngyll" * 12,
]


def address_of(person: Person, name: str = "person_page") -> str:
    return reverse(name, args=[person.reference])


@pytest.mark.parametrize("name", NAMES)
def test_a_person_of_any_name_has_a_page_and_stands_in_the_list(name: str) -> None:
    person, client = make_person(full_name=name, emails=["p@borth.example"]), client_who_may("people.view")
    assert name in words(main(page(client.get(address_of(person)))))
    listed = main(page(client.get(reverse("people"))))
    assert links(listed)[name] == address_of(person)


def test_a_page_says_what_there_is_and_what_is_missing() -> None:
    bare = make_person(full_name="Suharto")
    text = words(main(page(client_who_may("people.view").get(address_of(bare)))))
    assert "No way to reach them is known." in text
    assert "Not given" in text
    assert "Correct" not in text


def test_caution_markers_stand_before_everything_else() -> None:
    guardian = make_account("people.caution", name="Huw Parry")
    person = make_person(full_name="Suharto")
    place_caution(
        person,
        kind="Dog in the garden",
        reason="Bit us",
        instruction="Ring first",
        by=guardian,
        at=AT,
    )
    text = words(main(page(client_who_may("people.view").get(address_of(person)))))
    assert text.index("Caution: Dog in the garden. Ring first") < text.index(person.reference)
    assert "Placed by Huw Parry, until 23 November 2027." in text
    assert "Bit us" not in text
    full = words(main(page(client_who_may("people.view", "people.caution").get(address_of(person)))))
    assert "Bit us" in full


def test_a_protected_address_is_nowhere_for_those_who_may_not_see_it() -> None:
    guardian = make_account("people.view", "people.edit", "people.caution", "people.merge")
    person = make_person(full_name="Hidden One", emails=["h@borth.example"], post="7 Lôn Gudd, SY24 5JE")
    twin = make_person(full_name="Hidden One", emails=["h@borth.example"], post="7 Lôn Gudd, SY24 5JE")
    protect_address(person, reason="Court order", by=guardian, at=AT)
    protect_address(twin, reason="Court order", by=guardian, at=AT)
    point = ContactPoint.objects.get(person=person, kind="POST")
    clerk = client_who_may("people.view", "people.edit", "people.merge")
    pages = [
        clerk.get(address_of(person)),
        clerk.get(reverse("people")),
        clerk.post(reverse("people"), {"export": "csv"}),
        clerk.get(reverse("person_lookup"), {"q": "Hidden"}),
        clerk.get(reverse("person_lookup"), {"q": "SY24 5JE"}),
        clerk.get(reverse("compare", args=[person.reference, twin.reference])),
        clerk.get(address_of(person, "person_duplicates")),
        clerk.get(f"/api/people/{person.reference}"),
        clerk.get("/api/people/?q=Hidden"),
    ]
    for answer in pages:
        assert answer.status_code == 200, answer
        content = b"".join(answer) if answer.streaming else answer.content
        assert "Gudd" not in content.decode()
        assert "Court order" not in content.decode()
    assert "protected" in words(page(clerk.get(address_of(person))))
    for name in ("end_contact_point", "prefer_contact_point", "restore_contact_point"):
        assert clerk.post(reverse(name, args=[person.reference, point.pk])).status_code == 404
    point.refresh_from_db()
    assert point.ended_at is None
    assert "Lôn Gudd" in words(page(signed_in_as(guardian).get(address_of(person))))


def test_what_one_may_not_do_is_neither_offered_nor_done() -> None:
    person = make_person(emails=["a@borth.example"])
    point = ContactPoint.objects.get()
    viewer, nobody = client_who_may("people.view"), client_who_may()
    for name in ("edit_person", "edit_language", "add_contact_point", "add_person_role", "place_caution"):
        for client in (viewer, nobody):
            assert client.get(address_of(person, name)).status_code == 403
            assert client.post(address_of(person, name)).status_code == 403
    assert viewer.post(reverse("end_contact_point", args=[person.reference, point.pk])).status_code == 403
    for name in ("people", "person_lookup", "accounts", "duplicates"):
        assert nobody.get(reverse(name)).status_code == 403
        assert Client().get(reverse(name)).status_code == 302
    assert nobody.get(address_of(person)).status_code == 403
    assert points_of(person) == ["a@borth.example"]


def test_a_reference_that_is_not_there_is_not_found() -> None:
    client = client_who_may("people.view")
    assert client.get("/people/P-999999/").status_code == 404
    assert client.get(address_of(make_person()).lower()).status_code == 200


def test_a_record_merged_away_leads_to_the_one_that_was_kept() -> None:
    kept, gone = make_person(), make_person()
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    assert client_who_may("people.view").get(address_of(gone))["Location"] == address_of(kept)


def test_a_person_is_added_with_one_form() -> None:
    client = client_who_may("people.view", "people.edit")
    page(client.get(reverse("add_person"), {"name": "Llŷr ap Gwynedd"}))
    data = {"full_name": "Llŷr ap Gwynedd", "email": "llyr@borth.example", "phone": "029 2001 0123"}
    data |= {"language": "cy", "post": "3 Lôn Goch\nBorth", "organisation": make_organisation().name}
    answer = client.post(reverse("add_person"), data)
    person = Person.objects.get()
    assert answer["Location"] == address_of(person)
    assert (person.language, person.language_source) == ("cy", "Noted when added")
    assert str(person.organisation) == "Borth County Council"
    assert points_of(person) == ["llyr@borth.example"]


def test_before_the_same_person_is_added_twice_the_first_is_shown() -> None:
    known = make_person(full_name="Llŷr ap Gwynedd", emails=["llyr@borth.example"])
    client = client_who_may("people.view", "people.edit")
    data = {"full_name": "L. Gwynedd", "email": "LLYR@borth.example"}
    tree = page(client.post(reverse("add_person"), data))
    assert links(tree)["Llŷr ap Gwynedd"] == address_of(known)
    assert Person.objects.count() == 1
    client.post(reverse("add_person"), data | {"new": "1"})
    assert Person.objects.count() == 2


def test_what_is_wrong_with_a_form_is_said_beside_the_field() -> None:
    client = client_who_may("people.view", "people.edit")
    answer = client.post(reverse("add_person"), {"full_name": "", "email": "x", "born_on": "31/2/2020"})
    text = words(main(page(answer, status=422)))
    assert "There is a problem" in text
    assert Person.objects.count() == 0
    person = make_person()
    sent = client.post(address_of(person, "add_contact_point"), {"kind": "EMAIL", "value": "nobody"})
    assert "This is not an email address." in words(main(page(sent, status=422)))


def test_a_person_is_corrected_and_their_language_noted() -> None:
    person, client = make_person(), client_who_may("people.view", "people.edit")
    page(client.get(address_of(person, "edit_person")))
    data = {
        "full_name": "Ffion Adeyemi-Rees",
        "born_on-day": "29",
        "born_on-month": "2",
        "born_on-year": "1980",
    }
    assert client.post(address_of(person, "edit_person"), data)["Location"] == address_of(person)
    page(client.get(address_of(person, "edit_language")))
    client.post(address_of(person, "edit_language"), {"language": "cy", "source": "Said so"})
    text = words(main(page(client.get(address_of(person)))))
    assert "Ffion Adeyemi-Rees" in text
    assert "29 February 1980" in text
    assert "Cymraeg Said so" in text


def test_ways_to_reach_somebody_are_added_preferred_ended_and_brought_back() -> None:
    person, client = make_person(emails=["one@borth.example"]), client_who_may("people.view", "people.edit")
    page(client.get(address_of(person, "add_contact_point")))
    data = {"kind": "EMAIL", "value": "two@borth.example", "label": "work"}
    client.post(address_of(person, "add_contact_point"), data)
    two = ContactPoint.objects.get(folded="two@borth.example")
    client.post(reverse("prefer_contact_point", args=[person.reference, two.pk]))
    assert points_of(person) == ["two@borth.example", "one@borth.example"]
    ended = client.post(reverse("end_contact_point", args=[person.reference, two.pk]), follow=True)
    assert points_of(person) == ["one@borth.example"]
    undo = re.search(r'action="([^"]+/restoration/)"', ended.content.decode())
    assert undo
    client.post(undo[1])
    assert points_of(person) == ["one@borth.example", "two@borth.example"]


def test_what_somebody_is_to_the_office_is_noted_and_ended() -> None:
    person, client = make_person(), client_who_may("people.view", "people.edit")
    make_person_role(person=make_person(), kind="passenger")
    page(client.get(address_of(person, "add_person_role")))
    client.post(address_of(person, "add_person_role"), {"kind": "passenger", "started_on": "1 Nov"})
    role = person.roles.get()
    again = client.post(address_of(person, "add_person_role"), {"kind": "passenger", "started_on": "1 Nov"})
    assert "already" in words(main(page(again, status=422)))
    client.post(reverse("end_person_role", args=[person.reference, role.pk]))
    role.refresh_from_db()
    assert role.ended_on is not None


def test_a_caution_marker_is_placed_reviewed_and_lifted_on_its_pages() -> None:
    person, client = make_person(), client_who_may("people.view", "people.caution")
    page(client.get(address_of(person, "place_caution")))
    data = {"kind": "Verbal abuse", "instruction": "Two of us", "reason": "Shouted on 3 November"}
    too_long = client.post(address_of(person, "place_caution"), data | {"expires_on": "1/1/2099"})
    assert "at most 12 months" in words(main(page(too_long, status=422)))
    client.post(address_of(person, "place_caution"), data)
    marker = person.cautions.get()
    review = reverse("review_caution", args=[person.reference, marker.pk])
    page(client.get(review))
    client.post(review, {"reason": "It happened again"})
    assert marker.reviews.get().reason == "It happened again"
    lift = reverse("lift_caution", args=[person.reference, marker.pk])
    page(client.get(lift))
    client.post(lift, {"reason": "Apologised"})
    assert client.get(lift).status_code == 404
    assert "Apologised" in words(main(page(client.get(address_of(person)))))


def test_an_address_is_protected_and_released_on_its_pages() -> None:
    person, client = make_person(), client_who_may("people.view", "people.caution")
    page(client.get(address_of(person, "protect_address")))
    client.post(address_of(person, "protect_address"), {"reason": "Court order"})
    assert "Address protected" in words(main(page(client.get(address_of(person)))))
    client.post(address_of(person, "unprotect_address"))
    assert "Address protected" not in words(main(page(client.get(address_of(person)))))
    assert client.post(address_of(person, "unprotect_address")).status_code == 409


def test_the_list_is_narrowed_by_name_mail_role_language_and_caution() -> None:
    client = client_who_may("people.view", "people.caution")
    one = make_person(full_name="Llŷr ap Gwynedd", language="cy", emails=["llyr@borth.example"])
    two = make_person(full_name="Suharto")
    role = make_person_role(person=two, kind="staff")
    place_caution(two, kind="Dog", reason="Bites", instruction="", by=make_account(), at=AT)
    found = {
        "q=llyr+gwyn": one,
        "q=llyr%40borth": one,
        "language=cy": one,
        "language=none": two,
        f"kind={role.kind_id}": two,
        "caution=1": two,
    }
    for query, person in found.items():
        text = words(main(page(client.get(f"{reverse('people')}?{query}"))))
        for other in (one, two):
            assert (other.reference in text) == (other == person), query


def test_a_look_up_tells_namesakes_apart_and_hides_half_of_an_address() -> None:
    person = make_person(
        full_name="Ann Lee", emails=["ann.lee@borth.example"], language="cy", organisation=make_organisation()
    )
    make_person_role(person=person, kind="staff")
    client = client_who_may("people.view")
    tree = page(client.get(reverse("person_lookup"), {"q": "ann"}))
    option = tree.find(".//div[@role='option']")
    assert option is not None
    assert (option.get("data-value"), option.get("data-text")) == (str(person.pk), "Ann Lee")
    said = f"Ann Lee Staff · Borth County Council · an…@borth.example · Cymraeg · {person.reference}"
    assert words(option) == said
    assert "Nothing found" in words(page(client.get(reverse("person_lookup"), {"q": "zzz"})))
    assert "Nothing found" in words(page(client.get(reverse("person_lookup"))))


def many_people() -> None:
    for number in range(30):
        person = make_person(full_name=f"Ann Lee {number}", emails=[f"a{number}@borth.example"])
        make_person_role(person=person, kind="staff")


def test_the_list_costs_the_same_few_queries_however_long(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    many_people()
    client = client_who_may("people.view")
    client.get(reverse("people"))  # what a process asks once is asked here
    with django_assert_max_num_queries(12):
        client.get(reverse("people"))


def test_a_look_up_costs_the_same_few_queries_however_many_it_finds(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    many_people()
    client = client_who_may("people.view")
    client.get(reverse("person_lookup"), {"q": "ann lee"})  # what a process asks once is asked here
    with django_assert_max_num_queries(9):
        client.get(reverse("person_lookup"), {"q": "ann lee"})


def test_a_page_costs_the_same_few_queries_however_much_is_on_it(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    guardian, person = make_account("people.caution"), make_person()
    for number in range(12):
        add_contact_point(person, kind="EMAIL", value=f"a{number}@borth.example", by=None, at=AT)
        make_person_role(person=person, kind=f"kind-{number}")
        place_caution(person, kind="Dog", reason="Bites", instruction="", by=guardian, at=AT)
    client = client_who_may("people.view", "people.edit", "people.merge", "people.caution")
    client.get(address_of(person))  # what a session or a process asks once is asked here
    with django_assert_max_num_queries(17):
        client.get(address_of(person))
