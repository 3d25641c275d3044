import json

import pytest
from django.test import Client
from django.urls import reverse

from moothall.people.models import Account, Dismissal, Draft
from moothall.people.tests.make import make_account
from moothall.people.tests.pages import main, page, signed_in_as, words

pytestmark = pytest.mark.django_db


def test_a_draft_is_kept_from_the_form_as_it_is_posted() -> None:
    account = make_account()
    client, address = signed_in_as(account), f"{reverse('save_draft')}?key=reply:LOD-26-00042"
    answer = client.post(address, {"body": "Annwyl", "to": ["1", "2"], "csrfmiddlewaretoken": "t"})
    assert answer.status_code == 200
    assert json.loads(answer.content)["saved_at"]
    draft = Draft.objects.get()
    assert (draft.account, draft.key) == (account, "reply:LOD-26-00042")
    assert draft.fields == {"body": "Annwyl", "to": ["1", "2"]}
    assert client.post(reverse("save_draft"), {"body": "x"}).status_code == 400
    gone = client.post(
        f"{reverse('discard_draft')}?key=reply:LOD-26-00042", headers={"referer": "/people/me/"}
    )
    assert gone["Location"] == "/people/me/"
    assert not Draft.objects.exists()


def test_nobody_reads_or_writes_anothers_draft() -> None:
    mine, theirs = make_account(), make_account()
    address = f"{reverse('save_draft')}?key=note"
    signed_in_as(theirs).post(address, {"body": "theirs"})
    signed_in_as(mine).post(address, {"body": "mine"})
    signed_in_as(mine).post(f"{reverse('discard_draft')}?key=note")
    assert Draft.objects.get().account == theirs
    assert Client().post(address, {"body": "x"}).status_code == 302


def test_the_tour_is_put_away_once_and_leads_back_only_to_us() -> None:
    client = signed_in_as(make_account())
    address = f"{reverse('dismiss')}?key=tour"
    assert client.post(address, headers={"referer": "https://elsewhere.example/"})["Location"] == "/"
    assert client.post(address, {"next": "/cases/"})["Location"] == "/cases/"
    assert client.post(address, headers={"HX-Request": "true"}).status_code == 204
    assert Dismissal.objects.count() == 1


def test_a_get_changes_nothing() -> None:
    client = signed_in_as(make_account())
    for name in ("save_draft", "discard_draft", "dismiss", "set_language", "end_my_sessions"):
        assert client.get(reverse(name)).status_code == 405


def test_a_stranger_switches_the_language_of_the_browser() -> None:
    client = Client()
    answer = client.post(reverse("set_language"), {"language": "cy", "next": reverse("account_login")})
    assert answer["Location"] == reverse("account_login")
    assert page(client.get(reverse("account_login"))).get("lang") == "cy"


def test_a_colleague_switches_the_language_everywhere_they_sign_in() -> None:
    account = make_account()
    signed_in_as(account).post(reverse("set_language"), {"language": "cy", "next": "/"})
    assert Account.objects.get().language == "cy"
    other = signed_in_as(account)
    assert page(other.get(reverse("my_account"))).get("lang") == "cy"
    other.post(reverse("set_language"), {"language": "en-gb", "next": "/"})
    assert Account.objects.get().language == "en"
    assert page(other.get(reverse("my_account"))).get("lang") == "en-gb"


def test_settings_are_saved_and_a_wrong_language_is_not() -> None:
    account = make_account()
    client = signed_in_as(account)
    page(client.get(reverse("my_settings")))
    assert client.post(reverse("my_settings"), {"language": "cy"})["Location"] == reverse("my_account")
    fresh = Account.objects.get()
    assert (fresh.language, fresh.daily_digest) == ("cy", False)
    assert "govuk-error-summary" in client.post(reverse("my_settings"), {"language": "fr"}).content.decode()


def test_my_account_tells_somebody_without_a_role_whom_to_ask() -> None:
    assert "You have no role yet" in words(
        main(page(signed_in_as(make_account()).get(reverse("my_account"))))
    )
