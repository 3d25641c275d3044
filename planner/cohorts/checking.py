"""Whether a planned year keeps the rules, looked at week by week; shares no code with what planned it."""

from collections import Counter
from collections.abc import Iterator

from planner.cohorts.problem import Plan, Year


def check(year: Year, plan: Plan) -> tuple[str, ...]:
    """A sentence for every rule that is broken."""
    return (*of_groups(year, plan), *of_classes(year, plan), *of_weeks(year, plan), *of_hosts(year, plan))


def of_groups(year: Year, plan: Plan) -> Iterator[str]:
    held = Counter(name for group in plan.groups for name in group.students)
    for student in year.students:
        if held[student.name] != 1:
            yield f"{student.name} is in {held[student.name]} groups."
    came_back = Counter(one.to_group for one in plan.moved)
    for group in plan.groups:
        room = year.group_size + min(year.spare, came_back[group.name])
        if len(group.students) > room:
            yield f"{group.name} has {len(group.students)} students."


def of_classes(year: Year, plan: Plan) -> Iterator[str]:
    """Each group has its modules once, whole, in order, from its intake on, by a tutor who can."""
    modules = {one.name: one for one in year.modules}
    order = [one.name for one in year.modules]
    skills = {one.name: one.skills for one in year.tutors}
    joins = {one.name: one.week for one in year.intakes}
    stopped = {one.who for one in plan.left}
    for group in plan.groups:
        mine = sorted((one for one in plan.classes if one.group == group.name), key=lambda one: one.weeks)
        had = [one.module for one in mine]
        if had != order[: len(had)] or (had != order and group.name not in stopped):
            yield f"{group.name} does not have its modules in order, and there is no reason."
        free = joins[group.intake]
        for one in mine:
            module = modules[one.module]
            if one.weeks[0] < free or len(one.weeks) != module.weeks or one.weeks[-1] >= year.weeks:
                yield f"{group.name} has {one.module} in the wrong weeks."
            open_weeks = set(range(one.weeks[0], one.weeks[-1] + 1)) - year.shut
            if set(one.weeks) != open_weeks:
                yield f"{group.name} has a gap in {one.module}, or is taught in a week that is shut."
            free = one.weeks[-1] + 1
            can = module.placement or module.skill in {*skills.get(one.tutor, ()), ""}
            if not can or module.placement == bool(one.tutor):
                yield f"{group.name} has nobody for {one.module} who can teach it."


def of_weeks(year: Year, plan: Plan) -> Iterator[str]:
    placements = {one.name for one in year.modules if one.placement}
    away = {one.name: one.away for one in year.tutors}
    taught = Counter((one.tutor, week) for one in plan.classes if one.tutor for week in one.weeks)
    for (tutor, week), count in taught.items():
        if count > 1 or week in away.get(tutor, ()):
            yield f"{tutor} has {count} groups in week {week}, or is away."
    rooms = Counter(week for one in plan.classes if one.module not in placements for week in one.weeks)
    for week, count in rooms.items():
        if count + year.rooms_used.get(week, 0) > year.rooms:
            yield f"Week {week} needs {count} rooms of {year.rooms}."


def of_hosts(year: Year, plan: Plan) -> Iterator[str]:
    students = {one.name: one for one in year.students}
    hosts = {one.name: one for one in year.hosts}
    full = Counter((one.host, week) for one in plan.placements for week in one.weeks)
    for (name, week), count in full.items():
        if count + hosts[name].used.get(week, 0) > hosts[name].places:
            yield f"{name} has {count} students in week {week}."
    for one in plan.placements:
        student, host = students[one.student], hosts[one.host]
        near = year.minutes.get((student.district, host.name), year.at_most_minutes + 1)
        if host.district == student.district or not student.needs <= host.has or near > year.at_most_minutes:
            yield f"{student.name} should not be placed with {host.name}."
    placements = {one.name for one in year.modules if one.placement}
    known = {(one.student, one.module) for one in plan.placements} | {
        (one.who, one.module) for one in plan.left
    }
    members = {group.name: group.students for group in plan.groups}
    for each in plan.classes:
        for name in members[each.group] if each.module in placements else ():
            if (name, each.module) not in known:
                yield f"{name} has neither a host nor a reason for {each.module}."
