"""Plans made in a process of their own: watched, stopped, broken off, judged, and made again the same."""

import datetime as dt
import multiprocessing
import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now
from moothall.people.tests.make import AT, make_account
from moothall.training.models import LeftOut, PlanRun, ScheduleVersion
from moothall.training.planning import running
from moothall.training.planning.child import Made, Order
from moothall.training.planning.running import make_plan, year_of
from moothall.training.planning.year import unpacked
from moothall.training.rules import plan_runs as rules
from moothall.training.rules.plan_refusals import PlanInThePast, PlanTooLong, TooManyPlans
from moothall.workforce.models import EmployeeSkill
from planner.training.searching import plan_training
from planner.training.writing import written

from .make import MONDAY, TODAY, make_keeper
from .make_plans import make_year

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LAST = MONDAY + 55 * DAY


def make_run(**changes: Any) -> PlanRun:
    given: dict[str, Any] = {
        "from_on": MONDAY, "until_on": LAST, "seconds": 20, "by": make_account(), "at": AT, "today": TODAY,
    }  # fmt: skip
    return rules.ask_for_plan(**given | changes)


def make_it(run: PlanRun, is_halted: Callable[[], bool] = lambda: False, rounds: int = 2000) -> PlanRun:
    make_plan(run.pk, clock=now, today=TODAY, rounds=rounds, is_halted=is_halted)
    return PlanRun.objects.select_related("input").get(pk=run.pk)


