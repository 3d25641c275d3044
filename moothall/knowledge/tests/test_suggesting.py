"""What might answer a text is suggested with its reason, in either language, and nothing is guessed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moothall.cases.models import Case
from moothall.cases.tests.make import make_case, make_service
from moothall.knowledge.rules.counting import count_answer
from moothall.knowledge.rules.suggesting import signposts_for, suggestions_for
from moothall.knowledge.rules.writing import withdraw_article
from moothall.people.tests.make import make_team

from .make import AT, TODAY, make_article, make_entry, make_reader, make_writer

pytestmark = pytest.mark.django_db
ASKED = "Good morning, could you tell me where parking is allowed and whether I need a permit? Thank you"


def others() -> None:
    for number, subject in enumerate(("pensions", "first aid", "pottery", "minutes", "safeguarding")):
        make_article(
            title=f"About {subject}", title_cy=f"Ynghylch pwnc {number}", summary="", summary_cy="",
            body=f"Everything about {subject}, and where to ask.", body_cy="Popeth am y pwnc.",
        )  # fmt: skip


def test_an_article_that_shares_rare_words_is_suggested_with_them() -> None:
    others()
    article = make_article()
    [best] = suggestions_for(ASKED, language="en", service=None, account=make_reader(), on=TODAY)
    assert best.found == article
    assert "“parking”" in best.reasons[0]
    assert "“permit”" in best.reasons[0]


def test_a_question_in_welsh_finds_the_article_by_its_welsh() -> None:
    others()
    article = make_article()
    found = suggestions_for(
        "Bore da, ble mae parcio ac a oes angen trwydded yn y ganolfan?", language="cy", service=None,
        account=make_reader(), on=TODAY,
    )  # fmt: skip
    assert [each.found for each in found] == [article]
    assert "parcio" in found[0].reasons[0]


def test_a_text_that_fits_nothing_is_answered_by_nothing() -> None:
    others()
    make_article()
    account = make_reader()
    for text in ("", "Thank you", "My submarine has a leak", "1234 !!!"):
        assert suggestions_for(text, language="en", service=None, account=account, on=TODAY) == []


def test_what_is_not_published_is_not_suggested() -> None:
    others()
    make_article(publish=False)
    withdraw_article(make_article(), by=make_writer(), at=AT)
    assert suggestions_for(ASKED, language="en", service=None, account=make_reader(), on=TODAY) == []


def test_what_answered_cases_of_the_service_is_suggested_and_says_how_many() -> None:
    team = make_team()
    service, account = make_service(team=team), make_reader(team=team)
    article = make_article(title="Something else", title_cy="Rhywbeth arall", services=[service])
    for _each in range(3):
        count_answer(make_case(service=service), source=article, letter=None, by=account, at=AT)
    [best] = suggestions_for("Hello", language="en", service=service, account=account, on=TODAY)
    assert best.reasons == ("answered 3 cases of this service", "written for this service")


def test_cases_one_may_not_see_are_not_counted() -> None:
    team = make_team()
    service, account = make_service(team=team), make_reader(team=team)
    article = make_article(services=[service])
    case = make_case(service=service)
    count_answer(case, source=article, letter=None, by=account, at=AT)
    Case.objects.filter(pk=case.pk).update(confidentiality=Case.SEALED)
    assert suggestions_for("Hello", language="en", service=service, account=account, on=TODAY) == []


def test_entries_of_the_directory_are_suggested_while_they_are_offered() -> None:
    entry = make_entry(name="The pottery college", name_cy="Coleg crochenwaith")
    for subject in ("pensions", "payroll", "counselling", "translation"):
        make_entry(name=subject, when_to_use=f"All about {subject}")
    make_entry(name="The old pottery", until_on=TODAY.replace(year=2025))
    asked = "Are there evening classes in pottery?"
    found = signposts_for(asked, language="en", service=None, account=make_reader(), on=TODAY)
    assert [each.found for each in found][:1] == [entry]
    assert all(each.found.until_on is None for each in found)


def test_suggestions_take_few_questions_however_many_articles_there_are() -> None:
    account, service = make_reader(), make_service()
    make_article(services=[service])

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            suggestions_for(ASKED, language="en", service=service, account=account, on=TODAY)
        return len(found)

    asked()
    few = asked()
    others()
    assert asked() == few <= 6
