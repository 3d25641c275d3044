"""The list as a page: what it shows, and where its links lead."""

import datetime as dt
import re
from html import unescape
from typing import Any

import html5lib
import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.core.lists import Column, FlagFilter, Listing

from .list_of_people import make_account, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.urls("moothall.core.tests.list_of_people")]
PART = {"HX-Request": "true"}


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(make_account("people.view", "people.edit"))
    return client


def page_of(client: Client, address: str = "/test-people/", **headers: str) -> str:
    """The answer, which must be well-formed to the letter."""
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    html = str(answer.content.decode())
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(html) if html.lstrip().startswith("<!DOCTYPE") else parser.parseFragment(html)
    return html


def names_in(html: str) -> list[str]:
    return [unescape(name) for name in re.findall(r'data-label="Name"><a [^>]*>([^<]*)<', html)]


def link(html: str, words: str) -> str:
    """The address of the link that reads like this."""
    found = re.search(
        rf'<a [^>]*href="([^"]*)"[^>]*>\s*(?:<span[^>]*>[^<]*</span>)?\s*{re.escape(words)}\s*</a>', html
    )
    assert found, f"No link reads {words!r}."
    return unescape(found[1])


def make_people(*names: str) -> None:
    for name in names:
        make_person(full_name=name)


def test_a_list_shows_its_rows_in_order(clerk: Client) -> None:
    make_people("Zeynep Aydın", "Aled Prosser", "Mairéad Ní Bhriain")
    html = page_of(clerk)
    assert names_in(html) == ["Aled Prosser", "Mairéad Ní Bhriain", "Zeynep Aydın"]
    assert "3 in all" in html


def test_rows_that_are_not_among_the_visible_ones_are_nowhere(clerk: Client) -> None:
    make_person(full_name="Seen")
    make_person(full_name="Unseen", known_as="hidden")
    for address in ("/test-people/", "/test-people/?q=seen", "/test-people/?print=1"):
        assert "Unseen" not in page_of(clerk, address)


def test_a_page_leads_on_and_back_without_scripts(clerk: Client) -> None:
    people = [f"Person {number:03}" for number in range(60)]
    make_people(*people)
    first = page_of(clerk)
    second = page_of(clerk, link(first, "Next page"))
    third = page_of(clerk, link(second, "Next page"))
    assert names_in(first) + names_in(second) + names_in(third) == [
        f"Person {number:03}" for number in range(60)
    ]
    assert ("First 25, more follow" in first, "25 here, more follow" in second, "Last 10" in third) == (
        True,
    ) * 3
    assert names_in(page_of(clerk, link(third, "Previous page"))) == names_in(second)
    assert names_in(page_of(clerk, link(third, "First page"))) == names_in(first)
    assert "Previous page" not in first
    assert "Next page" not in third


def test_the_number_of_rows_on_a_page_can_be_chosen(clerk: Client) -> None:
    make_people(*(f"Person {number:03}" for number in range(60)))
    html = page_of(clerk, link(page_of(clerk), "50"))
    assert len(names_in(html)) == 50
    assert len(names_in(page_of(clerk, link(html, "Next page")))) == 10
    assert len(names_in(page_of(clerk, "/test-people/?size=100000"))) == 25


@pytest.mark.parametrize("cursor", ["nonsense", "W10", "%01", "a" * 5000])
@pytest.mark.parametrize("way", ["after", "before"])
def test_an_address_that_leads_nowhere_shows_the_first_page(clerk: Client, way: str, cursor: str) -> None:
    make_people("Aled Prosser")
    html = page_of(clerk, f"/test-people/?{way}={cursor}")
    assert names_in(html) == ["Aled Prosser"]
    assert "That page of the list does not exist" in html


def test_a_page_whose_rows_have_all_gone_is_the_first_one(clerk: Client) -> None:
    make_people(*(f"Person {number:03}" for number in range(30)))
    after = link(page_of(clerk), "Next page")
    apps.get_model("people", "Person").objects.filter(full_name__gte="Person 025").update(known_as="hidden")
    assert names_in(page_of(clerk, after))[0] == "Person 000"


def test_headings_sort_and_say_how_the_list_is_sorted(clerk: Client) -> None:
    make_person(full_name="B", born_on=dt.date(1980, 1, 1))
    make_person(full_name="A", born_on=dt.date(1990, 1, 1))
    make_person(full_name="C")
    html = page_of(clerk)
    assert re.findall(r'aria-sort="(\w+)"', html) == ["ascending", "none", "none", "none", "none"]
    by_birth = page_of(clerk, link(html, "Born"))
    assert names_in(by_birth) == ["B", "A", "C"]
    assert names_in(page_of(clerk, link(by_birth, "Born"))) == ["A", "B", "C"]
    newest = page_of(clerk, link(html, "Added"))
    assert re.findall(r'aria-sort="(\w+)"', newest) == ["none", "descending", "none", "none", "none"]
    assert names_in(page_of(clerk, "/test-people/?sort=password")) == ["A", "B", "C"]


def test_sorting_keeps_the_filters_and_starts_at_the_first_row(clerk: Client) -> None:
    for number in range(30):
        make_person(full_name=f"Person {number:03}", language="cy")
    html = page_of(clerk, "/test-people/?language=cy")
    further = page_of(clerk, link(html, "Next page"))
    assert link(further, "Born") == "/test-people/?language=cy&sort=born_on"


