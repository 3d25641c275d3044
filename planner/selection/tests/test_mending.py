"""Somebody is ill: the plan in force is kept with the least change, and each change says why."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.selection.checking import check
from planner.selection.drawing import drawn
from planner.selection.mending import Mended, mend
from planner.selection.planning import plan_selection
from planner.selection.reading import problem_of
from planner.selection.writing import written

from .make import FIVE, NINE, Said, assessor, candidate, exercise, room, said, sitting

ALL_DAY = [[0, 0, 1440]]
ADA, BILAL = candidate("Ada"), candidate("Bilal")
ILL = assessor("Bron", away=ALL_DAY)


def mended(case: Said, rounds: int = 1) -> Mended:
    made = mend(problem_of(case), rounds=rounds)
    verdict = check(case, written(made.plan, made.changes))
    assert verdict.breaches == ()
    assert verdict.cost == made.plan.cost
    return made


def test_somebody_free_takes_it_and_no_candidate_is_moved() -> None:
    made = mended(said([ADA], [ILL, assessor("Idris")], published=[sitting(["Ada"])]))
    [change] = made.changes
    assert made.moved == ()
    assert change.after is not None
    assert (change.after.assessors, change.why) == (("Idris",), "Bron is away.")


def test_two_assessors_change_hands_where_nobody_free_may() -> None:
    case = said(
        [ADA, BILAL], [ILL, assessor("Idris"), assessor("Mei", conflicts=["Ada"])],
        rooms=[room("Cwm"), room("Dyffryn")],
        published=[sitting(["Ada"]), sitting(["Bilal"], room="Dyffryn", assessors=["Idris"])],
    )  # fmt: skip
    made = mended(case)
    assert made.moved == ()
    assert {one.candidate: one.why for one in made.changes} == {
        "Ada": "Bron is away.", "Bilal": "It makes room for somebody else.",
    }  # fmt: skip


def test_a_candidate_has_one_exercise_at_another_time_where_nobody_can_come_then() -> None:
    tests = [exercise(), exercise("written", 30)]
    case = said(
        [ADA], [assessor("Bron", away=[[0, NINE, NINE + 60]]), assessor("Idris", "written")],
        exercises=tests, rooms=[room("Cwm"), room("Dyffryn")],
        published=[
            sitting(["Ada"]),
            sitting(["Ada"], NINE + 120, exercise="written", room="Dyffryn", assessors=["Idris"]),
        ],
    )  # fmt: skip
    made = mended(case)
    assert [(one.exercise, one.moved) for one in made.changes] == [("interview", True)]
    assert made.moved == ("Ada",)


def test_who_can_be_seen_by_nobody_is_told_why() -> None:
    made = mended(said([ADA], [ILL], published=[sitting(["Ada"])]))
    [change] = made.changes
    assert (change.after, change.moved) == (None, True)
    assert change.why == "Of 1 assessors 1 are not there long enough; one is needed."


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"rooms": [room(closed=ALL_DAY), room("Dyffryn")]}, "Cwm cannot be used."),
        ({"assessors": [assessor("Idris")]}, "Bron no longer assesses."),
        (
            {"assessors": [{"id": "Bron", "trained": {"interview": "2026-11-30"}}, assessor("Idris")]},
            "Bron is no longer trained for it.",
        ),
        (
            {"assessors": [assessor("Bron", conflicts=["Ada"]), assessor("Idris")]},
            "Bron knows the candidate.",
        ),
    ],
)
def test_each_change_says_what_no_longer_holds(changes: dict[str, Any], why: str) -> None:
    made = mended({**said([ADA], [assessor("Bron")], published=[sitting(["Ada"])]), **changes})
    assert [one.why for one in made.changes] == [why]


def test_a_candidate_who_withdraws_leaves_everybody_else_where_they_are() -> None:
    case = said([BILAL], [assessor("Bron")], published=[sitting(["Ada"]), sitting(["Bilal"], NINE + 30)])
    assert [(one.candidate, one.after) for one in mended(case).changes] == [("Ada", None)]


def test_a_plan_in_force_that_names_strangers_is_kept_as_far_as_it_goes() -> None:
    odd = [
        sitting(["Ada"], exercise="juggling"), sitting(["Zed"]), sitting(["Ada"], day=7),
        sitting(["Ada"], NINE + 3), sitting(["Bilal"], FIVE - 30),
    ]  # fmt: skip
    made = mended(said([ADA, BILAL], [assessor("Bron")], published=odd))
    assert made.plan.unseated == ()
    assert any(one.begins == FIVE - 30 for one in made.plan.sittings)


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10_000), people=st.integers(4, 12), sick=st.integers(0, 5))
def test_mending_breaks_no_rule_and_moves_nobody_without_need(seed: int, people: int, sick: int) -> None:
    case = drawn(people, 1, seed, 1.3)
    made = plan_selection(problem_of(case), rounds=1, seed=seed)
    case["published"] = written(made)["sittings"]
    assert mended(case).changes == ()
    case["assessors"][sick % len(case["assessors"])]["away"] = ALL_DAY
    after = mended(case)
    assert len(after.plan.unseated) <= len(made.unseated) + people
