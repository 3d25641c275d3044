"""Who goes to which host: a flow of least cost, for everybody whose placement has the same weeks.

Minutes of travel are the cost. A host is not for somebody of its own district, without the access they need,
or further than anybody is asked to go; a host somebody has been to already costs an hour more. Flows of least
cost are whole numbers and exact (Ahuja, Magnanti and Orlin, 1993).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
from ortools.graph.python import min_cost_flow

from planner.cohorts.problem import Class, Group, Host, Left, Placement, Student, Why, Year

AGAIN = 60
NOBODY = 100_000  # minutes that no host counts as


def place(
    year: Year, groups: tuple[Group, ...], classes: Iterable[Class]
) -> tuple[tuple[Placement, ...], tuple[Left, ...]]:
    """A host for every student of each placement, in the order of their weeks, and reasons for the rest."""
    students = {student.name: student for student in year.students}
    members = {group.name: group.students for group in groups}
    asked: dict[tuple[tuple[int, ...], str], list[Student]] = defaultdict(list)
    kinds = {module.name for module in year.modules if module.placement}
    for one in classes:
        if one.module in kinds:
            asked[one.weeks, one.module] += [students[name] for name in members[one.group]]
    used: Counter[tuple[str, int]] = Counter()
    been: set[tuple[str, str]] = set()
    done: list[Placement] = []
    left: list[Left] = []
    for (weeks, module), wanting in sorted(asked.items(), key=lambda item: item[0]):
        free = free_places(year, used, weeks)
        for student, host in flow(year, wanting, free, been):
            if host is None:
                left.append(Left(student.name, module, why_not(year, student)))
                continue
            done.append(Placement(student.name, module, host.name, weeks))
            been.add((student.name, host.name))
            used.update((host.name, week) for week in weeks)
    return tuple(done), tuple(left)


def free_places(year: Year, used: Counter[tuple[str, int]], weeks: tuple[int, ...]) -> dict[str, int]:
    """Places of each host that are free in all of these weeks."""
    return {host.name: min(host.free(week) - used[host.name, week] for week in weeks) for host in year.hosts}


def flow(
    year: Year, students: list[Student], free: dict[str, int], been: set[tuple[str, str]]
) -> list[tuple[Student, Host | None]]:
    """A host, or none, for each: least minutes in all, and as few without as can be."""
    hosts = [host for host in year.hosts if free[host.name] > 0]
    source, nobody, sink = 0, 1, 2
    first_student, first_host = 3, 3 + len(students)
    arcs = [(nobody, sink, len(students), 0)]
    arcs += [(first_host + h, sink, free[host.name], 0) for h, host in enumerate(hosts)]
    for s, student in enumerate(students):
        arcs.append((source, first_student + s, 1, 0))
        arcs.append((first_student + s, nobody, 1, NOBODY))
        for h, host in enumerate(hosts):
            if barred(year, student, host) is None:
                cost = year.minutes[student.district, host.name] + AGAIN * ((student.name, host.name) in been)
                arcs.append((first_student + s, first_host + h, 1, cost))
    network = min_cost_flow.SimpleMinCostFlow()
    table = np.array(arcs, dtype=np.int64)
    network.add_arcs_with_capacity_and_unit_cost(table[:, 0], table[:, 1], table[:, 2], table[:, 3])
    network.set_node_supply(source, len(students))
    network.set_node_supply(sink, -len(students))
    network.solve()
    chosen: dict[int, Host] = {}
    for arc, (tail, head, _, _) in enumerate(arcs):
        if first_student <= tail < first_host and head >= first_host and network.flow(arc):
            chosen[tail - first_student] = hosts[head - first_host]
    return [(student, chosen.get(s)) for s, student in enumerate(students)]


def barred(year: Year, student: Student, host: Host) -> Why | None:
    """Why this host is not for this student at all."""
    if student.district == host.district:
        return "own district"
    if not student.needs <= host.has:
        return "access"
    near = year.minutes.get((student.district, host.name))
    return "too far" if near is None or near > year.at_most_minutes else None


def why_not(year: Year, student: Student) -> Why:
    """Why somebody has no host: theirs are full, or what bars the one that came nearest."""
    reasons = [barred(year, student, host) for host in year.hosts]
    if not reasons or None in reasons:
        return "hosts full" if reasons else "no host"
    found = {reason for reason in reasons if reason is not None}
    order: tuple[Why, ...] = ("access", "too far", "own district")
    return next(why for why in order if why in found)
