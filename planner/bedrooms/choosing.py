"""Rooms chosen in the week before arrival: a class for each stay by CP-SAT, then a room of the class.

A class has so many rooms a night, which is all the model knows. In points, most first: a stay without a
room, somebody moved who sleeps in the house, a corridor with more than one group, people apart who asked to
be beside each other, a better kind than was sold (a point a night and step), a room given before and changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from ortools.sat.python import cp_model

from planner.bedrooms.classes import Alike, alike
from planner.bedrooms.colouring import colour
from planner.bedrooms.problem import Bedroom, Rooming, Stay, Without, refuse_nonsense
from planner.bedrooms.selling import Ledger, never_fits

WITHOUT, WITHOUT_ONE_IN_HOUSE = 5_000, 20_000
MOVED, MIXED, APART, CHANGED = 400, 40, 30, 1
EFFORT = 6.0  # of the solver's own deterministic time, so that the same question has the same answer

Choice = dict[tuple[int, int], cp_model.IntVar]


def choose_rooms(
    rooms: tuple[Bedroom, ...], stays: tuple[Stay, ...], *, today: date, seed: int = 1, effort: float = EFFORT
) -> Rooming:
    """A room for every stay that has a night from `today` on: those in the house, and those about to come.

    Give it the stays of this week and the next: what comes later is not yet told a room. `effort` is in units
    of the solver, near to seconds. Raises StayError where the question makes no sense.
    """
    refuse_nonsense(rooms, stays)
    live = tuple(stay for stay in sorted(stays, key=lambda one: one.name) if stay.nights(today))
    classes = alike(rooms, live)
    model = cp_model.CpModel()
    at, none = choices(model, live, classes)
    hold_nights(model, at, live, classes, today)
    price(model, at, none, live, classes, today)
    first = first_fit(live, classes, today)
    for (i, k), one in at.items():
        model.add_hint(one, first.get(i) == k)
    for i, one in enumerate(none):
        model.add_hint(one, i not in first)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        first = {i: k for (i, k), one in at.items() if solver.value(one)}
    return rooming(rooms, live, classes, first, today, proved=status == cp_model.OPTIMAL)


def choices(
    model: cp_model.CpModel, stays: tuple[Stay, ...], classes: list[Alike]
) -> tuple[Choice, list[cp_model.IntVar]]:
    """One switch for each stay and class that suits it, and one for having no room."""
    at: Choice = {}
    none = [model.new_bool_var("") for _ in stays]
    for i, stay in enumerate(stays):
        for k, one in enumerate(classes):
            if one.suits(stay):
                at[i, k] = model.new_bool_var("")
        model.add_exactly_one([none[i], *(at[i, k] for k in range(len(classes)) if (i, k) in at)])
    return at, none


def hold_nights(
    model: cp_model.CpModel, at: Choice, stays: tuple[Stay, ...], classes: list[Alike], today: date
) -> None:
    """No class has more stays on a night than rooms."""
    load: dict[tuple[int, date], list[cp_model.IntVar]] = defaultdict(list)
    for (i, k), one in at.items():
        for night in stays[i].nights(today):
            load[k, night].append(one)
    for (k, night), there in load.items():
        if len(there) > classes[k].on(night):
            model.add(sum(there) <= classes[k].on(night))


def price(
    model: cp_model.CpModel,
    at: Choice,
    none: list[cp_model.IntVar],
    stays: tuple[Stay, ...],
    classes: list[Alike],
    today: date,
) -> None:
    """What is to be made small."""
    terms: list[cp_model.LinearExprT] = [
        (WITHOUT_ONE_IN_HOUSE if stay.in_house else WITHOUT) * one
        for stay, one in zip(stays, none, strict=True)
    ]
    for (i, k), one in at.items():
        stay = stays[i]
        points = max(0, classes[k].kind - stay.kind) * len(stay.nights(today))
        if stay.room and all(room.name != stay.room for room in classes[k].rooms):
            points += MOVED if stay.in_house else CHANGED
        if points:
            terms.append(points * one)
    terms += mixing(model, at, stays, classes)
    terms += apart(model, at, stays, classes)
    model.minimize(sum(terms))


def mixing(
    model: cp_model.CpModel, at: Choice, stays: tuple[Stay, ...], classes: list[Alike]
) -> Iterable[cp_model.LinearExprT]:
    """For each corridor, points for every group on it beyond the first."""
    there: dict[str, dict[str, list[cp_model.IntVar]]] = defaultdict(lambda: defaultdict(list))
    for (i, k), one in at.items():
        if stays[i].group:
            there[classes[k].corridor][stays[i].group].append(one)
    for groups in there.values():
        if len(groups) < 2:
            continue
        more, seen = model.new_int_var(0, len(groups), ""), []
        for switches in groups.values():
            seen.append(model.new_bool_var(""))
            model.add_max_equality(seen[-1], switches)
        model.add(more >= sum(seen) - 1)
        yield MIXED * more


def apart(
    model: cp_model.CpModel, at: Choice, stays: tuple[Stay, ...], classes: list[Alike]
) -> Iterable[cp_model.LinearExprT]:
    """Points where somebody is not on the corridor of whom they are to be beside."""
    number = {stay.name: i for i, stay in enumerate(stays)}
    for i, stay in enumerate(stays):
        if stay.beside not in number:
            continue
        away = model.new_bool_var("")
        for corridor in {one.corridor for one in classes}:
            mine = [at[i, k] for k, one in enumerate(classes) if one.corridor == corridor and (i, k) in at]
            j = number[stay.beside]
            theirs = [at[j, k] for k, one in enumerate(classes) if one.corridor == corridor and (j, k) in at]
            model.add(sum(mine) <= sum(theirs) + away)
        yield APART * away


def first_fit(stays: tuple[Stay, ...], classes: list[Alike], today: date) -> dict[int, int]:
    """A class for whoever fits when all are taken in order: in the house, promised, then by arrival."""
    left = {
        (k, night): one.on(night) for k, one in enumerate(classes) for s in stays for night in s.nights(today)
    }
    found: dict[int, int] = {}
    order = sorted(
        range(len(stays)),
        key=lambda i: (not stays[i].in_house, not stays[i].locked, -stays[i].kind, stays[i].arrives, i),
    )
    for i in order:
        stay, nights = stays[i], stays[i].nights(today)
        fit = [k for k, one in enumerate(classes) if one.suits(stay) and all(left[k, n] > 0 for n in nights)]
        if fit:
            found[i] = min(
                fit, key=lambda k: (stay.room not in {r.name for r in classes[k].rooms}, classes[k].kind, k)
            )
            left.update({(found[i], night): left[found[i], night] - 1 for night in nights})
    return found


def rooming(
    rooms: tuple[Bedroom, ...],
    stays: tuple[Stay, ...],
    classes: list[Alike],
    chosen: Mapping[int, int],
    today: date,
    *,
    proved: bool,
) -> Rooming:
    """Rooms from classes, and everything that is to be told about them."""
    given: dict[str, Bedroom] = {}
    beside = {stay.beside: stay.name for stay in stays if stay.beside}
    beside |= {stay.name: stay.beside for stay in stays if stay.beside}
    fewest_first = sorted(range(len(classes)), key=lambda k: (len(classes[k].rooms), k))
    for k in fewest_first:  # who is to be beside somebody in a rare room can then see which it is
        one = classes[k]
        mine = tuple(stay for i, stay in enumerate(stays) if chosen.get(i) == k)
        given |= colour(one.rooms, mine, today, given, beside)
    groups: dict[str, set[str]] = defaultdict(set)
    for stay in stays:
        if stay.name in given and stay.group:
            groups[given[stay.name].corridor].add(stay.group)
    return Rooming(
        rooms={name: room.name for name, room in sorted(given.items())},
        moved=tuple(
            (stay.name, stay.room, given[stay.name].name)
            for stay in stays
            if stay.in_house and stay.name in given and given[stay.name].name != stay.room
        ),
        without=tuple(reasons(rooms, stays, given)),
        mixed_corridors=tuple(sorted(corridor for corridor, seen in groups.items() if len(seen) > 1)),
        proved=proved,
    )


def reasons(
    rooms: tuple[Bedroom, ...], stays: tuple[Stay, ...], given: Mapping[str, Bedroom]
) -> Iterable[Without]:
    """Why each of the others has none: no room is like that, a night is full by count, others came first."""
    ledger = Ledger(rooms)
    for stay in stays:
        if stay.name in given:
            ledger.sell(stay)
    for stay in stays:
        if stay.name in given:
            continue
        if never_fits(rooms, stay):
            yield Without(stay.name, "no such room")
        else:
            night = ledger.full_on(stay)
            yield Without(stay.name, "full" if night else "crowded out", night)
