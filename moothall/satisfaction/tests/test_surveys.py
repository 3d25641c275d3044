"""One question after closing: of whom, when, how often; and nobody alters what they said."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from moothall.cases.models import Case
from moothall.cases.rules.closing import close_case, reopen_case
from moothall.cases.tests.make import AT, MANAGER, make_case, make_service
from moothall.core.clock import now
from moothall.core.signed_links import sign
from moothall.letters.models import Letter
from moothall.people.rules.cautions import place_caution
from moothall.people.tests.make import make_account, make_person, make_team
from moothall.people.tests.pages import page, signed_in_as, words
from moothall.satisfaction.models import Survey, SurveyAnswer
from moothall.satisfaction.rules import answering
from moothall.satisfaction.rules.results import results_for
from moothall.satisfaction.rules.surveying import LINK, send_due_surveys

from .make import make_closed, make_complaints, make_habit, make_survey

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def address(survey: Survey) -> str:
    return reverse("survey", args=[sign(survey.token, LINK)])


def say(survey: Survey, score: int, **changes: Any) -> SurveyAnswer:
    given: dict[str, Any] = {"comment": "", "anonymous": False, "language": "en", "at": AT + 2 * DAY}
    return answering.answer_survey(survey, score=score, **given | changes)


def why(case: Case) -> str:
    send_due_surveys(at=AT + DAY)
    return Survey.objects.get(case=case).why


def test_whoever_asked_is_asked_once_some_hours_after_closing() -> None:
    make_habit()
    case = make_closed(requester=make_person(emails=["ffion@borth.example"], language="cy"))
    assert send_due_surveys(at=AT + dt.timedelta(hours=23)) == 0
    assert send_due_surveys(at=AT + DAY) == 1
    assert send_due_surveys(at=AT + 2 * DAY) == 0
    letter = Letter.objects.get(about_id=case.pk)
    assert (letter.to_address, letter.language, letter.automatic) == ("ffion@borth.example", "cy", True)
    assert Survey.objects.get().token in letter.body
    assert Survey.objects.get().token not in case.entries.get(letter=letter).text


def test_nobody_is_asked_where_nothing_was_done_or_the_case_is_sealed() -> None:
    make_habit()
    make_closed(outcome="opened_by_mistake")
    make_closed(outcome="not_needed")
    make_closed(confidentiality=Case.SEALED)
    make_closed(requester=None)
    assert not Survey.objects.exists()


def test_a_service_that_asks_nobody_asks_nobody() -> None:
    make_habit()
    quiet = make_service()
    make_habit(service=quiet, asks=False)
    make_closed(service=quiet)
    assert not Survey.objects.exists()


def test_a_case_that_goes_on_after_all_asks_nobody_until_it_is_closed_again() -> None:
    make_habit()
    case = make_closed()
    reopen_case(case, by=None, at=AT, because="They wrote again.")
    assert why(case) == "reopened"
    close_case(case, by=None, at=AT + DAY, outcome="answered")
    assert send_due_surveys(at=AT + 2 * DAY) == 1


def test_who_may_not_be_written_to_lightly_is_not_asked() -> None:
    make_habit()
    wary = make_person(full_name="Wary", emails=["wary@borth.example"])
    place_caution(
        wary, kind="Dog", instruction="Ring first", reason="It bites.", by=make_account(), at=AT,
        expires_on=AT.date() + dt.timedelta(days=90),
    )  # fmt: skip
    assert why(make_closed(requester=wary)) == "caution"
    cross = make_person(full_name="Cross", emails=["cross@borth.example"])
    make_case(service=make_complaints(), requester=cross)
    assert why(make_closed(requester=cross)) == "complaint"
    assert why(make_closed(requester=make_person(full_name="No address"))) == "no_address"


def test_nobody_is_asked_twice_within_the_days_of_their_service() -> None:
    survey = make_survey()
    case = make_closed(requester=survey.person)
    assert why(case) == "asked_lately"


def test_the_question_is_answered_on_a_public_page_and_the_answer_changed() -> None:
    survey = make_survey()
    Survey.objects.filter(pk=survey.pk).update(expires_at=now() + DAY)
    anybody = Client()
    assert "How did we do?" in words(page(anybody.get(address(survey))))
    assert anybody.post(address(survey), {}).status_code == 422
    anybody.post(address(survey), {"score": "2", "comment": "Slow."})
    anybody.post(address(survey), {"score": "4", "comment": "Put right."})
    assert [row.score for row in SurveyAnswer.objects.all().standing()] == [4]
    assert SurveyAnswer.objects.count() == 2
    assert "Change my answer" in words(page(anybody.get(address(survey))))


def test_a_link_that_is_over_or_not_signed_asks_nothing() -> None:
    survey = make_survey()
    Survey.objects.filter(pk=survey.pk).update(expires_at=now())
    assert Client().get(address(survey)).status_code == 410
    assert Client().get(reverse("survey", args=["forged.link"])).status_code == 404


@pytest.mark.parametrize("attempt", ["update satisfaction_surveyanswer set score = 5",
                                     "delete from satisfaction_surveyanswer"])  # fmt: skip
def test_the_database_itself_lets_nobody_alter_an_answer(attempt: str) -> None:
    from django.db import connection

    say(make_survey(), 1)
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        connection.cursor().execute(attempt)
    assert SurveyAnswer.objects.get().score == 1


def test_from_an_answer_without_a_name_nothing_leads_to_the_case_once_it_stands() -> None:
    survey = make_survey()
    answer = say(survey, 1, anonymous=True)
    with pytest.raises(answering.NothingToFollow):
        answering.follow_up(answer, service=None, by=make_account(), at=AT)
    assert survey.expires_at is not None
    assert answering.cut_off_names(at=survey.expires_at) == 1
    survey.refresh_from_db()
    assert survey.sheet is None


def test_results_count_each_answer_as_it_was_left_with_the_rate() -> None:
    team = make_team(name="Learning")
    service = make_service(team=team, name="Course booking")
    first = make_survey(service=service)
    make_survey(service=service, requester=make_person(emails=["other@borth.example"]))
    say(first, 1)
    say(first, 5)
    account = make_account("satisfaction.view", team=team)
    [line], whole = results_for(account, by="service", language="en")
    assert (line.name, line.asked, line.answers, line.rate, line.average) == ("Course booking", 2, 1, 50, 5.0)
    assert whole.spread == {5: 1, 4: 0, 3: 0, 2: 0, 1: 0}
    elsewhere = make_account("satisfaction.view", team=make_team())
    assert results_for(elsewhere, by="month", language="en")[1].answers == 0


def test_a_poor_answer_is_followed_up_once_from_the_list() -> None:
    team = make_team()
    survey = make_survey(service=make_service(team=team))
    say(survey, 1, comment="Nobody rang back.")
    manager = signed_in_as(make_account(*MANAGER, "satisfaction.view", team=team))
    told = words(page(manager.get(reverse("survey_answers"), {"low": "1"})))
    assert "Nobody rang back." in told
    assert survey.case.reference in told
    answer = SurveyAnswer.objects.get()
    manager.post(reverse("follow_up_answer", args=[answer.pk]), {"as": "case"})
    again = manager.post(reverse("follow_up_answer", args=[answer.pk]), {"as": "case"})
    assert again.status_code == 409
    survey.refresh_from_db()
    assert survey.follow_up is not None
    assert survey.follow_up.requester == survey.person


def test_the_list_of_answers_asks_as_often_for_many_as_for_few(django_assert_max_num_queries: Any) -> None:
    team = make_team()
    service = make_service(team=team)
    for number in range(8):
        say(make_survey(service=service, requester=make_person(emails=[f"p{number}@borth.example"])), 4)
    client = signed_in_as(make_account(*MANAGER, "satisfaction.view", team=team))
    for name in ("survey_answers", "satisfaction_results"):
        client.get(reverse(name))
        with django_assert_max_num_queries(16):
            assert client.get(reverse(name)).status_code == 200
