import pytest
from django.test import Client

from moothall.people.models import Person
from moothall.people.rules.cautions import place_caution, protect_address
from moothall.people.tests.make import AT, make_account, make_organisation, make_person, make_person_role
from moothall.people.tests.pages import client_who_may

pytestmark = pytest.mark.django_db


def test_a_program_looks_people_up_and_reads_one() -> None:
    person = make_person(
        full_name="Llŷr ap Gwynedd",
        emails=["llyr@borth.example"],
        post="7 Lôn Goch, SY24 5JE",
        organisation=make_organisation(),
        language="cy",
    )
    make_person_role(person=person, kind="staff")
    guardian = make_account("people.caution")
    place_caution(person, kind="Dog", reason="Bit us", instruction="Ring first", by=guardian, at=AT)
    client = client_who_may("people.view")
    (line,) = client.get("/api/people/", {"q": "llyr"}).json()
    assert (line["reference"], line["full_name"]) == (person.reference, "Llŷr ap Gwynedd")
    assert "ll…@borth.example" in line["detail"]
    record = client.get(f"/api/people/{person.reference}").json()
    assert record["organisation"] == "Borth County Council"
    assert [point["kind"] for point in record["contact_points"]] == ["EMAIL", "POST"]
    assert record["roles"][0]["kind"] == "staff"
    assert record["cautions"][0]["instruction"] == "Ring first"
    assert "Bit us" not in str(record)


def test_a_program_never_sees_a_protected_address() -> None:
    person = make_person(full_name="Hidden One", post="7 Lôn Gudd, SY24 5JE")
    protect_address(person, reason="Court order", by=make_account("people.caution"), at=AT)
    client = client_who_may("people.view")
    record = client.get(f"/api/people/{person.reference}").json()
    assert (record["address_protected"], record["contact_points"]) == (True, [])
    assert client.get("/api/people/", {"q": "SY24 5JE"}).json() == []
    guardian = client_who_may("people.view", "people.caution")
    assert "Gudd" in str(guardian.get(f"/api/people/{person.reference}").json())
    assert len(guardian.get("/api/people/", {"q": "SY24 5JE"}).json()) == 1


def test_a_merged_reference_gives_the_record_that_was_kept() -> None:
    kept, gone = make_person(), make_person()
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    client = client_who_may("people.view")
    assert client.get(f"/api/people/{gone.reference}").json()["reference"] == kept.reference
    assert client.get("/api/people/P-999999").status_code == 404
    assert client.get("/api/people/%00").status_code == 400


def test_strangers_and_those_without_the_permission_get_nothing() -> None:
    person = make_person()
    for address in ("/api/people/?q=ffion", f"/api/people/{person.reference}"):
        assert Client().get(address).status_code == 401
        assert client_who_may().get(address).status_code == 403
        assert client_who_may("people.view").post(address).status_code == 405


def test_a_program_cannot_ask_for_everybody_at_once() -> None:
    for number in range(30):
        make_person(full_name=f"Ann Lee {number}")
    client = client_who_may("people.view")
    assert len(client.get("/api/people/?q=ann&limit=1000000").json()) == 25
    assert len(client.get("/api/people/?q=ann&limit=-1").json()) == 1
