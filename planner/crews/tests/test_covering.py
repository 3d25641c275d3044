"""Somebody is away: three ways to cover, and no manned run is left without need."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.crews.checking import check
from planner.crews.covering import cover
from planner.crews.drawing import drawn
from planner.crews.planning import plan_crews
from planner.crews.problem import RUN, CrewError, Problem
from planner.crews.reading import problem_of
from planner.crews.writing import written

from .make import person, problem, task

D1 = [{"kind": "D1", "from_on": "2020-01-01"}]
NEEDS_D1 = {"driver": ["D1"]}


def test_stand_by_covers_first_and_nobody_else_moves() -> None:
    week = problem(
        [person("Aled", away=[0]), person("Bao"), person("Cai")],
        [task("1"), task("2"), task("by", kind="standby", driving=0)],
    )
    options = cover(week, {0: "Aled", 1: "Bao", 2: "Cai"})
    assert options[0].moved == ()
    assert [(one.post.task.id, one.before, one.after) for one in options[0].changes] == [
        ("1", "Aled", "Cai"), ("by", "Cai", None),
    ]  # fmt: skip


def test_somebody_on_stand_by_goes_before_somebody_at_home() -> None:
    week = problem(
        [person("Aled", away=[0]), person("Bao"), person("Cai")],
        [task("1"), task("by", kind="standby", driving=0)],
    )
    for who in ("Bao", "Cai"):
        assert cover(week, {0: "Aled", 1: who})[0].plan.given == (who, None)


def test_one_is_moved_where_nobody_free_may_do_it() -> None:
    week = problem(
        [person("Aled", credentials=D1, away=[0]), person("Bao", credentials=D1), person("Cai")],
        [task("1", needs=NEEDS_D1), task("2")],
    )
    free, one = cover(week, {0: "Aled", 1: "Bao"})[:2]
    assert free.plan.given == (None, "Bao")
    assert free.plan.unmanned[0].reason == (
        "Of 3 drivers: 1 is away; 1 is on another task then; "
        "1 has no valid licence or certificate that is asked for."
    )
    assert one.plan.given == ("Bao", "Cai")
    assert one.moved == ("Bao",)


def test_a_commercial_job_is_left_only_in_the_last_option() -> None:
    week = problem(
        [person("Aled", away=[0]), person("Bao")],
        [task("1"), task("hire", kind="job")],
    )
    options = cover(week, {0: "Aled", 1: "Bao"})
    assert options[0].plan.given == (None, "Bao")
    assert options[-1].plan.given == ("Bao", None)


def test_options_that_are_alike_are_shown_once() -> None:
    week = problem([person("Aled", away=[0]), person("Bao")], [task("1")])
    assert len(cover(week, {0: "Aled"})) == 1


def test_nothing_to_cover_changes_nothing() -> None:
    week = problem([person("Aled"), person("Bao")], [task("1")])
    [option] = cover(week, {0: "Aled"})
    assert option.changes == ()


def test_a_week_that_names_a_stranger_is_refused() -> None:
    with pytest.raises(CrewError, match="Dai has a run and is not of the case"):
        cover(problem([person("Aled")], [task("1")]), {0: "Dai"})


def runs_of(week: Problem, names: dict[int, str | None]) -> set[int]:
    return {post.number for post in week.posts if post.task.kind == RUN and names.get(post.number)}


@settings(max_examples=8, deadline=None)
@given(
    seed=st.integers(0, 10_000), people=st.integers(8, 24), lines=st.integers(2, 6), sick=st.integers(0, 23)
)
def test_cover_never_leaves_a_manned_run_and_breaks_no_rule(
    seed: int, people: int, lines: int, sick: int
) -> None:
    said = drawn(people=people, lines=lines, depots=2, seed=seed)
    week = problem_of(said)
    plan = plan_crews(week, rounds=2, seed=seed)
    who = said["people"][sick % people]
    who["away"] = sorted({*who["away"], 1})
    changed = problem_of(said)
    now = {number: name for number, name in enumerate(plan.given) if name is not None}
    still = {n for n in now if now[n] != who["id"] or changed.posts[n].task.day != 1}
    for option in cover(changed, now, seed=seed):
        after = dict(enumerate(option.plan.given))
        assert runs_of(changed, after) >= runs_of(changed, {n: now[n] for n in still})
        assert check(said, written(changed, option.plan)).breaches == ()
