"""At night, cases that came in together and say nearly the same are put before those who manage problems."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from moothall.cases.models import Case
from moothall.cases.tests.make import make_service
from moothall.core.clock import now
from moothall.people.tests.make import make_team
from moothall.problems.models import Candidate, CandidateCase, Problem
from moothall.problems.rules.grouping import find_candidates
from moothall.problems.rules.offered import offered_to
from moothall.problems.rules.settling import SettledAlready, make_of_candidate, refuse_candidate

from .make import ASKS, OTHERS, make_asks, make_keeper

pytestmark = pytest.mark.django_db


def test_cases_that_say_nearly_the_same_make_one_group_and_others_none() -> None:
    team = make_team()
    service, keeper = make_service(team=team), make_keeper(team=team)
    alike = make_asks(service, ASKS)
    make_asks(service, OTHERS)
    assert find_candidates(at=now()) == 1
    [offered] = offered_to(keeper, language="en")
    assert {case.pk for case in offered.cases} == {case.pk for case in alike}
    assert {"booking", "expired"} <= set(offered.words)
    assert offered.services == (service.name,)


def test_cases_far_apart_in_time_are_no_group() -> None:
    service = make_service()
    for week, text in enumerate(ASKS):
        make_asks(service, (text,), days_ago=8 * week)
    assert find_candidates(at=now()) == 0


def test_restricted_and_sealed_cases_are_never_looked_at() -> None:
    service = make_service()
    cases = make_asks(service, ASKS)
    for case, level in zip(cases[:2], (Case.RESTRICTED, Case.SEALED), strict=True):
        Case.objects.filter(pk=case.pk).update(confidentiality=level)
    find_candidates(at=now())
    assert not CandidateCase.objects.filter(case__in=cases[:2]).exists()


def test_a_group_is_offered_only_as_far_as_its_cases_are_seen() -> None:
    ours, theirs = make_team(), make_team()
    make_asks(make_service(team=ours, desk="one"), ASKS[:2])
    make_asks(make_service(team=theirs, desk="one"), ASKS[2:])
    assert find_candidates(at=now()) == 1
    assert offered_to(make_keeper(team=ours), language="en") == []


def test_what_is_not_a_problem_is_not_offered_again() -> None:
    team = make_team()
    keeper, service = make_keeper(team=team), make_service(team=team)
    make_asks(service, ASKS)
    find_candidates(at=now())
    candidate = Candidate.objects.get()
    refuse_candidate(candidate, by=keeper, at=now())
    make_asks(service, ("The booking page is expired, I cannot confirm",))
    assert find_candidates(at=now()) == 0
    with pytest.raises(SettledAlready):
        refuse_candidate(candidate, by=keeper, at=now())


def test_looking_again_replaces_what_was_offered() -> None:
    make_asks(make_service(), ASKS)
    find_candidates(at=now())
    find_candidates(at=now())
    assert Candidate.objects.count() == 1


def test_a_group_becomes_a_problem_with_its_cases_on_one_press(client: Client) -> None:
    team = make_team()
    keeper, service = make_keeper(team=team), make_service(team=team)
    cases = make_asks(service, ASKS)
    find_candidates(at=now())
    client.force_login(keeper)
    page = client.get("/problems/found/").content.decode()
    assert "Make a problem" in page
    assert cases[0].reference in page
    candidate = Candidate.objects.get()
    sent = {"title": "The booking page expires", "team": team.pk}
    assert client.post(f"/problems/found/{candidate.pk}/making/", sent).status_code == 302
    problem = Problem.objects.get()
    assert problem.links.count() == len(cases)
    assert "Nothing recurs" in client.get("/problems/found/").content.decode()
    assert find_candidates(at=now()) == 0


def test_a_quiet_desk_offers_nothing() -> None:
    service = make_service()
    assert find_candidates(at=now()) == 0
    make_asks(service, ("1234", "5678", "91011", "1213"))
    assert find_candidates(at=now() + dt.timedelta(days=1)) == 0


def test_two_do_not_settle_the_same_group() -> None:
    team = make_team()
    keeper = make_keeper(team=team)
    make_asks(make_service(team=team), ASKS)
    find_candidates(at=now())
    [offered] = offered_to(keeper, language="en")
    given: dict[str, Any] = {
        "title": "x",
        "team": team,
        "words": offered.words,
        "cases": offered.cases,
        "by": keeper,
    }
    make_of_candidate(offered.candidate, **given, at=now())
    with pytest.raises(SettledAlready):
        make_of_candidate(offered.candidate, **given, at=now())
