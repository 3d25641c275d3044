"""Places on a board written out as a plan: sessions become classes, and classes get trainers by name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from planner.training.board import Board, days_of, module_of
from planner.training.plan import Held, Place, Plan, Quality
from planner.training.problem import Problem, ProblemError, Surge
from planner.training.reasons import reasons


def plan_of(problem: Problem, board: Board, bound: int, rounds: int) -> Plan:
    """The plan that stands on the board, with a reason for everybody left out."""
    classes: list[Held] = []
    places: list[Place] = []
    for run, said in enumerate(problem.runs):
        if board.filled[run]:
            classes.append(Held(len(classes), None, said.course, said.site, said.days, said.trainers))
            for demand in sorted(board.people[run, : board.filled[run]].tolist()):
                asked = problem.demands[demand]
                places.append(Place(asked.officer, asked.requirement, None, classes[-1].id))
    teaching = _surge_trainers(problem, board)
    for session in range(len(problem.runs), len(board.filled)):
        people = sorted(board.people[session, : board.filled[session]].tolist())
        count = -(-len(people) // problem.surge.size)
        for part in range(count):
            day = days_of(problem, session)[0]
            trainers = tuple(teaching[day].pop() for _ in range(problem.surge.class_trainers))
            held = Held(
                len(classes), module_of(problem, session), None, int(board.site[session]), (day,), trainers
            )
            classes.append(held)
            for demand in people[part::count]:
                places.append(Place(problem.demands[demand].officer, None, held.module, held.id))
    return Plan(bound, tuple(classes), tuple(places), reasons(problem, board), rounds)


def written(plan: Plan) -> dict[str, Any]:
    """The plan in the published form, for JSON."""
    return {
        "placed": plan.placed,
        "bound": plan.bound,
        "gap": round(plan.gap, 5),
        "rounds": plan.rounds,
        "quality": _quality(plan.quality),
        "searched": _quality(plan.searched),
        "classes": [
            {
                "id": held.id,
                **_either(held.module, "module", "course", held.course),
                "site": held.site,
                "days": list(held.days),
                "trainers": list(held.trainers),
            }
            for held in plan.classes
        ],
        "places": [
            {
                "officer": place.officer,
                **_either(place.module, "module", "requirement", place.requirement),
                "class": place.held,
            }
            for place in plan.places
        ],
        "unplaced": [
            {
                "officer": left.officer,
                **_either(left.module, "module", "requirement", left.requirement),
                "reason": left.reason,
                "causes": dict(left.causes),
            }
            for left in plan.unplaced
        ],
    }


def _quality(said: Quality | None) -> dict[str, Any] | None:
    if said is None:
        return None
    worst = said.worst
    return {
        "placed": said.placed,
        "classes": said.classes,
        "thin": said.thin,
        "full": round(said.full, 4),
        "minutes": round(said.minutes, 1),
        "far": round(said.far, 4),
        "worst_team": {
            "team": worst.team, "placed": worst.placed, "limit": worst.limit, "gap": round(worst.gap, 4)
        },
    }  # fmt: skip


def _either(module: int | None, one: str, other: str, number: int | None) -> dict[str, Any]:
    if module is not None:
        return {"kind": "surge", one: module}
    return {"kind": "course", other: number}


def _surge_trainers(problem: Problem, board: Board) -> dict[int, list[int]]:
    """For each day of the surge the trainers who teach on it, as many as its classes need."""
    found: dict[int, list[int]] = {}
    weeks: dict[int, dict[int, int]] = defaultdict(dict)
    for slot, day in enumerate(problem.surge.days):
        if board.day_used[slot]:
            weeks[day // 7][day] = int(board.day_used[slot])
    for needs in weeks.values():
        found |= week_of_trainers(problem.surge, needs)
    return found


def week_of_trainers(
    surge: Surge, needs: dict[int, int], kept: Mapping[int, Sequence[int]] | None = None
) -> dict[int, list[int]]:
    """Who teaches on which day of one week, so that each day has `needs[day]` trainers and nobody more days
    than they give; `kept` are those who did so far, there on the day and each once. ProblemError when that
    cannot be done (by augmenting paths: an exact answer)."""
    chosen: dict[int, list[int]] = {day: list((kept or {}).get(day, ()))[: needs[day]] for day in needs}
    given = [sum(one in those for those in chosen.values()) for one in range(len(surge.trainers))]
    for day in sorted(
        needs, key=lambda day: sum(day not in one.absent for one in surge.trainers) - needs[day]
    ):
        while len(chosen[day]) < needs[day]:
            if not _add(surge, day, chosen, given, set()):
                raise ProblemError(f"Day {day} needs more trainers than can be there.")
    return chosen


def _add(surge: Surge, day: int, chosen: dict[int, list[int]], given: list[int], seen: set[int]) -> bool:
    """One more trainer on a day; somebody who has given all their days may first be relieved on another."""
    order = sorted(range(len(surge.trainers)), key=lambda number: (given[number], number))
    there = [one for one in order if day not in surge.trainers[one].absent and one not in chosen[day]]
    for number in there:
        if given[number] < surge.trainers[number].days_a_week:
            chosen[day].append(number)
            given[number] += 1
            return True
    for number in there:
        if number in seen:
            continue
        seen.add(number)
        for other in [other for other, those in chosen.items() if number in those]:
            chosen[other].remove(number)
            if _add(surge, other, chosen, given, seen):
                chosen[day].append(number)
                return True
            chosen[other].append(number)
    return False
