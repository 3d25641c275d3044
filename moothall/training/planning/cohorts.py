"""An intake put before the planner: its groups, the weeks of every module, who teaches, who is with whom.

What other cohorts have already is given as taken. Reads only; the rules keep what comes back.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from moothall.training.models import (
    Attachment,
    Cohort,
    CohortClass,
    PathwayModule,
    PlacementHost,
    TrainerDay,
    TrainerWeek,
)
from moothall.workforce.away import away_between
from moothall.workforce.models import EmployeeSkill
from planner.cohorts.checking import check
from planner.cohorts.problem import CohortError, Host, Intake, Module, Plan, Tutor, Year

from .stays import Stay, find_stays, hosts_in, learners, minutes_to_hosts
from .weeks import Weeks

__all__ = ["CohortError", "CohortPlan", "plan_intake"]

AWAY_DAYS: Final = 3  # of a week, and the week is no week to teach
SLACK: Final = 30  # weeks that a plan may take longer than its modules


@dataclass(frozen=True)
class PlannedClass:
    """A module of a group, by the group's number."""

    group: int
    module: PathwayModule
    weeks: tuple[dt.date, ...]
    trainer: int | None = None


@dataclass(frozen=True)
class CohortPlan:
    """Students by group, the classes of each, everybody's stays, and what found no weeks."""

    groups: tuple[tuple[int, ...], ...]
    classes: tuple[PlannedClass, ...]
    stays: tuple[Stay, ...]
    without: tuple[tuple[int, int, str], ...] = ()


def plan_intake(cohort: Cohort, *, seed: int = 1, rounds: int = 40) -> CohortPlan:
    """The cohort planned; the same for the same rows, seed and rounds. Raises planner.cohorts' CohortError.

    Hosts and tutors chosen by hand are left as they are, where the weeks they were chosen for stay the same.
    The solver is only loaded where it is asked.
    """
    from planner.cohorts.planning import plan_year

    modules = list(cohort.pathway.modules.select_related("pathway"))
    year, weeks = _year(cohort, modules)
    plan = plan_year(year, seed=seed, rounds=rounds)
    if any(each.why == "no host" for each in plan.left):
        year = replace(year, hosts=(*year.hosts, _nowhere(year)))
        plan = plan_year(year, seed=seed, rounds=rounds)
    if broken := check(year, plan):
        raise CohortError(broken[0])
    numbers = {group.name: number for number, group in enumerate(plan.groups, 1)}
    classes = [*_classes(plan, numbers, modules, weeks), *_tutored(plan, numbers, modules, weeks, year)]
    groups = tuple(tuple(int(name) for name in group.students) for group in plan.groups)
    left = {
        each.who: (numbers[each.who], int(each.module), each.why) for each in plan.left if each.who in numbers
    }
    stays = _stays(cohort, classes, groups)
    return CohortPlan(groups, tuple(classes), tuple(stays), tuple(left.values()))


def _nowhere(year: Year) -> Host:
    """A host that is too far for anybody: too few places stop no group, and each student hears why."""
    return Host("", "", len(year.students))


def _year(cohort: Cohort, modules: Collection[PathwayModule]) -> tuple[Year, Weeks]:
    """The question: everything but what tutors do, which follows at the end."""
    pathway = cohort.pathway
    taught = [each for each in modules if each.kind != PathwayModule.TUTORED]
    weeks = Weeks(cohort.starts_on, sum(each.weeks for each in modules) + SLACK)
    students = list(cohort.students.on_the_way().select_related("district").order_by("pk"))
    hosts = list(PlacementHost.objects.in_use().prefetch_related("features"))
    freed = Attachment.objects.filter(student__cohort=cohort)
    year = Year(
        weeks=weeks.count, intakes=(Intake(cohort.name, 0),), modules=tuple(_modules(taught)),
        students=learners(students, cohort.name), tutors=tuple(_trainers(cohort, taught, weeks)),
        hosts=tuple(hosts_in(weeks, hosts, freed=freed)), rooms=pathway.rooms,
        group_size=pathway.group_size, spare=pathway.spare, shut=weeks.shut,
        minutes=minutes_to_hosts(students), at_most_minutes=pathway.most_minutes,
        rooms_used=_rooms_used(cohort, weeks),
    )  # fmt: skip
    return year, weeks


