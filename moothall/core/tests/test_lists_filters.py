"""What narrows a list: read from the address, shown as chips, undone one by one."""

import datetime as dt
import re

import pytest
from django.test import Client

from .list_of_people import AT, make_account, make_person
from .test_lists_pages import link, names_in, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("moothall.core.tests.list_of_people")]


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(make_account("people.view"))
    return client


def chips_of(html: str) -> list[str]:
    return re.findall(r'class="mh-chip"[^>]*><span[^>]*>Remove </span>([^<]*)</a>', html)


def shown(client: Client, query: str) -> list[str]:
    return names_in(page_of(client, f"/test-people/?{query}"))


def test_several_choices_of_one_filter_add_up_and_two_filters_narrow(clerk: Client) -> None:
    make_person(full_name="A", language="cy", title="Dr")
    make_person(full_name="B", language="en", title="Dr")
    make_person(full_name="C", language="", title="Dr")
    make_person(full_name="D", language="en", title="Cllr")
    assert shown(clerk, "language=cy") == ["A"]
    assert shown(clerk, "language=cy&language=en") == ["A", "B", "D"]
    assert shown(clerk, "language=cy&language=en&title=Dr") == ["A", "B"]


def test_each_thing_that_narrows_can_be_taken_away(clerk: Client) -> None:
    make_person(full_name="A", language="cy")
    html = page_of(clerk, "/test-people/?language=cy&language=en&q=a&merged=1&added_from=2026-01-02&size=50")
    assert chips_of(html) == [
        "Search: “a”", "Language: English", "Language: Cymraeg", "Merged", "Added from 2 Jan 2026",
    ]  # fmt: skip
    assert link(html, "Merged") == "/test-people/?q=a&language=en&language=cy&added_from=2026-01-02&size=50"
    assert link(html, "Language: English") == (
        "/test-people/?q=a&language=cy&merged=1&added_from=2026-01-02&size=50"
    )
    assert link(html, "Clear all") == "/test-people/?size=50"


def test_a_chip_for_every_choice_is_still_ticked_in_the_form(clerk: Client) -> None:
    html = page_of(clerk, "/test-people/?language=cy&title=Dr&merged=1&born_from=1990-01-01&known=Tad")
    assert re.search(r'name="language" value="cy" [^>]*checked', html)
    assert not re.search(r'name="language" value="en" [^>]*checked', html)
    assert '<option value="Dr" selected>' in html
    assert re.search(r'name="merged" value="1" [^>]*checked', html)
    assert 'name="born_from" value="1990-01-01"' in html
    assert re.search(r'name="known" type="text" value="Tad"', html)


def test_the_form_works_without_scripts(clerk: Client) -> None:
    make_person(full_name="Aled Prosser", language="cy")
    make_person(full_name="Aled Prosser-Hughes", language="en")
    html = page_of(clerk, "/test-people/?sort=-full_name&size=50")
    form = re.search(r'<form method="get" action="([^"]*)"[^>]*id="([^"]*)"[^>]*>(.*?)</form>', html, re.S)
    assert form
    assert dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[3])) == {
        "sort": "-full_name",
        "size": "50",
    }
    assert re.findall(r'name="language" value="\w+" form="([^"]*)"', html) == [form[2]] * 2
    sent = "sort=-full_name&size=50&q=aled&language=en&title=&added_from=&added_to=&known="
    assert names_in(page_of(clerk, f"{form[1]}?{sent}")) == ["Aled Prosser-Hughes"]


def test_days_are_counted_in_london_and_both_ends_count(clerk: Client) -> None:
    before = dt.datetime(2026, 6, 30, 22, 59, tzinfo=dt.UTC)
    make_person(full_name="30 June", added_at=before)
    make_person(full_name="1 July, first minute", added_at=before + dt.timedelta(minutes=1))
    make_person(full_name="1 July, last minute", added_at=before + dt.timedelta(days=1))
    make_person(full_name="2 July", added_at=before + dt.timedelta(days=1, minutes=1))
    assert shown(clerk, "added_from=2026-07-01&added_to=2026-07-01") == [
        "1 July, first minute",
        "1 July, last minute",
    ]
    assert shown(clerk, "added_to=2026-06-30") == ["30 June"]


def test_a_plain_date_is_compared_as_one(clerk: Client) -> None:
    for day in (1, 2, 3):
        make_person(full_name=f"{day} May", born_on=dt.date(1990, 5, day))
    make_person(full_name="Unknown")
    assert shown(clerk, "born_from=1990-05-02") == ["2 May", "3 May"]
    assert shown(clerk, "born_from=2/5/1990&born_to=02.05.1990") == ["2 May"]


def test_a_day_that_is_none_is_said_and_left_out(clerk: Client) -> None:
    make_person(full_name="A")
    html = page_of(clerk, "/test-people/?born_from=31/02/1990&born_to=soon")
    assert names_in(html) == ["A"]
    assert "Born: “31/02/1990” is not a date" in html
    assert 'name="born_from" value="31/02/1990"' in html
    assert not chips_of(html)


def test_a_choice_that_does_not_exist_is_said_and_left_out(clerk: Client) -> None:
    make_person(full_name="A", language="cy")
    html = page_of(clerk, "/test-people/?language=cy&language=klingon")
    assert names_in(html) == ["A"]
    assert "Language: that choice does not exist" in html
    assert chips_of(html) == ["Language: Cymraeg"]


@pytest.mark.parametrize("name", ["q", "known", "added_from", "language", "sort", "size", "merged"])
def test_whatever_is_asked_gets_an_answer(clerk: Client, name: str) -> None:
    make_person(full_name="A", added_at=AT)
    for words in ("%F0%9F%98%80", "%FF%FE", "a" * 3000, "%25_%5C", "';", "%E2%80%AE", "x%01"):
        assert clerk.get(f"/test-people/?{name}={words}").status_code == 200
    assert clerk.get(f"/test-people/?{name}=%00").status_code == 400


def test_a_list_may_open_narrowed_and_still_show_everything(clerk: Client) -> None:
    make_person(full_name="Aled", language="cy")
    make_person(full_name="Bryony", language="en")
    html = page_of(clerk, "/test-welsh/")
    assert names_in(html) == ["Aled"]
    everybody = link(html, "Language: Cymraeg")
    assert everybody == "/test-welsh/?all=1"
    assert names_in(page_of(clerk, everybody)) == ["Aled", "Bryony"]
    assert link(page_of(clerk, everybody), "Born") == "/test-welsh/?sort=born_on"
    assert names_in(page_of(clerk, "/test-welsh/?sort=born_on")) == ["Aled", "Bryony"]
