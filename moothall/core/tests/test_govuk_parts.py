"""The tags that every desk's pages share: times, due days, statuses, entries, facts."""

import datetime as dt
from typing import Any
from unittest.mock import patch

import html5lib
import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory

from moothall.core import clock
from moothall.core.navigation import Entry
from moothall.core.styleguide import styleguide_context
from moothall.core.templatetags.parts import frame_height
from moothall.core.widgets import Option

NOW = dt.datetime(2026, 11, 22, 14, 30, tzinfo=dt.UTC)
TODAY = NOW.date()


def drawn(source: str, **context: Any) -> str:
    with patch.object(clock, "now", lambda: NOW):
        return Template("{% load parts layout govuk %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (dt.timedelta(seconds=20), "just now"),
        (dt.timedelta(minutes=1), "1 minute ago"),
        (dt.timedelta(minutes=59), "59 minutes ago"),
        (dt.timedelta(hours=1), "1 hour ago"),
        (dt.timedelta(hours=11, minutes=59), "11 hours ago"),
        (dt.timedelta(hours=13), "today at 01:30"),
        (dt.timedelta(hours=20), "yesterday at 18:30"),
        (dt.timedelta(days=5), "17 Nov at 14:30"),
        (dt.timedelta(days=30), "23 Oct"),
        (dt.timedelta(days=400), "18 Oct 2025"),
        (dt.timedelta(hours=-3), "today at 17:30"),
        (dt.timedelta(days=-2), "Tuesday at 14:30"),
    ],
)
def test_a_moment_is_said_as_it_is_from_here(ago: dt.timedelta, words: str) -> None:
    assert f">{words}</time>" in drawn("{% when at %}", at=NOW - ago)


def test_a_moment_carries_the_exact_one_in_london() -> None:
    html = drawn("{% when at %}", at=dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC))
    assert 'datetime="2026-07-02T00:30:00+01:00" title="Thursday 2 July 2026 at 00:30" data-relative' in html


def test_a_day_is_said_as_a_day() -> None:
    assert ">tomorrow</time>" in drawn("{% when day %}", day=TODAY + dt.timedelta(days=1))
    assert 'title="Sunday 22 November 2026">today' in drawn("{% when day %}", day=TODAY)
    assert drawn("{% when day %}", day=None) == ""


@pytest.mark.parametrize(
    ("days", "words", "colour"),
    [
        (-1000, "2 years late", "red"),
        (-90, "3 months late", "red"),
        (-59, "59 days late", "red"),
        (-1, "1 day late", "red"),
        (0, "Due today", "orange"),
        (1, "Due tomorrow", "yellow"),
        (4, "Due Thursday", ""),
        (40, "Due 1 Jan", ""),
        (400, "Due 27 Dec 2027", ""),
    ],
)
def test_a_due_day_is_words_and_a_colour(days: int, words: str, colour: str) -> None:
    html = drawn("{% due_tag day %}", day=TODAY + dt.timedelta(days=days))
    assert f">{words}</" in html
    assert (f"govuk-tag--{colour}" in html) if colour else ("govuk-tag" not in html)


def test_a_status_is_words_and_a_colour() -> None:
    assert drawn('{% status_tag "late" %}') == '<strong class="govuk-tag mh-tag govuk-tag--red">Late</strong>'
    assert ">Off &lt;sick&gt;</strong>" in drawn(
        '{% status_tag "off" words colour="pink" %}', words="Off <sick>"
    )
    with pytest.raises(TemplateSyntaxError):
        drawn('{% status_tag "nonsense" %}')


def test_an_empty_value_says_that_it_is_empty() -> None:
    assert drawn("{{ value|or_none }}", value="") == '<span class="mh-quiet">Not given</span>'
    assert drawn('{{ value|or_none:"Nobody" }}', value=None) == '<span class="mh-quiet">Nobody</span>'
    assert drawn("{{ value|or_none }}", value=0) == "0"


