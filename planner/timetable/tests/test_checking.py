from dataclasses import replace

from planner.timetable.checking import check
from planner.timetable.problem import Place
from planner.timetable.tests.make import make_problem

GOOD = (
    Place("law", "hall", 0, 0),
    Place("law", "hall", 1, 0),
    Place("first-aid", "hall", 0, 1),
    Place("first-aid", "hall", 1, 1),
    Place("driving", "annexe", 0, 2),
)


def changed(number: int, **changes: object) -> tuple[Place, ...]:
    places = list(GOOD)
    places[number] = replace(places[number], **changes)  # type: ignore[arg-type]
    return tuple(places)


def test_a_timetable_that_keeps_everything_costs_nothing() -> None:
    verdict = check(make_problem(), GOOD)
    assert verdict.broken == ()
    assert verdict.penalty == 0


def test_each_part_of_the_penalty_is_counted() -> None:
    assert check(make_problem(), changed(2, room="annexe")).seats == 5
    assert check(make_problem(), changed(2, room="annexe")).rooms == 1
    assert check(make_problem(), changed(1, day=0, period=2)).days == 5
    assert check(make_problem(), changed(3, period=2)).alone == 4


def test_a_lecture_counts_as_alone_in_each_of_its_curricula() -> None:
    twice = make_problem(curricula=make_problem().curricula * 2)
    assert check(twice, changed(3, period=2)).alone == 8


def test_every_broken_rule_is_a_sentence() -> None:
    problem = make_problem(closed=frozenset({("driving", 0, 2)}))
    assert check(problem, GOOD).broken == ("driving may not be on day 0, period 2.",)
    assert check(problem, GOOD[:4]).broken == ("driving has 0 lectures of 1.",)
    assert (
        "annexe holds 2 lectures on day 0, period 1."
        in check(make_problem(), (*changed(2, room="annexe")[:4], Place("driving", "annexe", 0, 1))).broken
    )
    assert check(make_problem(), changed(4, period=0)).broken == (
        "amina teaches 2 lectures on day 0, period 0.",
    )
    assert (
        "intake has 2 lectures on day 0, period 0."
        in check(make_problem(), changed(2, period=0, room="annexe")).broken
    )


def test_names_and_times_it_does_not_know_are_broken_rules() -> None:
    assert check(make_problem(), changed(0, room="attic")).broken == (
        "law attic 0 0 is not a place of this problem.",
    )
    assert check(make_problem(), changed(0, period=3)).broken == (
        "law hall 0 3 is not a place of this problem.",
    )
