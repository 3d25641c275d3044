"""A planned session as plain values, and how two versions of a schedule differ."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.training.models import PlannedPerson, ScheduleLine, ScheduleVersion

NEW, MOVED, CHANGED, WITHDRAWN = "NEW", "MOVED", "CHANGED", "WITHDRAWN"
SORTS: Final = {NEW: _("New"), MOVED: _("Moved"), CHANGED: _("Changed"), WITHDRAWN: _("Taken out")}


@dataclass(frozen=True)
class PlannedLine:
    """One session of a schedule. `key` is the same in every version in which it is the same session."""

    key: str
    course_version_id: int
    place_id: int
    days: tuple[dt.date, ...]
    begins: dt.time = dt.time(9)
    ends: dt.time = dt.time(17)
    places: int = 12
    trainers: tuple[int, ...] = ()
    """Employments."""
    people: tuple[int, ...] = ()
    """Employments of those who are planned in."""
    language: str = "en"

    @property
    def when_and_where(self) -> tuple[object, ...]:
        return self.days, self.begins, self.ends, self.place_id

    @property
    def what(self) -> tuple[object, ...]:
        return self.course_version_id, self.places, set(self.trainers), set(self.people), self.language


@dataclass(frozen=True)
class Difference:
    """What became of one planned session between two versions."""

    sort: str
    key: str
    before: PlannedLine | None = None
    after: PlannedLine | None = None

    @property
    def line(self) -> PlannedLine:
        """As it is now, or as it last was."""
        found = self.after or self.before
        if found is None:
            raise TypeError("A difference has a line before it or after it.")
        return found

    @property
    def joined(self) -> set[int]:
        """Who is planned in since."""
        return set(self.after.people if self.after else ()) - set(self.before.people if self.before else ())

    @property
    def left(self) -> set[int]:
        """Who is not planned in any more."""
        return set(self.before.people if self.before else ()) - set(self.after.people if self.after else ())


def compare(old: Iterable[PlannedLine], new: Iterable[PlannedLine]) -> list[Difference]:
    """What differs from one version to another, by key, the first day first."""
    before, after = {each.key: each for each in old}, {each.key: each for each in new}
    found = [_difference(key, before.get(key), after.get(key)) for key in before.keys() | after.keys()]
    differ = [each for each in found if each is not None]
    return sorted(differ, key=lambda each: (each.line.days[0], each.key))


def _difference(key: str, before: PlannedLine | None, after: PlannedLine | None) -> Difference | None:
    if before is None:
        return Difference(NEW, key, None, after)
    if after is None:
        return Difference(WITHDRAWN, key, before)
    if before.when_and_where != after.when_and_where:
        return Difference(MOVED, key, before, after)
    return Difference(CHANGED, key, before, after) if before.what != after.what else None


def applied(old: Iterable[PlannedLine], differences: Iterable[Difference]) -> list[PlannedLine]:
    """The old version with its differences: the new one, the first day first."""
    lines = {each.key: each for each in old}
    for each in differences:
        if each.after is None:
            lines.pop(each.key, None)
        else:
            lines[each.key] = each.after
    return sorted(lines.values(), key=lambda line: (line.days[0], line.key))


def people_of(lines: Sequence[ScheduleLine]) -> Mapping[int, tuple[int, ...]]:
    """Who is planned in each line, in one query."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = PlannedPerson.objects.filter(line__in=[each.pk for each in lines]).order_by("line", "id")
    for line, who in rows.values_list("line_id", "employment_id"):
        found[line].append(who)
    return {line: tuple(people) for line, people in found.items()}


def read_lines(rows: Iterable[ScheduleLine]) -> list[PlannedLine]:
    """Rows as plain values, in their order."""
    lines = list(rows)
    people = people_of(lines)
    return [as_planned(each, people.get(each.pk, ())) for each in lines]


def as_planned(line: ScheduleLine, people: tuple[int, ...]) -> PlannedLine:
    return PlannedLine(
        key=line.key, course_version_id=line.course_version_id, place_id=line.place_id, days=tuple(line.days),
        begins=line.begins, ends=line.ends, places=line.places, trainers=tuple(line.trainers), people=people,
        language=line.language,
    )  # fmt: skip


def lines_of_version(version: ScheduleVersion | None) -> list[PlannedLine]:
    """The planned sessions of a version; none of no version."""
    if version is None:
        return []
    return read_lines(version.lines.order_by("first_on", "id"))
