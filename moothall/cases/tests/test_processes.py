"""All 42 processes run, from their first step to each of their final outcomes."""

import datetime as dt
from collections.abc import Iterator

import pytest
import yaml
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from moothall.cases.models import Case, Service, Step
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.definition import ServiceDefinition, StepDefinition, definition_of
from moothall.cases.rules.opening import current_version, open_case
from moothall.cases.rules.stepping import complete_step
from moothall.core.clock import now
from moothall.core.packs import load_pack
from moothall.people.tests.make import make_account
from moothall.people.tests.pages import signed_in_as

from .make import MANAGER

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
        case.refresh_from_db()
        ready = list(case.steps.filter(state=Step.READY).order_by("position"))
        if not ready:
            return at
        for step in ready:
            step.refresh_from_db()
            if step.state != Step.READY:
                continue
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
        last = last and step.occurrence == 1  # what is done again ends well
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


def walk_by_pages(desk: Client, case: Case, wished: dict[str, str], *, until: str = "") -> list[str]:
    """Press every step that the page of the case offers, until nothing is left or this one is done."""
    done: list[str] = []
    while until not in done:
        shown = desk.get(reverse("case_page", args=[case.reference])).text
        step = case.steps.filter(state=Step.READY).order_by("position").first()
        if step is None:
            return done
        address = reverse("complete_step", args=[case.reference, step.pk])
        assert address in shown, step.key
        declared = definition_of(case.version).step(step.key)
        wish = wished.get(step.key) if step.occurrence == 1 else ""  # what is done again ends well
        ends = {"outcome": wish or chosen(declared, last=False)} if declared.outcomes else {}
        assert desk.post(address, ends).status_code == 302, step.key
        done.append(step.key)
    return done


NOT_YET_GOOD = {
    "jrft": "retest", "ppst": "retest", "drive": "retest", "exam1": "resit", "community": "rearrange",
    "tutor": "action_plan", "fip": "extend_tutor", "portfolio": "extended", "quarter": "concerns",
    "academic": "referred",
}  # fmt: skip
LATE: dict[str, object] = {"lost_time": True}
UNLIKELY: dict[str, object] = {"not_likely_to_become_efficient": True}


WALKS: list[tuple[str, dict[str, object], dict[str, str], str]] = [
    ("confirmed", {}, {}, ""),
    ("confirmed", LATE | UNLIKELY, NOT_YET_GOOD | {"reg12": "not_extended", "reg13": "retained"}, ""),
    ("extended", LATE, {"quarter": "concerns", "reg12": "extended"}, "reg12"),
    ("extended", UNLIKELY, {"fip": "development_plan", "reg13": "extended"}, "reg13"),
    ("discharged", UNLIKELY, {"fip": "reg13_referral", "reg13": "discharged"}, "reg13"),
    ("resigned", UNLIKELY, {"quarter": "action_plan", "reg13": "resigned"}, "reg13"),
    ("resigned", {}, {"class1": "resigned"}, "class1"),
    ("resigned", {}, {"academic": "withdrawn"}, "academic"),
    ("resigned", {}, {"class1": "back_coursed", "exam1": "fail"}, "exam1"),
    ("transferred", {}, {"class1": "referred", "tutor": "extended", "drive": "not_required"}, "tutor"),
]


@pytest.mark.parametrize(("comes_to", "answers", "wished", "until"), WALKS)
def test_a_student_officer_comes_to_each_end_through_the_pages(
    processes: list[Service], comes_to: str, answers: dict[str, object], wished: dict[str, str], until: str
) -> None:
    [service] = [each for each in processes if each.key == "student_officer"]
    at, answers = now(), {"route": "PCDA"} | answers
    case = open_case(service, title="A student", channel="form", received_at=at, at=at, answers=answers)
    desk = signed_in_as(make_account(*MANAGER, team=case.team))
    done = walk_by_pages(desk, case, wished, until=until)
    assert done[-1] == (until or "close")
    assert ("reg12" in done, "reg13" in done) == ("reg12" in wished, "reg13" in wished)
    for key, outcome in wished.items():
        assert case.steps.filter(key=key, outcome=outcome).exists() or key not in done, key
    case.refresh_from_db()
    if not case.is_closed:
        typed = {"outcome": comes_to, "edition": case.edition}
        assert desk.post(reverse("close", args=[case.reference]), typed).status_code == 302
        case.refresh_from_db()
    assert (case.is_closed, case.outcome) == (True, comes_to)
    letters = {each for step in definition_of(case.version).steps for each in step.letters}
    assert {"reg12_decision", "reg13_decision", "confirmation"} <= letters


def test_between_them_the_walks_of_a_student_officer_meet_every_end_of_every_step(
    processes: list[Service],
) -> None:
    [service] = [each for each in processes if each.key == "student_officer"]
    definition = definition_of(current_version(service))
    assert {comes_to for comes_to, *_rest in WALKS} == set(endings(definition))
    met = {(key, outcome) for _to, _answers, wished, _until in WALKS for key, outcome in wished.items()}
    met |= {(step.key, chosen(step, last=False)) for step in definition.steps}
    assert {(step.key, outcome) for step in definition.steps for outcome in step.outcomes} <= met