@pytest.mark.slow
def test_a_plan_is_made_judged_and_kept_with_its_limit_and_can_be_made_again() -> None:
    make_year(6, least=4, days=2)
    run = make_it(make_run())
    assert run.state == PlanRun.DONE, run.problem
    assert (run.wanted, run.placed) == (6, 6)
    assert run.bound == 6
    assert run.points
    assert run.figures["teams"][0][1:] == [6, 6]
    assert run.input is not None
    again = plan_training(year_of(run.input).problem, rounds=run.rounds, seed=run.seed)
    kept = unpacked(run.plan or b"")
    assert written(again)["places"] == kept["places"]
    assert written(again)["classes"] == kept["classes"]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plans are made in this process, without a search: the first one is enough."""

    def searched(_run: PlanRun, order: Order, *_rest: Any) -> Made:
        return Made(written(plan_training(order.problem, rounds=0, seed=order.seed)), [], proved=False)

    monkeypatch.setattr(running, "_searched", searched)


@pytest.mark.usefixtures("here")
def test_everybody_left_out_has_a_reason_and_the_pages_say_it(client: Client) -> None:
    course, people = make_year(5, least=5)
    run = make_it(make_run())
    assert run.placed == 0
    assert set(LeftOut.objects.values_list("reason", flat=True)) == {LeftOut.MINIMUM}
    client.force_login(make_keeper())
    page = client.get(reverse("training_plan", args=[run.pk]))
    assert "The team is at its minimum on every session" in page.text
    assert "up to 5.0 places" in page.text
    page = client.get(reverse("training_plan_left_out", args=[run.pk]), {"course": course.pk})
    assert all(who.person.full_name in page.text for who in people)
    made = client.get(reverse("training_plan_file", args=[run.pk, "case"]))
    assert unpacked(made.content)["H"] > 56


@pytest.mark.slow
def test_a_search_that_is_stopped_keeps_the_best_plan_it_has() -> None:
    make_year(6, least=5, days=2)
    run = make_run(seconds=900)

    def press() -> bool:
        if PlanRun.objects.filter(pk=run.pk, stop_asked_at=None).exists():
            rules.ask_to_stop(run, by=make_account(), at=now())
        return False

    made = make_it(run, press, rounds=10**9)
    assert made.state == PlanRun.STOPPED, made.problem
    assert made.plan is not None


@pytest.mark.slow
def test_a_search_whose_process_is_killed_is_broken_off_and_can_be_started_again() -> None:
    make_year(4)
    run = make_run()

    def kill() -> bool:
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)
        return False

    broken = make_it(run, kill, rounds=10**9)
    assert broken.state == PlanRun.BROKEN
    again = rules.start_again(broken, by=make_account(), at=now())
    assert (again.state, again.input_id) == (PlanRun.WAITING, broken.input_id)


def test_a_run_that_is_not_heard_of_is_broken_off_also_before_anybody_wrote_it_down(client: Client) -> None:
    run = make_run(at=now())
    began = rules.begin(run.pk, at=now() - dt.timedelta(minutes=2))
    assert began is not None
    client.force_login(make_keeper())
    assert "Its process is gone" in client.get(reverse("training_plan", args=[run.pk])).text
    page = client.post(reverse("start_training_plan_again", args=[run.pk]), follow=True)
    assert "It begins anew" in page.text
    assert rules.begin(run.pk, at=now()) is None
    run.refresh_from_db()
    assert run.state == PlanRun.BROKEN


def test_a_run_is_taken_up_once() -> None:
    run = make_run()
    assert rules.begin(run.pk, at=now()) is not None
    assert rules.begin(run.pk, at=now()) is None
    run.refresh_from_db()
    assert run.state == PlanRun.RUNNING


def test_where_nobody_needs_anything_it_says_so(client: Client) -> None:
    run = make_it(make_run())
    assert run.state == PlanRun.FAILED
    client.force_login(make_keeper())
    assert "Nobody has to take a course" in client.get(reverse("training_plan", args=[run.pk])).text


def test_a_plan_that_breaks_a_rule_is_refused_with_the_rule(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_year(3, least=2)

    def beyond(run: PlanRun, *_rest: Any) -> Made:
        held = {"id": 0, "kind": "course", "course": 0, "site": 0, "days": [0], "trainers": [0]}
        places = [{"officer": who, "kind": "course", "requirement": who, "class": 0} for who in range(3)]
        plan = {"classes": [held], "places": places, "unplaced": [], "placed": 3, "bound": 3, "rounds": 0}
        return Made(plan, [], proved=True)

    monkeypatch.setattr(running, "_searched", beyond)
    run = make_it(make_run())
    assert run.state == PlanRun.REFUSED
    assert run.plan is None
    client.force_login(make_keeper())
    page = client.get(reverse("training_plan", args=[run.pk])).text
    assert f"lends 3 officers on {MONDAY:%d/%m/%Y} and can spare 1" in page
    assert "Make a draft" not in page


@pytest.mark.usefixtures("here")
def test_one_thing_is_tried_and_the_plan_becomes_a_draft(client: Client) -> None:
    _course, people = make_year(4, least=4)
    run = make_it(make_run())
    client.force_login(make_keeper())
    unit = people[0].assignments.get().unit
    page = client.post(reverse("try_training_plan", args=[run.pk]), {"unit": unit.pk}, follow=True)
    assert "keeps one fewer on every duty" in page.text
    tried = make_it(PlanRun.objects.order_by("pk").last() or run)
    assert (run.placed, tried.placed) == (0, 1)
    page = client.get(reverse("training_plan", args=[tried.pk]))
    assert "Beside other plans of these months" in page.text
    answer = client.post(reverse("draft_training_plan", args=[tried.pk]), {"name": "Spring"}, follow=True)
    assert "The plan is a draft of the schedule now" in answer.text
    version = ScheduleVersion.objects.get()
    assert sum(line.planned for line in version.lines.all()) == 1
    assert version.plan["placed"] == 1


@pytest.mark.usefixtures("here")
def test_one_more_trainer_each_tuesday_is_tried_from_the_page(client: Client) -> None:
    make_year(4, least=1)
    EmployeeSkill.objects.all().delete()
    run = make_it(make_run())
    client.force_login(make_keeper())
    page = client.get(reverse("training_plan", args=[run.pk]))
    assert "if there was one more trainer each Tuesday" in page.text
    assert "No rule of rest is on record" in page.text
    page = client.post(reverse("try_training_plan", args=[run.pk]), {"weekday": "1"}, follow=True)
    assert "there is one more trainer each Tuesday" in page.text
    tried = make_it(PlanRun.objects.order_by("pk").last() or run)
    assert (run.placed, tried.placed) == (0, 4)
    client.post(reverse("draft_training_plan", args=[tried.pk]), {"name": "Spring"})
    assert {tuple(line.trainers) for line in ScheduleVersion.objects.get().lines.all()} == {()}


@pytest.mark.parametrize("given", [{}, {"weekday": "6"}, {"weekday": "x" * 30}])
def test_what_is_no_day_of_the_week_is_no_lever(client: Client, given: dict[str, str]) -> None:
    run = make_it_known(make_run())
    client.force_login(make_keeper())
    client.post(reverse("try_training_plan", args=[run.pk]), given)
    assert not PlanRun.objects.filter(based_on=run).exists()


def test_a_plan_begins_tomorrow_at_the_earliest_and_ends_within_two_years() -> None:
    with pytest.raises(PlanInThePast):
        make_run(from_on=TODAY)
    with pytest.raises(PlanTooLong):
        make_run(until_on=MONDAY + 1000 * DAY)
    make_run()
    make_run()
    with pytest.raises(TooManyPlans):
        make_run()


def test_points_of_a_long_search_are_thinned_and_the_ends_kept() -> None:
    run = make_run()
    rules.begin(run.pk, at=now())
    points = [(float(number), number, 900) for number in range(700)]
    assert rules.note_progress(run.pk, at=now(), phase=PlanRun.SEARCHING, points=points, rounds=7)
    run.refresh_from_db()
    assert len(run.points) <= rules.POINTS
    assert (run.points[0][1], run.points[-1][1], run.placed) == (0, 699, 699)


def finished(number: int) -> PlanRun:
    """A plan as it is kept, with somebody left out."""
    _course, [one, *_others] = make_year(1)
    run = make_it_known(make_run(at=now() + number * DAY))
    LeftOut.objects.create(
        run=run, employment=one, unit=one.assignments.get().unit, version=_course.versions.get(),
        reason=LeftOut.FULL, causes=[[LeftOut.FULL, 2]],
    )  # fmt: skip
    return run


def make_it_known(run: PlanRun) -> PlanRun:
    figures = {
        "classes": 1, "weeks": [[MONDAY.isoformat(), 1, 5, 1]], "teams": [], "courses": [],
        "reasons": {"FULL": 1}, "levers": [], "proved": True,
    }  # fmt: skip
    run.state, run.plan, run.figures = PlanRun.DONE, b"plan", figures
    run.wanted, run.placed, run.bound = 6, 5, 6
    run.points = [[0.1, 3, 6], [1.0, 5, 6]]
    run.save()
    return run


def test_pages_of_plans_take_as_many_queries_for_many_as_for_few(client: Client) -> None:
    run = finished(0)
    client.force_login(make_keeper())
    addresses = [
        reverse("training_plans"),
        reverse("training_plan", args=[run.pk]),
        reverse("training_plan_left_out", args=[run.pk]),
    ]

    def queries() -> list[int]:
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
        return counts

    finished(1)
    queries()
    few = queries()
    for number in range(2, 5):
        more = finished(number)
        LeftOut.objects.filter(run=more).update(run=run)
    queries()  # once a minute a request notes that the session goes on
    assert queries() == few
