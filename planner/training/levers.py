"""What would help most: levers priced from the duals of the limit, and solved again when somebody asks."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.training.board import lay_out
from planner.training.limit import Limit
from planner.training.plan import COURSE, SATURDAYS, TEAM, TRAINER
from planner.training.problem import Problem, ProblemError, Team, Trainer

if TYPE_CHECKING:
    from planner.training.prices import Prices

WEEK, SATURDAY = 7, 5
DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
AGAIN = 200  # rounds of prices when a lever is solved again
LEAST = 0.05  # a lever that promises fewer places than this is not shown


@dataclass(frozen=True)
class Lever:
    """Something that could be changed: `kind` and the number of the weekday, team or course, what it is in
    words, and how many places it is worth at most: a price holds only while the thing is scarce."""

    kind: str
    number: int
    says: str
    places: float


def levers(problem: Problem, limit: Limit, most: int = 5) -> tuple[Lever, ...]:
    """The levers that promise most, best first, by the dual prices."""
    worth: dict[tuple[str, int], float] = defaultdict(float)
    for slot, price in limit.trainers.items():
        worth[TRAINER, problem.surge.days[slot] % WEEK] += price
    for week, price in limit.weeks.items():
        for weekday in {day % WEEK for day in problem.surge.days if day // WEEK == week}:
            worth[TRAINER, weekday] += price
    for cell, price in limit.slack.items():
        worth[TEAM, cell // problem.horizon] += price
    for run, price in limit.seats.items():
        worth[COURSE, problem.runs[run].course] += price
    found = [Lever(*what, _says(*what), places) for what, places in worth.items() if places >= LEAST]
    return tuple(sorted(found, key=lambda lever: (-lever.places, lever.kind, lever.number))[:most])


def _says(kind: str, number: int) -> str:
    if kind == TRAINER:
        return f"one more trainer of the surge on {DAYS[number]}"
    if kind == TEAM:
        return f"a minimum one lower for team {number}"
    if kind == COURSE:
        return f"one more seat in every run of course {number}"
    return "the surge on Saturdays too"


def lever(name: str) -> Lever:
    """The lever of a name such as `trainer:1`, `team:17`, `course:4`, `saturdays`. ProblemError if none."""
    kind, _, number = name.partition(":")
    if kind == SATURDAYS or (kind in (TRAINER, TEAM, COURSE) and number.isdigit()):
        return Lever(kind, int(number or 0), _says(kind, int(number or 0)), 0.0)
    raise ProblemError(f"{name!r} is no lever; try trainer:1 (Tuesdays), team:17, course:4 or saturdays.")


def pulled(problem: Problem, lever: Lever) -> Problem:
    """The year with the lever pulled. ProblemError when it has no such weekday, team or course."""
    try:
        return PULL[lever.kind](problem, lever.number)
    except IndexError as wrong:
        raise ProblemError(f"This year has no {lever.kind} {lever.number}.") from wrong


def worth(problem: Problem, lever: Lever, prices: "Prices", rounds: int = AGAIN) -> int:
    """By how many places the proven limit rises when the lever is pulled: solved again, not priced. `prices`
    are those of the year as it is. Both years are gone on with from there for `rounds`; where the lever opens
    sessions that nobody could be sent to, the changed year is begun anew, for as many as `prices` took."""
    from planner.training.prices import find_prices

    changed, board = pulled(problem, lever), lay_out(problem)
    eased = lay_out(changed)
    if len(eased.options) != len(board.options):  # something opens that had no price: begin from nothing
        after = find_prices(changed, eased, rounds=max(rounds, prices.rounds))
        return max(0, round(after.exact - prices.exact))
    before = find_prices(problem, board, rounds=rounds, start=prices)
    after = find_prices(changed, eased, rounds=rounds, start=prices)
    return max(0, round(after.exact - min(before.exact, prices.exact)))


def _trainer(problem: Problem, weekday: int) -> Problem:
    DAYS[weekday]  # an IndexError for a day no week has
    away = frozenset(day for day in problem.surge.days if day % WEEK != weekday)
    more = Trainer(len(problem.surge.trainers), frozenset(), 0, away, 1)
    return replace(problem, surge=replace(problem.surge, trainers=(*problem.surge.trainers, more)))


def _team(problem: Problem, number: int) -> Problem:
    def eased(team: Team) -> Team:
        slack = (spare + (letter != "R") for spare, letter in zip(team.slack, team.duty, strict=True))
        return replace(team, slack=tuple(slack))

    teams = list(problem.teams)
    teams[number] = eased(teams[number])
    return replace(problem, teams=tuple(teams))


def _course(problem: Problem, number: int) -> Problem:
    courses = list(problem.courses)
    courses[number] = replace(courses[number], size=courses[number].size + 1)
    return replace(problem, courses=tuple(courses))


def _saturdays(problem: Problem, _: int) -> Problem:
    days = problem.surge.days
    if not days:
        raise ProblemError("There is no surge in this year.")
    more = {
        day for day in range(days[0], days[-1] + WEEK) if day % WEEK == SATURDAY and day < problem.horizon
    }
    both = tuple(sorted({*days, *more}))
    return replace(
        problem,
        teaching=tuple(sorted({*problem.teaching, *more})),
        surge=replace(problem.surge, days=both),
    )


PULL: dict[str, Callable[[Problem, int], Problem]] = {
    TRAINER: _trainer,
    TEAM: _team,
    COURSE: _course,
    SATURDAYS: _saturdays,
}
