"""Guards that stand behind others: whoever may not look people up is held by that."""

from django.urls import reverse

from moothall.casework.tests.make import make_plan
from moothall.people.models import PersonMerge
from moothall.people.tests.make import make_account

from .exercising import as_if_never
from .office import Office
from .somebody import signed_in, without_anywhere


def test_whoever_may_not_look_people_up_finds_nobody_by_any_form(office: Office) -> None:
    person = office.cases["own"].person
    with as_if_never():
        client = signed_in(without_anywhere(office, "people.view"))
        contact = {"channel": "PHONE", "subject": "Hours", "result": "ANSWERED"}
        opened = {"service": office.rows["service"].pk, "title": "A question", "priority": 3}
        tries = [
            client.post(reverse("log_contact"), contact | {"person": "Ysolde"}),
            client.post(reverse("log_contact"), contact | {"person": "nobody", "person-key": person.pk}),
            client.post(reverse("open_case"), opened | {"requester": "Ysolde"}),
            client.post(reverse("open_case"), opened | {"requester": "nobody", "requester-key": person.pk}),
            client.get(reverse("book"), {"person": person.reference}),
            client.get(reverse("jump_options"), {"q": "Ysolde"}),
            client.get(reverse("person_lookup"), {"q": "Ysolde"}),
        ]
        bodies = [answer.content.decode() for answer in tries]
        assert [answer.status_code for answer in tries[:4]] == [422] * 4
    assert [number for number, body in enumerate(bodies) if "Okonkwo" in body] == []


def test_whoever_may_not_look_people_up_names_nobody_through_the_api(office: Office) -> None:
    person = office.cases["own"].person.reference
    with as_if_never():
        client = signed_in(without_anywhere(office, "people.view"))
        kind, place = office.rows["kind own"], office.rows["hall"]
        sent = (
            ("/api/cases/", {"service": office.rows["service"].key, "title": "A", "requester": person}),
            (
                "/api/enquiries/contacts",
                {"channel": "PHONE", "subject": "A", "result": "ANSWERED", "person": person},
            ),
            (
                "/api/bookings/appointments",
                {"kind": kind.pk, "person": person, "place": place.pk, "starts_at": "2026-12-01T10:00:00Z"},
            ),
        )
        answers = [
            (client.post(address, data, content_type="application/json").status_code, address)
            for address, data in sent
        ]
    assert [answer for answer in answers if answer[0] != 422] == []


def test_a_person_is_changed_only_by_whoever_may_look_people_up(office: Office) -> None:
    person = office.cases["own"].person.reference
    with as_if_never():
        client = signed_in(without_anywhere(office, "people.view"))
        answers = [
            client.get(reverse(name, args=[person])).status_code
            for name in ("edit_person", "add_authority", "person_formats")
        ]
        planning = signed_in(make_account("casework.plan", name="Somebody who only makes plans"))
        answers.append(planning.get(reverse("propose_plan", args=[person])).status_code)
    assert answers == [404] * 4


def test_a_protected_address_is_not_written_to_by_whoever_may_not_see_it(office: Office) -> None:
    person = office.rows["person protected"].person
    with as_if_never():
        plan = make_plan(person, by=office.account("L"), approved_by=office.account("M"))
        told = reverse("tell_plan", args=[plan.pk])
        pages = [
            signed_in(make_account("casework.plan", *more)).get(told).content.decode()
            for more in ((), ("people.caution",))
        ]
    assert ["Quince Lane protected" in page for page in pages] == [False, True]


def test_a_merge_is_taken_back_by_whoever_may_look_people_up(office: Office) -> None:
    with as_if_never():
        merge = PersonMerge.objects.filter(undone_at=None).first()
        assert merge is not None
        client = signed_in(make_account("people.merge", name="Somebody who only merges"))
        assert client.post(reverse("undo_merge", args=[merge.pk])).status_code == 404
