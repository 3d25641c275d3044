"""Kinds as the office keeps them, evidence that is destroyed, and what sample staff hold."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clocks.months import corresponding_date
from moothall.core.clock import now, today
from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.credentials.models import Credential, Reminder, Requirement, Validity
from moothall.credentials.rules import destroying, pack, sample, setting
from moothall.credentials.rules.recording import see_evidence, valid_until
from moothall.credentials.rules.reminding import remind_of_what_runs_out
from moothall.credentials.rules.setting import AskedForAlready, OneThingAsks
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import make_person
from moothall.people.tests.pages import signed_in_as
from moothall.records.models import AuditEvent, Document
from moothall.records.rules.documents import keep_document, path_of
from moothall.workforce.tests.make import make_employment

from .make import make_activity, make_credential, make_keeper, make_kind, make_requirement

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def by() -> Account:
    account: Account = make_keeper()
    return account


def with_evidence(months: int | None, **changes: Any) -> Credential:
    kind = make_kind(evidence_months=months)
    evidence = keep_document(b"This certifies.", name="dbs.txt", by=None, at=now())
    return make_credential(kind=kind, evidence=evidence, **changes)


def test_evidence_is_destroyed_after_its_months_and_who_saw_it_stays(
    by: Account, django_capture_on_commit_callbacks: Any
) -> None:
    credential = with_evidence(6, at=now())
    see_evidence(credential, by=by, at=now())
    document = credential.evidence
    assert document is not None
    last = corresponding_date(now().date(), 6)
    assert destroying.destroy_old_evidence(at=now(), today=last - DAY) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert destroying.destroy_old_evidence(at=now(), today=last) == 1
    assert destroying.destroy_old_evidence(at=now(), today=last) == 0
    credential.refresh_from_db()
    assert credential.evidence is None
    assert credential.evidence_destroyed_at is not None
    assert not Document.objects.filter(pk=document.pk).exists()
    assert not path_of(document.sha256).exists()
    assert credential.seen.get().by == by
    assert AuditEvent.objects.filter(verb="credentials.destroy_evidence").exists()


def test_what_another_record_holds_stays(django_capture_on_commit_callbacks: Any) -> None:
    credential = with_evidence(6, at=now())
    other = make_credential(kind=make_kind(), evidence=credential.evidence)
    with django_capture_on_commit_callbacks(execute=True):
        destroying.destroy_old_evidence(at=now(), today=today() + 400 * DAY)
    other.refresh_from_db()
    assert other.evidence is not None
    assert path_of(other.evidence.sha256).exists()


def test_evidence_of_a_kind_without_months_is_kept() -> None:
    with_evidence(None, at=now())
    assert destroying.destroy_old_evidence(at=now(), today=today() + 4000 * DAY) == 0


def test_a_kind_is_changed_and_its_months_hold_from_a_day_on(by: Account) -> None:
    kind = make_kind()
    browser = signed_in_as(by)
    sent = {"ladder": "14, 60 30", "evidence_months": "6", "must_expire": "on"}
    assert browser.post(reverse("change_credential_kind", args=[kind.pk]), sent).status_code == 302
    kind.refresh_from_db()
    assert (kind.ladder, kind.evidence_months, kind.second_check) == ([60, 30, 14], 6, False)
    wrong = {"ladder": "soon", "evidence_months": "x"}
    assert browser.post(reverse("change_credential_kind", args=[kind.pk]), wrong).status_code == 422
    given: dict[str, Any] = {"source": "Our provider", "by": by, "at": now()}
    setting.set_validity(kind, months=12, from_on=dt.date(2025, 1, 1), **given)
    setting.set_validity(kind, months=36, from_on=dt.date(2026, 1, 1), **given)
    assert valid_until(kind, dt.date(2025, 12, 31)) == dt.date(2026, 12, 30)
    assert valid_until(kind, dt.date(2026, 1, 1)) == dt.date(2028, 12, 31)
    assert Validity.objects.get(kind=kind, months=12).until_on == dt.date(2025, 12, 31)


def test_one_thing_asks_for_a_kind_and_asks_once_until_it_is_taken_back(by: Account) -> None:
    kind, activity = make_kind(), make_activity()
    given: dict[str, Any] = {"from_on": today(), "by": by, "at": now()}
    wrong: list[dict[str, Any]] = [{}, {"activity": activity, "workforce": "worker"}]
    for nothing in wrong:
        with pytest.raises(OneThingAsks):
            setting.add_requirement(kind, **nothing, **given)
    browser = signed_in_as(by)
    address = reverse("add_credential_requirement", args=[kind.pk])
    assert browser.post(address, {"activity": activity.pk, "from_on": "today"}).status_code == 302
    with pytest.raises(AskedForAlready):
        setting.add_requirement(kind, activity=activity, **given)
    assert activity.name in browser.get(reverse("credential_kinds")).content.decode()
    made = Requirement.objects.get()
    browser.post(reverse("withdraw_credential_requirement", args=[made.pk]))
    assert not Requirement.objects.in_force(today()).exists()


def test_the_page_of_kinds_asks_the_same_however_many_there_are(by: Account) -> None:
    browser, address = signed_in_as(by), reverse("credential_kinds")

    def asked() -> int:
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    make_requirement(make_kind(), workforce="worker")
    few = asked()
    for _number in range(5):
        make_requirement(make_kind(), activity=make_activity())
    assert asked() <= few


def test_somebody_is_found_by_name_when_credentials_are_entered(by: Account) -> None:
    employment, kind = make_employment(make_person(full_name="Ysolde Kipkemboi")), make_kind()
    browser = signed_in_as(by)
    sent = {"kind": kind.pk, "number": "Z-1", "issued_on": "1/2/2026", "expires_on": "1/2/2029"}
    address = reverse("enter_credentials")
    assert browser.post(address, sent | {"employee-key": employment.pk}).status_code == 302
    assert Credential.objects.get(kind=kind).person == employment.person
    assert browser.post(address, sent | {"employee": "Nobody Here"}).status_code == 422


def test_sample_staff_hold_what_is_asked_of_them_and_nobody_is_written_to_twice() -> None:
    folder = find_pack("people-services")
    given = Pack("people-services", folder, read_about(folder), now(), demo=True, scale=1)
    pack.load_part(given, Progress())
    for number in range(40):
        person = make_person(full_name=f"Person {number}", emails=[f"p{number}@example.org"])
        make_employment(person, workforce="police_officer" if number % 2 else "employee")
    sample.load_part(given, Progress())
    count = Credential.objects.count()
    assert count >= 80
    sample.load_part(given, Progress())
    assert Credential.objects.count() == count
    assert not Credential.objects.filter(issued_on__gt=today()).exists()
    assert Reminder.objects.exists() or not Credential.objects.expiring(today(), within=90).exists()
    remind_of_what_runs_out(at=now(), today=today())
    assert not Letter.objects.exists()
