"""The pages of credentials: sent in, verified, listed, missing, by unit; each by those who may."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.credentials.models import Credential, EvidenceSeen
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_person
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager, make_unit

from .make import make_credential, make_keeper, make_kind, make_requirement

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003"
    "010100c9fe92ef0000000049454e44ae426082"
)


def employed(name: str = "Ffion Adeyemi", **changes: object) -> tuple[Account, Employment]:
    account = make_account(person=make_person(full_name=name))
    return account, make_employment(account=account, **changes)  # type: ignore[arg-type]


def words(day: dt.date) -> str:
    return day.strftime("%d/%m/%Y")


def test_somebody_sends_in_a_renewal_and_a_second_person_verifies_it(client: Client) -> None:
    account, employment = employed()
    kind = make_kind(name="First aid at work")
    make_requirement(kind, workforce="employee")
    client.force_login(account)
    address = reverse("employee_credentials", args=[employment.number])
    assert "First aid at work" in client.get(reverse("my_credentials")).content.decode()
    page = client.get(address).content.decode()
    assert "First aid at work" in page
    assert "Missing" in page
    sent = client.post(
        reverse("add_credential", args=[employment.number]),
        {
            "kind": kind.pk, "number": "FA-1", "issued_on": words(today()),
            "expires_on": words(today() + dt.timedelta(days=400)), "seen": "on",
            "evidence": SimpleUploadedFile("card.png", PNG, "image/png"),
        },
    )  # fmt: skip
    made = Credential.objects.get()
    assert sent.headers["Location"] == reverse("credential", args=[made.pk])
    assert made.verified_at is None
    assert client.post(reverse("verify_credential", args=[made.pk])).status_code == 403
    keeper = make_keeper()
    client.force_login(keeper)
    assert "Verify" in client.get(reverse("credential", args=[made.pk])).content.decode()
    document = client.post(reverse("credential_evidence", args=[made.pk]))
    assert b"".join(document.streaming_content) == PNG  # type: ignore[attr-defined]
    assert EvidenceSeen.objects.get().by == keeper
    client.post(reverse("verify_credential", args=[made.pk]))
    made.refresh_from_db()
    assert made.verified_by == keeper
    assert "Held" in client.get(address).content.decode()


def test_what_somebody_holds_does_not_exist_for_a_colleague_and_does_for_the_manager(client: Client) -> None:
    manager, above = make_manager()
    _account, employment = employed(manager=above)
    held = make_credential(employment.person, restrictions="Quillon glasses")
    address, one = (
        reverse("employee_credentials", args=[employment.number]),
        reverse("credential", args=[held.pk]),
    )
    colleague, _other = employed("Tomos Wójcik")
    client.force_login(colleague)
    assert client.get(address).status_code == 404
    assert client.get(one).status_code == 404
    client.force_login(manager)
    assert client.get(address).status_code == 200
    assert "Quillon glasses" not in client.get(one).content.decode()
    assert client.post(reverse("credential_evidence", args=[held.pk])).status_code == 403
    assert client.get(reverse("add_credential", args=[employment.number])).status_code == 403


def test_an_account_without_a_staff_record_is_told_so(client: Client) -> None:
    client.force_login(make_account())
    assert "There is no staff record" in client.get(reverse("my_credentials")).content.decode()


def test_the_list_shows_what_runs_out_has_run_out_and_waits(client: Client) -> None:
    ends = {"Soon Owusu": 20, "Later Rees": 80, "Over Mori": -3, "Long Blackwood": 900}
    for name, days in ends.items():
        _account, employment = employed(name)
        make_credential(employment.person, expires_on=today() + dt.timedelta(days=days))
    gone = make_person(full_name="Gone Zieliński")
    make_credential(gone, expires_on=today() + dt.timedelta(days=20))
    client.force_login(make_keeper())

    def names(query: str) -> set[str]:
        page = client.get(f"{reverse('credential_list')}?{query}").content.decode()
        return {name for name in [*ends, "Gone Zieliński"] if name in page}

    assert names("") == {"Soon Owusu", "Later Rees"}
    assert names("state=30") == {"Soon Owusu"}
    assert names("state=over") == {"Over Mori"}
    assert names("all=1") == set(ends)


def test_whoever_lacks_what_is_asked_is_listed_until_they_hold_it(client: Client) -> None:
    kind, unit = make_kind(name="Identity pass"), make_unit(name="Transport")
    make_requirement(kind, unit=unit)
    _account, employment = employed("Ines Cadogan", unit=unit)
    employed("Elsewhere Tan")
    client.force_login(make_keeper())
    page = client.get(reverse("missing_credentials")).content.decode()
    assert "Ines Cadogan" in page
    assert "Identity pass" in page
    assert "Elsewhere Tan" not in page
    make_credential(employment.person, kind=kind, issued_on=today() - dt.timedelta(days=1))
    assert "Ines Cadogan" not in client.get(reverse("missing_credentials")).content.decode()
    matrix = client.get(reverse("credential_matrix")).content.decode()
    assert "Identity pass" in matrix
    assert "Ines Cadogan" in matrix


def test_credentials_are_entered_one_after_another(client: Client) -> None:
    kind = make_kind()
    _account, employment = employed()
    client.force_login(make_keeper())
    answer = client.post(
        reverse("enter_credentials"),
        {
            "employee": employment.number.lower(), "kind": kind.pk, "number": "B-7",
            "issued_on": words(today()), "expires_on": words(today() + dt.timedelta(days=400)), "seen": "on",
        },
    )  # fmt: skip
    onward = answer.headers["Location"]
    assert onward.startswith(f"{reverse('enter_credentials')}?kind={kind.pk}&")
    made = Credential.objects.get(number="B-7")
    assert made.verified_at is not None
    page = client.get(onward).content.decode()
    assert words(today()) in page
    assert "B-7" in page
    assert reverse("undo_credential_entry", args=[made.pk]) in page


def test_what_one_entered_by_mistake_is_taken_back_by_oneself_and_on_the_same_day(client: Client) -> None:
    _account, employment = employed()
    keeper = make_keeper()
    held = make_credential(employment.person, by=keeper, at=now())
    undo = reverse("undo_credential_entry", args=[held.pk])
    client.force_login(make_keeper())
    assert client.post(undo).status_code == 409
    client.force_login(keeper)
    assert client.post(undo).status_code == 302
    held.refresh_from_db()
    assert held.withdrawn_because == "Entered by mistake."
    old = make_credential(employment.person, by=keeper, at=now() - dt.timedelta(days=2))
    assert client.post(reverse("undo_credential_entry", args=[old.pk])).status_code == 409


def test_the_page_of_entries_asks_as_often_for_many_as_for_few(client: Client) -> None:
    keeper, kind = make_keeper(), make_kind()
    client.force_login(keeper)

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("enter_credentials")).status_code == 200
        return len(caught)

    def entered(count: int) -> None:
        for _each in range(count):
            _account, employment = employed()
            make_credential(employment.person, kind=kind, by=keeper, at=now())

    entered(2)
    asked()
    few = asked()
    entered(6)
    assert asked() == few


def test_refusing_and_withdrawing_say_why_and_withdrawing_is_undone(client: Client) -> None:
    _account, employment = employed()
    held = make_credential(employment.person)
    client.force_login(make_keeper())
    withdraw = reverse("withdraw_credential", args=[held.pk])
    assert client.post(withdraw, {"because": ""}).status_code == 422
    assert client.post(withdraw, {"because": "Revoked"}).status_code == 302
    assert "Revoked" in client.get(reverse("credential", args=[held.pk])).content.decode()
    client.post(reverse("restore_credential", args=[held.pk]))
    held.refresh_from_db()
    assert held.withdrawn_at is None


@pytest.mark.parametrize("route", ["credential_list", "missing_credentials", "credential_matrix"])
def test_the_pages_ask_as_often_for_many_as_for_few(client: Client, route: str) -> None:
    unit, kinds = make_unit(), [make_kind(), make_kind()]
    for kind in kinds:
        make_requirement(kind, workforce="employee")
    client.force_login(make_keeper())

    def more(count: int) -> None:
        for _each in range(count):
            _account, employment = employed(unit=unit)
            make_credential(employment.person, kind=kinds[0], expires_on=today() + dt.timedelta(days=9))

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(reverse(route)).status_code == 200
        return len(caught)

    more(2)
    asked()
    few = asked()
    more(8)
    assert asked() == few
