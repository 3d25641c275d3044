"""Steps that open a case of their own, and what its closing does to them."""

from typing import Any

import pytest

from moothall.cases.models import Case, Service, Step
from moothall.cases.rules.changing import CannotUndo, undo_change
from moothall.cases.rules.closing import close_case, reopen_case
from moothall.cases.rules.definition import OutcomeDefinition, StepDefinition
from moothall.cases.rules.stepping import SubCaseRunning, complete_step, reopen_step
from moothall.people.models import Team
from moothall.people.tests.make import make_team

from .make import AT, later, make_case, make_manager, make_service, make_step, states, step_of

pytestmark = pytest.mark.django_db


def make_vetting(**changes: Any) -> Service:
    check = make_step("check", outcomes=("cleared", "refused"))
    return make_service(check, is_sub=True, clocks=(), **changes)


def make_hiring(*more: StepDefinition, sub: Service, team: Team | None = None, **changes: Any) -> Case:
    vet = make_step("vet", "apply", sub=sub.key, outcomes=("cleared", "refused"), **changes)
    case = make_case(service=make_service(make_step("apply"), vet, *more, team=team), answers={"level": "RV"})
    complete_step(step_of(case, "apply"), by=None, at=AT)
    return case


def sub_of(case: Case) -> Case:
    return Case.objects.get(parent_step__case=case)


def test_a_step_opens_its_own_case_when_it_is_ready() -> None:
    case = make_hiring(sub=make_vetting())
    sub = sub_of(case)
    assert sub.parent_step == step_of(case, "vet")
    assert sub.answers == {"level": "RV"}
    assert case.title in sub.title


def test_a_step_waits_for_its_own_case() -> None:
    case = make_hiring(sub=make_vetting())
    with pytest.raises(SubCaseRunning):
        complete_step(step_of(case, "vet"), by=None, at=AT, outcome="cleared")


def test_a_sub_case_with_nothing_left_to_do_closes_and_its_outcome_completes_the_step() -> None:
    case = make_hiring(make_step("offer", "vet", when="vet == cleared"), sub=make_vetting())
    complete_step(step_of(sub_of(case), "check"), by=None, at=later(days=1), outcome="cleared")
    sub = sub_of(case)
    assert (sub.status, sub.outcome) == (Case.CLOSED, "cleared")
    vet = step_of(case, "vet")
    assert (vet.state, vet.outcome) == (Step.DONE, "cleared")
    assert states(case)["offer"] == Step.READY


def test_a_called_service_completes_the_step_when_somebody_closes_it() -> None:
    called = make_service(outcomes=(OutcomeDefinition("agreed", "Agreed"),))
    case = make_case(service=make_service(make_step("ask", calls=called.key), make_step("go", "ask")))
    sub = sub_of(case)
    assert sub.service == called
    close_case(sub, by=None, at=AT, outcome="agreed")
    assert states(case) == {"ask": Step.DONE, "go": Step.READY}


def test_an_outcome_that_is_not_the_steps_leaves_the_step_to_a_person() -> None:
    called = make_service(outcomes=(OutcomeDefinition("withdrawn", "Withdrawn"),))
    service = make_service(make_step("ask", calls=called.key, outcomes=("yes", "no")))
    case = make_case(service=service)
    close_case(sub_of(case), by=None, at=AT, outcome="withdrawn")
    assert states(case) == {"ask": Step.READY}
    complete_step(step_of(case, "ask"), by=None, at=AT, outcome="no")
    assert states(case) == {"ask": Step.DONE}


def test_a_sub_case_opened_by_mistake_does_not_complete_the_step() -> None:
    called = make_service()
    case = make_case(service=make_service(make_step("ask", calls=called.key)))
    close_case(sub_of(case), by=None, at=AT, outcome="opened_by_mistake")
    assert states(case) == {"ask": Step.READY}


def test_the_next_round_of_a_step_opens_a_case_of_its_own() -> None:
    case = make_hiring(sub=make_vetting(), repeat="until_cleared")
    vet = step_of(case, "vet")
    close_case(sub_of(case), by=None, at=AT, outcome="opened_by_mistake")
    complete_step(vet, by=None, at=later(days=1), outcome="refused", again=True)
    again = step_of(case, "vet")
    assert (again.occurrence, again.sub_cases.get().status) == (2, Case.OPEN)


def test_closing_a_case_closes_the_cases_that_only_served_it() -> None:
    team = make_team()
    manager = make_manager(team=team)
    case = make_hiring(sub=make_vetting(), team=team)
    entry = close_case(case, by=manager, at=later(days=1), outcome="withdrawn")
    sub = sub_of(case)
    assert (sub.status, sub.outcome) == (Case.CLOSED, "not_needed")
    undo_change(entry, by=manager, at=later(days=2))
    assert sub_of(case).status == Case.OPEN
    assert states(case)["vet"] == Step.READY
    assert Case.objects.filter(parent_step__case=case).count() == 1


def test_reopening_a_case_takes_up_the_cases_that_served_it() -> None:
    manager = make_manager(team=make_team())
    case = make_hiring(sub=make_vetting())
    close_case(case, by=manager, at=later(days=1), outcome="withdrawn")
    reopen_case(case, by=manager, at=later(days=2), because="They changed their mind")
    assert sub_of(case).status == Case.OPEN
    complete_step(step_of(sub_of(case), "check"), by=manager, at=later(days=3), outcome="cleared")
    assert states(case)["vet"] == Step.DONE


def test_undoing_the_closing_of_a_sub_case_opens_the_step_it_completed() -> None:
    manager = make_manager(team=make_team())
    called = make_service()
    case = make_case(service=make_service(make_step("ask", calls=called.key), make_step("go", "ask")))
    entry = close_case(sub_of(case), by=manager, at=AT, outcome="answered")
    assert states(case) == {"ask": Step.DONE, "go": Step.READY}
    undo_change(entry, by=manager, at=later(hours=1))
    assert states(case) == {"ask": Step.READY, "go": Step.PENDING}


def test_the_closing_of_a_sub_case_is_not_undone_once_its_parent_went_on() -> None:
    manager = make_manager(team=make_team())
    called = make_service()
    case = make_case(service=make_service(make_step("ask", calls=called.key), make_step("go", "ask")))
    entry = close_case(sub_of(case), by=manager, at=AT, outcome="answered")
    complete_step(step_of(case, "go"), by=manager, at=AT)
    with pytest.raises(CannotUndo):
        undo_change(entry, by=manager, at=later(hours=1))
    assert sub_of(case).status == Case.CLOSED


def test_a_step_opened_again_does_not_open_a_second_case_beside_the_first() -> None:
    manager = make_manager(team=make_team())
    case = make_hiring(sub=make_vetting())
    reopen_step(step_of(case, "apply"), by=manager, at=AT, because="More to read")
    complete_step(step_of(case, "apply"), by=manager, at=later(days=1))
    assert Case.objects.filter(parent_step__case=case).count() == 1


def test_a_sub_case_of_a_sealed_case_is_sealed_too() -> None:
    sub = make_vetting()
    lead = make_manager(team=make_team())
    vet = make_step("vet", sub=sub.key, outcomes=("cleared", "refused"))
    service = make_service(vet, confidentiality=Case.SEALED)
    case = make_case(service=service, by=lead)
    opened = sub_of(case)
    assert opened.confidentiality == Case.SEALED
    assert opened in Case.objects.visible_to(lead)
