"""A plan as its file says it."""

from collections.abc import Mapping
from typing import Any

from planner.crews.plan import Plan
from planner.crews.problem import Problem
from planner.crews.reasons import sentence


def written(problem: Problem, plan: Plan, bound: int | None = None) -> Mapping[str, Any]:
    """What is given to whom, what is unmanned and why, and the figures."""
    return {
        "cost": plan.cost,
        **({} if bound is None else {"bound": bound}),
        **plan.figures,
        "rounds": plan.rounds,
        "unmanned": [
            {
                "task": one.task,
                "role": one.role,
                "seat": one.seat,
                "reason": one.reason,
                "people": [
                    {"person": no.person, "rule": no.rule, "reason": f"{no.person} {sentence(no)}."}
                    for no in one.nobody
                ],
            }
            for one in plan.unmanned
        ],
        "given": [
            {"task": post.task.id, "role": post.role, "seat": post.seat, "person": who}
            for post, who in zip(problem.posts, plan.given, strict=True)
            if who is not None
        ],
    }
