"""Groups of an intake: as few as may be, as even as may be, each with people of many districts."""

from collections import defaultdict

from planner.cohorts.problem import Group, Student, Year


def groups_of(year: Year) -> tuple[Group, ...]:
    """The groups of every intake, named "intake/number". Whoever needs access is spread as the others are."""
    by_intake: dict[str, list[Student]] = defaultdict(list)
    for student in year.students:
        by_intake[student.intake].append(student)
    found = []
    for intake in year.intakes:
        students = sorted(by_intake[intake.name], key=lambda one: (one.district, not one.needs, one.name))
        count = -(-len(students) // year.group_size)
        for i in range(count):
            mine = tuple(student.name for student in students[i::count])
            found.append(Group(f"{intake.name}/{i + 1}", intake.name, mine))
    return tuple(found)
