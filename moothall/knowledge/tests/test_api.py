"""Knowledge for programs."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.cases.tests.make import make_service
from moothall.people.tests.make import make_account

from .make import make_article, make_entry, make_reader, make_writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Client:
    client = Client()
    client.force_login(make_reader())
    return client


def test_published_articles_are_searched_in_both_languages_and_drafts_are_not_there(program: Client) -> None:
    parking = make_article(audience="PUBLIC")
    make_article(title="A draft about parking", publish=False)
    lending = make_article(title="Lending books", title_cy="Benthyg llyfrau", body="Bring a card.")
    found = program.get("/api/knowledge/articles").json()
    assert [each["key"] for each in found] == [lending.key, parking.key]
    assert [
        each["title"]["cy"] for each in program.get("/api/knowledge/articles", {"q": "llyfrau"}).json()
    ] == ["Benthyg llyfrau"]
    public = program.get("/api/knowledge/articles", {"audience": "PUBLIC"}).json()
    assert [each["key"] for each in public] == [parking.key]


def test_whoever_writes_articles_reads_no_drafts_as_a_program_either() -> None:
    draft = make_article(publish=False)
    client = Client()
    client.force_login(make_writer())
    assert client.get("/api/knowledge/articles").json() == []
    assert client.get(f"/api/knowledge/articles/{draft.key}").status_code == 404


def test_an_article_is_read_with_its_text_and_services(program: Client) -> None:
    service = make_service()
    article = make_article(services=[service])
    read = program.get(f"/api/knowledge/articles/{article.key}").json()
    assert (read["services"], read["edition"], read["answers"]) == ([service.key], 1, 0)
    assert read["body"]["cy"].startswith("Parciwch")
    narrowed = program.get("/api/knowledge/articles", {"service": service.key}).json()
    assert [each["key"] for each in narrowed] == [article.key]
    assert program.get("/api/knowledge/articles", {"service": "no-such"}).json() == []


def test_pages_follow_each_other_without_a_gap(program: Client) -> None:
    keys = [make_article(title=f"Article {number}").key for number in range(5)]
    first = program.get("/api/knowledge/articles", {"limit": 3}).json()
    rest = program.get("/api/knowledge/articles", {"limit": 3, "before": first[-1]["id"]}).json()
    assert [each["key"] for each in [*first, *rest]] == keys[::-1]


def test_the_directory_is_what_is_offered_today(program: Client) -> None:
    offered = make_entry(name="The museum", when_to_use="Old things", public=False)
    make_entry(until_on=dt.date(2020, 1, 1))
    (found,) = program.get("/api/knowledge/directory", {"q": "museum"}).json()
    assert (found["key"], found["name"]["en"]) == (offered.key, "The museum")
    assert program.get("/api/knowledge/directory", {"public": True}).json() == []


def test_somebody_without_a_role_reads_nothing() -> None:
    client = Client()
    client.force_login(make_account())
    for address in ("articles", "articles/any", "directory"):
        assert client.get(f"/api/knowledge/{address}").status_code == 403


def test_more_articles_cost_no_more_queries(program: Client) -> None:
    make_article()
    program.get("/api/knowledge/articles")
    with CaptureQueriesContext(connection) as few:
        program.get("/api/knowledge/articles")
    for number in range(12):
        make_article(title=f"Article {number}")
    with CaptureQueriesContext(connection) as many:
        assert len(program.get("/api/knowledge/articles").json()) == 13
    assert len(many) == len(few)
