"""The audit page: for those who may read it, narrowed by person, verb, record and date."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.people.models import Account, Person
from moothall.people.tests.pages import page, signed_in_as, words
from moothall.records.models import AuditEvent
from moothall.records.rules import naming
from moothall.records.rules.audit import append_audit, append_audits, audit_event
from moothall.records.rules.naming import Named, find, names_of

from .make import AT, make_account, make_auditor

pytestmark = pytest.mark.django_db
AUDIT = "/records/audit/"


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def listed(account: Account, query: str = "") -> list[str]:
    """The verbs on the page, in order."""
    root = page(signed_in(account).get(AUDIT + query))
    return [words(row.findall("td")[2]) for row in root.iter("tr") if row.findall("td")]


def test_only_those_who_may_read_the_audit_come_in() -> None:
    assert Client().get(AUDIT).status_code == 302
    assert signed_in(make_account()).get(AUDIT).status_code == 403
    assert signed_in(make_auditor()).get(AUDIT).status_code == 200
    assert signed_in(make_auditor()).post(AUDIT).status_code == 405


def test_the_page_says_who_did_what_to_which_record() -> None:
    person = Person.objects.create(reference="P000042", full_name="Siân Okafor", added_at=AT)
    append_audit("people.corrected", about=person, by=make_account(), at=AT, detail={"field": "<b>name</b>"})
    text = words(page(signed_in(make_auditor()).get(AUDIT)))
    for expected in ("Carys Mbeki", "people.corrected", "P000042 Siân Okafor", "field <b>name</b>"):
        assert expected in text


def test_particulars_read_as_words_and_not_as_data() -> None:
    detail = {"due_on": None, "sealed": True, "named": ["Ann", "Bo"], "before": {"team": 3, "reason": ""}}
    append_audit("cases.change", by=make_account(), at=AT, detail=detail)
    root = page(signed_in(make_auditor()).get(AUDIT))
    said = next(words(row.findall("td")[4]) for row in root.iter("tr") if row.findall("td"))
    assert said == "named Ann, Bo; before team 3, reason –; due on –; sealed Yes"


def test_the_audit_is_narrowed_by_person_verb_record_and_date() -> None:
    auditor, carys, dai = make_auditor(), make_account(name="Carys Mbeki"), make_account(name="Dai Rees")
    person = Person.objects.create(reference="P000042", full_name="Siân Okafor", added_at=AT)
    append_audit("one", by=carys, at=AT)
    append_audit("two", by=dai, at=AT + dt.timedelta(days=2), about=person)
    append_audit("three", by=None, at=AT + dt.timedelta(days=4), about_kind="cases.case", about_id=7)
    assert listed(auditor) == ["three", "two", "one"]
    assert listed(auditor, "?person=mbeki") == ["one"]
    assert listed(auditor, "?verb=two") == ["two"]
    assert listed(auditor, "?record=P000042") == ["two"]
    assert listed(auditor, "?record=cases.case+7") == ["three"]
    assert listed(auditor, "?record=NOTHING-1") == []
    assert listed(auditor, "?at_from=2026-05-22&at_to=2026-05-23") == ["two"]


def test_the_verbs_offered_are_those_there_are() -> None:
    assert AuditEvent.objects.verbs() == []
    append_audits(audit_event(verb, by=None, at=AT) for verb in ["b", "a", "c", "a", "b"])
    assert AuditEvent.objects.verbs() == ["a", "b", "c"]


def test_a_full_page_costs_as_many_queries_as_an_empty_one_and_one_for_each_kind() -> None:
    auditor = make_auditor()
    client = signed_in(auditor)
    client.get(AUDIT)
    with CaptureQueriesContext(connection) as empty:
        client.get(AUDIT)
    people = [Person.objects.create(reference=f"P{n}", full_name=f"Siân {n}", added_at=AT) for n in range(40)]
    append_audits(audit_event("people.seen", by=auditor, at=AT, about=person) for person in people)
    with CaptureQueriesContext(connection) as full:
        client.get(AUDIT)
    assert len(full) <= len(empty) + 1


def test_a_record_is_called_by_what_the_reader_may_know_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "_kinds", dict(naming._kinds))
    insider, outsider = make_account(), make_account()
    naming.register(
        "cases.case",
        lambda account, ids: {id: Named(f"LOD-{id}", f"/c/{id}/") for id in ids if account == insider},
        lambda account, text: [7] if account == insider and text == "LOD-7" else [],
    )
    assert names_of(insider, [("cases.case", 7)])["cases.case", 7] == Named("LOD-7", "/c/7/")
    assert names_of(outsider, [("cases.case", 7)])["cases.case", 7] == Named("cases.case 7")
    assert find(insider, " LOD-7 ") == [("cases.case", 7)]
    assert find(outsider, "LOD-7") == []


def test_a_program_follows_the_audit_from_where_it_stopped() -> None:
    client = signed_in(make_auditor())
    append_audits(
        audit_event(f"verb.{n}", by=None, at=AT, about_kind="cases.case", about_id=n) for n in range(5)
    )
    first = client.get("/api/records/audit?limit=3").json()
    assert [event["verb"] for event in first] == ["verb.0", "verb.1", "verb.2"]
    rest = client.get("/api/records/audit", {"after": first[-1]["id"]}).json()
    assert [event["verb"] for event in rest] == ["verb.3", "verb.4"]
    about: dict[str, str | int] = {"about_kind": "cases.case", "about_id": 2, "verb": "verb.2"}
    assert [event["about_id"] for event in client.get("/api/records/audit", about).json()] == [2]
    assert signed_in(make_account()).get("/api/records/audit").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_the_auditor_sees_the_seals_and_the_proof_of_a_row() -> None:
    from moothall.records.rules.sealing import seal_audit
    from moothall.records.rules.verifying import verify_audit

    event = append_audit("cases.close", by=None, at=AT)
    auditor = signed_in_as(make_auditor())
    assert "Nothing is sealed yet" in words(page(auditor.get("/records/seals/")))
    proof = f"/records/proofs/{event.pk}/"
    assert "too new" in words(page(auditor.get(proof)))
    (seal,) = seal_audit(at=AT)
    verify_audit(at=AT)
    text = words(page(auditor.get("/records/seals/")))
    assert seal.head in text
    assert "as it was sealed" in text
    assert "The row is as it was sealed." in words(page(auditor.get(proof)))
    assert auditor.get("/records/proofs/99999999/").status_code == 404
