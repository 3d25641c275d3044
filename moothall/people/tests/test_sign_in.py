import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django.fixtures import Settings

from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.people.tests.pages import links, main, page, signed_in_as, words

pytestmark = pytest.mark.django_db
PASSWORD = "pedwar gair anghysylltiol"


@pytest.fixture(autouse=True)
def forgotten_attempts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, account: Account, password: str = PASSWORD, next_page: str = "") -> str:
    data = {"login": account.email.upper(), "password": password} | ({"next": next_page} if next_page else {})
    answer = client.post(reverse("account_login"), data)
    return str(answer.get("Location", "")) if answer.status_code == 302 else words(main(page(answer)))


def link_in_mail() -> str:
    found = re.search(r"http://\S+", str(mail.outbox[0].body))
    assert found
    return found[0]


def code_of(authenticator: Authenticator) -> str:
    return code_from(decrypt(authenticator.data["secret"]))


def code_from(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_a_stranger_is_shown_the_way_in_and_brought_back() -> None:
    client, account = Client(), make_account(password=PASSWORD)
    answer = client.get(reverse("my_account"))
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse('my_account')}"
    tree = page(client.get(answer["Location"]))
    assert "Sign in" in words(main(tree))
    assert "I have forgotten my password" in links(tree)
    assert sign_in(client, account, next_page=reverse("my_account")) == reverse("my_account")
    assert account.name in words(main(page(client.get(reverse("my_account")))))


def test_a_wrong_password_and_an_unknown_address_are_answered_alike() -> None:
    account, nobody = make_account(password=PASSWORD), Account(email="nobody@borth.example")
    wrong, unknown = sign_in(Client(), account, "wrong"), sign_in(Client(), nobody, "wrong")
    assert "The email address or the password is not right." in wrong
    assert wrong.replace(account.email.upper(), "") == unknown.replace(nobody.email.upper(), "")


def test_too_many_wrong_passwords_close_the_door_for_a_while() -> None:
    account = make_account(password=PASSWORD)
    for _attempt in range(5):
        sign_in(Client(), account, "wrong")
    assert "Too many attempts" in sign_in(Client(), account)


def test_somebody_who_left_cannot_sign_in() -> None:
    account = make_account(password=PASSWORD, is_active=False)
    assert sign_in(Client(), account) == reverse("account_inactive")
    assert "Access has ended" in words(page(Client().get(reverse("account_inactive"))))


