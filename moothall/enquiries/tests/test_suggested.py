"""While somebody answers, what might answer is offered with its reason; one press puts it into the reply."""

import datetime as dt

import pytest
from django.test import Client

from moothall.cases.models import Case
from moothall.cases.tests.make import make_worker
from moothall.core.clock import now
from moothall.enquiries.models import Mailbox
from moothall.knowledge.models import AnsweredWith
from moothall.knowledge.tests.make import make_article, make_entry
from moothall.letters.models import Letter
from moothall.people.models import Account

from .make import bring_in, mail, newest

pytestmark = pytest.mark.django_db
ASKED = "Where is parking allowed at the centre, and do I need a permit?"


@pytest.fixture
def case(box: Mailbox) -> Case:
    bring_in(box, mail(ASKED, subject="Parking"), at=now() - dt.timedelta(hours=2))
    return newest()


@pytest.fixture
def worker(client: Client, box: Mailbox) -> Account:
    account = make_worker(team=box.team)
    client.force_login(account)
    return account


def test_an_article_is_suggested_beside_the_case_and_in_the_reply_with_why(
    client: Client, case: Case, worker: Account
) -> None:
    article = make_article()
    page = client.get(f"/cases/{case.reference}/").content.decode()
    assert f"/enquiries/suggestions/{case.reference}/" in page
    offered = client.get(f"/enquiries/suggestions/{case.reference}/").content.decode()
    assert article.title in offered
    assert "shares the words" in offered
    assert f"article={article.key}" in offered


def test_answering_with_an_article_puts_its_words_in_and_counts_it_once_it_is_sent(
    client: Client, case: Case, worker: Account
) -> None:
    article = make_article(audience="PUBLIC")
    address = f"/enquiries/replies/{case.reference}/"
    page = client.get(f"{address}?article={article.key}").content.decode()
    assert "Ask for a permit at reception." in page
    assert f"/help/articles/{article.key}/" in page
    assert not AnsweredWith.objects.exists()
    sent = {
        "to_address": "ffion@borth.example", "subject": "Parking", "text": "Park behind.", "language": "en",
        "then": "PERSON", "article": article.key,
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    answer = AnsweredWith.objects.get()
    assert (answer.article, answer.case, answer.by) == (article, case, worker)
    assert answer.letter == Letter.objects.latest("id")


def test_signposting_is_counted_for_the_entry(client: Client, case: Case, worker: Account) -> None:
    entry = make_entry()
    sent = {"signpost": entry.pk, "text": "Ask the college."}
    assert client.post(f"/enquiries/signposting/{case.reference}/", sent).status_code == 302
    assert AnsweredWith.objects.get().signpost == entry


def test_looking_at_suggestions_writes_nothing(client: Client, case: Case, worker: Account) -> None:
    make_article()
    edition = case.edition
    client.get(f"/enquiries/suggestions/{case.reference}/", headers={"HX-Request": "true"})
    case.refresh_from_db()
    assert (case.edition, AnsweredWith.objects.count()) == (edition, 0)
