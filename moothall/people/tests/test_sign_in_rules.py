"""What is written down of signing in, when sessions end, and who needs a second factor from when."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.people import session_limits
from moothall.people.models import Account, SignInEvent, SignInRules
from moothall.people.rules.signing_in import (
    NobodyToRemind,
    OutOfRange,
    forget_old_sign_ins,
    note_sign_in,
    remind_of_second_factors,
    set_sign_in_rules,
    write_reminder,
)
from moothall.people.session_limits import BEGAN, SEEN
from moothall.people.tests.make import audited, make_account
from moothall.people.tests.pages import client_who_may, main, page, signed_in_as, words

pytestmark = pytest.mark.django_db
PASSWORD = "pedwar gair anghysylltiol"


@pytest.fixture(autouse=True)
def _forgotten_attempts() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _seen_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_limits, "EVERY", 60)


def sign_in(client: Client, account: Account, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": account.email, "password": password})


def kinds() -> list[str]:
    return [event.kind for event in SignInEvent.objects.order_by("id")]


def rules(**changes: Any) -> SignInRules:
    given = {"everybody": True, "grace_days": 0, "idle_minutes": 60, "longest_hours": 12} | changes
    return set_sign_in_rules(by=make_account(), at=now(), **given)


def moved(client: Client, key: str, seconds: int) -> None:
    """The session as it is after so many seconds."""
    session = client.session
    session[key] -= seconds
    session.save()


def test_signing_in_and_out_is_written_down_with_what_was_used() -> None:
    account, client = make_account(password=PASSWORD), Client(headers={"user-agent": "Firefox\r\nX: y"})
    sign_in(client, account)
    client.post(reverse("account_logout"))
    entered, left = SignInEvent.objects.order_by("id")
    assert (entered.kind, entered.account, entered.by_what) == ("ENTERED", account, "password")
    assert (entered.address, entered.browser) == ("127.0.0.1", "FirefoxX: y")
    assert (left.kind, left.account) == ("LEFT", account)


def test_a_wrong_password_is_written_down_without_what_was_typed() -> None:
    account = make_account(password=PASSWORD)
    sign_in(Client(), account, "my secret, mistyped")
    sign_in(Client(), Account(email="nobody-here@borth.example"), "x")
    known, unknown = SignInEvent.objects.order_by("id")
    assert (known.kind, known.account, unknown.kind, unknown.account) == ("WRONG", account, "WRONG", None)
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(e::text, ' ') from people_signinevent e")
        kept = cursor.fetchone()[0]
    assert "mistyped" not in kept
    assert "nobody-here" not in kept


def test_attempts_are_counted_for_all_processes_and_the_lock_is_written_down() -> None:
    account = make_account(password=PASSWORD)
    for _attempt in range(5):
        sign_in(Client(), account, "wrong")
    assert "Too many attempts" in words(main(page(sign_in(Client(), account))))
    assert kinds()[-1] == "LOCKED"
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from core_shared")
        assert cursor.fetchone()[0] > 0


def test_a_lock_is_for_one_account_and_passes() -> None:
    locked, other = make_account(password=PASSWORD), make_account(password=PASSWORD)
    for _attempt in range(5):
        sign_in(Client(), locked, "wrong")
    assert sign_in(Client(), other).status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("delete from core_shared")  # as if five minutes had passed
    assert sign_in(Client(), locked).status_code == 302


def test_nothing_done_for_an_hour_ends_the_session() -> None:
    account, client = make_account(password=PASSWORD), Client()
    sign_in(client, account)
    moved(client, SEEN, 59 * 60)
    assert client.get(reverse("my_account")).status_code == 200
    moved(client, SEEN, 61 * 60)
    answer = client.get(reverse("my_account"), follow=True)
    assert "You were signed out because nothing was done for a while." in words(page(answer))
    assert kinds() == ["ENTERED", "IDLE"]


def test_twelve_hours_end_the_session_however_busy_it_was() -> None:
    account, client = make_account(password=PASSWORD), Client()
    sign_in(client, account)
    moved(client, BEGAN, 12 * 3600)
    moved(client, SEEN, 61)
    assert client.get(reverse("my_account")).status_code == 302
    assert kinds() == ["ENTERED", "LONG"]


def test_the_office_may_shorten_both() -> None:
    rules(everybody=False, idle_minutes=15, longest_hours=4)
    client = signed_in_as(make_account())
    client.get(reverse("my_account"))
    moved(client, SEEN, 16 * 60)
    assert client.get(reverse("my_account")).status_code == 302


def test_a_page_writes_to_the_session_once_a_minute_at_most() -> None:
    account, client = make_account(password=PASSWORD), Client()
    sign_in(client, account)
    page(client.get(reverse("my_account")))
    with CaptureQueriesContext(connection) as asked:
        page(client.get(reverse("my_account")))
    assert not [each["sql"] for each in asked if each["sql"].startswith(("UPDATE", "INSERT"))]
    moved(client, SEEN, 61)
    with CaptureQueriesContext(connection) as asked:
        page(client.get(reverse("my_account")))
    assert len([1 for each in asked if each["sql"].startswith("UPDATE")]) == 2


def test_everybody_may_be_asked_for_a_second_factor() -> None:
    account = make_account("people.view")
    client = signed_in_as(account)
    assert client.get(reverse("people")).status_code == 200
    rules()
    assert client.get(reverse("people"))["Location"] == reverse("mfa_index")


def test_a_new_account_has_the_days_of_grace_and_no_more() -> None:
    rules(grace_days=7)
    new = make_account("people.view", added_at=now() - dt.timedelta(days=6))
    old = make_account("people.view", added_at=now() - dt.timedelta(days=7))
    assert signed_in_as(new).get(reverse("people")).status_code == 200
    assert signed_in_as(old).get(reverse("people")).status_code == 302


def test_the_rules_are_set_on_a_page_and_audited() -> None:
    client = client_who_may("people.administer")
    form = {"everybody": "on", "grace_days": "3", "idle_minutes": "30", "longest_hours": "8"}
    page(client.get(reverse("sign_in_rules")))
    assert client.post(reverse("sign_in_rules"), form)["Location"] == reverse("accounts")
    found = SignInRules.in_force()
    assert (found.everybody, found.grace_days, found.idle_minutes, found.longest_hours) == (True, 3, 30, 8)
    assert [event.verb for event in audited(found)] == ["people.set_sign_in_rules"]


def test_figures_out_of_range_are_refused() -> None:
    with pytest.raises(OutOfRange, match="5 to 240 minutes"):
        rules(idle_minutes=600)


def test_those_without_a_second_factor_are_shown_and_written_to_once_a_day() -> None:
    administrator = make_account("people.administer", name="Zanele Dube")
    other = make_account(name="Farid Öztürk", language="cy")
    client = signed_in_as(administrator)
    shown = words(main(page(client.get(reverse("without_second_factor")))))
    assert "2 accounts can be entered with a password alone" in shown
    assert "Farid Öztürk" in shown
    assert remind_of_second_factors(by=administrator, at=now()) == 2
    with pytest.raises(NobodyToRemind):
        remind_of_second_factors(by=administrator, at=now())
    assert remind_of_second_factors(by=administrator, at=now() + dt.timedelta(hours=25)) == 2
    write_reminder(other)
    assert mail.outbox[-1].to == [other.email]
    assert reverse("mfa_index") in str(mail.outbox[-1].body)


def test_when_nobody_is_without_the_page_says_so() -> None:
    from allauth.mfa.models import Authenticator

    administrator = make_account("people.administer")
    Authenticator.objects.create(user=administrator, type="webauthn", data={})
    shown = words(main(page(signed_in_as(administrator).get(reverse("without_second_factor")))))
    assert "None: every account that is in use is protected" in shown
    write_reminder(administrator)
    assert mail.outbox == []


def test_the_list_of_sign_ins_costs_the_same_however_long_it_is() -> None:
    client = client_who_may("people.administer")
    account = make_account()
    note_sign_in("ENTERED", account=account, at=now(), browser="Firefox", address="192.0.2.1")
    page(client.get(reverse("sign_ins")))
    with CaptureQueriesContext(connection) as few:
        assert "192.0.2.1" in words(page(client.get(reverse("sign_ins"))))
    for _more in range(20):
        note_sign_in("WRONG", account=make_account(), at=now())
    with CaptureQueriesContext(connection) as many:
        page(client.get(reverse("sign_ins")))
    assert len(many) <= len(few)


def test_sign_ins_are_forgotten_after_thirteen_months() -> None:
    note_sign_in("ENTERED", account=None, at=now() - dt.timedelta(days=401))
    note_sign_in("ENTERED", account=None, at=now())
    assert forget_old_sign_ins(at=now()) == 1
    assert SignInEvent.objects.get().at.date() >= today() - dt.timedelta(days=1)
