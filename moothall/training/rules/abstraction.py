"""What a version takes from each team on each part of a day, against its minimum. Reads only."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, prefetch_related_objects

from moothall.people.models import Organisation
from moothall.training.models import (
    Nomination,
    PlannedPerson,
    ScheduleLine,
    ScheduleVersion,
    SparedRow,
    TeamDay,
    TeamMinimum,
)
from moothall.workforce.models import Employment

from .ledger import Key, count_lines, lost_duties
from .resting import Rests
from .rota import ONE, rota_of

OF: Final = ("skill", "set_by")


@dataclass(frozen=True)
class TeamLine:
    """One team on one part of a day: who is there, who has to be left, and who would be in training."""

    unit: Organisation
    day: dt.date
    part: str
    skill: str
    present: int
    minimum: int
    others: int
    """In training that this schedule does not plan."""
    planned: int
    source: TeamMinimum | None

    @property
    def left(self) -> int:
        return self.present - self.others - self.planned

    @property
    def short(self) -> int:
        """How many are missing."""
        return max(self.minimum - self.left, 0)


def abstraction_of(version: ScheduleVersion, first: dt.date, last: dt.date) -> list[TeamLine]:
    """Every line of a team with a minimum from which this version takes somebody, the shortest first."""
    lines = list(version.lines.between(first, last).order_by("first_on", "id"))
    taken, units = _taken(lines, first, last)
    if not taken:
        return []
    others = _others(version, units, first, last)
    held = _lines(units, {key[:2] for key in taken}, first, last)
    found = []
    for key, (present, minimum, source, unit, skill) in held.items():
        if taken[key]:
            own = others[key]
            found.append(TeamLine(unit, key[1], key[2], skill, present, minimum, own, taken[key], source))
    return sorted(found, key=lambda each: (-each.short, each.day, each.unit.name, each.part, each.skill))


def _taken(lines: Sequence[ScheduleLine], first: dt.date, last: dt.date) -> tuple[Counter[Key], set[int]]:
    """How many duties of each line the people who are planned in would miss; and of which teams they are."""
    planned = _planned(lines)
    ids = {who for people in planned.values() for who in people}
    taken: Counter[Key] = Counter()
    units: set[int] = set()
    if not ids:
        return taken, units
    begins = min(each.first_on for each in lines) - ONE
    ends = max(each.last_on for each in lines) + ONE
    rests = Rests()
    rota = rota_of(Employment.objects.filter(pk__in=ids), begins, ends)
    for line in lines:
        for who in planned[line.pk]:
            assigned = rota.people[who].assigned(line.first_on)
            if assigned is None:
                continue
            units.add(assigned.unit_id)
            skills: Collection[int | None] = (None, *rota.skills.get(who, ()))
            for day, part in lost_duties(rota, who, line.days, rests.on(line.first_on)):
                if first <= day <= last:
                    taken.update((assigned.unit_id, day, part, skill) for skill in skills)
    return taken, units


def _planned(lines: Sequence[ScheduleLine]) -> dict[int, list[int]]:
    """Who is planned in each line; once its session is there, only those who have a place."""
    found: dict[int, list[int]] = defaultdict(list)
    sessions = {each.pk: each.session_id for each in lines}
    held = Nomination.objects.placed().filter(session__in=[each for each in sessions.values() if each])
    placed = set(held.order_by().values_list("session_id", "employment_id"))
    rows = PlannedPerson.objects.filter(line__in=list(sessions)).order_by("id")
    for line, who in rows.values_list("line_id", "employment_id"):
        if sessions[line] is None or (sessions[line], who) in placed:
            found[line].append(who)
    return found


def _others(version: ScheduleVersion, units: Iterable[int], first: dt.date, last: dt.date) -> Counter[Key]:
    """What is taken from lines of the ledger by training that this schedule does not plan."""
    mine = ScheduleLine.objects.filter(version__schedule=version.schedule_id, session__isnull=False)
    rows = SparedRow.objects.filter(line__unit__in=units, line__day__gte=first, line__day__lte=last)
    rows = rows.exclude(nomination__session__in=mine.order_by().values("session")).order_by()
    keys = ("line__unit_id", "line__day", "line__part", "line__skill_id")
    said = rows.values_list(*keys).annotate(Count("pk"))
    return Counter({(unit, day, part, skill): many for unit, day, part, skill, many in said})


Said = tuple[int, int, TeamMinimum | None, Organisation, str]


def _lines(
    units: Collection[int], wanted: Collection[tuple[int, dt.date]], first: dt.date, last: dt.date
) -> dict[Key, Said]:
    """The lines of the ledger; those that are not counted yet are counted, and not kept."""
    rows = TeamDay.objects.of(list(units), first, last).select_related("unit", "skill", "source__set_by")
    found: dict[Key, Said] = {
        (row.unit_id, row.day, row.part, row.skill_id): (
            row.present, row.minimum, row.source, row.unit, str(row.skill or ""),
        )
        for row in rows
    }  # fmt: skip
    there = {key[:2] for key in found}
    missing = sorted({unit for unit, day in wanted if (unit, day) not in there})
    if missing:
        names = Organisation.objects.in_bulk(missing)
        counted = count_lines(missing, first, last)
        sources = {line.source.pk: line.source for line in counted.values()}
        prefetch_related_objects(list(sources.values()), *OF)
        for key, line in counted.items():
            if key[:2] not in there:
                skill = str(line.source.skill or "")
                found[key] = (line.present, line.minimum, line.source, names[key[0]], skill)
    return found
