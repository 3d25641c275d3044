"""A fair share: least for their hours, there today, knows service and language, and no party to it."""

import datetime as dt

import pytest

from moothall.cases.models import Case, Service
from moothall.cases.rules.assigning import assign_case
from moothall.cases.rules.closing import close_case
from moothall.cases.tests.make import AT, TODAY, make_case, make_service, make_worker
from moothall.people.models import Account, Team
from moothall.people.rules.working import enter_absence, say_language, say_presence
from moothall.people.tests.make import audited, make_person, make_team
from moothall.workload.rules import sharing
from moothall.workload.rules.sharing import Proposal, crew_of, propose, say_service_skill, share_out

from .make import make_hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def service(team: Team) -> Service:
    return make_service(team=team)


@pytest.fixture
def two(team: Team) -> tuple[Account, Account]:
    first, second = make_worker(team=team), make_worker(team=team)
    for account in (first, second):
        make_hours(account)
    return first, second


def offer(team: Team, *cases: Case) -> list[Proposal]:
    return propose(cases, crew_of(team, today=TODAY))


def give(service: Service, to: Account, *, cases: int) -> None:
    for _ in range(cases):
        assign_case(make_case(service=service), to=to, by=None, at=AT)


def test_whoever_has_least_for_their_hours_is_proposed(
    team: Team, service: Service, two: tuple[Account, Account]
) -> None:
    first, second = two
    give(service, first, cases=3)
    [proposal] = offer(team, make_case(service=service))
    assert proposal.to == second
    assert "least for their hours" in proposal.why


def test_half_the_hours_get_half_the_cases(
    team: Team, service: Service, two: tuple[Account, Account]
) -> None:
    make_hours(two[1], hours=4)
    found = offer(team, *(make_case(service=service) for _ in range(9)))
    given = [proposal.to for proposal in found]
    assert (given.count(two[0]), given.count(two[1])) == (6, 3)


def test_whoever_is_away_or_out_is_given_nothing(
    team: Team, service: Service, two: tuple[Account, Account]
) -> None:
    first, second = two
    enter_absence(first, kind="LEAVE", from_on=TODAY, until_on=TODAY, by=None, at=AT)
    assert {each.to for each in offer(team, make_case(service=service))} == {second}
    say_presence(second, day=TODAY, is_in=False, by=second, at=AT)
    [proposal] = offer(team, make_case(service=service))
    assert (proposal.to, proposal.why) == (None, "Nobody in the team is in today.")
    say_presence(second, day=TODAY, is_in=True, by=second, at=AT)
    assert offer(team, make_case(service=service))[0].to == second


def test_a_service_somebody_knows_goes_to_those_who_know_it(
    team: Team, service: Service, two: tuple[Account, Account]
) -> None:
    first, second = two
    say_service_skill(first, service=service, level=2, by=second, at=AT)
    give(service, first, cases=5)
    [proposal] = offer(team, make_case(service=service))
    assert proposal.to == first
    assert "knows the service" in proposal.why


def test_welsh_goes_to_whoever_works_in_welsh(
    team: Team, service: Service, two: tuple[Account, Account]
) -> None:
    say_language(two[1], language="cy", level=3, by=None, at=AT)
    give(service, two[1], cases=4)
    case = make_case(service=service, language="cy")
    assert offer(team, case)[0].to == two[1]


def test_nobody_is_given_a_case_about_themselves(
    team: Team, service: Service, two: tuple[Account, Account]
) -> None:
    first, second = two
    give(service, second, cases=5)
    first.person = make_person()
    first.save(update_fields=["person"])
    case = make_case(service=service)
    Case.objects.filter(pk=case.pk).update(subject=first.person)
    case.refresh_from_db()
    [proposal] = offer(team, case)
    assert proposal.to == second
    assert "left out" in proposal.why
    with pytest.raises(sharing.NothingToShare):
        share_out([(case, first)], team=team, by=second, at=AT)


def test_a_pile_is_shared_out_and_given_back(
    team: Team, service: Service, two: tuple[Account, Account]
) -> None:
    cases = [make_case(service=service) for _ in range(4)]
    pairs = [(each.case, each.to) for each in offer(team, *cases) if each.to]
    share = share_out(pairs, team=team, by=two[0], at=AT)
    assert Case.objects.filter(assignee=two[0]).count() == Case.objects.filter(assignee=two[1]).count() == 2
    assert [event.verb for event in audited(share)] == ["workload.share"]
    moved_on = Case.objects.filter(assignee=two[1])[0]
    close_case(moved_on, by=two[1], at=AT, outcome="answered")
    assert sharing.take_share_back(share, by=two[0], at=AT + dt.timedelta(minutes=1)) == (3, 1)
    assert Case.objects.filter(assignee=None).count() == 3
    with pytest.raises(sharing.SharedBackAlready):
        sharing.take_share_back(share, by=two[0], at=AT)


def test_what_somebody_took_meanwhile_is_left_to_them(
    team: Team, service: Service, two: tuple[Account, Account]
) -> None:
    taken, free = make_case(service=service), make_case(service=service)
    assign_case(taken, to=two[1], by=two[1], at=AT)
    share_out([(taken, two[0]), (free, two[0])], team=team, by=two[0], at=AT)
    taken.refresh_from_db()
    assert taken.assignee == two[1]
