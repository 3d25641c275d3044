"""How a case moves: step after step, side by side, and together again."""

import datetime as dt
import html

import pytest
from django.test import Client

from moothall.cases.models import Case, Entry, Step
from moothall.cases.rules.definition import OutcomeDefinition
from moothall.cases.rules.stepping import StepNotReady, UnknownOutcome, complete_step, reopen_step
from moothall.people.tests.make import make_team

from .make import AT, later, make_case, make_service, make_step, make_worker, states, step_of, verbs_about

pytestmark = pytest.mark.django_db


def test_a_step_becomes_ready_when_the_one_before_it_is_done() -> None:
    case = make_case(service=make_service(make_step("read"), make_step("answer", "read")))
    complete_step(step_of(case, "read"), by=None, at=later(days=1))
    assert states(case) == {"read": Step.DONE, "answer": Step.READY}


def test_steps_that_run_side_by_side_join_again_when_the_last_is_done() -> None:
    case = make_case(
        service=make_service(
            make_step("begin"), make_step("vetting", "begin"), make_step("medical", "begin"),
            make_step("offer", "vetting", "medical"),
        )
    )  # fmt: skip
    complete_step(step_of(case, "begin"), by=None, at=AT)
    assert states(case)["vetting"] == states(case)["medical"] == Step.READY
    complete_step(step_of(case, "vetting"), by=None, at=AT)
    assert states(case)["offer"] == Step.PENDING
    complete_step(step_of(case, "medical"), by=None, at=later(days=2))
    assert states(case)["offer"] == Step.READY


def test_a_step_whose_condition_does_not_hold_is_passed_over_with_what_only_it_led_to() -> None:
    case = make_case(
        service=make_service(
            make_step("assess", outcomes=("informal", "formal")),
            make_step("investigate", "assess", when="assess == formal"),
            make_step("report", "investigate", when="investigate == upheld"),
            make_step("write", "assess", "investigate"),
        )
    )
    complete_step(step_of(case, "assess"), by=None, at=AT, outcome="informal")
    assert states(case) == {
        "assess": Step.DONE, "investigate": Step.SKIPPED, "report": Step.SKIPPED, "write": Step.READY,
    }  # fmt: skip


def test_a_condition_reads_the_answers_of_the_form() -> None:
    service = make_service(make_step("visit", when="lasts > 20"), make_step("call", when="lasts <= 20"))
    assert states(make_case(service=service, answers={"lasts": 30})) == {
        "visit": Step.READY, "call": Step.SKIPPED,
    }  # fmt: skip


def test_a_step_is_due_so_long_after_the_last_step_before_it() -> None:
    case = make_case(service=make_service(make_step("read"), make_step("answer", "read", target=3)))
    assert step_of(case, "read").due_on == dt.date(2026, 11, 30)
    complete_step(step_of(case, "read"), by=None, at=dt.datetime(2026, 12, 23, 15, tzinfo=dt.UTC))
    assert step_of(case, "answer").due_on == dt.date(2026, 12, 30)  # Christmas, Boxing Day's Monday


def test_a_step_is_counted_on_the_calendar_of_its_service() -> None:
    st_andrews = make_step("answer", target=5)
    assert step_of(make_case(service=make_service(st_andrews)), "answer").due_on == dt.date(2026, 11, 30)
    scottish = make_service(st_andrews, calendar="SCO")
    assert step_of(make_case(service=scottish), "answer").due_on == dt.date(2026, 12, 1)


BEFORE = {"statutory_before": "start_date"}


@pytest.mark.parametrize(
    ("changes", "answers", "due"),
    [
        ({"target": 10, "unit": "cd"}, {}, dt.date(2026, 12, 3)),
        ({"target": 2, "unit": "wk"}, {}, dt.date(2026, 12, 7)),
        ({"target": 3, "unit": "mo"}, {}, dt.date(2027, 2, 23)),
        ({"target": 0}, {}, dt.date(2026, 11, 23)),
        ({"target": 48, "unit": "h"}, {}, dt.date(2026, 11, 25)),
        ({"target": 10, "unit": "cd", "origin": "day"}, {"day": "2026-11-15"}, dt.date(2026, 11, 25)),
        ({"target": 10, "unit": "cd", "origin": "day"}, {"day": "soon"}, dt.date(2026, 12, 3)),
        ({"target": 1, "unit": "mo", "origin": "received"}, {}, dt.date(2026, 12, 20)),
        ({"target": 90, "unit": "cd", **BEFORE}, {"start_date": "2027-01-04"}, dt.date(2027, 1, 4)),
        ({"target": 5, "unit": "cd", **BEFORE}, {"start_date": "2027-01-04"}, dt.date(2026, 11, 28)),
        ({"target": 6, "unit": "mo", "statutory_cap_mo": 2}, {}, dt.date(2027, 1, 23)),
        (
            {"target": 6, "unit": "mo", "statutory_cap_mo": 2, **BEFORE},
            {"start_date": "2026-12-01"},
            dt.date(2026, 12, 1),
        ),
    ],
)
def test_the_day_a_step_is_due(changes: dict[str, object], answers: dict[str, str], due: dt.date) -> None:
    service = make_service(make_step("one", **changes))
    case = make_case(service=service, answers=answers, received_at=later(days=-3))
    assert step_of(case, "one").due_on == due


