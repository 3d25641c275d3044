"""A person decides: what accepting does, what rejecting leaves, and how either is taken back."""

from collections.abc import Callable

import pytest

from moothall.cases.models import Case, CaseLink
from moothall.cases.rules.assigning import prioritise_case
from moothall.cases.rules.closing import close_case
from moothall.cases.tests.make import AT, make_case, make_service, make_worker, verbs_about
from moothall.enquiries.models import Suggestion, Triaged
from moothall.enquiries.rules.triage.deciding import (
    DecidedAlready,
    NoLongerThere,
    NothingToUndo,
    NotYours,
    accept_suggestion,
    reject_suggestion,
    settle_triage,
    undo_decision,
)
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_person, make_team

from .make import make_suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    team = make_team()
    return make_case(team=team, service=make_service(team=team), requester=make_person())


@pytest.fixture
def worker(case: Case) -> Account:
    return make_worker(team=case.team)


def to_service(case: Case) -> Suggestion:
    other = make_service(team=case.team)
    return make_suggestion(case, kind="SERVICE", kind_order=1, value=other.key)


def to_team(case: Case) -> Suggestion:
    return make_suggestion(case, kind="TEAM", kind_order=2, value=make_team().key)


def to_person(case: Case) -> Suggestion:
    person = make_person(full_name="Zanele Okafor")
    reason = {"code": "same_phone", "said": "029"}
    return make_suggestion(
        case, kind="PERSON", kind_order=4, value=person.reference, person=person, reason=reason
    )


def to_link(case: Case) -> Suggestion:
    other = make_case(service=case.service, team=case.team)
    reason = {"code": "alike", "days": 1}
    return make_suggestion(
        case, kind="RELATED", kind_order=6, value=other.reference, other=other, reason=reason
    )


ALL: list[Callable[[Case], Suggestion]] = [make_suggestion, to_service, to_team, to_person, to_link]


def how_it_stands(case: Case) -> tuple[object, ...]:
    case.refresh_from_db()
    links = case.links.filter(ended_at=None).count()
    return (case.service_id, case.team_id, case.priority, case.requester_id, links)


@pytest.mark.parametrize("make", ALL)
def test_accepting_does_it_by_the_ordinary_rule_and_undoing_puts_it_back(
    case: Case, worker: Account, make: Callable[[Case], Suggestion]
) -> None:
    before = how_it_stands(case)
    found = make(case)
    accept_suggestion(found, by=worker, at=AT)
    found.refresh_from_db()
    assert how_it_stands(case) != before
    assert (found.decision, found.decided_by, found.decided_at) == ("ACCEPTED", worker, AT)
    assert found.change is not None
    assert "enquiries.decide_suggestion" in verbs_about(case)
    undo_decision(by=worker, at=AT)
    found.refresh_from_db()
    assert how_it_stands(case) == before
    assert (found.decision, found.decided_by) == ("", None)


@pytest.mark.parametrize("make", ALL)
def test_rejecting_is_remembered_and_changes_nothing(
    case: Case, worker: Account, make: Callable[[Case], Suggestion]
) -> None:
    before = how_it_stands(case)
    found = make(case)
    reject_suggestion(found, by=worker, at=AT)
    assert how_it_stands(case) == before
    found.refresh_from_db()
    assert (found.decision, found.change) == ("REJECTED", None)
    undo_decision(by=worker, at=AT)
    assert Suggestion.objects.get(pk=found.pk).decision == ""


def test_nothing_is_decided_twice(case: Case, worker: Account) -> None:
    found = make_suggestion(case)
    accept_suggestion(found, by=worker, at=AT)
    with pytest.raises(DecidedAlready):
        reject_suggestion(Suggestion.objects.get(pk=found.pk), by=worker, at=AT)


def test_the_last_decision_settles_the_triage_of_its_case(case: Case, worker: Account) -> None:
    first, second = make_suggestion(case), to_service(case)
    reject_suggestion(first, by=worker, at=AT)
    assert Triaged.objects.get(case=case).settled_at is None
    accept_suggestion(second, by=worker, at=AT)
    assert Triaged.objects.get(case=case).settled_by == worker


def test_what_ones_role_does_not_allow_is_not_done_and_stays_open(case: Case) -> None:
    found = to_team(case)
    adviser = make_account("cases.view", "cases.work", team=case.team)
    with pytest.raises(NotYours):
        accept_suggestion(found, by=adviser, at=AT)
    assert Suggestion.objects.get(pk=found.pk).decision == ""


def test_what_is_gone_is_said_and_stays_open(case: Case, worker: Account) -> None:
    found = to_service(case)
    Suggestion.objects.filter(pk=found.pk).update(value="no-such-service")
    with pytest.raises(NoLongerThere):
        accept_suggestion(Suggestion.objects.get(pk=found.pk), by=worker, at=AT)
    assert Suggestion.objects.get(pk=found.pk).decision == ""


def test_a_link_to_a_case_one_may_not_see_is_not_made(case: Case, worker: Account) -> None:
    found = to_link(case)
    Case.objects.filter(reference=found.value).update(confidentiality=Case.SEALED)
    assert not Suggestion.objects.visible_to(worker).filter(pk=found.pk).exists()
    with pytest.raises(NoLongerThere):
        accept_suggestion(found, by=worker, at=AT)
    assert not CaseLink.objects.exists()


def test_done_by_hand_it_is_overtaken(case: Case, worker: Account) -> None:
    found = make_suggestion(case)
    prioritise_case(case, priority=Case.URGENT, by=worker, at=AT)
    found.refresh_from_db()
    assert (found.decision, found.decided_by) == ("PASSED", worker)


def test_closing_a_case_overtakes_what_was_open_and_settles_it(case: Case, worker: Account) -> None:
    found = to_service(case)
    close_case(case, by=worker, at=AT, outcome="answered")
    found.refresh_from_db()
    assert found.decision == "PASSED"
    assert Triaged.objects.get(case=case).settled_at == AT


def test_leaving_it_as_it_is_overtakes_and_taking_it_assigns(case: Case, worker: Account) -> None:
    found = make_suggestion(case)
    settle_triage(case, by=worker, at=AT, take=True)
    found.refresh_from_db()
    case.refresh_from_db()
    assert (found.decision, case.assignee) == ("PASSED", worker)


def test_only_ones_own_decisions_of_today_are_taken_back(case: Case, worker: Account) -> None:
    reject_suggestion(make_suggestion(case), by=worker, at=AT)
    with pytest.raises(NothingToUndo):
        undo_decision(by=make_worker(team=case.team), at=AT)
