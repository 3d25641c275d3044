"""`python -m benchmarks --crews`: a week of 500 drivers and escorts manned and judged, beside its bound."""

from typing import Any

from planner.crews.bound import least_cost, least_unmanned
from planner.crews.checking import check
from planner.crews.covering import cover
from planner.crews.drawing import drawn
from planner.crews.plan import Plan
from planner.crews.planning import plan_crews
from planner.crews.problem import RUN, Problem
from planner.crews.reading import problem_of
from planner.crews.writing import written

from .transport import timed

ROW = "{:<40}{:>8}{:>10}{:>8}{:>8}{:>9}{:>8}{:>8}"
SICK = 12


def run(seconds: float, seeds: int) -> None:
    """Man the week for so many processor seconds with each seed, then cover a morning of sickness."""
    said = drawn()
    spent, problem = timed(lambda: problem_of(said))
    posts = len(problem.posts)
    print(
        f"{len(problem.people)} people, {len(problem.tasks):,} tasks with {posts:,} posts; "
        f"read in {spent:.1f} CPU s"
    )
    print(ROW.format("", "CPU s", "points", "manned", "runs", "known", "line", "broken"))
    spent, bound = timed(lambda: least_cost(problem))
    most = posts - least_unmanned(problem)
    print(ROW.format("no plan can be better than", f"{spent:.1f}", f"{bound:,}", most, "", "", "", ""))
    spent, plan = timed(lambda: plan_crews(problem, rounds=0))
    print(line("one after the other, the cheapest first", spent, said, problem, plan))
    for seed in range(1, seeds + 1):
        spent, plan = timed(lambda seed=seed: plan_crews(problem, seconds=seconds, seed=seed))  # type: ignore[misc]
        print(line(f"seed {seed}: {plan.rounds:,} pieces", spent, said, problem, plan))
    away(problem, plan)


def line(name: str, spent: float, said: dict[str, Any], problem: Problem, plan: Plan) -> str:
    """Points and posts as the judge counts them, how many rides are with somebody known."""
    verdict, figures = check(said, written(problem, plan)), plan.figures
    runs = sum(post.task.kind == RUN for post in problem.posts)
    known = f"{100 * figures['known'] / max(1, figures['passengers']):.1f} %"
    return ROW.format(
        name, f"{spent:.1f}", f"{verdict.cost:,}", verdict.manned, runs - figures["runs_unmanned"], known,
        figures["most_on_a_line"], len(verdict.breaches),
    )  # fmt: skip


def away(problem: Problem, plan: Plan) -> None:
    """One and twelve people with runs do not come on Wednesday: the three options."""
    now = {number: name for number, name in enumerate(plan.given) if name is not None}
    at_work = dict.fromkeys(
        now[post.number] for post in problem.posts
        if post.task.day == 2 and post.task.kind == RUN and post.number in now
    )  # fmt: skip
    for sick in (list(at_work)[:1], list(at_work)[:: max(1, len(at_work) // SICK)][:SICK]):
        changed = problem.away(dict.fromkeys(sick, frozenset({2})))
        spent, options = timed(lambda changed=changed: cover(changed, now))  # type: ignore[misc]
        print(f"{len(sick)} away on Wednesday: the options in {spent:.2f} CPU s")
        for option in options:
            left = option.plan.figures["runs_unmanned"]
            print(
                f"  {option.name:<20} {len(option.changes)} posts change hands, "
                f"{len(option.moved)} people moved, "
                f"{left} posts of runs unmanned in the week"
            )