def test_a_step_with_outcomes_is_done_only_with_one_of_them() -> None:
    case = make_case(service=make_service(make_step("decide", outcomes=("yes", "no"))))
    for wrong in ("", "perhaps"):
        with pytest.raises(UnknownOutcome):
            complete_step(step_of(case, "decide"), by=None, at=AT, outcome=wrong)
    assert complete_step(step_of(case, "decide"), by=None, at=AT, outcome="no").outcome == "no"


def test_a_step_is_not_done_before_its_turn_nor_twice() -> None:
    case = make_case(service=make_service(make_step("read"), make_step("answer", "read")))
    with pytest.raises(StepNotReady):
        complete_step(step_of(case, "answer"), by=None, at=AT)
    read = step_of(case, "read")
    complete_step(read, by=None, at=AT)
    with pytest.raises(StepNotReady):
        complete_step(read, by=None, at=AT)
    assert case.entries.filter(kind=Entry.STEP).count() == 1


def test_a_step_that_repeats_starts_its_next_round_and_holds_up_what_follows() -> None:
    service = make_service(make_step("contact", repeat="weekly"), make_step("return", "contact"))
    case = make_case(service=service)
    complete_step(step_of(case, "contact"), by=None, at=later(days=7), again=True)
    second = step_of(case, "contact")
    assert (second.occurrence, second.state, second.due_on) == (2, Step.READY, dt.date(2026, 12, 7))
    assert states(case)["return"] == Step.PENDING
    complete_step(second, by=None, at=later(days=14))
    assert states(case) == {"contact": Step.DONE, "return": Step.READY}


def test_a_step_that_does_not_repeat_has_no_second_round() -> None:
    case = make_case(service=make_service(make_step("read")))
    complete_step(step_of(case, "read"), by=None, at=AT, again=True)
    assert case.steps.count() == 1


def test_the_team_that_owes_a_step_sees_the_case_from_when_it_is_ready() -> None:
    vetting = make_team()
    service = make_service(
        make_step("read"), make_step("vet", "read", owner="vetting"), owners={"vetting": vetting.key}
    )
    case = make_case(service=service)
    vetter = make_worker(team=vetting)
    assert case not in Case.objects.visible_to(vetter)
    complete_step(step_of(case, "read"), by=None, at=AT)
    assert case in Case.objects.visible_to(vetter)
    assert step_of(case, "vet").team == vetting


def test_a_step_done_by_mistake_is_opened_again_and_what_followed_is_put_back() -> None:
    worker = make_worker(team=make_team())
    case = make_case(
        service=make_service(
            make_step("assess", outcomes=("yes", "no")), make_step("act", "assess", when="assess == yes"),
            make_step("tell", "act"),
        )
    )  # fmt: skip
    complete_step(step_of(case, "assess"), by=worker, at=AT, outcome="no")
    assert states(case) == {"assess": Step.DONE, "act": Step.SKIPPED, "tell": Step.READY}
    reopen_step(step_of(case, "assess"), by=worker, at=later(hours=1), because="Wrong button")
    assert states(case) == {"assess": Step.READY, "act": Step.PENDING, "tell": Step.PENDING}
    complete_step(step_of(case, "assess"), by=worker, at=later(hours=2), outcome="yes")
    assert states(case) == {"assess": Step.DONE, "act": Step.READY, "tell": Step.PENDING}
    assert verbs_about(case).count("cases.reopen_step") == 1


def test_what_was_done_after_a_step_stays_done_when_that_step_is_opened_again() -> None:
    worker = make_worker(team=make_team())
    case = make_case(
        service=make_service(make_step("one"), make_step("two", "one"), make_step("three", "two"))
    )
    complete_step(step_of(case, "one"), by=worker, at=AT)
    complete_step(step_of(case, "two"), by=worker, at=AT)
    reopen_step(step_of(case, "one"), by=worker, at=AT, because="Look again")
    assert states(case) == {"one": Step.READY, "two": Step.DONE, "three": Step.PENDING}


def test_a_step_tells_who_did_it_when_and_how() -> None:
    worker = make_worker(team=make_team())
    case = make_case(service=make_service(make_step("decide", outcomes=("yes",))))
    step = complete_step(step_of(case, "decide"), by=worker, at=later(days=1), outcome="yes", note="Agreed")
    assert (step.done_by, step.done_at, step.outcome, step.note) == (worker, later(days=1), "yes", "Agreed")
    entry = case.entries.get(kind=Entry.STEP)
    assert (entry.by, entry.text, entry.detail["outcome"]) == (worker, "Agreed", "yes")


def test_the_page_says_steps_and_their_outcomes_and_owners_in_words_of_its_language(client: Client) -> None:
    team = make_team(name="Training", name_cy="Hyfforddiant")
    service = make_service(
        make_step("check", name="Check", name_cy="Gwirio", outcomes=("in_catalogue",)),
        make_step("tell", "check", owner="desk", name_cy="Dweud"),
        make_step("agree", "tell", owner="line_manager", name_cy="Cytuno"),
        step_outcomes=(OutcomeDefinition("in_catalogue", "In the catalogue", "Yn y catalog"),),
        owners={"desk": team.key}, team=team,
    )  # fmt: skip
    case = make_case(service=service)
    complete_step(step_of(case, "check"), by=None, at=AT, outcome="in_catalogue")
    client.force_login(make_worker(team=team, language="cy"))
    page = client.get(f"/cases/{case.reference}/").content.decode()
    assert "gwnaeth y cam: Gwirio (Yn y catalog)" in html.unescape(page)
    assert "rheolwr llinell" in page
    assert "in_catalogue" not in page
