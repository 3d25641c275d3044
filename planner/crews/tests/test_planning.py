"""Weeks are manned by the rules, and what is left has a reason."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.crews.bound import least_cost, least_unmanned
from planner.crews.checking import check
from planner.crews.drawing import drawn
from planner.crews.plan import Plan, Progress
from planner.crews.planning import plan_crews
from planner.crews.problem import CrewError, Problem
from planner.crews.reading import problem_of
from planner.crews.writing import written

from .make import person, problem, said, small, task


def manned(week: Problem, rounds: int = 6, **changes: Any) -> Plan:
    return plan_crews(week, rounds=rounds, **changes)


def who(week: Problem, plan: Plan) -> dict[tuple[str, str], str | None]:
    return {(post.task.id, post.role): name for post, name in zip(week.posts, plan.given, strict=True)}


def rules(plan: Plan) -> dict[str, str]:
    """Of the first post left over, whom which rule keeps away."""
    return {no.person: no.rule for no in plan.unmanned[0].nobody}


def test_a_run_gets_a_driver_and_an_escort() -> None:
    week = problem([person("Aled"), person("Bao", "escort")], [task("1", posts=["driver", "escort"])])
    assert who(week, manned(week)) == {("1", "driver"): "Aled", ("1", "escort"): "Bao"}


def test_nobody_is_on_two_runs_at_once_even_in_two_roles() -> None:
    both = person("Aled", "driver", "escort")
    week = problem([both], [task("1", posts=["driver", "escort"]), task("2", begins=460, ends=540)])
    plan = manned(week)
    assert sum(name is not None for name in plan.given) == 1
    assert rules(plan) == {"Aled": "busy"}


@pytest.mark.parametrize(
    ("who_else", "changes", "rule"),
    [
        (person("Bao", depot="south"), {}, "depot"),
        (person("Bao", away=[0]), {}, "away"),
        (person("Bao", apart=["p1"]), {"passengers": ["p1"]}, "apart"),
        (person("Bao"), {"needs": {"driver": ["licence D1"]}}, "papers"),
        (person("Bao", most=60), {}, "contract"),
        (person("Bao", ended=-60), {}, "rest"),
        (person("Bao", "driver", "escort", ended=-1), {"begins": 600, "ends": 660}, "rest"),
        (person("Bao"), {"begins": 300, "ends": 660, "driving": 340}, "unbroken"),
    ],
)
def test_of_a_run_left_over_the_first_rule_is_told(who_else: Any, changes: Any, rule: str) -> None:
    week = problem([who_else], [task("1", **changes)])
    plan = manned(week, 1)
    assert plan.given == (None,)
    assert rules(plan) == {"Bao": rule}
    assert plan.unmanned[0].reason.startswith("Of 1 driver")


def test_a_licence_that_has_run_out_is_named_with_its_day() -> None:
    lapsed = {"kind": "licence D1", "from_on": "2020-01-01", "until_on": "2026-11-24"}
    week = problem(
        [person("Bao", credentials=[lapsed])],
        [task("1", 1, needs={"driver": ["licence D1"]}), task("2", 2, needs={"driver": ["licence D1"]})],
    )
    plan = manned(week)
    assert plan.given == ("Bao", None)
    assert plan.unmanned[0].nobody[0].about == "licence D1 (until 24 November 2026)"


def test_what_a_passenger_and_a_vehicle_ask_for_is_asked_for() -> None:
    pats = {"kind": "PATS", "from_on": "2020-01-01"}
    week = problem(
        [person("Aled", "escort"), person("Bao", "escort", credentials=[pats])],
        [task("1", posts=["escort"], passengers=["p1"], vehicle="van")],
        passenger_needs={"p1": {"escort": ["PATS"]}},
        vehicle_needs={"van": {"driver": ["licence D1"]}},
    )
    assert manned(week).given == ("Bao",)


def test_somebody_is_lent_by_another_depot_and_the_way_is_work() -> None:
    week = problem(
        [person("Bao", depot="south", most=100)],
        [task("1"), task("2", 1, 420, 480)],
        ways=[["south", "north", 20]],
    )
    assert manned(week).given == (None, "Bao")  # 80 + 2 × 20 is too much, 60 + 2 × 20 is not


def test_a_day_has_only_so_much_driving() -> None:
    runs = [task(str(n), 0, 360 + 200 * n, 520 + 200 * n) for n in range(4)]
    plan = manned(problem([person("Aled")], runs))
    assert sum(name is not None for name in plan.given) == 3  # 480 minutes; a fourth would make 640
    assert rules(plan) == {"Aled": "driving"}


def test_a_pause_makes_driving_broken() -> None:
    stretch = [task("1", 0, 360, 560), task("2", 0, 580, 740)]
    paused = [task("1", 0, 360, 560), task("2", 0, 590, 740)]
    assert None in manned(problem([person("Aled")], stretch)).given
    assert None not in manned(problem([person("Aled")], paused)).given


def test_a_night_may_be_short_three_times_a_week() -> None:
    late_and_early = [
        one for day in range(5) for one in (task(f"e{day}", day, 360, 420), task(f"l{day}", day, 1200, 1260))
    ]
    plan = manned(problem([person("Aled")], late_and_early))  # 540 minutes between each
    assert sum(name is None for name in plan.given) == 1


def test_who_had_no_long_rest_the_week_before_has_one_now() -> None:
    daily = [task(str(day), day, 420, 480) for day in range(7)]
    assert None not in manned(problem([person("Aled")], daily)).given
    plan = manned(problem([person("Aled", rested=False)], daily))
    assert sum(name is None for name in plan.given) == 1
    assert rules(plan) == {"Aled": "free"}


def test_passengers_get_whom_they_know() -> None:
    week = problem(
        [person("Aled"), person("Bao", known=["p2"])],
        [task("1", passengers=["p1"]), task("2", passengers=["p2"])],
    )
    assert manned(week).given == ("Aled", "Bao")


def test_the_same_person_stays_on_a_line() -> None:
    lines = [task(f"{line}{day}", day, line=line) for line in "ab" for day in range(5)]
    week = problem([person("Aled"), person("Bao"), person("Cai")], lines)
    names = who(week, manned(week, 12))
    assert all(len({names[f"{line}{day}", "driver"] for day in range(5)}) == 1 for line in "ab")


def test_early_starts_go_to_whom_had_fewest() -> None:
    runs = [task("early", begins=330, ends=400), task("late", begins=600, ends=660)]
    week = problem([person("Aled", early=9), person("Bao", early=1)], runs, early_before=360)
    assert who(week, manned(week))["early", "driver"] == "Bao"


def test_a_run_comes_before_a_job_and_a_job_before_stand_by() -> None:
    same_time = [task("by", kind="standby", driving=0), task("hire", kind="job"), task("run")]
    week = problem([person("Aled"), person("Bao")], same_time)
    assert manned(week).given[0] is None
    week = problem([person("Aled")], same_time)
    assert who(week, manned(week))["run", "driver"] == "Aled"


def test_the_week_in_force_is_kept_where_it_can_be() -> None:
    force = [{"task": "1", "role": "driver", "person": "Bao"}]
    week = problem([person("Aled"), person("Bao"), person("Cai")], [task("1"), task("2")], published=force)
    assert manned(week).given[0] == "Bao"


def test_the_same_rounds_and_seed_make_the_same_plan() -> None:
    week = problem_of(small())
    assert manned(week, 12, seed=4) == manned(week, 12, seed=4)


def test_a_search_makes_the_first_plan_better_and_stays_above_the_bound() -> None:
    week = problem_of(small())
    first, after = manned(week, 0), manned(week, 25)
    assert least_cost(week) <= after.cost < first.cost
    assert least_unmanned(week) <= len(after.unmanned) <= len(first.unmanned)


def test_a_search_can_be_stopped_and_says_how_far_it_is() -> None:
    heard: list[Progress] = []

    def tell(far: Progress) -> bool:
        heard.append(far)
        return len(heard) < 3

    plan = plan_crews(problem_of(small()), rounds=50, tell=tell)
    assert plan.rounds == 2
    assert [far.rounds for far in heard] == [0, 1, 2]


def test_a_search_of_less_than_no_time_is_refused() -> None:
    with pytest.raises(CrewError, match="less than no time"):
        plan_crews(problem([], []), seconds=-1)


def test_a_drawn_week_keeps_every_rule() -> None:
    week = small()
    ready = problem_of(week)
    plan = manned(ready, 25)
    verdict = check(week, written(ready, plan))
    assert verdict.breaches == ()
    assert verdict.cost == plan.cost


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 10_000), people=st.integers(4, 26), lines=st.integers(1, 8), rounds=st.integers(0, 5)
)
def test_no_week_breaks_a_rule(seed: int, people: int, lines: int, rounds: int) -> None:
    week = drawn(people=people, lines=lines, depots=2, seed=seed)
    ready = problem_of(week)
    plan = manned(ready, rounds, seed=seed)
    verdict = check(week, written(ready, plan))
    assert verdict.breaches == ()
    assert verdict.cost == plan.cost >= least_cost(ready)
    assert all(no.rule for one in plan.unmanned for no in one.nobody)


def test_a_rule_of_another_day_does_not_hold() -> None:
    week = said([person("Aled")], [task("1")])
    week["hours"] = [{**row, "until_on": "2026-11-25"} for row in week["hours"]]
    with pytest.raises(CrewError, match=r"No rule says what hours a driver may work on 26 November 2026\."):
        problem_of(week)
