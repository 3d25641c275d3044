"""Who may see a case: level by level, and by each relation to it."""

import datetime as dt

import pytest

from moothall.cases.models import Case, CaseAccess, CaseSearch, Reading
from moothall.cases.rules.access import (
    NotAmongTheNamed,
    SomebodyMustSeeIt,
    end_access,
    give_access,
    may_read,
    open_sealed,
    set_confidentiality,
)
from moothall.cases.rules.refusals import ReasonNeeded
from moothall.cases.rules.timeline import write_note
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_team
from moothall.records.models import AuditEvent

from .make import AT, WORKER, later, make_case, make_manager, make_worker

pytestmark = pytest.mark.django_db

SEEN_BY = {
    Case.ANYONE: {"worker", "lead", "assignee", "had_it", "other_team", "everywhere", "named"},
    Case.TEAM: {"worker", "lead", "assignee", "had_it", "everywhere", "named"},
    Case.RESTRICTED: {"named"},
    Case.SEALED: {"named"},
}


@pytest.mark.parametrize("level", SEEN_BY)
def test_who_sees_a_case_of_each_level(level: str) -> None:
    team, before = make_team(), make_team()
    people = {
        "worker": make_worker(team=team),
        "lead": make_manager(team=team),
        "assignee": make_worker(team=team),
        "had_it": make_worker(team=before),
        "other_team": make_worker(team=make_team()),
        "everywhere": make_account(*WORKER),
        "named": make_worker(team=make_team()),
        "no_role": make_account(),
        "may_not_view": make_account("letters.write", team=team),
        "left": make_worker(team=team, is_active=False),
    }
    case = make_case(team=team, assignee=people["assignee"])
    Case.objects.filter(pk=case.pk).update(confidentiality=level, seen_by_teams=[team.pk, before.pk])
    CaseAccess.objects.create(case=case, account=people["named"], reason="Knows them", given_at=AT)
    seen = {name for name, account in people.items() if case in Case.objects.visible_to(account)}
    assert seen == SEEN_BY[level]


def test_access_that_was_ended_shows_nothing() -> None:
    case = make_case()
    account = make_worker(team=make_team())
    access = give_access(case, to=account, because="Helps out", by=None, at=AT)
    assert case in Case.objects.visible_to(account)
    end_access(access, by=make_manager(team=case.team), at=later(hours=1))
    assert case not in Case.objects.visible_to(account)


@pytest.fixture
def keeper() -> Account:
    return make_manager(team=make_team())


def seal(case: Case, keeper: Account, *named: Account, level: str = Case.SEALED) -> None:
    set_confidentiality(case, level=level, named=[*named], because="Private", by=keeper, at=AT)


def test_whoever_restricts_a_case_goes_on_seeing_it(keeper: Account) -> None:
    case = make_case()
    seal(case, keeper, level=Case.RESTRICTED)
    assert case in Case.objects.visible_to(keeper)


def test_restricting_needs_a_reason(keeper: Account) -> None:
    with pytest.raises(ReasonNeeded):
        set_confidentiality(make_case(), level=Case.SEALED, named=[], because="", by=keeper, at=AT)


def test_a_sealed_case_leaves_the_search_and_stays_out_of_it(keeper: Account) -> None:
    case = make_case(words="A concern about a child")
    seal(case, keeper)
    write_note(case, text="Rang the school about the concern", by=keeper, at=later(hours=1))
    assert not CaseSearch.objects.filter(case=case).exists()
    assert not Case.objects.visible_to(keeper).mentioning("concern").exists()


def test_a_case_unsealed_is_found_again_by_all_its_words(keeper: Account) -> None:
    case = make_case()
    seal(case, keeper)
    write_note(case, text="Rang the school about the concern", by=keeper, at=later(hours=1))
    seal(case, keeper, level=Case.TEAM)
    assert list(Case.objects.mentioning("schools")) == list(Case.objects.mentioning("warden")) == [case]


def test_those_named_are_named_no_longer_once_the_case_is_open_to_its_team(keeper: Account) -> None:
    named = make_worker(team=make_team())
    case = make_case()
    seal(case, keeper, named)
    seal(case, keeper, level=Case.TEAM)
    assert case not in Case.objects.visible_to(named)
    seal(case, keeper)
    assert case not in Case.objects.visible_to(named)


def test_the_last_person_named_on_a_confidential_case_stays(keeper: Account) -> None:
    named = make_worker(team=make_team())
    case = make_case()
    seal(case, keeper, named)
    first, last = CaseAccess.objects.in_force().filter(case=case)
    end_access(first, by=keeper, at=AT)
    with pytest.raises(SomebodyMustSeeIt):
        end_access(last, by=keeper, at=AT)


def test_a_sealed_case_is_read_for_half_an_hour_and_the_reason_is_kept(keeper: Account) -> None:
    case = make_case()
    assert may_read(case, keeper, at=AT)
    seal(case, keeper)
    assert not may_read(case, keeper, at=AT)
    open_sealed(case, by=keeper, at=AT, reason="To prepare the meeting")
    assert may_read(case, keeper, at=later(minutes=29))
    assert not may_read(case, keeper, at=later(minutes=30))
    reading = Reading.objects.get()
    assert (reading.account, reading.reason) == (keeper, "To prepare the meeting")
    logged = AuditEvent.objects.get(verb="cases.read_sealed")
    assert (logged.actor, logged.detail["reason"]) == (keeper, "To prepare the meeting")


def test_a_sealed_case_is_opened_only_with_a_reason_and_by_those_named(keeper: Account) -> None:
    case = make_case()
    seal(case, keeper)
    with pytest.raises(ReasonNeeded):
        open_sealed(case, by=keeper, at=AT, reason=" ")
    with pytest.raises(NotAmongTheNamed):
        open_sealed(case, by=make_worker(team=case.team), at=AT, reason="Curious")
    assert not Reading.objects.exists()


def test_naming_somebody_twice_names_them_once(keeper: Account) -> None:
    case = make_case()
    one = give_access(case, to=keeper, because="Leads", by=None, at=AT)
    assert give_access(case, to=keeper, because="Leads", by=None, at=AT + dt.timedelta(hours=1)) == one
    assert AuditEvent.objects.filter(verb="cases.give_access").count() == 1
