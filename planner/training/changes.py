"""What may happen after a plan was published: each change gives the year as it is now.

Nothing here looks at a plan. `repair` takes the changed year and the plan in force, and mends the one by the
other. Every function raises ProblemError for somebody or something the year does not have.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from planner.training.patterns import REST
from planner.training.problem import Problem, ProblemError


class _Numbered(Protocol):
    @property
    def id(self) -> int: ...


One = TypeVar("One", bound=_Numbered)


def officer_away(problem: Problem, officer: int, days: Iterable[int]) -> Problem:
    """The officer is ill, on leave or in court: their team has one fewer on each of those duties."""
    who = _found(problem.officers, officer, "officer")
    more = frozenset(days) - who.absent
    gone = replace(who, absent=who.absent | more)
    lower = minimum_raised(problem, who.team, more, by=1)
    return replace(lower, officers=_with(problem.officers, gone))


def minimum_raised(problem: Problem, team: int, days: Iterable[int], *, by: int) -> Problem:
    """An operation: the team must keep `by` more people on each of those duties."""
    one, those = _found(problem.teams, team, "team"), frozenset(days)
    slack = tuple(
        max(0, spare - by) if day in those and letter != REST else spare
        for day, (spare, letter) in enumerate(zip(one.slack, one.duty, strict=True))
    )
    return replace(problem, teams=_with(problem.teams, replace(one, slack=slack)))


def trainer_away(problem: Problem, trainer: int, days: Iterable[int]) -> Problem:
    """A trainer of courses cannot teach on those days."""
    who = _found(problem.trainers, trainer, "trainer")
    gone = replace(who, absent=who.absent | frozenset(days))
    return replace(problem, trainers=_with(problem.trainers, gone))


def surge_trainer_away(problem: Problem, trainer: int, days: Iterable[int]) -> Problem:
    """A trainer of the surge cannot teach on those days."""
    who = _found(problem.surge.trainers, trainer, "trainer of the surge")
    gone = replace(who, absent=who.absent | frozenset(days))
    return replace(problem, surge=replace(problem.surge, trainers=_with(problem.surge.trainers, gone)))


def site_closed(problem: Problem, site: int, days: Iterable[int]) -> Problem:
    """Nothing is held at the site on those days."""
    where = _found(problem.sites, site, "site")
    shut = replace(where, closed=where.closed | frozenset(days))
    return replace(problem, sites=_with(problem.sites, shut))


def run_lost(problem: Problem, run: int) -> Problem:
    """A run of a course is not held. The runs after it move up by one number."""
    if not 0 <= run < len(problem.runs):
        raise ProblemError(f"This year has no run {run}.")
    return replace(problem, runs=problem.runs[:run] + problem.runs[run + 1 :])


def _found(those: tuple[One, ...], number: int, what: str) -> One:
    if not 0 <= number < len(those):
        raise ProblemError(f"This year has no {what} {number}.")
    return those[number]


def _with(those: tuple[One, ...], changed: One) -> tuple[One, ...]:
    return (*those[: changed.id], changed, *those[changed.id + 1 :])
