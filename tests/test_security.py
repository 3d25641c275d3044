"""What the security of the whole office rests on, where no single app answers for it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from moothall.core.door import routes
from moothall.people.tests.make import make_account
from moothall.people.tests.pages import main, page, signed_in_as, words

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "scripts" / "semgrep"
PASSWORD = "pedwar gair anghysylltiol"


def test_every_security_rule_has_a_bad_and_a_good_example() -> None:
    """`scripts/security` tries the rules on these; a rule without them would find nothing and nobody knew."""
    rules = {rule["id"] for rule in yaml.safe_load((RULES / "rules.yaml").read_text())["rules"]}
    examples = "".join((RULES / name).read_text() for name in ("rules.py", "rules.html"))
    bad = set(re.findall(r"ruleid: ([a-z-]+)", examples))
    fine = " ".join(re.findall(r"\bok: ([a-z, -]+)", examples))
    good = set(re.findall(r"[a-z-]{5,}", fine))
    assert bad == rules
    assert rules <= good


def settings_under_https(tmp_path: Path, *names: str) -> dict[str, str]:
    """What the settings say in an installation with a public address."""
    told = "; ".join(f"print('{name}=' + str(settings.{name}))" for name in names)
    environment = {
        "PATH": "/usr/bin:/bin",
        "DJANGO_SETTINGS_MODULE": "moothall.config.settings",
        "MOOTHALL_PUBLIC_URL": "https://office.example",
        "MOOTHALL_HOME": str(tmp_path),
        "DATABASE_URL": "postgresql://x@localhost/x",
    }
    said = subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings; {told}"],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(line.split("=", 1) for line in said.stdout.splitlines())


def test_under_https_cookies_are_for_this_host_alone(tmp_path: Path) -> None:
    kinds = ("SESSION", "CSRF", "LANGUAGE")
    parts = ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH", "DOMAIN")
    said = settings_under_https(tmp_path, *(f"{kind}_COOKIE_{part}" for kind in kinds for part in parts))
    for kind in kinds:
        assert said[f"{kind}_COOKIE_NAME"].startswith("__Host-moothall"), kind
        assert said[f"{kind}_COOKIE_SECURE"] == said[f"{kind}_COOKIE_HTTPONLY"] == "True", kind
        assert said[f"{kind}_COOKIE_SAMESITE"] == "Lax", kind
        assert (said[f"{kind}_COOKIE_PATH"], said[f"{kind}_COOKIE_DOMAIN"]) == ("/", "None"), kind


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.env",
        "/manage.py",
        "/uv.lock",
        "/static/",
        "/static/../manage.py",
        "/static/%2e%2e/%2e%2e/manage.py",
        "/static//etc/passwd",
        "/files/",
        "/raw/",
        "/keys/secret",
        "/server-status",
        "/admin/",
    ],
)
def test_what_lies_beside_the_program_is_not_served(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_no_address_of_ours_carries_what_is_secret() -> None:
    """The link that sets a password is one exception: it is sent, used once, and put away at once. The screen
    on the wall is another: it shows numbers alone, and its lead takes the address back. The third is the
    calendar of leave, and of what is booked, as calendar programs cannot sign in: it is read only; its owner
    ends the address."""
    found = {path for path, _pattern in routes() if re.search("password=|token|secret>|<[^>]*session", path)}
    assert found <= {
        path
        for path, _pattern in routes()
        if "sessions/end" in path or "enquiries/wall/" in path or "leave/feeds/" in path
    }


@pytest.mark.django_db
def test_password_fields_are_masked_and_may_be_pasted_into() -> None:
    field = page(Client().get(reverse("account_login"))).find(".//input[@name='password']")
    assert field is not None
    assert field.get("type") == "password"
    assert field.get("autocomplete") == "current-password"
    assert not [name for name in list(field.attrib) if name.startswith("on")]
    assert field.get("maxlength") is None


@pytest.mark.django_db
def test_a_password_is_taken_exactly_as_typed_however_long() -> None:
    cache.clear()
    long = "Mae hen wlad fy nhadau yn annwyl i mi 😀 " + "ô" * 60
    account = make_account(password=long)

    def answered(password: str) -> int:
        form = {"login": account.email, "password": password}
        return Client().post(reverse("account_login"), form).status_code

    assert [answered(wrong) for wrong in (long.lower(), long[:72], long + "x")] == [200, 200, 200]
    assert answered(long) == 302


@pytest.mark.django_db
def test_a_session_is_named_anew_at_signing_in() -> None:
    cache.clear()
    account, client = make_account(password=PASSWORD), Client()
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    after = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert before != after
    assert re.fullmatch("[a-z0-9]{32}", after)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = before
    assert thief.get(reverse("my_account")).status_code == 302


@pytest.mark.django_db
def test_a_new_password_by_mail_does_not_replace_the_second_factor() -> None:
    cache.clear()
    account = make_account(password=PASSWORD)
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    client = Client()
    client.post(reverse("account_reset_password"), {"email": account.email})
    link = re.search(r"http://\S+", str(mail.outbox[0].body))
    assert link
    form = client.get(link[0], follow=True)
    new = {"password1": "tri lliw ar ddeg heddiw", "password2": "tri lliw ar ddeg heddiw"}
    answer = client.post(form.redirect_chain[-1][0], new)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("my_account")).status_code == 302


@pytest.mark.django_db
def test_signing_out_is_offered_on_every_page() -> None:
    tree = page(signed_in_as(make_account("people.view")).get(reverse("people")))
    assert "Sign out" in words(tree)
    assert main(tree) is not None
