"""What is not somebody's to see leaves no trace for them: in no list, search, count, file, form or part."""

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from moothall.cases.models import Case, Escalation
from moothall.cases.rules.digesting import write_digest
from moothall.cases.rules.timeline import write_note
from moothall.core.clock import now
from moothall.enquiries.models import Contact, ContactCase
from moothall.letters.models import Letter
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, Role

from .exercising import as_if_never, ask
from .office import Office, new_case
from .rows.cases import CASE
from .table import NAMES

LONG_AGO = dt.date(2026, 1, 5)
PART = {"HX-Request": "true"}
SEEING = "CVLMHAUN"
STANDINGS = {"other": ("away", "TEAM"), "unnamed": ("home", "RESTRICTED"), "hidden": ("home", "SEALED")}
CHANGING = re.compile(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+|modified="[^"]*"')
# The audit says that something happened to a record; which one it was, only to those who may see the record.
AUDIT = "/records/audit/"


def hidden_from(seat: str) -> list[str]:
    """The relations in which this seat sees no case."""
    seen = {cell.relation for cell in CASE.cells("case_page") if cell.seat == seat and cell.answer < 400}
    return [relation for relation in STANDINGS if relation not in seen]


CELLS = [(seat, relation) for seat in SEEING for relation in hidden_from(seat)]


def everywhere(office: Office) -> Iterator[str]:
    """Every page that lists, finds, counts or hands out several things."""
    mark = "Quillonlate"
    lists = {
        reverse("case_list"): ["", f"q={mark}", "late=1", "unassigned=1", "status=OPEN", "all=1"],
        reverse("contact_list"): ["", f"subject={mark}"],
        reverse("people"): ["", "q=Ysolde"],
        reverse("outbox"): ["", "state=QUEUED"],
        reverse("approvals"): [""],
    }
    for path, queries in lists.items():
        for query in queries:
            yield f"{path}?{query}"
        for kind in ("export=csv", "export=xlsx", "print=1"):
            yield f"{path}?{kind}"
    yield from (reverse(name) for name in ("my_work", "team_work", "quarantine", "import_mail", "open_case"))
    for words in (mark, "Ysoldeown", "TST-26"):
        yield f"{reverse('jump')}?q={words}"
        yield f"{reverse('jump_options')}?q={words}"
        yield f"{reverse('person_lookup')}?q={words}"
    person = office.cases["own"].person
    yield reverse("person_page", args=[person.reference])
    yield reverse("case_page", args=[office.cases["own"].case.reference])
    yield reverse("suggested", args=[office.cases["own"].case.reference])
    yield reverse("knowledge_gaps")
    yield from (reverse("problem_list"), reverse("candidates"))
    yield reverse("problem_page", args=[office.rows["problem own"].pk])
    yield f"/api/letters/?about_kind=cases.case&about_id={office.cases['other'].case.pk}"
    yield "/api/letters/"
    for query in ("", f"q={mark}", "late=true", "unassigned=true", "status=OPEN"):
        yield f"/api/cases/?limit=100&{query}"
    yield f"/api/cases/{office.cases['own'].case.reference}"
    yield "/api/enquiries/contacts?limit=100"
    yield f"/api/people/{person.reference}"


@pytest.mark.parametrize(("seat", "relation"), CELLS, ids=[f"{NAMES[s]}-{r}" for s, r in CELLS])
def test_a_case_that_is_not_ones_own_changes_no_page(
    office: Office, seat: str, relation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    this_moment = now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: this_moment)
    addresses = list(everywhere(office))
    before = {address: _told(office, seat, address) for address in addresses}
    with as_if_never():
        _add_hidden_case(office, relation)
        after = {address: _told(office, seat, address) for address in addresses}
    assert [address for address in addresses if before[address] != after[address]] == []


