"""Places on a board written out again as close to a plan in force as can be: classes keep their numbers,
their people and their trainers wherever these still come."""

from collections import defaultdict
from collections.abc import Sequence

from planner.training.board import NOBODY, Board, days_of, module_of
from planner.training.in_force import sessions_of
from planner.training.plan import Held, Place, Plan
from planner.training.problem import Problem
from planner.training.reasons import reasons
from planner.training.writing import week_of_trainers

WEEK = 7


def written_again(problem: Problem, board: Board, before: Plan, *, bound: int) -> Plan:
    """The plan that stands on the board. Whoever stays in a session stays in their class, unless the session
    needs fewer classes now. ProblemError when a day needs more trainers than are there."""
    groups = _groups(problem, board, before)
    trainers = _trainers(problem, board, before, groups)
    classes: list[Held] = []
    places: list[Place] = []
    for number in sorted(groups):
        session, members = groups[number]
        if session < len(problem.runs):
            run = problem.runs[session]
            held = Held(number, None, run.course, run.site, run.days, run.trainers)
        else:
            site, days = int(board.site[session]), days_of(problem, session)
            held = Held(number, module_of(problem, session), None, site, days, trainers[number])
        classes.append(held)
        for demand in sorted(members):
            asked = problem.demands[demand]
            places.append(Place(asked.officer, asked.requirement, asked.module, number))
    return Plan(bound, tuple(classes), tuple(places), reasons(problem, board), before.rounds)


Groups = dict[int, tuple[int, list[int]]]  # class: its session and the demands in it


def _groups(problem: Problem, board: Board, before: Plan) -> Groups:
    """Who is in which class: as before where that can be, newcomers where there are fewest."""
    session_of = sessions_of(problem, before.classes)
    numbers = {(one.officer, one.requirement, one.module): at for at, one in enumerate(problem.demands)}
    stayed: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place in before.places:
        demand = numbers[place.officer, place.requirement, place.module]
        session = session_of.get(place.held, NOBODY)
        if session != NOBODY and board.place[demand] == session:
            stayed[session][place.held].append(demand)
    fresh = max((one.id for one in before.classes), default=-1) + 1
    groups: Groups = {}
    for session in board.filled.nonzero()[0].tolist():
        people: list[int] = board.people[session, : board.filled[session]].tolist()
        size = max(len(people), 1) if session < len(problem.runs) else int(board.size[session])
        count = -(-len(people) // size)
        was = sorted(stayed[session].items(), key=lambda group: (-len(group[1]), group[0]))[:count]
        parts = [(number, members[:size]) for number, members in was]
        while len(parts) < count:
            parts.append((fresh, []))
            fresh += 1
        seated = {demand for _, members in parts for demand in members}
        for demand in sorted(set(people) - seated):
            min(parts, key=lambda part: len(part[1]))[1].append(demand)
        groups |= {number: (session, members) for number, members in parts}
    return groups


def _trainers(problem: Problem, board: Board, before: Plan, groups: Groups) -> dict[int, tuple[int, ...]]:
    """Who teaches each class of the surge: those who did, where they are there and still needed."""
    surge, taught = problem.surge, {held.id: held.trainers for held in before.classes}
    on: dict[int, list[int]] = defaultdict(list)
    for number, (session, _) in sorted(groups.items()):
        if session >= len(problem.runs):
            on[int(board.first[session])].append(number)
    stay = {
        number: [one for one in taught.get(number, ()) if day not in surge.trainers[one].absent]
        for day, those in on.items()
        for number in those
    }
    weeks: dict[int, dict[int, list[int]]] = defaultdict(dict)
    for day in on:
        weeks[day // WEEK][day] = [one for number in on[day] for one in stay[number]]
    found: dict[int, tuple[int, ...]] = {}
    for kept in weeks.values():
        needs = {day: surge.class_trainers * len(on[day]) for day in kept}
        chosen = week_of_trainers(surge, needs, kept)
        for day in kept:
            found |= _shared(on[day], stay, chosen[day], surge.class_trainers)
    return found


def _shared(
    classes: Sequence[int], stay: dict[int, list[int]], chosen: list[int], each: int
) -> dict[int, tuple[int, ...]]:
    """The trainers of a day given to its classes: first to those they taught."""
    own = {number: [one for one in stay[number] if one in chosen][:each] for number in classes}
    free = [one for one in chosen if all(one not in those for those in own.values())]
    for those in own.values():
        while len(those) < each:
            those.append(free.pop(0))
    return {number: tuple(those) for number, those in own.items()}
