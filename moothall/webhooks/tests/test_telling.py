"""Other systems are told of each event once, signed, and never of a person or of what is restricted."""

import base64
import datetime as dt
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse
from pytest_django import Settings

from moothall.cases.models import Case
from moothall.cases.rules.closing import close_case
from moothall.cases.tests.make import make_case, make_service, make_worker
from moothall.people.models import Account
from moothall.people.tests.make import audited, make_account, make_team
from moothall.people.tests.pages import main, page, signed_in_as, words
from moothall.webhooks.models import AllowedHost, Delivery, Endpoint
from moothall.webhooks.rules import endpoints, telling
from moothall.webhooks.rules.alerting import write_alert
from moothall.webhooks.rules.calling import Answer

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
OUTSIDE = "93.184.216.34"


class Listener(HTTPServer):
    """Somebody else's system: it keeps what it is told, and answers as it is bid."""

    status = 200
    location = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hearing)
        self.heard: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/in"


class Hearing(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        listener: Any = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        listener.heard.append(({key.lower(): value for key, value in self.headers.items()}, body))
        self.send_response(listener.status)
        if listener.location:
            self.send_header("Location", listener.location)
        self.end_headers()
        self.wfile.write(b"thanks")

    def log_message(self, *_: object) -> None:
        """It keeps no log."""


@pytest.fixture
def listener(settings: Settings) -> Iterator[Listener]:
    settings.WEBHOOK_PRIVATE = True
    server = Listener()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    thread.join(10)
    server.server_close()


@pytest.fixture
def administrator() -> Account:
    return make_account("webhooks.manage", name="Zanele Dube")


def make_endpoint(by: Account, url: str, **changes: Any) -> tuple[Endpoint, str]:
    host = url.split("/")[2].split(":")[0]
    if host not in endpoints.hosts():
        AllowedHost.objects.create(host=host, reason="For tests", allowed_at=AT)
    given = {"name": "Ledger", "verbs": [], "services": [], "teams": []} | changes
    return endpoints.add_endpoint(url=url, by=by, at=AT, **given)


def tell(at: dt.datetime = AT) -> int:
    return telling.tell_what_is_due(clock=lambda: at)


def close(case: Case) -> None:
    close_case(case, by=make_worker(team=case.team), at=AT, outcome="not_needed", reason="She rang")


def test_an_event_is_told_signed_and_without_anything_personal(
    listener: Listener, administrator: Account
) -> None:
    _endpoint, secret = make_endpoint(administrator, listener.url, verbs=["close"])
    case = make_case(title="Ysolde Quill wants a course")
    close(case)
    assert tell() == 1
    headers, body = listener.heard[0]
    assert json.loads(body) == {
        "type": "case.close",
        "timestamp": "2026-11-23T09:30:00Z",
        "data": {"reference": case.reference, "verb": "close", "service": case.service.key},
    }
    assert b"Ysolde" not in body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    told = Delivery.objects.get()
    assert (told.state, told.attempts, told.answer) == (Delivery.TOLD, 1, "200 OK")
    assert tell() == 0


def test_each_event_is_one_row_for_each_endpoint_that_is_to_know(
    listener: Listener, administrator: Account
) -> None:
    mine, other = make_team(), make_team()
    service = make_service(team=mine)
    choices: dict[str, dict[str, Any]] = {
        "all": {},
        "closing": {"verbs": ["close"]},
        "opening": {"verbs": ["open"]},
        "service": {"services": [service]},
        "another service": {"services": [make_service(team=mine)]},
        "team": {"teams": [mine]},
        "another team": {"teams": [other]},
    }
    for name, choice in choices.items():
        make_endpoint(administrator, listener.url, name=name, **choice)
    Delivery.objects.all().delete()
    close(make_case(service=service, team=mine))
    rows = Delivery.objects.filter(verb="close")
    assert sorted(row.endpoint.name for row in rows) == ["all", "closing", "service", "team"]
    assert len({row.event for row in rows}) == 1


def test_what_is_undone_before_it_is_certain_is_never_told(
    listener: Listener, administrator: Account
) -> None:
    make_endpoint(administrator, listener.url)
    case = make_case()
    before = Delivery.objects.count()
    with transaction.atomic():
        close(case)
        assert Delivery.objects.count() > before
        transaction.set_rollback(True)
    assert Delivery.objects.count() == before


@pytest.mark.parametrize("level", [Case.RESTRICTED, Case.SEALED])
def test_of_a_restricted_case_nothing_leaves(listener: Listener, administrator: Account, level: str) -> None:
    make_endpoint(administrator, listener.url)
    case = make_case()
    Delivery.objects.all().delete()
    telling.hear([case], "prioritise", None, AT)
    assert Delivery.objects.get().state == Delivery.DUE
    Case.objects.filter(pk=case.pk).update(confidentiality=level)
    case.refresh_from_db()
    telling.hear([case], "restrict", None, AT)
    assert Delivery.objects.get().state == Delivery.DROPPED
    assert tell() == 0
    with pytest.raises(telling.Restricted):
        telling.tell_again(Delivery.objects.get(), by=administrator, at=AT)
    assert listener.heard == []


def test_a_failure_is_tried_again_later_and_given_up_after_a_day(
    listener: Listener, administrator: Account
) -> None:
    endpoint, _secret = make_endpoint(administrator, listener.url)
    telling.hear([make_case()], "close", None, AT)
    Delivery.objects.exclude(verb="close").delete()
    listener.status = 503
    at, tries = AT, []
    while Delivery.objects.get().state == Delivery.DUE:
        tell(at)
        tries.append(at)
        at = max(at + dt.timedelta(seconds=15), Delivery.objects.get().next_at)
    row = Delivery.objects.get()
    assert row.state == Delivery.GIVEN_UP
    assert row.answer.startswith("503")
    assert tries[1] - tries[0] == dt.timedelta(seconds=15)
    assert dt.timedelta(hours=12) < tries[-1] - tries[0] <= dt.timedelta(days=1)
    assert len({headers["webhook-id"] for headers, _body in listener.heard}) == 1
    assert "webhooks.give_up" in [event.verb for event in audited(endpoint)]
    assert write_alert(Endpoint.objects.get(), on=AT.date()) == 1
    assert "cannot tell Ledger" in str(mail.outbox[0].body)
    assert mail.outbox[0].to == [administrator.email]


def test_an_endpoint_that_fails_twenty_times_is_paused_until_a_person_says_so(
    listener: Listener, administrator: Account
) -> None:
    endpoint, _secret = make_endpoint(administrator, listener.url)
    case = make_case()
    Delivery.objects.all().delete()
    listener.status = 500
    for _event in range(22):
        telling.hear([case], "close", None, AT)
    tell()
    endpoint.refresh_from_db()
    assert endpoint.paused_because.startswith("It failed 20 times, one after another: 500")
    heard = len(listener.heard)
    assert tell(AT + dt.timedelta(hours=1)) == 0
    listener.status = 204
    endpoints.resume_endpoint(endpoint, by=administrator, at=AT)
    assert tell(AT + dt.timedelta(hours=1)) == 22
    assert len(listener.heard) == heard + 22
    assert not Delivery.objects.exclude(state=Delivery.TOLD).exists()


def test_an_endpoint_that_is_gone_for_good_is_paused_at_once(
    listener: Listener, administrator: Account
) -> None:
    endpoint, _secret = make_endpoint(administrator, listener.url)
    telling.send_test(endpoint, by=administrator, at=AT)
    listener.status = 410
    tell()
    endpoint.refresh_from_db()
    assert endpoint.paused_because == "It answered that it is gone for good."


def test_a_redirect_is_not_followed(listener: Listener, administrator: Account) -> None:
    endpoint, _secret = make_endpoint(administrator, listener.url)
    telling.send_test(endpoint, by=administrator, at=AT)
    listener.status, listener.location = 302, f"{listener.url}/elsewhere"
    tell()
    assert len(listener.heard) == 1
    assert Delivery.objects.get().state == Delivery.DUE


def test_both_secrets_sign_while_one_takes_over_from_the_other(
    listener: Listener, administrator: Account
) -> None:
    endpoint, old = make_endpoint(administrator, listener.url)
    new = endpoints.change_secret(endpoint, by=administrator, at=AT)
    endpoint.refresh_from_db()
    assert endpoints.secrets_of(endpoint, at=AT) == [new, old]
    assert endpoints.secrets_of(endpoint, at=AT + dt.timedelta(days=2)) == [new]
    telling.send_test(endpoint, by=administrator, at=AT)
    tell()
    assert listener.heard[0][0]["webhook-signature"].count("v1,") == 2


def test_a_secret_lies_sealed_in_the_database(listener: Listener, administrator: Account) -> None:
    _endpoint, secret = make_endpoint(administrator, listener.url)
    with connection.cursor() as cursor:
        cursor.execute("select e::text from webhooks_endpoint e")
        kept = cursor.fetchone()[0]
    assert secret.removeprefix("whsec_") not in kept


def test_a_name_that_changes_its_mind_after_it_was_looked_up_leads_nowhere(
    settings: Settings, administrator: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked up once for each call: the address that was found outside is the one that is connected to."""
    settings.WEBHOOK_PRIVATE = False
    AllowedHost.objects.create(host="hooks.example.com", reason="For tests", allowed_at=AT)
    answers = iter([[OUTSIDE], ["127.0.0.1"], ["127.0.0.1"]])
    asked: list[str] = []
    called: list[str] = []

    def look(host: str, _port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    def call(target: Any, **_given: object) -> Answer:
        called.append(target.address)
        return Answer(500, "500 Oops")

    monkeypatch.setattr(telling, "call", call)
    endpoint = Endpoint.objects.create(name="x", url="https://hooks.example.com/", added_at=AT)
    monkeypatch.setattr(telling, "secrets_of", lambda *_given, **_named: [])
    delivery = telling.send_test(endpoint, by=administrator, at=AT)
    telling.tell(delivery, at=AT, look=look)
    assert (asked, called) == (["hooks.example.com"], [OUTSIDE])
    answer = telling.tell(delivery, at=AT, look=look)
    assert "machine inside" in answer.words
    assert called == [OUTSIDE]


def test_a_machine_that_never_answers_is_waited_for_no_longer(
    settings: Settings, administrator: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    settings.WEBHOOK_PRIVATE = True
    monkeypatch.setattr("moothall.webhooks.rules.calling.PATIENCE", 0.3)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        endpoint, _secret = make_endpoint(administrator, f"http://127.0.0.1:{silent.getsockname()[1]}/")
        telling.send_test(endpoint, by=administrator, at=AT)
        assert tell() == 1
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == (Delivery.DUE, 1)
    assert "Timeout" in row.answer


def test_an_administrator_sees_to_it_all_on_pages(listener: Listener, administrator: Account) -> None:
    client = signed_in_as(administrator)
    assert "No system is told anything" in words(main(page(client.get(reverse("webhooks")))))
    host = {"host": "127.0.0.1", "reason": "The ledger of finance"}
    assert client.post(reverse("allow_webhook_host"), host).status_code == 302
    form = {"name": "Ledger", "url": listener.url, "verbs": ["close"]}
    shown = words(main(page(client.post(reverse("add_webhook"), form))))
    assert "whsec_" in shown
    endpoint = Endpoint.objects.get()
    address = reverse("webhook_endpoint", args=[endpoint.pk])
    assert "whsec_" not in words(page(client.get(address)))
    client.post(reverse("test_webhook", args=[endpoint.pk]))
    telling.tell_what_is_due(clock=_later)
    assert "200 OK" in words(main(page(client.get(address))))
    client.post(reverse("tell_webhook_again", args=[Delivery.objects.get().pk]))
    telling.tell_what_is_due(clock=_later)
    assert len(listener.heard) == 2
    assert client.post(reverse("end_webhook_host", args=[AllowedHost.objects.get().pk])).status_code == 409
    assert client.post(reverse("end_webhook", args=[endpoint.pk])).status_code == 302
    assert client.get(address).status_code == 404
    assert client.post(reverse("end_webhook_host", args=[AllowedHost.objects.get().pk])).status_code == 302


def _later() -> dt.datetime:
    from moothall.core.clock import now

    return now() + dt.timedelta(seconds=1)


def test_an_address_inside_is_refused_on_the_page_in_words(administrator: Account) -> None:
    AllowedHost.objects.create(host="localhost", reason="For tests", allowed_at=AT)
    form = {"name": "Inside", "url": "https://localhost/"}
    answer = signed_in_as(administrator).post(reverse("add_webhook"), form)
    assert "leads to a machine inside" in words(main(page(answer, 422)))
