"""Safeguarding concerns are sealed: who reads them, who must not, and that their words stand nowhere else."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from moothall.cases.models import Case, CaseAccess, CaseSearch
from moothall.cases.rules.access import open_sealed, set_confidentiality
from moothall.core.clock import now
from moothall.core.serving import serving
from moothall.people.tests.make import AT, make_account, make_person
from moothall.records.models import AuditEvent
from moothall.transport.models import (
    Incident,
    Involved,
)
from moothall.transport.rules import incident_refusals as refusals
from moothall.transport.rules import investigating as rules
from moothall.transport.rules.incidents import There

from .make import MANAGER, MONDAY, make_manager, make_user
from .make_incidents import (
    make_concern,
    make_incident,
    make_safety,
    manager_of,
    page,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PLANTED = ("Bruises on both arms", "Quillon Row", "Osian Bello")


def test_a_concern_is_sealed_and_leaks_nowhere(client: Client) -> None:
    concern = make_concern()
    reference = concern.case.reference
    assert concern.case.confidentiality == Case.SEALED
    assert not CaseSearch.objects.filter(case=concern.case).exclude(words="").exists()
    other = make_account(*MANAGER, "cases.close", "records.audit")
    client.force_login(other)
    pages = [
        reverse("incidents"), reverse("incidents") + "?q=Bruises", reverse("incidents") + "?open=",
        reverse("crew_board"), reverse("case_list"), reverse("case_list") + f"?q={reference}",
        reverse("jump_options") + f"?q={reference}", reverse("audit"),
        reverse("incidents") + "?print=1",
    ]  # fmt: skip
    for address in pages:
        shown = client.get(address)
        text = (shown.getvalue() if shown.streaming else shown.content).decode("utf-8", "replace")
        for words in (*PLANTED[:2], f"/{reference}/", "Safeguarding concern, "):
            assert words not in text.replace("?q=Bruises", ""), address
    for route in ("incident", "add_involved", "close_incident", "case_page"):
        assert client.get(reverse(route, args=[reference])).status_code == 404
    with serving(str(other.pk)):
        assert not Incident.objects.exists()
        assert not Involved.objects.exists()


def test_whom_a_concern_names_reads_it_with_a_reason_that_is_kept(client: Client) -> None:
    concern = make_concern()
    lead = manager_of(concern)
    client.force_login(lead)
    first = client.get(reverse("incident", args=[concern.case.reference]))
    assert first.status_code == 302
    assert "Bruises" not in page(client, "incidents")
    assert concern.case.reference in page(client, "incidents")
    open_sealed(concern.case, by=lead, at=now(), reason="I refer it")
    assert "Bruises" in page(client, "incident", concern.case.reference)
    assert "Quillon Row" in page(client, "incidents")
    make_incident(where="Canal Street")
    left = client.post(reverse("incidents"), {"export": "csv"})
    file = b"".join(left.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Canal Street" in file
    assert "Quillon Row" not in file
    verbs = AuditEvent.objects.filter(about_id=concern.case.pk).values_list("verb", flat=True)
    assert {"cases.read_sealed", "cases.read", "transport.report_incident"} <= set(verbs)


def test_nobody_whom_a_concern_is_about_reads_it() -> None:
    team = make_safety()
    lead = team.lead
    assert lead is not None
    lead.person = make_person(full_name="Emrys Puw")
    lead.save()
    reader = make_account(*MANAGER, "cases.restrict")
    concern = make_concern(there=(There(Involved.CREW, "Emrys Puw", lead.person),))
    named = CaseAccess.objects.in_force().filter(case=concern.case).values_list("account", flat=True)
    assert set(named) == {reader.pk}
    with pytest.raises(refusals.WhomItIsAbout):
        set_confidentiality(
            concern.case, level=Case.SEALED, named=[lead], because="He asks", by=reader, at=AT
        )
    reader.person = make_person(full_name="Tomos Quaye")
    reader.save()
    with pytest.raises(refusals.WhomItIsAbout):
        rules.involve(concern, part="CREW", name="", person=reader.person, by=reader, at=AT)
    with pytest.raises(refusals.WhomItIsAbout):
        rules.add_action(concern, what="Ring", owner=lead, due_on=MONDAY, by=reader, at=AT)


def test_a_concern_that_nobody_would_read_is_not_taken_in() -> None:
    make_safety(lead=False)
    with pytest.raises(refusals.NobodyReadsConcerns):
        make_concern()
    assert not Incident.objects.exists()


def test_a_manager_who_reports_a_concern_is_named_and_others_at_the_desk_are_not() -> None:
    make_safety()
    desk, manager = make_user(), make_manager()
    for by, named in ((desk, False), (manager, True)):
        concern = make_concern(by=by)
        access = CaseAccess.objects.in_force().filter(case=concern.case, account=by)
        assert access.exists() is named


def test_on_a_sealed_case_only_the_named_change_anything() -> None:
    concern = make_concern()
    with pytest.raises(refusals.NotNamed):
        rules.take_statement(
            concern, name="She", said="It hurts", taken_on=AT.date(), by=make_manager(), at=AT
        )
    owner = make_user()
    lead = manager_of(concern)
    rules.add_action(concern, what="Ring the school", owner=owner, due_on=MONDAY, by=lead, at=AT)
    assert CaseAccess.objects.in_force().filter(case=concern.case, account=owner).exists()


def test_actions_on_a_sealed_case_stand_on_my_work_by_its_reference_alone(client: Client) -> None:
    concern = make_concern()
    lead = manager_of(concern)
    rules.add_action(concern, what="Ring the school", owner=lead, due_on=MONDAY, by=lead, at=AT)
    client.force_login(lead)
    shown = page(client, "my_work")
    assert concern.case.reference in shown
    assert "Ring the school" not in shown