def _add_hidden_case(office: Office, relation: str) -> Case:
    """One more case of a person everybody knows, with everything that could betray it."""
    team, level = STANDINGS[relation]
    known = office.cases["own"]
    colleague = office.cases["other"].colleague
    service = office.rows["service" if team == "home" else "away_service"]
    case = new_case(service, title="Quillonlate secret", requester=known.person, by=colleague)
    write_note(case, text="Quillonlate was here", by=colleague, at=now())
    Case.objects.filter(pk=case.pk).update(confidentiality=level, due_on=now().date().replace(year=2025))
    contact = Contact.objects.create(
        channel="PHONE", result=Contact.CASE, person=known.person, team=office.home, subject="Quillonlate",
        received_at=now(), logged_at=now(), logged_by=colleague,
    )  # fmt: skip
    ContactCase.objects.create(contact=contact, case=case)
    letter = queue_letter(
        about=case, person=known.person, channel="MAIL", language="en", to_address="a@example.org",
        to_name="Quillonlate", from_address="b@example.org", from_name="B", subject="Quillonlate",
        body="Quillonlate", by=colleague, at=now(),
    )  # fmt: skip
    Letter.objects.filter(pk=letter.pk).update(state=Letter.FOR_APPROVAL)
    return case


def _told(office: Office, seat: str, address: str) -> str:
    response = office.client(seat).get(address)
    content = response.getvalue()
    if response["Content-Type"].startswith("application/vnd.openxmlformats"):
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return f"{response.status_code} {sheet.to_python()}"
    return f"{response.status_code} {CHANGING.sub('', content.decode())}"


@pytest.mark.parametrize(("seat", "relation"), CELLS, ids=[f"{NAMES[s]}-{r}" for s, r in CELLS])
def test_a_part_of_a_page_says_no_more_than_the_page(office: Office, seat: str, relation: str) -> None:
    case, client = office.cases[relation], office.client(seat)
    for name in ("case_page", "add_note", "assign", "close"):
        response = client.get(reverse(name, args=[case.case.reference]), headers=PART)
        assert response.status_code in {403, 404}
        body = response.content.decode().replace(reverse(name, args=[case.case.reference]), "")
        assert not [mark for mark in case.marks if mark in body]


def test_a_stranger_is_told_where_to_sign_in_even_in_a_part(office: Office) -> None:
    response = office.client("X").get(reverse("case_list"), headers=PART)
    assert (response.status_code, response["HX-Redirect"]) == (401, "account_login")


@pytest.mark.parametrize("relation", STANDINGS)
def test_ids_hidden_in_forms_reach_no_case_that_is_not_ones_own(office: Office, relation: str) -> None:
    hidden, own = office.cases[relation], office.cases["own"]
    mine, ref = own.case.reference, hidden.case.reference
    contact = {"channel": "PHONE", "subject": "Hours", "result": "ADDED", "reference": ref}
    mixed = {"ids": [hidden.case.pk, own.case.pk], "outcome": "answered", "back": "/cases/"}
    tries: list[tuple[str, Mapping[str, Any], set[int]]] = [
        (reverse("link", args=[mine]), {"reference": ref, "kind": "RELATED"}, {404, 422}),
        (reverse("link", args=[mine]), {"reference": ref, "kind": "MERGED"}, {404, 422}),
        (reverse("log_contact"), contact, {422}),
        (reverse("undo_change", args=[hidden.change.pk]), {}, {404}),
        (reverse("end_link", args=[mine, hidden.link.pk]), {}, {404, 409}),
        (reverse("complete_step", args=[mine, hidden.step.pk]), {"note": ""}, {404}),
        (reverse("split", args=[mine, hidden.message.pk]), {"title": "x", "service": 1}, {404}),
        (reverse("close_many"), mixed, {302}),
    ]
    for address, data, answers in tries:
        with as_if_never():
            answer = ask(office.client("C"), "POST", address, data)
            assert answer.status in answers, address
            assert Case.objects.get(pk=hidden.case.pk).edition == hidden.case.edition
            assert not [mark for mark in hidden.marks[1:] if mark in answer.body]


