"""How a case ends, and how it is taken up again."""

import pytest

from moothall.cases.models import Case, Escalation, Step
from moothall.cases.rules.changing import ChangedMeanwhile
from moothall.cases.rules.closing import NotClosed, OutcomeNeeded, close_case, reopen_case, shared_outcomes
from moothall.cases.rules.definition import OutcomeDefinition
from moothall.cases.rules.escalating import escalate_late
from moothall.cases.rules.refusals import AlreadyClosed, ReasonNeeded
from moothall.cases.rules.stepping import complete_step
from moothall.people.tests.make import make_team

from .make import (
    AT,
    later,
    make_case,
    make_manager,
    make_service,
    make_step,
    make_worker,
    states,
    step_of,
    verbs_about,
    words_on,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("outcome", ["answered", "signposted", "withdrawn", "opened_by_mistake"])
def test_a_case_closes_with_one_of_its_outcomes(outcome: str) -> None:
    case = make_case()
    worker = make_worker(team=case.team)
    close_case(case, by=worker, at=later(days=1), outcome=outcome, reason="Told by phone")
    case.refresh_from_db()
    assert (case.status, case.outcome, case.closed_at) == (Case.CLOSED, outcome, later(days=1))
    assert words_on(case) == ["Told by phone"]


@pytest.mark.parametrize("outcome", ["", "upheld", "merged"])
def test_a_case_does_not_close_with_an_outcome_that_is_not_its_own(outcome: str) -> None:
    case = make_case()
    with pytest.raises(OutcomeNeeded):
        close_case(case, by=None, at=AT, outcome=outcome)
    assert Case.objects.get(pk=case.pk).status == Case.OPEN


def test_a_case_closes_once() -> None:
    case = make_case()
    stale = Case.objects.get(pk=case.pk)
    close_case(case, by=None, at=AT, outcome="answered")
    with pytest.raises(AlreadyClosed):
        close_case(stale, by=None, at=AT, outcome="withdrawn")
    assert Case.objects.get(pk=case.pk).outcome == "answered"


def test_closing_notices_that_the_case_changed_meanwhile() -> None:
    case = make_case()
    Case.objects.filter(pk=case.pk).update(edition=5)
    with pytest.raises(ChangedMeanwhile):
        close_case(case, by=None, at=AT, outcome="answered", edition=4)


def test_what_is_left_of_the_steps_is_not_needed() -> None:
    case = make_case(service=make_service(make_step("read"), make_step("answer", "read")))
    close_case(case, by=None, at=AT, outcome="withdrawn")
    assert states(case) == {"read": Step.SKIPPED, "answer": Step.SKIPPED}


def test_a_case_taken_up_again_has_its_steps_where_they_stood_and_due_as_they_were() -> None:
    steps = make_step("read"), make_step("ask", "read"), make_step("answer", "ask")
    case = make_case(service=make_service(*steps))
    complete_step(step_of(case, "read"), by=None, at=later(days=1))
    due = step_of(case, "ask").due_on
    close_case(case, by=None, at=later(days=2), outcome="withdrawn")
    reopen_case(case, by=make_worker(team=case.team), at=later(days=20), because="They came back")
    assert states(case) == {"read": Step.DONE, "ask": Step.READY, "answer": Step.PENDING}
    assert step_of(case, "ask").due_on == due


def test_reopening_needs_a_closed_case_and_a_reason() -> None:
    case = make_case()
    worker = make_worker(team=case.team)
    with pytest.raises(NotClosed):
        reopen_case(case, by=worker, at=AT, because="Again")
    close_case(case, by=worker, at=AT, outcome="answered")
    with pytest.raises(ReasonNeeded):
        reopen_case(case, by=worker, at=AT, because="")
    reopen_case(case, by=worker, at=AT, because="Again")
    case.refresh_from_db()
    assert (case.status, case.outcome, case.closed_at, case.waiting_on) == (Case.OPEN, "", None, Case.US)


def test_closing_settles_what_was_escalated() -> None:
    team = make_team()
    team.lead = make_manager(team=team)
    team.save()
    case = make_case(team=team)
    escalate_late(at=later(days=30), today=later(days=30).date())
    close_case(case, by=None, at=later(days=30), outcome="answered")
    assert not Escalation.objects.filter(settled_at=None).exists()


def test_many_cases_close_only_with_what_all_of_them_allow() -> None:
    upheld = (OutcomeDefinition("upheld", "Upheld"), OutcomeDefinition("withdrawn", "Withdrawn"))
    cases = [make_case(), make_case(service=make_service(outcomes=upheld))]
    assert [outcome.key for outcome in shared_outcomes(cases)] == ["withdrawn"]
    assert shared_outcomes([]) == []


def test_closing_and_reopening_are_in_the_audit() -> None:
    case = make_case()
    worker = make_worker(team=case.team)
    close_case(case, by=worker, at=AT, outcome="answered")
    reopen_case(case, by=worker, at=AT, because="Again")
    verbs = ["cases.open", "cases.close", "clock.met", "cases.reopen", "clock.reopened"]
    assert verbs_about(case) == verbs