def _stays(cohort: Cohort, classes: Iterable[PlannedClass], groups: Sequence[Collection[int]]) -> list[Stay]:
    students = {each.pk: each for each in cohort.students.on_the_way().select_related("district")}
    by_hand = Attachment.objects.filter(student__cohort=cohort, by_hand=True)
    kept = {(each.student_id, each.module_id, each.first_on): each.pk for each in by_hand}
    wanted, stay = [], []
    for each in classes:
        if each.module.kind == PathwayModule.TAUGHT:
            continue
        keys = {pk: (pk, each.module.pk, each.weeks[0]) for pk in groups[each.group - 1]}
        stay += [kept[key] for key in keys.values() if key in kept]
        wanted.append(
            (each.module, each.weeks, [students[pk] for pk, key in keys.items() if key not in kept])
        )
    return find_stays(wanted, freed=Attachment.objects.filter(student__cohort=cohort).exclude(pk__in=stay))


def _modules(modules: Iterable[PathwayModule]) -> Iterator[Module]:
    for each in modules:
        skill = str(each.skill_id) if each.skill_id else ""
        yield Module(str(each.pk), each.weeks, skill, placement=each.kind == PathwayModule.PLACEMENT)


def _trainers(cohort: Cohort, modules: Collection[PathwayModule], weeks: Weeks) -> Iterator[Tutor]:
    """Those who teach what is asked, and the weeks in which they teach others or are away."""
    asked = {each.skill_id for each in modules if each.skill_id}
    held = EmployeeSkill.objects.filter(skill__in=asked, level__gte=EmployeeSkill.TEACHES, ended_at=None)
    skills: dict[int, set[str]] = defaultdict(set)
    for who, skill in (
        held.filter(employment__ended_on=None).order_by("pk").values_list("employment_id", "skill_id")
    ):
        skills[who].add(str(skill))
    busy: dict[int, set[int]] = defaultdict(set)
    taken = TrainerWeek.objects.filter(trainer__in=skills).exclude(held__group__cohort=cohort)
    for who, week in taken.values_list("trainer_id", "week"):
        busy[who].add(weeks.number(week))
    days = TrainerDay.objects.filter(trainer__in=skills, day__gte=weeks.first, day__lte=weeks.last)
    days = days.exclude(held__group__cohort=cohort)
    for who, day in days.values_list("trainer_id", "day"):
        busy[who].add(weeks.number(day))
    for who, number in _weeks_away(list(skills), weeks):
        busy[who].add(number)
    for who in sorted(skills):
        yield Tutor(str(who), frozenset(skills[who]), frozenset(busy[who]))


def _weeks_away(people: Sequence[int], weeks: Weeks) -> Iterator[tuple[int, int]]:
    """Weeks of which somebody is away for three days or more."""
    days: Counter[tuple[int, int]] = Counter()
    for away in away_between(people, weeks.first, weeks.last):
        day, end = max(away.from_on, weeks.first), min(away.until_on or weeks.last, weeks.last)
        while day <= end:
            if day.weekday() < 5:
                days[away.employment_id, weeks.number(day)] += 1
            day += dt.timedelta(days=1)
    return (key for key, many in days.items() if many >= AWAY_DAYS)


def _rooms_used(cohort: Cohort, weeks: Weeks) -> dict[int, int]:
    rows = CohortClass.objects.filter(
        group__cohort__pathway=cohort.pathway_id, module__kind=PathwayModule.TAUGHT, last_on__gte=weeks.first,
        first_on__lte=weeks.last,
    ).exclude(group__cohort=cohort)  # fmt: skip
    return Counter(weeks.number(each) for held in rows.values_list("weeks", flat=True) for each in held)


def _classes(
    plan: Plan, numbers: Mapping[str, int], modules: Iterable[PathwayModule], weeks: Weeks
) -> Iterator[PlannedClass]:
    known = {str(each.pk): each for each in modules}
    for each in plan.classes:
        trainer = int(each.tutor) if each.tutor else None
        yield PlannedClass(numbers[each.group], known[each.module], weeks.mondays(each.weeks), trainer)


def _tutored(
    plan: Plan, numbers: Mapping[str, int], modules: Collection[PathwayModule], weeks: Weeks, year: Year
) -> Iterator[PlannedClass]:
    """Tutored modules follow at once when everything else is over."""
    stopped = {each.who for each in plan.left}
    ends = {name: -1 for name in numbers if name not in stopped}
    for each in plan.classes:
        if each.group in ends:
            ends[each.group] = max(ends[each.group], each.weeks[-1])
    for name, end in ends.items():
        for module in modules:
            if module.kind == PathwayModule.TUTORED:
                found = year.weeks_from(end + 1, module.weeks)
                if found:
                    yield PlannedClass(numbers[name], module, weeks.mondays(found))
                    end = found[-1]