@pytest.mark.parametrize("relation", STANDINGS)
def test_things_of_a_hidden_case_are_not_handed_out_under_another(office: Office, relation: str) -> None:
    hidden, mine = office.cases[relation], office.cases["own"].case.reference
    for name, key in (
        ("message_frame", hidden.message.pk),
        ("case_document", hidden.document.pk),
    ):
        assert office.client("C").get(reverse(name, args=[mine, key])).status_code == 404
    letter = hidden.letters[Letter.QUEUED]
    own_letter = office.cases["own"].letters[Letter.QUEUED]
    address = reverse("letter_document", args=[own_letter.pk, hidden.document.document_id])
    assert office.client("C").get(address).status_code == 404
    assert office.client("C").get(reverse("letter_pdf", args=[letter.pk])).status_code == 404


def test_mail_is_imported_only_for_ones_own_team(office: Office) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    with as_if_never():
        file = SimpleUploadedFile("one.eml", b"From: a@example.org\nSubject: Hello\n\nHello\n")
        data = {"mailbox": office.mailboxes["other"].pk, "file": file}
        answer = ask(office.client("C"), "POST", reverse("import_mail"), data)
    assert (answer.status, answer.wrote) == (422, frozenset())


def test_a_protected_address_is_on_no_page_for_those_who_may_not_see_it(office: Office) -> None:
    known = office.rows["person protected"]
    addresses = [
        reverse("person_page", args=[known.person.reference]),
        reverse("compare", args=[known.person.reference, known.other.reference]),
        f"{reverse('people')}?export=csv",
        f"{reverse('person_lookup')}?q=Ottoline",
        f"/api/people/{known.person.reference}",
    ]
    told = {address: _told(office, "C", address) for address in addresses}
    assert [address for address, body in told.items() if "Quince Lane protected" in body] == []
    assert "Quince Lane protected" in _told(office, "L", addresses[0])


def test_the_audit_names_no_record_that_the_reader_may_not_see(office: Office) -> None:
    told = _audit_as_told(office)
    for relation in ("unnamed", "hidden"):
        reference, title, _person = office.cases[relation].marks  # the auditor looks people up as well
        assert not [mark for mark in (reference, title) if mark in told]


def test_an_auditor_who_may_not_look_people_up_is_told_no_name(office: Office) -> None:
    assert "Ysoldehidden" in _audit_as_told(office)
    with as_if_never():
        Role.objects.filter(key="auditor").update(permissions=["records.audit"])
        told = _audit_as_told(office)
        marks = [mark for furnished in office.cases.values() for mark in furnished.marks]
        assert [mark for mark in marks if mark in told] == []


def _audit_as_told(office: Office) -> str:
    """The audit as a page, as a file and as programs get it."""
    addresses = (AUDIT, f"{AUDIT}?export=csv", "/api/records/audit?limit=1000")
    exported = office.client("U").post(AUDIT, {"export": "csv"}).getvalue().decode()
    return exported + "".join(_told(office, "U", address) for address in addresses)


def test_a_named_person_sees_a_sealed_case_and_everybody_else_none(office: Office) -> None:
    case = office.cases["sealed"].case
    seeing = {
        seat
        for seat, account in office.seats.items()
        if isinstance(account, Account) and Case.objects.visible_to(account).filter(pk=case.pk).exists()
    }
    assert seeing == set("CVLMHUF")


@pytest.mark.parametrize("relation", STANDINGS)
def test_what_was_once_ones_own_and_is_hidden_now_is_on_no_worklist_and_in_no_mail(
    office: Office, relation: str
) -> None:
    hidden, account = office.cases[relation], office.seats["L"]
    assert isinstance(account, Account)
    with as_if_never():
        Case.objects.filter(pk=hidden.case.pk).update(assignee=account, due_on=LONG_AGO)
        hidden.case.steps.update(assignee=account, due_on=LONG_AGO)
        Escalation.objects.create(
            case=hidden.case, level="owner_team_lead", to=account, due_on=LONG_AGO, at=now()
        )
        told = _told(office, "L", reverse("my_work")) + _told(office, "L", reverse("team_work"))
        write_digest(account, at=now())
        told += "".join(Letter.objects.filter(about_kind="cases.digest").values_list("body", flat=True))
    assert not [mark for mark in hidden.marks if mark in told]
