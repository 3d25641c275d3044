"""Articles are written, published, kept in every edition, looked at again, and read by whom they are for."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.cases.rules.digesting import write_digest
from moothall.core.clock import today
from moothall.knowledge.models import Article, Opinion, Question, Word
from moothall.knowledge.rules.rendering import to_page
from moothall.knowledge.rules.writing import (
    TEXTS,
    ReviewInThePast,
    WelshWanted,
    WrittenMeanwhile,
    change_article,
    newest_of,
    publish_article,
    restore_edition,
    review_article,
    withdraw_article,
)
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import make_team

from .make import AT, TODAY, make_article, make_entry, make_reader, make_writer

pytestmark = pytest.mark.django_db


def texts_of(article: Article, **changes: str) -> dict[str, object]:
    newest = newest_of(article)
    return {name: getattr(newest, name) for name in TEXTS} | changes


@pytest.fixture
def writer(client: Client) -> Account:
    account = make_writer(team=make_team())
    client.force_login(account)
    return account


def test_a_change_makes_a_new_edition_and_readers_see_the_old_one_until_it_is_published() -> None:
    article, writer = make_article(), make_writer()
    change_article(article, texts_of(article, body="Park in front."), edition=1, by=writer, at=AT)
    article.refresh_from_db()
    assert article.current is not None
    assert article.current.number == 1
    publish_article(article, by=writer, at=AT)
    article.refresh_from_db()
    assert article.current is not None
    assert (article.current.number, article.current.body) == (2, "Park in front.")
    assert Word.objects.filter(article=article, lexeme="front").exists()


def test_saving_without_changing_a_word_makes_no_edition() -> None:
    article = make_article()
    change_article(article, texts_of(article), edition=1, by=make_writer(), at=AT)
    assert article.editions.count() == 1


def test_two_who_write_at_once_lose_nothing() -> None:
    article, writer = make_article(), make_writer()
    change_article(article, texts_of(article, body="First."), edition=1, by=writer, at=AT)
    with pytest.raises(WrittenMeanwhile):
        change_article(article, texts_of(article, body="Second."), edition=1, by=writer, at=AT)


def test_an_earlier_edition_is_brought_back_as_the_newest() -> None:
    article, writer = make_article(), make_writer()
    change_article(article, texts_of(article, body="Worse."), edition=1, by=writer, at=AT)
    restored = restore_edition(article, number=1, by=writer, at=AT)
    assert (restored.number, restored.body) == (3, article.editions.get(number=1).body)


def test_what_the_public_reads_is_published_in_both_languages() -> None:
    article = make_article(publish=False, audience="PUBLIC", body_cy="")
    with pytest.raises(WelshWanted):
        publish_article(article, by=make_writer(), at=AT)


def test_a_review_sets_the_next_day_and_never_one_that_has_passed() -> None:
    article, writer = make_article(review_on=TODAY), make_writer()
    assert Article.objects.review_due(TODAY).filter(pk=article.pk).exists()
    review_article(article, by=writer, at=AT, today=TODAY)
    assert not Article.objects.review_due(TODAY).filter(pk=article.pk).exists()
    with pytest.raises(ReviewInThePast):
        review_article(article, next_on=TODAY, by=writer, at=AT, today=TODAY)


def test_a_body_is_shown_with_headings_lists_and_links_and_nothing_that_runs() -> None:
    page = to_page(
        "## Where\n\nSee [us](https://a.example) <script>x</script>\n\n- one\n- two\n\n[x](javascript:y)"
    )
    assert '<h2 class="govuk-heading-m">Where</h2>' in page
    assert page.count("<li>") == 2
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert 'class="govuk-link"' in page


def test_a_draft_is_seen_by_those_who_write_and_by_nobody_else(client: Client) -> None:
    draft = make_article(publish=False, audience="PUBLIC")
    address = f"/knowledge/articles/{draft.key}/"
    client.force_login(make_reader())
    assert client.get(address).status_code == 404
    assert draft.title not in client.get("/knowledge/").content.decode()
    client.force_login(make_writer())
    assert client.get(address).status_code == 200
    assert client.get(f"/help/articles/{draft.key}/").status_code == 404


def test_the_public_reads_what_is_for_everybody_and_finds_it_in_either_language(client: Client) -> None:
    public = make_article(audience="PUBLIC")
    staff = make_article(title="Only for staff", title_cy="Staff yn unig")
    body = client.get("/help/").content.decode()
    assert public.title in body
    assert staff.title not in body
    for words in ("permit", "drwydded", "parcio"):
        assert public.title in client.get(f"/help/?q={words}").content.decode()
    assert client.get(f"/help/articles/{staff.key}/").status_code == 404


def test_a_reader_says_whether_it_helped_and_nothing_of_them_is_kept(client: Client) -> None:
    article = make_article(audience="PUBLIC")
    page = f"/help/articles/{article.key}/"
    assert client.post(f"{page}opinions/", {"helped": "no", "words": "The price"}).status_code == 302
    opinion = Opinion.objects.get()
    assert (opinion.helped, opinion.words, opinion.account, opinion.on) == (False, "The price", None, today())


def test_somebody_who_says_it_again_and_again_is_stopped(client: Client) -> None:
    article = make_article(audience="PUBLIC")
    said = [
        client.post(f"/help/articles/{article.key}/opinions/", {"helped": "yes"}).status_code
        for _each in range(32)
    ]
    assert said[0] == 302
    assert said[-1] == 429


def test_a_search_that_finds_nothing_is_told_by_a_button_and_never_by_looking(client: Client) -> None:
    assert "Tell us that you found nothing" in client.get("/help/?q=submarine").content.decode()
    assert not Question.objects.exists()
    for _each in range(2):
        client.post("/help/questions/", {"words": " Submarine  hire"})
    assert list(Question.objects.values_list("words", "times")) == [("submarine hire", 2)]


def test_an_article_is_written_changed_published_and_withdrawn_on_its_pages(
    client: Client, writer: Account
) -> None:
    given = {
        "title": "Lost property", "body": "Ask at reception.", "kind": "TEXT", "audience": "STAFF",
        "owner": writer.pk, "team": make_team().pk, "review_on": "1/12/2090",
    }  # fmt: skip
    assert client.post("/knowledge/new/", given).status_code == 302
    page = "/knowledge/articles/lost-property/"
    assert client.post(f"{page}text/", given | {"body": "Ask upstairs.", "edition": 1}).status_code == 302
    stale = client.post(f"{page}text/", given | {"body": "Ask downstairs.", "edition": 1})
    assert stale.status_code == 422
    assert "Ask upstairs." in stale.content.decode()
    client.post(f"{page}publication/")
    assert "Ask upstairs." in client.get(page).content.decode()
    assert "<ins>" in client.get(f"{page}editions/?from=1&to=2").content.decode()
    client.post(f"{page}editions/1/restoration/")
    client.post(f"{page}review/")
    client.post(f"{page}opinions/", {"helped": "yes"})
    client.post(f"{page}withdrawal/")
    article = Article.objects.get()
    assert (article.state, article.editions.count(), article.opinions.count()) == ("WITHDRAWN", 3, 1)
    assert not Word.objects.exists()


def test_past_its_review_a_page_warns_and_its_owner_is_reminded(client: Client, writer: Account) -> None:
    article = make_article(owner=writer, review_on=today() - dt.timedelta(days=1))
    assert "Take care" in client.get(f"/knowledge/articles/{article.key}/").content.decode()
    assert "Your articles to look at again" in client.get("/").content.decode()
    client.post(f"/knowledge/articles/{article.key}/review/")
    assert "Your articles to look at again" not in client.get("/").content.decode()


def test_the_list_narrows_to_what_is_due_and_what_lacks_welsh(client: Client, writer: Account) -> None:
    make_article(title="Due one", review_on=today())
    make_article(title="English one", title_cy="", body_cy="")
    due = client.get("/knowledge/?due=1").content.decode()
    assert ("Due one" in due, "English one" in due) == (True, False)
    missing = client.get("/knowledge/?no_welsh=1").content.decode()
    assert ("Due one" in missing, "English one" in missing) == (False, True)


def test_lists_ask_the_database_as_often_for_many_as_for_few(client: Client, writer: Account) -> None:
    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    make_article(owner=writer, audience="PUBLIC")
    paths = ("/knowledge/", "/help/", "/help/who-can-help/")
    few = [[asked(path) for _again in range(2)][-1] for path in paths]
    for number in range(12):
        make_article(owner=writer, audience="PUBLIC", title=f"Article {number}")
        make_entry()
    assert [asked(path) for path in paths] == few


def test_a_withdrawn_article_is_for_nobody() -> None:
    article, writer = make_article(audience="PUBLIC"), make_writer()
    withdraw_article(article, by=writer, at=AT)
    assert not Article.objects.for_everybody().exists()


def test_the_morning_digest_names_articles_to_be_looked_at_again(writer: Account) -> None:
    article = make_article(owner=writer, review_on=TODAY)
    make_article(owner=writer, title="Not yet")
    assert write_digest(writer, at=AT)
    letter = Letter.objects.get(about_kind="cases.digest")
    assert letter.subject == "Something for you to look at"
    assert (
        f"/knowledge/articles/{article.key}/) was to be looked at again on 23 November 2026." in letter.body
    )
    assert "Not yet" not in letter.body
