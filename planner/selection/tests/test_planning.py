"""Days are planned by the rules, and whoever has none has a reason."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.selection.board import Board
from planner.selection.checking import check
from planner.selection.counting import cost
from planner.selection.drawing import drawn
from planner.selection.pieces import Piece
from planner.selection.plan import Plan, Progress
from planner.selection.planning import Search, plan_selection, sittings
from planner.selection.problem import Problem, SelectionError, Sitting
from planner.selection.reading import problem_of
from planner.selection.writing import written

from .make import FIVE, NINE, ONE, TEN, Said, assessor, candidate, exercise, problem, room, said


def planned(case: Said, rounds: int = 4, **changes: Any) -> Plan:
    """A plan that the judge has passed and counted the same."""
    made = plan_selection(problem_of(case), rounds=rounds, **changes)
    verdict = check(case, written(made))
    assert verdict.breaches == ()
    assert verdict.cost == made.cost
    return made


def of(plan: Plan, who: str) -> dict[str, Sitting]:
    return {one.exercise: one for one in plan.sittings if who in one.candidates}


def reason(case: Said) -> tuple[str, str]:
    [one] = planned(case).unseated
    return one.rule, one.reason


def test_a_fitness_test_is_one_exercise_of_several_at_once() -> None:
    runs = exercise("fitness", 20, size=5, assessors=2, room="gym", hold=10)
    case = said(
        [candidate(f"c{n}") for n in range(12)],
        [assessor("Bron", "fitness"), assessor("Idris", "fitness")],
        exercises=[runs], rooms=[room("Gym", kinds=["gym"], seats=20)],
    )  # fmt: skip
    assert sorted(len(one.candidates) for one in planned(case).sittings) == [2, 5, 5]


def test_interviews_are_slots_before_a_panel() -> None:
    case = said(
        [candidate(f"c{n}") for n in range(4)],
        [assessor(name) for name in ("Bron", "Idris", "Mei")],
        exercises=[exercise(assessors=3, hold=15)],
    )
    begins = [one.begins for one in planned(case).sittings]
    assert begins == [NINE, NINE + 45, NINE + 90, NINE + 135]


def test_nobody_is_in_two_places_and_what_comes_first_comes_first() -> None:
    case = said(
        [candidate("Ada"), candidate("Bilal")],
        [assessor("Bron", "interview", "written"), assessor("Idris", "interview", "written")],
        exercises=[exercise(after=["written"]), exercise("written", 40, rest=20)],
        rooms=[room("Cwm"), room("Dyffryn")],
    )
    mine = of(planned(case), "Ada")
    assert mine["interview"].begins >= mine["written"].ends + 20


def test_longer_time_is_longer_and_a_group_is_there_as_long_as_its_slowest() -> None:
    case = said(
        [candidate("Ada", longer=50), candidate("Bilal")], [assessor("Bron")], exercises=[exercise(size=2)]
    )
    [one] = planned(case).sittings
    assert (one.candidates, one.ends - one.begins) == (("Ada", "Bilal"), 45)


def test_a_carer_has_a_seat_and_somebody_who_cannot_climb_is_downstairs() -> None:
    case = said(
        [candidate("Ada", carer=True, step_free=True)], [assessor("Bron")],
        rooms=[room("Loft"), room("Closet", seats=1, step_free=True), room("Hall", step_free=True)],
    )  # fmt: skip
    assert of(planned(case), "Ada")["interview"].room == "Hall"


def test_an_interpreter_comes_to_each_exercise_and_is_never_in_two() -> None:
    case = said(
        [candidate("Ada", interpreter="bsl"), candidate("Bilal", interpreter="bsl")],
        [assessor("Bron"), assessor("Idris"), {"id": "Mei", "interprets": ["bsl"]}],
        rooms=[room("Cwm"), room("Dyffryn")],
    )
    made = planned(case)
    assert {dict(one.interpreters)[one.candidates[0]] for one in made.sittings} == {"Mei"}
    assert len({one.begins for one in made.sittings}) == 2


def test_who_asks_for_welsh_is_seen_in_welsh() -> None:
    case = said(
        [candidate("Ada", language="cy"), candidate("Bilal")],
        [assessor("Bron", languages=["cy"]), assessor("Idris")],
    )
    assert of(planned(case), "Ada")["interview"].assessors == ("Bron",)


def test_nobody_is_seen_by_somebody_they_know_or_whose_training_has_ended() -> None:
    case = said(
        [candidate("Ada")],
        [
            assessor("Bron", conflicts=["Ada"]),
            {"id": "Idris", "trained": {"interview": "2026-11-30"}},
            assessor("Mei"),
        ],
    )
    assert of(planned(case), "Ada")["interview"].assessors == ("Mei",)


def test_a_candidate_comes_on_one_day_alone() -> None:
    days = [{"on": f"2026-12-0{n}", "opens": NINE, "closes": NINE + 70} for n in (1, 2)]
    case = said(
        [candidate("Ada"), candidate("Bilal")],
        [assessor("Bron", "interview", "written")],
        days=days, exercises=[exercise(), exercise("written", 30)],
    )  # fmt: skip
    made = planned(case)
    assert {one.day for one in of(made, "Ada").values()} != {one.day for one in of(made, "Bilal").values()}


def test_the_work_is_shared_by_the_hours_people_have() -> None:
    half = [[0, NINE, ONE]]
    case = said(
        [candidate(f"c{n}") for n in range(9)], [assessor("Bron"), assessor("Idris", hours=half)],
        rooms=[room("Cwm"), room("Dyffryn")],
    )  # fmt: skip
    work = [name for one in planned(case).sittings for name in one.assessors]
    assert (work.count("Bron"), work.count("Idris")) == (6, 3)


@pytest.mark.parametrize(
    ("changes", "rule", "told"),
    [
        ({"candidates": [candidate("Ada", away=[[0, NINE, FIVE]])]}, "away", "at no time there"),
        ({"rooms": []}, "room", "No room is large enough for one person"),
        ({"rooms": [room(closed=[[0, NINE, FIVE]])]}, "room", "open long enough"),
        ({"candidates": [candidate("Ada", step_free=True)]}, "room", "step-free and large enough"),
        (
            {"candidates": [candidate("Ada", language="cy")]}, "assessor",
            "Of 1 assessors 1 do not speak cy; one is needed",
        ),
        ({"assessors": [assessor("Bron", conflicts=["Ada"])]}, "assessor", "1 know the candidate"),
        ({"assessors": [assessor("Bron", "written")]}, "assessor", "1 are not trained for it"),
        ({"assessors": [assessor("Bron", hours=[[0, NINE, NINE + 9]])]}, "assessor", "not there long enough"),
        ({"candidates": [candidate("Ada", interpreter="bsl")]}, "interpreter", "Nobody who interprets bsl"),
        (
            {"candidates": [candidate("Ada", away=[[0, ONE, FIVE]])],
             "assessors": [assessor("Bron", hours=[[0, ONE, FIVE]])]},
            "long", "never free together",
        ),
    ],
)  # fmt: skip
def test_whoever_has_no_day_is_told_why(changes: Said, rule: str, told: str) -> None:
    found, why = reason({**said([candidate("Ada")], [assessor("Bron")]), **changes})
    assert (found, told in why) == (rule, True), why


def test_a_day_that_is_full_says_what_there_is_too_little_of() -> None:
    short = [{"on": "2026-12-01", "opens": NINE, "closes": TEN}]
    case = said([candidate(f"c{n}") for n in range(3)], [assessor("Bron")], days=short)
    assert reason(case) == ("full", "Every room that would do is taken whenever the candidate is there.")
    two_rooms = {**case, "rooms": [room("Cwm"), room("Dyffryn")]}
    assert reason(two_rooms)[1].startswith("Too few assessors")


def test_nobody_keeps_half_a_day() -> None:
    case = said(
        [candidate("Ada")], [assessor("Bron", "interview")], exercises=[exercise(), exercise("written")]
    )
    assert planned(case).sittings == ()


def test_who_works_is_never_asked_for_more_than_was_agreed() -> None:
    case = said([candidate(f"c{n}") for n in range(3)], [assessor("Bron", most=60)])
    assert len(planned(case).unseated) == 1


def test_the_same_rounds_and_seed_give_the_same_plan() -> None:
    case = problem_of(drawn(9, seed=4))
    assert plan_selection(case, rounds=3, seed=2) == plan_selection(case, rounds=3, seed=2)


def test_a_search_can_be_stopped_and_says_how_far_it_is() -> None:
    heard: list[Progress] = []

    def tell(far: Progress) -> bool:
        heard.append(far)
        return False

    made = plan_selection(problem_of(drawn(8)), tell=tell)
    assert (made.rounds, len(heard)) == (0, 1)
    with pytest.raises(SelectionError, match="less than no time"):
        plan_selection(problem_of(drawn(8)), seconds=-1)


def test_a_case_with_nobody_is_planned_at_once() -> None:
    assert plan_selection(problem([], [])).sittings == ()


def first_board(case: Problem) -> Board:
    search = Search(Board(case), 1)
    search.start()
    return search.board


def test_a_piece_never_makes_a_plan_dearer_and_can_be_undone() -> None:
    board = first_board(problem_of(drawn(14, seed=5)))
    before, was = sittings(board), cost(board)
    piece = Piece(board, [0, 3, 7], 0)
    assert piece.solve(1, 0.3)
    assert cost(board) <= was
    piece.undo()
    assert (sittings(board), cost(board)) == (before, was)


@settings(max_examples=6, deadline=None)
@given(
    seed=st.integers(0, 10_000), people=st.integers(1, 14), days=st.integers(1, 2),
    tight=st.sampled_from((0.4, 0.8, 1.2)),
)  # fmt: skip
def test_no_plan_breaks_a_rule_and_everybody_is_accounted_for(
    seed: int, people: int, days: int, tight: float
) -> None:
    case = drawn(people, days, seed, tight)
    made = planned(case, 2, seed=seed)
    seated = {who for one in made.sittings for who in one.candidates}
    assert len(seated) + len(made.unseated) == people


@pytest.mark.slow
def test_two_hundred_candidates_have_a_day_in_one_go() -> None:
    case = drawn(200)
    made = planned(case, 0)
    assert made.unseated == ()
    assert made.figures["seated"] == 200
