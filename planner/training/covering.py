"""Course trainers who drop out: somebody else who teaches the course takes over, or the run is not held."""

from collections import defaultdict
from dataclasses import dataclass, replace

from planner.training.problem import Problem, Run

WEEK = 7


@dataclass(frozen=True)
class Covered:
    """Run `before` is taught by others now, as `after`; None when nobody could take it over."""

    before: Run
    after: Run | None


def covered(problem: Problem) -> tuple[Problem, tuple[Covered, ...]]:
    """The year with every run taught by trainers who are there, and what had to change for that. Those who
    are at the site, then those who have the least else to do, are asked first."""
    diary = _Diary(problem)
    changed: list[Covered] = []
    runs: list[Run] = []
    for run in problem.runs:
        gone = [one for one in run.trainers if not problem.trainers[one].absent.isdisjoint(run.days)]
        after = run if not gone else diary.taken_over(run, gone)
        if gone:
            changed.append(Covered(run, after))
        if after is not None:
            runs.append(after)
    return (replace(problem, runs=tuple(runs)) if changed else problem), tuple(changed)


class _Diary:
    """Who teaches on which days, and on how many days of each week."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.busy: dict[int, set[int]] = defaultdict(set)
        for run in problem.runs:
            for trainer in run.trainers:
                self.busy[trainer].update(run.days)

    def taken_over(self, run: Run, gone: list[int]) -> Run | None:
        stay = [one for one in run.trainers if one not in gone]
        able = [
            one.id
            for one in sorted(
                self.problem.trainers, key=lambda one: (one.home != run.site, len(self.busy[one.id]), one.id)
            )
            if run.course in one.skills and one.id not in run.trainers and self._can(one.id, run.days)
        ]
        if len(able) < len(gone):
            for one in run.trainers:
                self.busy[one].difference_update(run.days)
            return None
        for one in gone:
            self.busy[one].difference_update(run.days)
        new = able[: len(gone)]
        for one in new:
            self.busy[one].update(run.days)
        return replace(run, trainers=(*stay, *new))

    def _can(self, number: int, days: tuple[int, ...]) -> bool:
        one, busy = self.problem.trainers[number], self.busy[number]
        if not one.absent.isdisjoint(days) or not busy.isdisjoint(days):
            return False
        weeks = {day // WEEK for day in days}
        return all(sum(day // WEEK == week for day in (*busy, *days)) <= one.days_a_week for week in weeks)
