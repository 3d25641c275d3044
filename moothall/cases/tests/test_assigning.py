"""Who does the work, and what happens to it when it changes hands."""

import pytest

from moothall.cases.models import Case, Escalation, Step
from moothall.cases.rules.assigning import (
    NotInThatTeam,
    TheirsAlready,
    assign_case,
    hand_over,
    prioritise_case,
)
from moothall.cases.rules.changing import ChangedMeanwhile, undo_change
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.escalating import escalate_late
from moothall.cases.rules.holding import hold_case
from moothall.cases.rules.refusals import AlreadyClosed, ReasonNeeded
from moothall.people.tests.make import make_account, make_team

from .make import (
    AT,
    TODAY,
    WORKER,
    clock_of,
    later,
    make_case,
    make_led_team,
    make_manager,
    make_service,
    make_step,
    make_worker,
    step_of,
)

pytestmark = pytest.mark.django_db


def test_a_case_is_assigned_to_somebody_of_its_team_only() -> None:
    team = make_team()
    case = make_case(team=team)
    worker = make_worker(team=team)
    assign_case(case, to=worker, by=worker, at=AT)
    assert Case.objects.get(pk=case.pk).assignee == worker
    with pytest.raises(NotInThatTeam):
        assign_case(case, to=make_worker(team=make_team()), by=worker, at=AT)
    assert Case.objects.get(pk=case.pk).assignee == worker


def test_somebody_who_works_everywhere_may_have_any_case_and_somebody_who_left_none() -> None:
    case = make_case()
    everywhere = make_account(*WORKER)
    assign_case(case, to=everywhere, by=None, at=AT)
    with pytest.raises(NotInThatTeam):
        assign_case(case, to=make_worker(team=case.team, is_active=False), by=None, at=AT)


def test_what_is_given_by_another_was_handed_and_what_is_taken_was_not() -> None:
    team = make_team()
    giver, taker = make_worker(team=team), make_worker(team=team)
    case = make_case(team=team)
    assign_case(case, to=taker, by=giver, at=AT)
    assert Case.objects.get(pk=case.pk).handed_at == AT
    assign_case(case, to=giver, by=giver, at=later(hours=1))
    assert Case.objects.get(pk=case.pk).handed_at is None


def test_whoever_has_a_case_already_is_not_handed_it_anew() -> None:
    team = make_team()
    worker, manager = make_worker(team=team), make_manager(team=team)
    case = make_case(team=team)
    assign_case(case, to=worker, by=worker, at=AT)
    assign_case(case, to=worker, by=manager, at=AT)
    assert Case.objects.get(pk=case.pk).handed_at is None


def test_a_case_is_given_back_to_nobody() -> None:
    team = make_team()
    worker = make_worker(team=team)
    case = make_case(team=team, assignee=worker)
    assign_case(case, to=None, by=worker, at=AT)
    assert list(Case.objects.unassigned()) == [case]


def test_an_assignment_notices_that_the_case_changed_meanwhile() -> None:
    case = make_case()
    seen = case.edition
    prioritise_case(case, priority=Case.HIGH, by=make_worker(team=case.team), at=AT)
    with pytest.raises(ChangedMeanwhile):
        assign_case(case, to=None, by=None, at=AT, edition=seen)
    assign_case(case, to=None, by=None, at=AT, edition=case.edition)


def test_a_closed_case_is_not_assigned_however_old_the_page_was() -> None:
    case = make_case()
    stale = Case.objects.get(pk=case.pk)
    close_case(case, by=None, at=AT, outcome="answered")
    worker = make_worker(team=case.team)
    with pytest.raises(AlreadyClosed):
        assign_case(stale, to=worker, by=worker, at=AT)
    with pytest.raises(AlreadyClosed):
        hand_over(stale, to_team=make_team(), because="Theirs", by=worker, at=AT)
    with pytest.raises(AlreadyClosed):
        prioritise_case(stale, priority=Case.HIGH, by=worker, at=AT)


def test_a_case_handed_over_goes_to_the_lead_and_stays_visible_to_those_who_had_it() -> None:
    had, gets = make_team(), make_led_team()
    worker = make_worker(team=had)
    case = make_case(team=had, assignee=worker)
    hand_over(case, to_team=gets, because="About pay", by=worker, at=AT)
    case.refresh_from_db()
    assert (case.team, case.assignee, case.handed_because) == (gets, gets.lead, "About pay")
    assert case in Case.objects.visible_to(worker)
    assert gets.lead is not None
    assert case in Case.objects.visible_to(gets.lead)


