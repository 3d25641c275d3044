"""All 42 processes run, from their first step to each of their final outcomes."""

import datetime as dt
from collections.abc import Iterator

import pytest
import yaml
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from moothall.cases.models import Case, Service, Step
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.definition import ServiceDefinition, StepDefinition, definition_of
from moothall.cases.rules.opening import current_version, open_case
from moothall.cases.rules.stepping import complete_step
from moothall.core.packs import load_pack

PROCESSES = settings.PACKS / "people-services" / "services" / "processes.yaml"
AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
EVERYTHING_APPLIES = {
    "employer": {"kind": "police", "welsh_standards": True},
    "force": {"pcso_fitness_test": True},
    "role": {"medical": "full", "disclosure_level": "enhanced", "vetting_level": "RV"},
    "subject": {"route": "officer"},
    "requester": {"is_police": True},
    "route": "PCDA",
    "level": "MV",
    "lasts": 30,
    "start_date": "2027-03-01",
    "last_day": "2027-01-29",
    "first_day": "2026-11-20",
    "incident_date": "2026-11-20",
    **dict.fromkeys(
        (
            "adjustments_recommended", "adverse", "appealed", "appeal_received_within_14_cd",
            "has_adjustments_or_restricted", "ill_health", "lost_time", "may_be_fit", "new_or_changed_role",
            "not_likely_to_become_efficient", "reportable", "requested", "visit_agreed",
        ),
        True,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The pack is loaded once for this file; each test rolls back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_pack("people-services", at=AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def processes(loaded: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Service]]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield all_processes()
        transaction.set_rollback(True)


def all_processes() -> list[Service]:
    written = yaml.safe_load(PROCESSES.read_text())
    keys = [each["key"] for each in (*written["processes"], *written["subprocesses"])]
    return list(Service.objects.filter(desk="people-services", key__in=keys).order_by("key"))


def begin(service: Service, answers: dict[str, object]) -> Case:
    return open_case(service, title=service.name, channel="form", received_at=AT, at=AT, answers=answers)


def finish(case: Case, *, last: bool, at: dt.datetime) -> dt.datetime:
    """Do every step that is ready, sub-cases first, until nothing is left."""
    while True:
        ready = list(case.steps.filter(state=Step.READY).order_by("position"))
        if not ready:
            return at
        for step in ready:
            at += dt.timedelta(hours=1)
            at = do(step, last=last, at=at)


def do(step: Step, *, last: bool, at: dt.datetime) -> dt.datetime:
    declared = definition_of(step.case.version).step(step.key)
    for sub in step.sub_cases.exclude(status=Case.CLOSED):
        at = finish(sub, last=last, at=at)
        sub.refresh_from_db()
        if not sub.is_closed:
            close_case(sub, by=None, at=at, outcome=definition_of(sub.version).outcomes[0].key)
    step.refresh_from_db()
    if step.state == Step.READY:
        complete_step(step, by=None, at=at, outcome=chosen(declared, last=last))
    return at


def chosen(declared: StepDefinition, *, last: bool) -> str:
    return declared.outcomes[-1 if last else 0] if declared.outcomes else ""


def endings(definition: ServiceDefinition) -> list[str]:
    return [outcome.key for outcome in definition.outcomes] or ["done"]


def test_there_are_42_processes_with_366_steps(processes: list[Service]) -> None:
    definitions = [definition_of(current_version(service)) for service in processes]
    assert len(definitions) == 42
    assert sum(len(definition.steps) for definition in definitions) == 366
    assert sum(definition.is_sub for definition in definitions) == 5


@pytest.mark.parametrize(
    ("answers", "last"),
    [({}, False), (EVERYTHING_APPLIES, False), (EVERYTHING_APPLIES, True)],
    ids=["nothing applies", "everything applies", "everything applies, last outcomes"],
)
def test_every_process_runs_to_every_final_outcome(
    processes: list[Service], answers: dict[str, object], last: bool
) -> None:
    for service in processes:
        definition = definition_of(current_version(service))
        case = begin(service, answers)
        at = finish(case, last=last, at=AT)
        case.refresh_from_db()
        states = set(case.steps.values_list("state", flat=True))
        assert states <= {Step.DONE, Step.SKIPPED}, (service.key, states)
        for outcome in () if case.is_closed else endings(definition):
            before = transaction.savepoint()
            close_case(case, by=None, at=at, outcome=outcome)
            case.refresh_from_db()
            assert (case.is_closed, case.outcome) == (True, outcome), service.key
            transaction.savepoint_rollback(before)
            case.refresh_from_db()


def test_only_steps_with_a_condition_are_ever_passed_over(processes: list[Service]) -> None:
    for service in processes:
        definition = definition_of(current_version(service))
        case = begin(service, {})
        finish(case, last=False, at=AT)
        for key in case.steps.filter(state=Step.SKIPPED).values_list("key", flat=True):
            assert definition.step(key).when, (service.key, key)


def test_what_a_step_or_a_process_comes_to_is_said_in_both_languages(processes: list[Service]) -> None:
    for service in processes:
        definition = definition_of(current_version(service))
        said = {each.key for each in definition.step_outcomes if each.name and each.name_cy}
        asked = {outcome for step in definition.steps for outcome in step.outcomes}
        assert asked <= said, service.key
        assert all(each.name and each.name_cy for each in definition.outcomes), service.key
