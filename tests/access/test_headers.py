"""Whatever is answered, to whomever: nothing of others runs in it, nobody embeds it, and nothing keeps it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from . import asking
from .exercising import as_if_never
from .office import Office
from .rows import TABLE
from .table import SEATS, Area

PAGES = [(area, row.route) for area in TABLE for row in area.rows if row.method == "GET"]
PAGES = list({route: (area, route) for area, route in PAGES}.values())


def cells(area: Area, route: str) -> Iterator[tuple[str, str]]:
    """One seat for each answer this route gives, so that refusals are looked at too."""
    seen: set[int] = set()
    for cell in area.cells(route):
        if cell.method == "GET" and cell.seat in SEATS and cell.answer not in seen:
            seen.add(cell.answer)
            yield cell.seat, cell.relation


@pytest.mark.parametrize(("area", "route"), PAGES, ids=[route for _, route in PAGES])
def test_every_page_and_every_refusal_carries_the_headers(office: Office, area: Area, route: str) -> None:
    for seat, relation in cells(area, route):
        with as_if_never():
            asking.stand(office, relation, seat, area)
            address = asking.address(office, area, route, relation, seat)
            api = area.kind.startswith("api")
            data = asking.sent(office, area, route, relation, "GET") if api else {}
            given = data if isinstance(data, dict) else {}
            answer: Any = office.client(seat).get(address, given)
            if route == "street_tile" and answer.status_code == 200:  # streets say nothing about anybody
                assert answer.headers["Cache-Control"].startswith("private, max-age")
                answer.headers["Cache-Control"] = "no-store"
            judge(answer, numbers_alone=route.startswith("wallboard"))
            if answer.streaming:
                b"".join(answer.streaming_content)


def judge(answer: object, *, numbers_alone: bool = False) -> None:
    headers = answer.headers  # type: ignore[attr-defined]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    for unsafe in ("unsafe-eval", "script-src 'unsafe", "*", "http:"):
        assert unsafe not in policy, policy
    if "default-src 'self'" in policy:
        assert "unsafe-inline" not in policy
        assert "object-src 'none'" in policy
        assert "base-uri 'none'" in policy
        assert "frame-ancestors" in policy
        assert "form-action 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    kept_to_compare = numbers_alone and "no-cache" in headers["Cache-Control"]
    if not kept_to_compare:  # a screen asks whether its numbers changed
        assert "no-store" in headers["Cache-Control"] or headers["Content-Type"].startswith("text/css")
    assert "Access-Control-Allow-Origin" not in headers
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


@pytest.mark.django_db
@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "localhost:8000@evil.example", "a b"]
)
def test_a_page_is_served_under_our_own_name_alone(host: str) -> None:
    answer = Client().get(reverse("account_login"), headers={"host": host})
    assert answer.status_code == 400


@pytest.mark.django_db
def test_a_password_link_never_leads_where_the_host_header_says() -> None:
    from moothall.people.rules.inviting import password_link
    from moothall.people.tests.make import make_account

    assert password_link(make_account()).startswith(settings.PUBLIC_URL)


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_nobody_is_led_elsewhere_after_signing_in(elsewhere: str) -> None:
    from moothall.people.tests.make import make_account

    account = make_account(password="pedwar gair anghysylltiol")
    form = {"login": account.email, "password": "pedwar gair anghysylltiol", "next": elsewhere}
    assert Client().post(reverse("account_login"), form)["Location"] == "/"
