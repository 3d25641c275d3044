"""A certificate that is entered ticks the steps of the case it came in by."""

import pytest

from moothall.absence.models import Certificate
from moothall.absence.rules.certifying import (
    Paper,
    decide_adjustments,
    record_certificate,
    withdraw_certificate,
)
from moothall.cases.models import Case, Service, Step
from moothall.cases.rules.definition import StepDefinition
from moothall.cases.tests.make import make_case, make_service
from moothall.core.clock import now
from moothall.records.tests.make import make_document
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

from .make import days_ago, make_absence, make_certificate, make_issuer, make_recorder

pytestmark = pytest.mark.django_db


def make_process(key: str = "fit_note") -> None:
    step = StepDefinition
    make_service(
        step("recv", "Receive", "desk", 1),
        step("read", "Read", "desk", 1, after=("recv",), outcomes=("valid", "illegible")),
        step("match", "Match", "desk", 1, after=("read",),
             outcomes=("continuous", "gap", "overlap", "new_episode")),
        step("advise", "Advise", "desk", 1, after=("match",)),
        step("diary", "Diary", "desk", 0, after=("match",)),
        step("return_doc", "Keep the copy", "desk", 2, after=("read",)),
        key=key,
    )  # fmt: skip


def came_in(employment: Employment, key: str = "fit_note") -> Case:
    return make_case(service=Service.objects.get(key=key), subject=employment.person)


def done(case: Case) -> dict[str, str]:
    return dict(case.steps.filter(state=Step.DONE).values_list("key", "outcome"))


def test_a_note_ticks_the_oldest_case_that_nobody_has_read() -> None:
    make_process()
    employment = make_employment()
    first, second = came_in(employment), came_in(employment)
    other = came_in(make_employment())
    episode = make_absence(employment, first_day=days_ago(3))
    make_certificate(episode, days_ago(3), days_ago(2))
    assert done(first) == {"recv": "", "read": "valid", "match": "continuous", "diary": ""}
    assert not done(second)
    assert not done(other)
    make_certificate(episode, days_ago(1), days_ago(0))
    assert done(second)["match"] == "continuous"


@pytest.mark.parametrize(("from_ago", "outcome"), [(4, "continuous"), (3, "gap"), (6, "overlap")])
def test_how_it_fits_with_the_note_before_is_the_outcome(from_ago: int, outcome: str) -> None:
    make_process()
    employment = make_employment()
    episode = make_absence(employment, first_day=days_ago(20))
    make_certificate(episode, days_ago(20), days_ago(5))
    case = came_in(employment)
    make_certificate(episode, days_ago(from_ago), days_ago(1))
    assert done(case)["match"] == outcome


def test_a_scan_beside_it_is_the_copy_that_is_kept() -> None:
    make_process()
    employment = make_employment()
    case = came_in(employment)
    episode = make_absence(employment)
    document = make_document()
    paper = Paper(
        kind=Certificate.NOTE, from_on=days_ago(3), until_on=days_ago(1), issued_on=days_ago(3),
        issuer=make_issuer(),
    )  # fmt: skip
    record_certificate(episode, paper=paper, document=document, by=make_recorder(), at=now())
    assert "return_doc" in done(case)


def test_what_was_entered_by_mistake_is_to_be_done_again() -> None:
    make_process()
    employment = make_employment()
    case = came_in(employment)
    episode = make_absence(employment)
    certificate = make_certificate(episode, days_ago(3), days_ago(1), at=now())
    assert done(case)
    withdraw_certificate(certificate, by=make_recorder(), at=now())
    assert not done(case)


def test_deciding_on_what_would_help_ticks_the_managers_step() -> None:
    make_process()
    employment = make_employment()
    case = came_in(employment)
    episode = make_absence(employment)
    certificate = make_certificate(
        episode, days_ago(3), days_ago(1), fitness=Certificate.MAY_BE_FIT, adjustments=["phased_return"]
    )
    assert "advise" not in done(case)
    decide_adjustments(certificate, can_be_made=True, note="", by=make_recorder(), at=now())
    assert "advise" in done(case)


def test_a_self_certificate_leaves_the_case_of_a_note_alone() -> None:
    make_process()
    employment = make_employment()
    case = came_in(employment)
    make_certificate(make_absence(employment), days_ago(3), days_ago(1), kind=Certificate.SELF)
    assert not done(case)
