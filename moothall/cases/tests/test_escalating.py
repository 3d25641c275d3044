"""Who is told when a case or a step runs out of time, and when they need not look any more."""

import datetime as dt

import pytest

from moothall.cases.models import Case, Escalation
from moothall.cases.rules.clocks import meet_clocks, record_event
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.definition import EscalationDefinition
from moothall.cases.rules.escalating import escalate_late
from moothall.cases.rules.stepping import complete_step
from moothall.people.models import Account, Role
from moothall.people.tests.make import make_account, make_grant, make_team
from moothall.records.models import AuditEvent

from .make import clock_of, later, make_case, make_led_team, make_service, make_step, make_worker, step_of

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 12, 7)
LATE = DUE + dt.timedelta(days=1)
HALF_AGAIN = dt.date(2026, 12, 14)


@pytest.fixture
def head() -> Account:
    account = make_account()
    role = Role.objects.create(key="head-of-service", name="Head of service", permissions=["cases.view"])
    make_grant(account=account, role=role)
    return account


def run(on: dt.date) -> int:
    return escalate_late(at=dt.datetime.combine(on, dt.time(9), tzinfo=dt.UTC), today=on)


def told(*, settled: bool = False) -> list[tuple[str, Account | None, str]]:
    rows = Escalation.objects.filter(settled_at__isnull=not settled).order_by("id")
    return [(row.step.key if row.step else "case", row.to, row.level) for row in rows]


def test_nobody_is_told_before_a_case_is_late() -> None:
    make_case(team=make_led_team())
    assert (run(DUE), told()) == (0, [])


def test_the_lead_is_told_of_a_late_case_once() -> None:
    team = make_led_team()
    case = make_case(team=team)
    assert (run(LATE), run(LATE), run(LATE + dt.timedelta(days=1))) == (1, 0, 0)
    assert told() == [("case", team.lead, "owner_team_lead")]
    event = AuditEvent.objects.get(verb="cases.escalate")
    assert (event.about_id, event.actor, event.actor_name) == (case.pk, None, "Moothall")


def test_the_head_of_service_is_told_when_half_the_time_again_has_gone(head: Account) -> None:
    team = make_led_team()
    make_case(team=team)
    run(HALF_AGAIN - dt.timedelta(days=1))
    assert told() == [("case", team.lead, "owner_team_lead")]
    assert run(HALF_AGAIN) == 1
    assert told()[1] == ("case", head, "head_of_service")


def test_a_service_says_itself_when_who_is_told(head: Account) -> None:
    rules = (EscalationDefinition(1.2, "owner_team_lead"), EscalationDefinition(3.0, "head_of_service"))
    make_case(service=make_service(team=make_led_team(), escalate=rules))
    assert run(LATE) == 0
    assert run(dt.date(2026, 12, 10)) == 1
    assert run(HALF_AGAIN) == 0


def test_a_late_step_is_told_to_the_lead_of_the_team_that_owes_it() -> None:
    vetting = make_led_team()
    service = make_service(
        make_step("vet", owner="vetting", target=8), team=make_led_team(), owners={"vetting": vetting.key}
    )
    case = make_case(service=service)
    run(dt.date(2026, 12, 4))
    assert told() == [("vet", vetting.lead, "owner_team_lead")]
    complete_step(step_of(case, "vet"), by=None, at=later(days=3))
    assert told() == []


def test_a_step_that_belongs_to_nobody_by_name_is_told_to_the_lead_of_the_case() -> None:
    team = make_led_team()
    make_case(service=make_service(make_step("read", target=8), team=team))
    run(dt.date(2026, 12, 4))
    assert told() == [("read", team.lead, "owner_team_lead")]


def test_an_answer_settles_what_was_told() -> None:
    case = make_case(team=make_led_team())
    run(LATE)
    meet_clocks(case, "answered", at=later(days=20), by=None)
    assert run(LATE) == 0
    assert told() == []


def test_more_time_settles_it_and_running_late_again_is_told_again() -> None:
    team = make_led_team()
    case = make_case(team=team)
    run(LATE)
    record_event(
        clock_of(case),
        kind="extended",
        event_at=later(days=16),
        by=None,
        at=later(days=16),
        detail={"amount": 3},
    )
    assert (run(LATE), told()) == (0, [])
    assert run(dt.date(2026, 12, 11)) == 1
    assert told() == [("case", team.lead, "owner_team_lead")]


def test_a_closed_case_is_not_told() -> None:
    case = make_case(team=make_led_team())
    close_case(case, by=None, at=later(days=1), outcome="answered")
    assert run(HALF_AGAIN) == 0


def test_the_head_of_service_stands_in_for_a_lead_that_is_not_there(head: Account) -> None:
    make_case(team=make_team())
    assert run(LATE) == 1
    assert told() == [("case", head, "owner_team_lead")]


def test_a_lead_named_later_is_told_then() -> None:
    team = make_team()
    make_case(team=team)
    assert run(LATE) == 0
    team.lead = make_worker(team=team)
    team.save()
    assert (run(LATE), told()) == (1, [("case", team.lead, "owner_team_lead")])


def test_telling_costs_the_same_however_many_are_late(django_assert_max_num_queries: object) -> None:
    team, service = make_led_team(), make_service()
    for _ in range(25):
        make_case(service=service, team=team)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert run(LATE) == 25
    assert Case.objects.late(LATE).count() == 25
