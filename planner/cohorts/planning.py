"""The year of the student officers: groups, their modules, their tutors, their hosts; whoever comes back."""

from collections.abc import Callable
from dataclasses import replace

from planner.cohorts.grouping import groups_of
from planner.cohorts.placing import place
from planner.cohorts.problem import CohortError, Group, Left, Moved, Plan, Year, refuse_nonsense
from planner.cohorts.scheduling import schedule


def plan_year(year: Year, *, seed: int = 1, rounds: int = 60, stop: Callable[[], bool] | None = None) -> Plan:
    """The year planned, the same for the same year, seed and rounds. Raises CohortError for nonsense."""
    refuse_nonsense(year)
    groups = groups_of(year)
    best = schedule(year, groups, seed=seed, rounds=rounds, stop=stop)
    placements, without = place(year, groups, best.classes)
    return Plan(groups, best.classes, placements, (*best.left, *without))


def recourse(year: Year, plan: Plan, *, student: str, module: str) -> Plan:
    """The student takes `module` again with the first group that begins it afterwards and has a place.

    The rest of the way is that group's; nobody else is touched but for hosts, where the student needs one.
    Raises CohortError, with the sentence for the office, where no group can take them.
    """
    numbers = {one.name: i for i, one in enumerate(year.modules)}
    group = group_of(plan, student)
    begun = {(one.group, one.module): one.weeks for one in plan.classes}
    if (group.name, module) not in begun:
        raise CohortError(f"{student} has not had {module} yet.")
    over = begun[group.name, module][-1]
    later = sorted(
        (begun[other.name, module][0], other.name)
        for other in plan.groups
        if (other.name, module) in begun and begun[other.name, module][0] > over
    )
    if not later:
        raise CohortError(
            f"No group begins {module} after week {over}; the next intake has to be waited for."
        )
    sizes = {other.name: len(other.students) for other in plan.groups}
    fits = [name for _, name in later if sizes[name] < year.group_size + year.spare]
    if not fits:
        raise CohortError(f"Every group that begins {module} after week {over} is full.")
    groups = tuple(moved_into(other, student, fits[0]) for other in plan.groups)
    ahead = {one.name for one in year.modules if one.placement and numbers[one.name] >= numbers[module]}
    return placed_again(year, plan, groups, Moved(student, group.name, fits[0], module), ahead)


def group_of(plan: Plan, student: str) -> Group:
    for group in plan.groups:
        if student in group.students:
            return group
    raise CohortError(f"{student} is in no group.")


def moved_into(group: Group, student: str, name: str) -> Group:
    others = tuple(one for one in group.students if one != student)
    return replace(group, students=(*others, student) if group.name == name else others)


def placed_again(year: Year, plan: Plan, groups: tuple[Group, ...], moved: Moved, ahead: set[str]) -> Plan:
    """The plan with the student moved, and a host for each placement still ahead of them."""
    kept = [one for one in plan.placements if one.student != moved.student or one.module not in ahead]
    left = [one for one in plan.left if one.who != moved.student or one.module not in ahead]
    alone = (Group(moved.to_group, "", (moved.student,)),)
    for one in plan.classes:
        if one.group == moved.to_group and one.module in ahead:
            free = {
                host.name: min(
                    host.free(week) - sum(week in p.weeks and p.host == host.name for p in kept)
                    for week in one.weeks
                )
                for host in year.hosts
            }
            fewer = replace(
                year,
                hosts=tuple(
                    replace(host, places=free[host.name], used={})
                    for host in year.hosts
                    if free[host.name] > 0
                ),
            )
            found, without = place(fewer, alone, [one])
            kept += found
            left += [
                Left(none.who, none.module, "hosts full" if year.hosts else none.why) for none in without
            ]
    return Plan(groups, plan.classes, tuple(kept), tuple(left), (*plan.moved, moved))