def test_htmx_gets_the_part_that_the_page_includes(clerk: Client) -> None:
    make_people("Aled Prosser")
    part, page = page_of(clerk, **PART, **{"HX-Trigger": "sort-added"}), page_of(clerk)
    assert part.lstrip().startswith('<div id="list-test-people"')
    assert re.sub(r'value="\w{64}"', "", part).strip() in re.sub(r'value="\w{64}"', "", page)


def test_htmx_is_told_the_plain_address_of_what_it_got(clerk: Client) -> None:
    answer = clerk.get("/test-people/?q=+aled++prosser&language=&known=&unknown=1&size=25", headers=PART)
    assert answer["HX-Push-Url"] == "/test-people/?q=aled+prosser"
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize("query", ["", "?q=nobody"])
def test_the_rows_take_the_focus_when_what_was_pressed_has_no_name(clerk: Client, query: str) -> None:
    make_people("Aled Prosser")
    address = f"/test-people/{query}"
    taker = re.compile("<div[^>]* autofocus>")
    assert taker.search(page_of(clerk, address, **PART))
    assert not taker.search(page_of(clerk, address, **PART, **{"HX-Trigger": "sort-added"}))
    assert not taker.search(page_of(clerk, address))


def test_an_empty_list_says_what_to_do_next(clerk: Client) -> None:
    html = page_of(clerk)
    assert "No people yet" in html
    assert html.count("/people/new/") == 2
    assert "Nothing matches" not in html


def test_a_list_emptied_by_its_filters_offers_to_clear_them(clerk: Client) -> None:
    make_people("Aled Prosser")
    html = page_of(clerk, "/test-people/?q=nobody")
    assert "Nothing matches" in html
    assert "No people yet" not in html
    assert link(html, "Clear all filters") == "/test-people/"


def test_rows_are_ticked_and_sent_to_the_actions_this_person_may_do(clerk: Client) -> None:
    make_people("Aled Prosser", "Zeynep Aydın")
    html = page_of(clerk)
    ids = re.findall(r'name="ids" value="(\d+)" aria-label="[^"]+"', html)
    assert len(ids) == 2
    assert 'formaction="/test-people/ticked/"' in html
    assert "Tag them" in html
    assert "Merge them" not in html
    assert clerk.post("/test-people/ticked/", {"ids": ids}).content.decode() == ",".join(ids)


def test_without_a_right_to_any_action_there_is_nothing_to_tick(client: Client) -> None:
    client.force_login(make_account("people.view"))
    make_people("Aled Prosser")
    assert 'name="ids"' not in page_of(client)


def test_what_is_typed_is_shown_as_typed(clerk: Client) -> None:
    make_person(full_name="<script>alert(1)</script>", title='"><b>', known_as="'")
    html = page_of(clerk, "/test-people/?q=<script>&known='")
    assert names_in(html) == ["<script>alert(1)</script>"]
    assert "<script>alert" not in html


def test_on_paper_there_are_the_rows_and_no_controls(clerk: Client) -> None:
    make_people(*(f"Person {number:03}" for number in range(60)))
    html = page_of(clerk, link(page_of(clerk, "/test-people/?q=person"), "Print"))
    assert html.count("<tr>") == 61
    assert "Search: “person”" in html
    assert not re.search(r"<(form|input|button|select)\b", html)
    assert link(html, "Back to the list") == "/test-people/?q=person"


def test_paper_says_when_the_list_goes_on(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moothall.core.lists.showing.MOST_PRINTED", 2)
    make_people("A", "B")
    assert "The list goes on" not in page_of(clerk, "/test-people/?print=1")
    make_people("C")
    assert "These are the first 2. The list goes on." in page_of(clerk, "/test-people/?print=1")


def test_a_longer_list_is_shown_with_as_many_queries(clerk: Client) -> None:
    organisation = apps.get_model("people", "Organisation").objects.create(name="Borth County Council")
    counts = {}
    clerk.get("/test-people/")  # what a process asks once is asked here
    for rows in (30, 60):
        for _ in range(30):
            make_person(organisation=organisation, language="en")
        with CaptureQueriesContext(connection) as asked:
            clerk.get("/test-people/?language=en&size=50&sort=organisation")
        counts[rows] = len(asked)
        own = [query["sql"] for query in asked if re.search("people_person|people_savedview", query["sql"])]
        assert len(own) <= 3
    # The shorter list ends on this page, and so asks for rows without an organisation, too.
    assert counts[60] == counts[30] - 1


def test_a_list_only_answers_to_what_it_knows(clerk: Client) -> None:
    assert clerk.post("/test-people/").status_code == 405
    assert clerk.put("/test-people/").status_code == 405


def test_somebody_without_the_permission_of_the_route_gets_no_list(client: Client) -> None:
    client.force_login(make_account())
    assert client.get("/test-people/").status_code == 403


@pytest.mark.parametrize(
    "mistake",
    [
        {"columns": (Column("a", "A"), Column("a", "B"))},
        {"columns": (Column("a", "A"),), "sort": "a"},
        {"columns": (Column("a", "A"),), "size": 7},
        {"columns": (), "filters": (FlagFilter("sort", "Sort"),)},
        {"columns": (), "filters": (FlagFilter("late", "Late"), FlagFilter("late", "Later"))},
    ],
)
def test_a_list_declared_wrongly_is_refused_at_once(mistake: dict[str, Any]) -> None:
    with pytest.raises(ImproperlyConfigured):
        type("Wrong", (Listing,), {"key": "wrong", "title": "Wrong", **mistake})
