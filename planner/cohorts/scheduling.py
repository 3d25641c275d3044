"""When each group has each module, and with whom: serial schedules, and the order they are made in improved.

A schedule is made by taking modules in an order and giving each the earliest weeks with a room and a tutor,
or with places at hosts. The order is then changed a little again and again, and kept where people wait less
(serial schedule generation with a random search over activity lists; Kolisch and Hartmann, 1999).
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from planner.cohorts.problem import Class, Group, Left, Module, Tutor, Why, Year

Step = tuple[int, int]  # a group and a module, by number
HORIZON = 10_000  # weeks that a module which found none counts as


@dataclass(slots=True)
class Desk:
    """What is taken so far, week by week; filled while a schedule is made."""

    rooms: Counter[int] = field(default_factory=Counter)
    guests: Counter[int] = field(default_factory=Counter)
    busy: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    with_group: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


@dataclass(frozen=True, slots=True)
class Schedule:
    """Classes and what was left, and how many student-weeks pass until the last module of each is over."""

    classes: tuple[Class, ...]
    left: tuple[Left, ...]
    waiting: int


def schedule(
    year: Year,
    groups: tuple[Group, ...],
    *,
    seed: int = 1,
    rounds: int = 60,
    stop: Callable[[], bool] | None = None,
) -> Schedule:
    """The best of so many rounds; the same for the same year, seed and rounds."""
    chance = random.Random(seed)  # noqa: S311  (a search, not a secret)
    joins = {intake.name: intake.week for intake in year.intakes}
    order = sorted(
        ((g, m) for g in range(len(groups)) for m in range(len(year.modules))),
        key=lambda step: (joins[groups[step[0]].intake], step[1], step[0]),
    )
    best = made(year, groups, order, joins)
    for _ in range(rounds if len(order) > 1 else 0):
        if stop is not None and stop():
            break
        other = order.copy()
        for _ in range(chance.randint(1, 4)):
            i = chance.randrange(len(other))
            other.insert(max(0, i - chance.randint(1, 1 + len(other) // 4)), other.pop(i))
        then = made(year, groups, other, joins)
        if then.waiting <= best.waiting:
            best, order = then, other
    return best


def made(year: Year, groups: tuple[Group, ...], order: list[Step], joins: dict[str, int]) -> Schedule:
    """One schedule: the order says whose turn it is, and it is always that group's next module."""
    desk, classes, left = Desk(), [], []
    upcoming = [0] * len(groups)
    ready = [joins[group.intake] for group in groups]
    waiting = 0
    for g, _ in order:
        m, group = upcoming[g], groups[g]
        upcoming[g] += 1
        if ready[g] >= HORIZON:
            continue
        module = year.modules[m]
        one = earliest(year, desk, group, module, ready[g])
        if isinstance(one, Class):
            classes.append(one)
            ready[g] = one.weeks[-1] + 1
        else:
            left.append(Left(group.name, module.name, one))
            ready[g] = HORIZON
            waiting += HORIZON * len(group.students) * (len(year.modules) - m)
    waiting += sum(len(group.students) * ready[g] for g, group in enumerate(groups) if ready[g] < HORIZON)
    return Schedule(tuple(classes), tuple(left), waiting)


def earliest(year: Year, desk: Desk, group: Group, module: Module, ready: int) -> Class | Why:
    """The module taken at the first weeks with everything it needs; else what is wanting."""
    why: Why = "no week"
    for first in range(ready, year.weeks):
        weeks = () if first in year.shut else year.weeks_from(first, module.weeks)
        if not weeks:
            continue
        wanting = missing(year, desk, group, module, weeks)
        if wanting is None:
            return take(year, desk, group, module, weeks)
        why = wanting
    return why


def missing(year: Year, desk: Desk, group: Group, module: Module, weeks: tuple[int, ...]) -> Why | None:
    """What stands in the way in these weeks."""
    if module.placement:
        needed = len(group.students)
        full = any(desk.guests[week] + needed > sum(host.free(week) for host in year.hosts) for week in weeks)
        return "no host" if full else None
    if any(desk.rooms[week] + year.rooms_used.get(week, 0) >= year.rooms for week in weeks):
        return "no room"
    return None if tutors_free(year, desk, module, weeks) else "no tutor"


def tutors_free(year: Year, desk: Desk, module: Module, weeks: tuple[int, ...]) -> list[Tutor]:
    return [
        tutor
        for tutor in year.tutors
        if (not module.skill or module.skill in tutor.skills)
        and tutor.away.isdisjoint(weeks)
        and desk.busy[tutor.name].isdisjoint(weeks)
    ]


def take(year: Year, desk: Desk, group: Group, module: Module, weeks: tuple[int, ...]) -> Class:
    """The class, with the tutor who knows the group best; of those, who can teach least else."""
    if module.placement:
        desk.guests.update({week: len(group.students) for week in weeks})
        return Class(group.name, module.name, weeks)
    known = desk.with_group[group.name]
    tutor = min(
        tutors_free(year, desk, module, weeks), key=lambda one: (-known[one.name], len(one.skills), one.name)
    )
    desk.rooms.update(weeks)
    desk.busy[tutor.name].update(weeks)
    known[tutor.name] += 1
    return Class(group.name, module.name, weeks, tutor.name)
