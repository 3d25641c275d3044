"""A case is opened once for what runs out, and closed when the renewal counts."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from moothall.cases.models import Case
from moothall.cases.tests.make import make_service
from moothall.credentials.models import Credential, CredentialKind
from moothall.credentials.rules.recording import verify_credential, withdraw_credential
from moothall.credentials.rules.renewing import SERVICE, open_renewals
from moothall.people.models import Person
from moothall.people.tests.make import AT, make_account, make_person
from moothall.workforce.tests.make import make_employment

from .make import TODAY, make_credential, make_keeper, make_kind

pytestmark = pytest.mark.django_db


def make_renewals() -> None:
    make_service(key=SERVICE)


def holding(days: int, kind: CredentialKind | None = None) -> Credential:
    person = make_person(full_name="Siân Okafor")
    make_employment(person)
    expires_on = TODAY + dt.timedelta(days=days)
    return make_credential(person, expires_on=expires_on, kind=kind or make_kind(name="First aid at work"))


def opened(days: int = 0) -> int:
    step = dt.timedelta(days=days)
    return open_renewals(at=AT + step, today=TODAY + step)


def case_of(held: Credential) -> Case:
    return Case.objects.get(renewal_of_credential__credential=held)


def test_a_case_is_opened_ninety_days_before_once() -> None:
    make_renewals()
    held = holding(91)
    assert opened() == 0
    assert opened(1) == 1
    assert opened(1) == opened(2) == 0
    case = case_of(held)
    assert case.title == "First aid at work runs out, Siân Okafor"
    assert case.subject == held.person


def test_nothing_is_opened_without_the_service_for_leavers_or_for_kinds_without_cases() -> None:
    held = holding(30)
    assert opened() == 0
    make_renewals()
    CredentialKind.objects.filter(pk=held.kind_id).update(opens_case=False)
    make_credential(expires_on=TODAY + dt.timedelta(days=30))
    assert opened() == 0


def test_whoever_has_sent_in_the_renewal_has_no_case() -> None:
    make_renewals()
    held = holding(30)
    make_credential(held.person, kind=held.kind, issued_on=TODAY, by=make_account(person=held.person))
    assert opened() == 0


def test_the_case_is_closed_when_the_renewal_is_verified() -> None:
    make_renewals()
    held = holding(30)
    opened()
    renewal = make_credential(
        held.person, kind=held.kind, issued_on=TODAY, by=make_account(person=held.person)
    )
    assert case_of(held).status != Case.CLOSED
    verify_credential(renewal, by=make_keeper(), at=AT)
    assert case_of(held).status == Case.CLOSED
    assert opened() == 0


def test_the_case_is_closed_when_the_credential_is_withdrawn() -> None:
    make_renewals()
    held = holding(30)
    opened()
    withdraw_credential(held, because="Given back", by=make_keeper(), at=AT)
    assert case_of(held).status == Case.CLOSED


def test_a_welsh_reader_has_a_welsh_case() -> None:
    make_renewals()
    held = holding(30, make_kind(name="First aid at work", name_cy="Cymorth cyntaf yn y gwaith"))
    Person.objects.filter(pk=held.person_id).update(language="cy")
    opened()
    assert case_of(held).title == "Cymorth cyntaf yn y gwaith: daw i ben, Siân Okafor"


def test_the_case_and_the_credential_lead_to_each_other(client: Client) -> None:
    make_renewals()
    held = holding(30)
    opened()
    client.force_login(make_keeper())
    address = reverse("credential", args=[held.pk])
    assert case_of(held).reference not in client.get(address).content.decode()
    client.force_login(make_account("workforce.view", "workforce.edit", "cases.view", team=None))
    assert case_of(held).reference in client.get(address).content.decode()
    page = client.get(reverse("case_page", args=[case_of(held).reference])).content.decode()
    assert address in page
