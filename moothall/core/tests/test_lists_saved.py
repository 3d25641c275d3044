"""Views of a list that somebody keeps for themselves."""

import re
from html import unescape

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from moothall.core.lists import register_store
from moothall.core.lists.saved import store

from .list_of_people import make_account, make_person
from .test_lists_pages import link, names_in, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("moothall.core.tests.list_of_people")]


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(make_account("people.view"))
    make_person(full_name="Aled", language="cy")
    make_person(full_name="Bryony", language="en")
    return client


def keep(client: Client, address: str, **typed: str) -> str:
    """Fill in the form of a list's page; the page it leads back to."""
    html = page_of(client, address)
    form = re.search(r'<form method="post" action="([^"]*/views/)"(.*?)</form>', html, re.S)
    assert form
    hidden = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)">', form[2])}
    hidden.pop("opens")
    answer = client.post(form[1], {**hidden, **typed})
    assert answer.status_code == 302
    return page_of(client, answer["Location"])


def removals(html: str) -> list[str]:
    return re.findall(r'action="([^"]*/removal/)"', html)


def test_a_view_is_kept_under_its_name_and_leads_back(clerk: Client) -> None:
    html = keep(clerk, "/test-people/?language=cy&sort=-full_name", name="Welsh speakers")
    assert "Welsh speakers" in html
    assert 'aria-current="true">Welsh speakers' in html
    again = link(page_of(clerk), "Welsh speakers")
    assert again == "/test-people/?language=cy&sort=-full_name"
    assert names_in(page_of(clerk, again)) == ["Aled"]


def test_a_second_view_of_the_same_name_takes_the_place_of_the_first(clerk: Client) -> None:
    keep(clerk, "/test-people/?language=cy", name="Mine")
    html = keep(clerk, "/test-people/?language=en", name=" Mine ")
    assert link(html, "Mine") == "/test-people/?language=en"
    assert len(removals(html)) == 1


def test_a_list_opens_with_the_view_chosen_for_that(clerk: Client) -> None:
    keep(clerk, "/test-people/?language=cy", opens="1")
    html = page_of(clerk)
    assert names_in(html) == ["Aled"]
    assert names_in(page_of(clerk, link(html, "Clear all"))) == ["Aled", "Bryony"]
    clerk.post(removals(html)[0])
    assert names_in(page_of(clerk)) == ["Aled", "Bryony"]


def test_a_view_of_everything_beats_the_way_a_list_opens_for_others(clerk: Client) -> None:
    assert names_in(page_of(clerk, "/test-welsh/")) == ["Aled"]
    keep(clerk, "/test-welsh/?all=1", opens="1", name="Everybody")
    html = page_of(clerk, "/test-welsh/")
    assert names_in(html) == ["Aled", "Bryony"]
    assert link(html, "Everybody") == "/test-welsh/?all=1"


def test_a_view_without_a_name_or_purpose_is_not_kept(clerk: Client) -> None:
    assert not removals(keep(clerk, "/test-people/?language=cy", name="  "))


def test_views_belong_to_one_person_and_one_list(clerk: Client) -> None:
    mine = removals(keep(clerk, "/test-people/?language=cy", name="Mine"))
    assert "Mine" not in page_of(clerk, "/test-welsh/")
    other = Client()
    other.force_login(make_account("people.view"))
    assert "Mine" not in page_of(other)
    other.post(mine[0])
    assert "Mine" in page_of(clerk)


def test_a_removed_view_is_gone(clerk: Client) -> None:
    html = keep(clerk, "/test-people/?language=cy", name="Mine")
    answer = clerk.post(removals(html)[0], {"back": "/test-people/?language=cy"})
    assert answer["Location"] == "/test-people/?language=cy"
    assert not removals(page_of(clerk, "/test-people/"))


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "", "javascript:alert(1)"])
def test_the_way_back_leads_to_this_office_only(clerk: Client, back: str) -> None:
    answer = clerk.post("/lists/test-people/views/", {"name": "Mine", "query": "", "back": back})
    assert answer["Location"] == "/"


def test_somebody_who_is_not_signed_in_keeps_nothing(client: Client) -> None:
    answer = client.post("/lists/test-people/views/", {"name": "Mine"})
    assert answer.status_code == 302
    assert "login" in answer["Location"]
    assert client.get("/lists/test-people/views/").status_code == 302


def test_saving_is_offered_where_there_is_something_to_save(clerk: Client) -> None:
    assert "Save this view" not in page_of(clerk)
    assert "Save this view" in page_of(clerk, "/test-people/?sort=-full_name")


def test_there_is_one_store_of_views() -> None:
    with pytest.raises(ImproperlyConfigured):
        register_store(store())
