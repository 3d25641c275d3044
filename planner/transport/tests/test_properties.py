"""What holds of every day, whatever it is like: no plan breaks a rule, no repair loses anyone, and an
afternoon is a morning turned round."""

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.transport.changes import (
    Changed,
    added,
    away,
    bell_moved,
    driver_away,
    moved_house,
    unchanged,
    vehicle_off,
)
from planner.transport.checking import Verdict, check
from planner.transport.plan import Plan
from planner.transport.problem import Problem
from planner.transport.reading import problem_of
from planner.transport.repair import repair
from planner.transport.searching import WORTH_CHOOSING, plan_transport
from planner.transport.writing import read_plan, written

from .make import FLEET, make_rich, make_said

Said = dict[str, Any]
DAY = 86_400
widely = settings(max_examples=30, deadline=None, derandomize=True, database=None)
SEEDS = st.integers(0, 100_000)
WAYS = st.sampled_from(["morning", "afternoon"])


@st.composite
def days(draw: st.DrawFn, ways: st.SearchStrategy[str] = WAYS) -> tuple[Said, Said, int]:
    """A day with anything the form has, much of it in short supply; its tables, and a seed."""
    seed, people = draw(SEEDS), draw(st.integers(1, 16))
    make = draw(st.sampled_from([make_said, make_rich]))
    said, tables = make(people, seed, direction=draw(ways))
    said["fleet"] = [{**kind, "available": draw(st.integers(0, 4))} for kind in said["fleet"]]
    most = draw(st.sampled_from([900, 1_800, 3_600]))
    for one in said["passengers"]:
        one["max_ride"] = most
        one["alone"] = draw(st.booleans()) and one["id"] % 7 == 0
        one["escort"] = draw(st.sampled_from([False, True, "own"]))
    pairs = st.tuples(st.integers(0, people - 1), st.integers(0, people - 1)).filter(
        lambda two: two[0] < two[1] and not {2, 3, 5}.issuperset(two)
    )
    said["not_together"] = [list(two) for two in draw(st.lists(pairs, max_size=4))] if people > 1 else []
    said["fleet"].append(
        {**FLEET[1], "type": "either", "layouts": [[6, 0], [2, 2]], "available": 1, "depots": [1]}
    )
    return said, tables, seed


def judged(said: Said, tables: Said, plan: Plan) -> Verdict:
    verdict = check(said, tables, written(plan))
    told = Counter(one.passenger for one in plan.unserved)
    told.update(who for run in plan.runs for who in run.passengers)
    assert told == Counter(range(len(said["passengers"])))
    return verdict


@widely
@given(days())
def test_no_plan_breaks_a_rule(day: tuple[Said, Said, int]) -> None:
    said, tables, seed = day
    verdict = judged(said, tables, plan_transport(problem_of(said, tables), rounds=60, seed=seed))

    assert verdict.breaches == []
    assert verdict.shortest == pytest.approx(verdict.between, abs=0.01)


@settings(widely, max_examples=8)
@given(days())
def test_nor_does_one_put_together_anew(day: tuple[Said, Said, int]) -> None:
    said, tables, seed = day
    plan = plan_transport(problem_of(said, tables), rounds=WORTH_CHOOSING + 100, seed=seed)

    assert judged(said, tables, plan).breaches == []


def turned(said: Said, tables: Said) -> tuple[Said, Said]:
    """The same day the other way round: time runs backwards, and whoever boards alights."""
    back = said["direction"] == "morning"
    window = said["window_before_bell" if back else "window_after_bell"]
    new = {
        **said,
        "direction": "afternoon" if back else "morning",
        "window_after_bell" if back else "window_before_bell": window,
        "schools": [{**one, "bell": DAY - one["bell"]} for one in said["schools"]],
        "passengers": [{**one, "board": one["alight"], "alight": one["board"]} for one in said["passengers"]],
    }
    return new, {name: np.ascontiguousarray(table.T) for name, table in tables.items()}


def mirrored(said: Said, tables: Said, plan: Plan) -> Plan:
    """Each run backwards; `said` is the day the plan is of."""
    turn = {"pickup": "setdown", "setdown": "pickup"}
    stays = stays_of(said, plan)
    return replace(
        plan,
        runs=tuple(
            replace(
                run,
                stops=tuple(
                    replace(
                        stop,
                        event=turn[stop.event],
                        time=DAY - stop.time - stays[number, stop.event, stop.time],
                    )
                    for stop in reversed(run.stops)
                ),
            )
            for number, run in enumerate(plan.runs)
        ),
    )


