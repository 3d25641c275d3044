"""A plan as its file says it."""

from collections.abc import Mapping
from typing import Any

from planner.selection.mending import Change
from planner.selection.plan import Plan
from planner.selection.problem import Sitting


def written(plan: Plan, changes: tuple[Change, ...] | None = None) -> Mapping[str, Any]:
    """Who sits what, who has no day and why, what changes, and the figures."""
    return {
        "cost": plan.cost,
        **plan.figures,
        "rounds": plan.rounds,
        "unseated": [
            {"candidate": one.candidate, "exercise": one.exercise, "rule": one.rule, "reason": one.reason}
            for one in plan.unseated
        ],
        **({} if changes is None else {"changes": [_change(one) for one in changes]}),
        "sittings": [said(one) for one in plan.sittings],
    }


def said(one: Sitting) -> dict[str, Any]:
    """One sitting."""
    return {
        "exercise": one.exercise,
        "day": one.day,
        "begins": one.begins,
        "ends": one.ends,
        "room": one.room,
        "candidates": list(one.candidates),
        "assessors": list(one.assessors),
        **({"interpreters": dict(one.interpreters)} if one.interpreters else {}),
    }


def _change(one: Change) -> dict[str, Any]:
    return {
        "candidate": one.candidate,
        "exercise": one.exercise,
        "moved": one.moved,
        "before": None if one.before is None else said(one.before),
        "after": None if one.after is None else said(one.after),
        "why": one.why,
    }