def test_there_is_no_way_to_register() -> None:
    for name in ("account_signup", "socialaccount_signup", "account_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert Client().get("/account/signup/").status_code == 404


def test_passwords_are_kept_by_argon2(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = import_module("moothall.config.settings").PASSWORD_HASHERS
    assert make_account(password=PASSWORD).password.startswith("argon2$argon2id$")


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once() -> None:
    account, client = make_account(password=PASSWORD, language="cy"), Client()
    page(client.get(reverse("account_reset_password")))
    answer = client.post(reverse("account_reset_password"), {"email": account.email}, follow=True)
    assert "Look in your mail" in words(page(answer))
    link = link_in_mail()
    form = client.get(link, follow=True)
    new = {"password1": "tri lliw ar ddeg heddiw", "password2": "tri lliw ar ddeg heddiw"}
    page(form)
    assert client.post(form.redirect_chain[-1][0], new)["Location"] == "/"
    assert client.get(reverse("my_account")).status_code == 200
    assert Account.objects.get(pk=account.pk).check_password("tri lliw ar ddeg heddiw")
    assert "no longer works" in words(page(Client().get(link, follow=True)))


def test_a_weak_new_password_is_refused_in_words() -> None:
    account, client = make_account(password=PASSWORD), Client()
    client.post(reverse("account_reset_password"), {"email": account.email})
    form = client.get(link_in_mail(), follow=True)
    answer = client.post(form.redirect_chain[-1][0], {"password1": "short", "password2": "short"})
    assert "at least 12 characters" in words(main(page(answer)))


def test_nobody_learns_from_the_reset_page_who_has_an_account() -> None:
    answer = Client().post(reverse("account_reset_password"), {"email": "nobody@borth.example"}, follow=True)
    assert "Look in your mail" in words(page(answer))
    assert mail.outbox == []


def test_changing_the_password_signs_everybody_out_and_tells_the_owner() -> None:
    account = make_account(password=PASSWORD)
    here, elsewhere = Client(), Client()
    sign_in(here, account)
    sign_in(elsewhere, account)
    page(here.get(reverse("account_change_password")))
    new = "tri lliw ar ddeg heddiw"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    here.post(reverse("account_change_password"), data)
    for client in (here, elsewhere):
        assert client.get(reverse("my_account")).status_code == 302
    assert [letter.subject for letter in mail.outbox] == ["Your password was changed"]
    assert account.name in mail.outbox[0].body


def confirm(client: Client) -> None:
    """Give the password once more, as any change of how to sign in asks."""
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def set_up_app(client: Client) -> str:
    """Set up an authenticator app as a person does; the answer is its secret."""
    confirm(client)
    tree = page(client.get(reverse("mfa_activate_totp")))
    secret = next(one.text or "" for one in tree.iter("code"))
    wrong = page(client.post(reverse("mfa_activate_totp"), {"code": "000000"}))
    assert wrong.find(".//*[@class='govuk-error-message']") is not None
    done = client.post(reverse("mfa_activate_totp"), {"code": code_from(secret)})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    return secret


def test_a_role_that_demands_a_second_factor_lets_nobody_on_without_one() -> None:
    account = make_account("people.view", mfa_required=True, password=PASSWORD)
    client = Client()
    sign_in(client, account)
    answer = client.get(reverse("my_account"))
    assert answer["Location"] == reverse("mfa_index")
    assert "Your role needs a second factor" in words(page(client.get(reverse("mfa_index"))))
    set_up_app(client)
    page(client.get(reverse("my_account")))


def test_with_an_app_the_password_alone_does_not_let_in() -> None:
    account = make_account(password=PASSWORD)
    first = Client()
    sign_in(first, account)
    set_up_app(first)
    client = Client()
    assert sign_in(client, account) == reverse("mfa_authenticate")
    assert client.get(reverse("my_account")).status_code == 302
    tree = page(client.get(reverse("mfa_authenticate")))
    assert "Enter your code" in words(tree)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "That code is not right" in words(main(page(wrong)))
    recovery = Authenticator.objects.get(user=account, type="recovery_codes").wrap().get_unused_codes()[0]
    assert client.post(reverse("mfa_authenticate"), {"code": recovery})["Location"] == "/"
    page(client.get(reverse("my_account")))
    again = Client()
    sign_in(again, account)
    assert again.post(reverse("mfa_authenticate"), {"code": recovery}).status_code == 200


def test_secrets_of_second_factors_are_kept_encrypted() -> None:
    account = make_account(password=PASSWORD)
    client = Client()
    sign_in(client, account)
    secret = set_up_app(client)
    kept = Authenticator.objects.get(user=account, type="totp")
    assert secret not in str(kept.data)
    assert code_of(kept) == code_from(secret)


def test_taking_the_app_away_is_told_to_the_owner_in_their_language() -> None:
    account = make_account(password=PASSWORD)
    client = Client()
    sign_in(client, account)
    set_up_app(client)
    assert client.post(reverse("mfa_deactivate_totp"))["Location"] == reverse("mfa_index")
    assert [letter.subject for letter in mail.outbox] == ["An authenticator app was removed"]
    assert "no longer uses an authenticator app" in str(mail.outbox[0].body)
    assert "If this was not you" in str(mail.outbox[0].body)


def test_the_last_factor_of_a_role_that_demands_one_cannot_be_taken_away() -> None:
    account = make_account("people.view", mfa_required=True, password=PASSWORD)
    client = Client()
    sign_in(client, account)
    set_up_app(client)
    page(client.get(reverse("mfa_deactivate_totp")))
    assert "add another" in words(main(page(client.post(reverse("mfa_deactivate_totp")))))
    assert Authenticator.objects.filter(user=account, type="totp").exists()


def test_a_change_of_how_to_sign_in_asks_who_it_is() -> None:
    account = make_account(password=PASSWORD)
    client = signed_in_as(account)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    page(client.get(answer["Location"]))
    done = client.post(answer["Location"], {"password": PASSWORD})
    assert done["Location"] == reverse("mfa_activate_totp")


def test_a_passkey_is_asked_for_at_the_door() -> None:
    options = Client().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).json()
    asked = options["request_options"]["publicKey"]
    assert asked["userVerification"] == "required"
    assert asked["rpId"] == "testserver"
    tree = page(Client().get(reverse("account_login")))
    assert tree.find(".//button[@id='passkey_login']") is not None


def test_my_account_shows_where_i_am_signed_in_and_ends_it_elsewhere() -> None:
    account = make_account(password=PASSWORD)
    here, elsewhere = Client(), Client(headers={"user-agent": "Firefox on a library computer"})
    sign_in(here, account)
    sign_in(elsewhere, account)
    assert "library computer" in words(page(here.get(reverse("my_account"))))
    here.post(reverse("end_my_sessions"))
    assert elsewhere.get(reverse("my_account")).status_code == 302
    page(here.get(reverse("my_account")))
    assert UserSession.objects.count() == 1


PUBLIC_PAGES = [
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "socialaccount_login_cancelled",
]
OWN_PAGES = [
    "my_account",
    "my_settings",
    "account_logout",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_deactivate_totp",
]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_about_signing_in_is_right_html_in_both_languages(language: str) -> None:
    stranger = Client(headers={"accept-language": language})
    for name in PUBLIC_PAGES:
        tree = page(stranger.get(reverse(name)))
        assert (tree.get("lang") or "").startswith(language), name
    page(stranger.get(reverse("socialaccount_login_error")), status=401)
    account = make_account(password=PASSWORD, language=language)
    client = Client()
    sign_in(client, account)
    set_up_app(client)
    for name in OWN_PAGES:
        tree = page(client.get(reverse(name)))
        assert (tree.get("lang") or "").startswith(language), name