def stays_of(said: Said, plan: Plan) -> Counter[tuple[int, str, int]]:
    """How long each stop of a plan takes; those at one school at one time are one."""
    stays: Counter[tuple[int, str, int]] = Counter()
    for number, run in enumerate(plan.runs):
        for stop in run.stops:
            one = said["passengers"][stop.passenger]
            stays[number, stop.event, stop.time] += one["board" if stop.event == "pickup" else "alight"]
    return stays


@widely
@given(days())
def test_a_plan_backwards_keeps_every_rule_of_the_day_backwards(day: tuple[Said, Said, int]) -> None:
    said, tables, seed = day
    plan = plan_transport(problem_of(said, tables), rounds=60, seed=seed)
    before = judged(said, tables, plan)
    after = judged(*turned(said, tables), mirrored(said, tables, plan))

    assert after.breaches == before.breaches == []
    assert after.cost == pytest.approx(before.cost, abs=0.05)


@widely
@given(days())
def test_a_day_backwards_is_planned_as_well(day: tuple[Said, Said, int]) -> None:
    said, tables, seed = day
    there = plan_transport(problem_of(said, tables), rounds=60, seed=seed)
    turned_said, turned_tables = turned(said, tables)
    back = plan_transport(problem_of(turned_said, turned_tables), rounds=60, seed=seed)

    assert judged(turned_said, turned_tables, back).breaches == []
    assert [one.passenger for one in back.unserved] == [one.passenger for one in there.unserved]
    assert back.cost == pytest.approx(there.cost, abs=0.05)


def happened(day: Changed, plan: Plan, what: str, chance: np.random.Generator) -> Changed:
    """One more thing that may happen to a day."""
    problem = day.problem
    who = int(chance.integers(len(problem.passengers)))
    there = chance.integers(60, 1_500, len(problem.seconds)).tolist()
    if what == "away":
        return away(day, who, "Ill today.")
    if what == "bell":
        return bell_moved(day, int(chance.integers(len(problem.places))), int(chance.integers(-1_800, 1_800)))
    if what == "added":
        new = replace(problem.passengers[who], id=len(problem.passengers), spots=(), at_home=True)
        return added(day, new, [*there, 0], [*there, 0])
    if what == "moved":
        there[problem.homes + who] = 0
        return moved_house(day, who, there, there)
    run = int(chance.integers(len(plan.runs))) if plan.runs else None
    return day if run is None else (vehicle_off if what == "vehicle" else driver_away)(day, run)


HAPPENS = st.lists(st.sampled_from(["away", "bell", "added", "moved", "vehicle", "driver"]), max_size=4)


def case_of(day: Changed, said: Said) -> Said:
    """A changed day as a case again; nobody is tied to a companion who does not travel."""
    problem = day.problem
    after = said["direction"] == "afternoon"
    people = [
        {
            **(said["passengers"][one.id] if one.id < len(said["passengers"]) else {}),
            "id": one.id, "school": one.place, "wheelchair": one.wheelchair, "max_ride": one.max_ride,
            "escort": {"none": False, "shared": True, "own": "own"}[one.escort],
            "board": one.board, "alight": one.alight, "alone": one.alone, "at_home": one.at_home,
            "spots": [{"point": spot.point, "walk": spot.walk} for spot in one.spots],
            "known": list(one.known), "continuity": one.continuity,
        }
        for one in problem.passengers
    ]  # fmt: skip
    schools = [{"id": one.id, "bell": one.opens if after else one.closes} for one in problem.places]
    together = [two for two in said.get("together", []) if not day.gone.keys() & set(two)]
    return {**said, "passengers": people, "schools": schools, "together": together}


def tables_of(problem: Problem) -> Said:
    found = {"seconds": problem.seconds, "metres": problem.metres, "slow": problem.slow}
    return {name: table for name, table in found.items() if table is not None}


@widely
@given(days(), HAPPENS, HAPPENS)
def test_repair_upon_repair_loses_nobody_and_breaks_no_rule(
    drawn: tuple[Said, Said, int], first: list[str], second: list[str]
) -> None:
    said, tables, seed = drawn
    chance = np.random.default_rng(seed)
    day = unchanged(problem_of(said, tables))
    plan = plan_transport(day.problem, rounds=40, seed=seed)
    for things in (first, second):
        day = Changed(day.problem, day.gone)
        for what in things:
            day = happened(day, plan, what, chance)
        points = repair(day, plan, keeps=[5.0, 0.0], rounds=30, seed=seed)
        for point in points:
            verdict = judged(case_of(day, said), tables_of(day.problem), point.plan)
            assert verdict.breaches == []
            left = {one.passenger: one.reason for one in point.plan.unserved}
            assert day.gone.items() <= left.items()
            assert all(left.values())
        plan = read_plan(written(points[-1].plan))
