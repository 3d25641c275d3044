"""Articles that fail are found by who wrote again; questions without an article by the words they share."""

import pytest
from django.test import Client

from moothall.cases.models import Case, Entry
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.timeline import add_entry
from moothall.cases.tests.make import later, make_case, make_service
from moothall.knowledge.rules.counting import count_answer
from moothall.knowledge.rules.gaps import failing_articles, missed_searches, unanswered_questions
from moothall.knowledge.rules.opinions import ask_for_an_article, say_whether_it_helped, settle_question
from moothall.people.tests.make import make_team

from .make import AT, TODAY, make_article, make_writer

pytestmark = pytest.mark.django_db


def test_an_article_after_which_people_wrote_again_is_listed_with_how_often() -> None:
    team = make_team()
    writer, service = make_writer(team=team), make_service(team=team)
    article, fine = make_article(), make_article(title="Fine")
    for days in (3, 30, 0):
        case = make_case(service=service)
        count_answer(case, source=article, letter=None, by=writer, at=AT)
        if days:
            add_entry(case, kind=Entry.MAIL_IN, at=later(days=days), text="But how?")
    count_answer(make_case(service=service), source=fine, letter=None, by=writer, at=AT)
    say_whether_it_helped(article, helped=False, language="en", by=None, on=TODAY)
    say_whether_it_helped(fine, helped=True, language="en", by=None, on=TODAY)
    [failing] = failing_articles(writer, on=TODAY)
    assert failing.article == article
    assert (failing.used, failing.came_back, failing.not_helped) == (3, 1, 1)


def test_cases_closed_without_an_article_are_put_together_by_their_words() -> None:
    team = make_team()
    writer, service = make_writer(team=team), make_service(team=team)
    titles = ("Lost my locker key", "Locker will not open", "New locker please", "Something else")
    for title in titles:
        case = make_case(service=service, title=title)
        close_case(case, by=writer, at=AT, outcome="answered")
    [group] = unanswered_questions(writer, on=TODAY)
    assert group.words[0] == "locker"
    assert len(group.cases) == 3
    make_article(title="Lockers and their keys")
    assert unanswered_questions(writer, on=TODAY) == []


def test_cases_one_may_not_see_make_no_group() -> None:
    team = make_team()
    writer, service = make_writer(team=team), make_service(team=team)
    for title in ("Lost my locker key", "Locker will not open"):
        case = make_case(service=service, title=title)
        close_case(case, by=writer, at=AT, outcome="answered")
        Case.objects.filter(pk=case.pk).update(confidentiality=Case.RESTRICTED)
    assert unanswered_questions(writer, on=TODAY) == []


def test_what_readers_did_not_find_is_added_up_until_it_is_settled() -> None:
    for _each in range(3):
        ask_for_an_article("Swimming badge", language="en", on=TODAY)
    [missed] = missed_searches(on=TODAY)
    assert (missed.words, missed.times) == ("swimming badge", 3)
    settle_question("swimming badge", by=make_writer(), at=AT)
    assert missed_searches(on=TODAY) == []


def test_the_page_shows_all_three_and_says_so_when_there_is_nothing(client: Client) -> None:
    client.force_login(make_writer())
    assert "No article has failed anybody." in client.get("/knowledge/missing/").content.decode()
    ask_for_an_article("Swimming badge", language="en", on=TODAY)
    assert "swimming badge" in client.get("/knowledge/missing/").content.decode()
    client.post("/knowledge/missing/settlement/", {"words": "swimming badge"})
    assert "swimming badge" not in client.get("/knowledge/missing/").content.decode()
