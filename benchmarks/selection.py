"""`python -m benchmarks --selection`: a day of 200 candidates planned, judged, mended; placements matched."""

from collections import Counter
from typing import Any

from planner.placements.checking import check as check_matches
from planner.placements.matching import match
from planner.placements.tests.make import drawn as drawn_placements
from planner.selection.checking import check
from planner.selection.drawing import drawn
from planner.selection.mending import mend
from planner.selection.plan import Plan
from planner.selection.planning import plan_selection
from planner.selection.problem import Problem
from planner.selection.reading import problem_of
from planner.selection.writing import said as as_said
from planner.selection.writing import written

from .transport import timed

ROW = "{:<44}{:>8}{:>9}{:>8}{:>8}{:>9}{:>8}{:>8}"
CANDIDATES, DAYS = 200, ((0, 0, 1440),)


def run(seconds: float, seeds: int) -> None:
    """Plan the day for so many processor seconds with each seed; then one, three and twelve are ill."""
    case = drawn(CANDIDATES)
    problem = problem_of(case)
    staff, rooms = len(problem.assessors), len(problem.rooms)
    print(f"{CANDIDATES} candidates, four exercises, {staff} assessors and interpreters, {rooms} rooms")
    print(ROW.format("", "CPU s", "points", "seated", "rooms", "waited", "shares", "broken"))
    spent, plan = timed(lambda: plan_selection(problem, rounds=0))
    print(line("one after the other, the hardest first", spent, case, plan))
    for seed in range(1, seeds + 1):
        spent, plan = timed(lambda seed=seed: plan_selection(problem, seconds=seconds, seed=seed))  # type: ignore[misc]
        print(line(f"seed {seed}: {plan.rounds:,} rounds", spent, case, plan))
    for many in (1, 3, 12):
        ill(case, problem, plan, many)
    placements()


def line(name: str, spent: float, case: dict[str, Any], plan: Plan) -> str:
    """Points and people as the judge counts them."""
    verdict, figures = check(case, written(plan)), plan.figures
    return ROW.format(
        name, f"{spent:.1f}", f"{verdict.cost:,}", verdict.seated, figures["rooms"],
        f"{figures['waited'] / max(1, verdict.seated):.0f} min", f"≤ {figures['most_share']} %",
        len(verdict.breaches),
    )  # fmt: skip


def ill(case: dict[str, Any], problem: Problem, plan: Plan, many: int) -> None:
    """Those with the most to do do not come."""
    work = Counter(name for one in plan.sittings for name in one.assessors)
    away = dict.fromkeys((name for name, _ in work.most_common(many)), DAYS)
    spent, made = timed(lambda: mend(problem.away(away, plan.sittings)))
    staff = [{**one, "away": [list(DAYS[0])]} if one["id"] in away else one for one in case["assessors"]]
    now = {**case, "assessors": staff, "published": [as_said(one) for one in plan.sittings]}
    verdict, figures = check(now, written(made.plan)), made.plan.figures
    print(
        f"{many} ill: {spent:.1f} CPU s, {figures['handed']} assessors' places handed over, "
        f"{len(made.moved)} told of another time, {verdict.candidates - verdict.seated} with none, "
        f"{len(verdict.breaches)} broken"
    )


def placements() -> None:
    asked = drawn_placements()
    spent, made = timed(lambda: match(asked))
    print(
        f"{len(asked.wishes)} placements and practicals, {len(asked.hosts)} hosts: {spent:.2f} CPU s, "
        f"{len(made.matches)} matched, {len(made.without)} without, {len(check_matches(asked, made))} broken"
    )