def test_an_entry_says_what_it_is_in_words() -> None:
    source = '{% entry "mail_in" who=who at=at anchor="e1" %}<p>{{ who }}</p>{% endentry %}'
    html = drawn(source, who="Jo <Li>", at=NOW)
    assert '<li class="mh-entry mh-entry--mail-in" id="e1">' in html
    assert "Message received" in html
    assert html.count("Jo &lt;Li&gt;") == 2
    assert "mh-entry__body" not in drawn('{% entry "change" who="Jo" %} {% endentry %}')


def test_facts_and_panels_carry_a_link_to_change_them() -> None:
    html = drawn(
        "{% panel 'Details' change='/c' %}{% facts rows %}{% endpanel %}", rows=[("Team", None, "/t")]
    )
    assert "Not given" in html
    assert 'href="/t">Change<span class="govuk-visually-hidden"> team</span>' in html
    assert '<h2 class="mh-panel__title">Details</h2><a class="govuk-link" href="/c">' in html


def test_the_navigation_marks_where_one_is() -> None:
    entries = [Entry("My <work>", "/", current=True), Entry("Team", "/team")]
    html = drawn("{% service_navigation items %}", items=entries)
    assert html.count('aria-current="page"') == 1
    assert "My &lt;work&gt;" in html
    assert '<a class="govuk-service-navigation__link" href="/team">Team</a>' in html


def test_what_belongs_together_opens_under_one_word() -> None:
    behind = [Entry("Absence", "/absence/", current=True, key="g s"), Entry("Credentials", "/credentials/")]
    html = drawn("{% service_navigation items %}", items=[Entry("Staff", entries=behind, current=True)])
    assert '<summary class="mh-menu__opener" aria-current="true">Staff</summary>' in html
    assert (
        'href="/absence/" aria-current="page"><strong>Absence</strong> <kbd aria-hidden="true">g s</kbd></a>'
        in html
    )
    assert html.count("aria-current") == 2


def test_a_message_has_a_frame_about_as_tall_as_itself() -> None:
    assert frame_height("<p>Hello</p>") == 72
    assert frame_height("<p>Hello</p>" * 5) > 200
    assert frame_height("<p>Hello</p>" * 500) == 560


def test_a_message_cannot_leave_its_frame() -> None:
    html = render_to_string(
        "core/parts/message_body.html", {"html": '"><script>alert(1)</script>', "title": "M"}
    )
    assert "<script" not in html
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in html


def test_a_lookup_offers_its_rows_under_headings() -> None:
    rows = [Option("7", "Jo Li", "Highways", "/people/7")]
    html = render_to_string("core/parts/lookup_options.html", {"groups": [("People", rows), ("", rows)]})
    assert html.count('role="option"') == 2
    assert 'role="group" aria-label="People"' in html
    assert 'data-value="7" data-text="Jo Li" data-href="/people/7"' in html
    assert "Nothing found" in render_to_string("core/parts/lookup_options.html", {"groups": []})


def test_progress_asks_again_until_it_is_finished() -> None:
    context = {"words": "Reading", "done": 3, "total": 10, "url": "/progress"}
    assert 'hx-get="/progress"' in render_to_string("core/parts/progress.html", context)
    assert "hx-get" not in render_to_string("core/parts/progress.html", {**context, "finished": True})


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_the_page_of_all_parts_is_whole_html(language: str, settings: Any) -> None:
    settings.LANGUAGE_CODE = language
    request = RequestFactory().get("/styleguide/")
    request.user = AnonymousUser()
    shell = {"request": request, "navigation": [Entry("My work", "/", current=True)], "jump_url": "/jump"}
    html = render_to_string("core/styleguide.html", styleguide_context(NOW) | shell)
    html5lib.HTMLParser(strict=True).parse(html)
    assert "{%" not in html
    assert "{{" not in html
