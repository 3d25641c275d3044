"""Runs that are to stay as they are while the rest of the day is planned around them.

Whoever is on a run that is held, and its vehicle, are taken out of the problem; what is planned
for the others is put together with it again. A run is driven anew by today's travel times; one that would
break a rule today is not held. Companions who must travel together are held together or not at all.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.transport.ground import lay_out
from planner.transport.plan import Plan, Run, Unserved
from planner.transport.problem import Problem, ProblemError
from planner.transport.standing import plan_of, standings


@dataclass(frozen=True)
class Holding:
    """`runs` are those held, `which` their places in what was asked for; `rest` is the problem without them,
    and `stay` the numbers that its passengers have in the whole one."""

    problem: Problem
    runs: tuple[Run, ...]
    which: tuple[int, ...]
    rest: Problem
    stay: tuple[int, ...]

    def together(self, plan: Plan) -> Plan:
        """The plan of the rest, with the runs held before it."""
        number = dict(enumerate(self.stay))
        runs = (*self.runs, *(_renumbered(run, number) for run in plan.runs))
        unserved = tuple(Unserved(number[one.passenger], one.reason) for one in plan.unserved)
        return Plan(runs, unserved, plan.rounds, plan.times_from)


def hold(problem: Problem, runs: Sequence[Run]) -> Holding:
    """Hold these runs of an earlier plan, in the numbers of this problem, as far as they can still be."""
    left = Counter({kind.name: kind.available for kind in problem.kinds})
    held: dict[int, Run] = {}
    gone: set[int] = set()
    for number, run in enumerate(runs):
        made = _driven(problem, run) if left[run.kind] and not run.passengers & gone else None
        if made is not None:
            held[number] = made
            left[run.kind] -= 1
            gone |= run.passengers
    kinds = tuple(replace(kind, available=left[kind.name]) for kind in problem.kinds)
    stay = tuple(one.id for one in problem.passengers if one.id not in gone)
    rest = replace(problem.only(stay), kinds=kinds)
    return Holding(problem, tuple(held.values()), tuple(held), rest, stay)


def _driven(problem: Problem, run: Run) -> Run | None:
    """The run by today's travel times; None where it cannot be driven, or somebody would be torn apart."""
    people = sorted(run.passengers)
    if any((a in run.passengers) != (b in run.passengers) for a, b in problem.together):
        return None
    alone = problem.only(people)
    number = {old: new for new, old in enumerate(people)}
    try:
        nodes = standings(alone, Plan((_renumbered(run, number),), ()))
        made = plan_of(alone, alone, lay_out(alone), nodes, (), 0, told=False)
    except (ProblemError, ValueError):
        return None
    return _renumbered(made.runs[0], dict(enumerate(people)))


def _renumbered(run: Run, number: Mapping[int, int]) -> Run:
    return replace(run, stops=tuple(replace(stop, passenger=number[stop.passenger]) for stop in run.stops))
