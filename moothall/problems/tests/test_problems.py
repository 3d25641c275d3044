"""A problem holds its cases together: what to do meanwhile, who was told, and whether it stopped."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.cases.models import Case, Entry
from moothall.cases.rules.closing import close_case
from moothall.cases.tests.make import make_service, make_worker
from moothall.core.clock import now, today
from moothall.letters.models import Letter
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_team
from moothall.problems.models import Problem, ProblemCase
from moothall.problems.rules.looking import links_seen_by, since_fixed, weeks_of
from moothall.problems.rules.settling import IsOver, change_problem, link_cases, unlink_case
from moothall.problems.rules.telling import NobodyToTell, NothingToSay, tell_everybody, who_to_tell

from .make import ASKS, make_asks, make_keeper, make_one

pytestmark = pytest.mark.django_db
SAID = {
    "subject": {"en": "It is put right", "cy": "Mae wedi'i gywiro"},
    "body": {"en": "The page works again.", "cy": "Mae'r dudalen yn gweithio eto."},
}


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def keeper(client: Client, team: Team) -> Account:
    account = make_keeper(team=team)
    client.force_login(account)
    return account


@pytest.fixture
def cases(team: Team) -> list[Case]:
    return make_asks(make_service(team=team), ASKS)


def test_everybody_is_told_once_in_their_language(team: Team, keeper: Account, cases: list[Case]) -> None:
    problem = make_one(team, keeper, cases=cases)
    assert tell_everybody(problem, **SAID, close=False, by=keeper, at=now()) == 5
    letters = Letter.objects.filter(about_kind="cases.case").order_by("id")
    assert [letter.language for letter in letters].count("cy") == 2
    assert all(
        ("Annwyl Person" if letter.language == "cy" else "Dear Person") in letter.body for letter in letters
    )
    with pytest.raises(NobodyToTell):
        tell_everybody(problem, **SAID, close=False, by=keeper, at=now())
    assert letters.count() == 5


def test_a_person_with_two_cases_gets_one_letter_and_whoever_comes_later_is_told_alone(
    team: Team, keeper: Account, cases: list[Case]
) -> None:
    Case.objects.filter(pk=cases[1].pk).update(requester=cases[0].requester)
    problem = make_one(team, keeper, cases=cases[:3])
    assert tell_everybody(problem, **SAID, close=False, by=keeper, at=now()) == 2
    assert ProblemCase.objects.filter(told_at=None).count() == 0
    link_cases(problem, cases[3:4], by=keeper, at=now())
    assert tell_everybody(problem, **SAID, close=False, by=keeper, at=now()) == 1


def test_closed_cases_are_told_and_stay_closed_and_merged_ones_are_not_told(
    team: Team, keeper: Account, cases: list[Case]
) -> None:
    close_case(cases[0], by=keeper, at=now(), outcome="answered")
    Case.objects.filter(pk=cases[1].pk).update(merged_into=cases[2])
    problem = make_one(team, keeper, cases=cases[:3])
    whom = who_to_tell(problem, by=keeper, at=now())
    assert (len(whom.addressees), whom.merged) == (2, [cases[1]])
    tell_everybody(problem, **SAID, close=False, by=keeper, at=now())
    cases[0].refresh_from_db()
    assert cases[0].is_closed
    assert cases[0].entries.filter(kind=Entry.MAIL_OUT).count() == 1


def test_their_cases_are_closed_too_when_that_is_asked_for(
    team: Team, keeper: Account, cases: list[Case]
) -> None:
    problem = make_one(team, keeper, cases=cases)
    tell_everybody(problem, **SAID, close=True, by=keeper, at=now())
    assert set(Case.objects.values_list("status", "outcome")) == {("CLOSED", "answered")}


def test_a_letter_in_one_language_alone_is_refused(team: Team, keeper: Account, cases: list[Case]) -> None:
    problem = make_one(team, keeper, cases=cases)
    only = {"en": "It works.", "cy": ""}
    with pytest.raises(NothingToSay):
        tell_everybody(problem, subject=SAID["subject"], body=only, close=False, by=keeper, at=now())


def test_cases_one_may_not_answer_are_left_to_others(team: Team, keeper: Account, cases: list[Case]) -> None:
    problem = make_one(team, keeper, cases=cases)
    Case.objects.filter(pk=cases[0].pk).update(confidentiality=Case.RESTRICTED)
    whom = who_to_tell(problem, by=keeper, at=now())
    assert (len(whom.addressees), whom.not_ours) == (4, 1)
    assert len(links_seen_by(keeper, problem)) == 4


def test_the_workaround_stands_on_every_case_and_goes_into_a_reply(
    client: Client, team: Team, keeper: Account, cases: list[Case]
) -> None:
    problem = make_one(team, keeper, cases=cases)
    given = {
        "title": problem.title, "state": "KNOWN", "owner": keeper.pk, "cause": "A cookie.",
        "workaround": "Use another browser.", "workaround_cy": "Defnyddiwch borwr arall.",
    }  # fmt: skip
    assert client.post(f"/problems/{problem.pk}/details/", given).status_code == 302
    page = client.get(f"/cases/{cases[0].reference}/").content.decode()
    assert "Use another browser." in page
    reply = client.get(
        f"/enquiries/replies/{cases[1].reference}/?words=problem:{problem.pk}"
    ).content.decode()
    assert "Defnyddiwch borwr arall." in reply
    other = make_asks(cases[0].service, ("Something else",))[0]
    without = client.get(f"/enquiries/replies/{other.reference}/?words=problem:{problem.pk}").content
    assert b"porwr" not in without


def test_weeks_are_counted_and_what_came_after_the_mending_is_told(
    team: Team, keeper: Account, cases: list[Case]
) -> None:
    problem = make_one(team, keeper, cases=cases)
    weeks = weeks_of(links_seen_by(keeper, problem), on=today())
    assert (len(weeks), sum(week.cases for week in weeks)) == (12, 5)
    assert since_fixed(problem, links_seen_by(keeper, problem)) is None
    problem = change_problem(problem, {"state": Problem.FIXED}, by=keeper, at=now() - dt.timedelta(days=1))
    later = make_asks(cases[0].service, ("Booking page expired once more",), days_ago=0)
    link_cases(problem, later, by=keeper, at=now())
    assert since_fixed(problem, links_seen_by(keeper, problem)) == 1


def test_a_closed_problem_takes_no_more_cases(team: Team, keeper: Account, cases: list[Case]) -> None:
    problem = make_one(team, keeper)
    change_problem(problem, {"state": Problem.CLOSED}, by=keeper, at=now())
    with pytest.raises(IsOver):
        link_cases(problem, cases, by=keeper, at=now())


def test_a_case_is_linked_once_taken_off_and_linked_again(
    team: Team, keeper: Account, cases: list[Case]
) -> None:
    problem = make_one(team, keeper, cases=cases[:1])
    assert link_cases(problem, cases[:1], by=keeper, at=now()) == 0
    unlink_case(problem, cases[0], by=keeper, at=now())
    assert link_cases(problem, cases[:1], by=keeper, at=now()) == 1


def test_cases_are_linked_from_their_page_from_the_list_and_from_those_that_look_like_it(
    client: Client, team: Team, keeper: Account, cases: list[Case]
) -> None:
    problem = make_one(team, keeper)
    client.post(f"/problems/linking/{cases[0].reference}/", {"problem": problem.pk})
    asked = client.post("/problems/linking/", {"ids": [cases[1].pk], "back": "/cases/"})
    assert "Which problem?" in asked.content.decode()
    client.post("/problems/linking/", {"ids": [cases[1].pk], "back": "/cases/", "problem": problem.pk})
    page = client.get(f"/problems/{problem.pk}/").content.decode()
    assert "Cases that look like it" in page
    client.post(f"/problems/{problem.pk}/cases/", {"ids": [case.pk for case in cases]})
    assert ProblemCase.objects.in_force().count() == 5
    client.post(f"/problems/{problem.pk}/unlinking/", {"ids": [cases[0].pk]})
    assert ProblemCase.objects.in_force().count() == 4


def test_a_problem_is_put_before_somebody_by_letter(client: Client, team: Team, keeper: Account) -> None:
    problem = make_one(team, keeper)
    sent = {"to": "The supplier", "address": "help@supplier.example", "because": "Only they can mend it."}
    assert client.post(f"/problems/{problem.pk}/escalation/", sent).status_code == 302
    assert Letter.objects.get().to_address == "help@supplier.example"
    assert "Put before The supplier" in client.get(f"/problems/{problem.pk}/").content.decode()


def test_telling_shows_how_many_before_it_sends(
    client: Client, team: Team, keeper: Account, cases: list[Case]
) -> None:
    problem = make_one(team, keeper, cases=cases)
    page = client.get(f"/problems/{problem.pk}/telling/").content.decode()
    assert "5 people get one letter each" in page
    assert "3 in English, 2 in Welsh" in page
    sent = {"subject": "Fixed", "subject_cy": "Wedi'i drwsio", "body": "Works.", "body_cy": "Yn gweithio."}
    assert client.post(f"/problems/{problem.pk}/telling/", sent | {"close": "on"}).status_code == 302
    assert Letter.objects.count() == 5
    assert client.post(f"/problems/{problem.pk}/telling/", sent).status_code == 422
    assert Letter.objects.count() == 5


def test_a_problem_of_another_team_is_seen_through_ones_own_case_alone(
    client: Client, keeper: Account, cases: list[Case]
) -> None:
    elsewhere = make_team()
    problem = make_one(elsewhere, make_keeper(team=elsewhere))
    assert client.get(f"/problems/{problem.pk}/").status_code == 404
    link_cases(problem, cases[:1], by=keeper, at=now())
    assert client.get(f"/problems/{problem.pk}/").status_code == 200
    assert client.get(f"/problems/{problem.pk}/details/").status_code == 404


def test_whoever_does_not_manage_problems_sees_them_and_changes_nothing(
    client: Client, team: Team, keeper: Account, cases: list[Case]
) -> None:
    problem = make_one(team, keeper, cases=cases)
    client.force_login(make_worker(team=team))
    page = client.get(f"/problems/{problem.pk}/").content.decode()
    assert "Tell everybody" not in page
    assert client.get("/problems/found/").status_code == 403


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    client: Client, team: Team, keeper: Account, cases: list[Case]
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/problems/").status_code == 200
        return len(found)

    make_one(team, keeper, cases=cases[:1])
    asked()
    few = asked()
    for number in range(10):
        make_one(team, keeper, cases=cases, title=f"Problem {number}")
    assert asked() == few