def test_a_case_handed_over_may_go_straight_to_somebody_of_the_other_team() -> None:
    gets = make_led_team()
    colleague, stranger = make_worker(team=gets), make_worker(team=make_team())
    case = make_case()
    with pytest.raises(NotInThatTeam):
        hand_over(case, to_team=gets, because="Theirs", by=stranger, at=AT, to=stranger)
    hand_over(case, to_team=gets, because="Theirs", by=stranger, at=AT, to=colleague)
    assert Case.objects.get(pk=case.pk).assignee == colleague


def test_handing_over_needs_a_reason_and_another_team() -> None:
    case = make_case()
    worker = make_worker(team=case.team)
    with pytest.raises(ReasonNeeded):
        hand_over(case, to_team=make_team(), because="  ", by=worker, at=AT)
    with pytest.raises(TheirsAlready):
        hand_over(case, to_team=case.team, because="Theirs", by=worker, at=AT)


def test_a_lead_who_has_left_is_not_given_cases() -> None:
    gets = make_led_team()
    assert gets.lead is not None
    gets.lead.is_active = False
    gets.lead.save()
    case = make_case()
    hand_over(case, to_team=gets, because="Theirs", by=make_worker(team=case.team), at=AT)
    assert Case.objects.get(pk=case.pk).assignee is None


def test_handing_over_ends_a_hold_and_lets_the_clock_go_on() -> None:
    case = make_case()
    worker = make_worker(team=case.team)
    due = clock_of(case).due_on
    hold_case(case, until=later(days=7).date(), because="Away", by=worker, at=AT, today=TODAY)
    assert clock_of(case).due_on != due
    entry = hand_over(case, to_team=make_led_team(), because="Theirs", by=worker, at=later(hours=1))
    case.refresh_from_db()
    assert (case.held_until, case.status, case.waiting_on) == (None, Case.OPEN, Case.US)
    assert clock_of(case).due_on == due
    undo_change(entry, by=worker, at=later(hours=2))
    case.refresh_from_db()
    assert (case.held_until, clock_of(case).due_on) == (later(days=7).date(), case.due_on)
    assert clock_of(case).due_on != due


def test_steps_go_along_with_the_case_unless_its_service_names_their_team() -> None:
    had, gets, vetting = make_team(), make_led_team(), make_team()
    service = make_service(
        make_step("read", owner="team"), make_step("vet", owner="vetting"), team=had,
        owners={"vetting": vetting.key},
    )  # fmt: skip
    case = make_case(service=service)
    Step.objects.filter(case=case, key="read").update(team=had)
    worker = make_worker(team=had)
    entry = hand_over(case, to_team=gets, because="Theirs", by=worker, at=AT)
    assert (step_of(case, "read").team, step_of(case, "vet").team) == (gets, vetting)
    undo_change(entry, by=worker, at=AT)
    assert (step_of(case, "read").team, step_of(case, "vet").team) == (had, vetting)


def test_a_late_case_handed_over_is_told_to_the_lead_who_has_it_now() -> None:
    had, gets = make_led_team(), make_led_team()
    case = make_case(team=had)
    late = later(days=30)
    escalate_late(at=late, today=late.date())
    hand_over(case, to_team=gets, because="Theirs", by=make_worker(team=had), at=late)
    escalate_late(at=late, today=late.date())
    told = Escalation.objects.filter(case=case, level="owner_team_lead")
    assert [(row.to, row.settled_at is None) for row in told.order_by("id")] == [
        (had.lead, False), (gets.lead, True),
    ]  # fmt: skip


@pytest.mark.parametrize("level", [Case.RESTRICTED, Case.SEALED])
def test_whoever_is_given_a_confidential_case_can_see_it(level: str) -> None:
    had, gets = make_led_team(), make_led_team()
    worker = make_worker(team=had)
    case = make_case(service=make_service(team=had, confidentiality=level), by=worker)
    colleague = make_worker(team=had)
    assert case not in Case.objects.visible_to(colleague)
    assign_case(case, to=colleague, by=worker, at=AT)
    assert case in Case.objects.visible_to(colleague)
    hand_over(case, to_team=gets, because="Theirs", by=worker, at=AT)
    assert gets.lead is not None
    assert case in Case.objects.visible_to(gets.lead)
