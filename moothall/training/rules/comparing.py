"""Two versions of a schedule side by side: sums, and every session that differs. Reads only."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from moothall.people.models import Place
from moothall.training.models import CourseVersion, ScheduleVersion

from .planned import SORTS, Difference, PlannedLine, compare, lines_of_version


@dataclass(frozen=True)
class Sum:
    """One number of both."""

    name: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before

    @property
    def signed(self) -> str:
        return f"{self.difference:+d}" if self.difference else "–"


@dataclass(frozen=True)
class Said:
    """One session that differs, in words."""

    sort: str
    words: str
    course: str
    before: str
    after: str
    people: str


@dataclass(frozen=True)
class Compared:
    sums: list[Sum]
    counts: list[tuple[str, int]]
    said: list[Said]
    many: int


def side_by_side(before: ScheduleVersion, after: ScheduleVersion, *, most: int) -> Compared:
    """What differs from the one to the other, and both in numbers."""
    old, new = lines_of_version(before), lines_of_version(after)
    differences = compare(old, new)
    counts = Counter(each.sort for each in differences)
    shown = differences[:most]
    return Compared(
        _sums(old, new), [(str(words), counts[sort]) for sort, words in SORTS.items()], _said(shown),
        len(differences),
    )  # fmt: skip


def _sums(old: Sequence[PlannedLine], new: Sequence[PlannedLine]) -> list[Sum]:
    def both(name: str, count: Callable[[Sequence[PlannedLine]], int]) -> Sum:
        return Sum(name, count(old), count(new))

    return [
        both(_("Sessions"), len),
        both(_("Places"), lambda lines: sum(each.places for each in lines)),
        both(_("People planned in"), lambda lines: sum(len(each.people) for each in lines)),
        both(_("Different people"), lambda lines: len({who for each in lines for who in each.people})),
        both(_("Days in training"), lambda lines: sum(len(each.days) * len(each.people) for each in lines)),
        both(_("Days of trainers"), lambda lines: sum(len(each.days) * len(each.trainers) for each in lines)),
        both(_("Sites"), lambda lines: len({each.place_id for each in lines})),
    ]


def _said(differences: Sequence[Difference]) -> list[Said]:
    lines = [line for each in differences for line in (each.before, each.after) if line is not None]
    courses = CourseVersion.objects.select_related("course").in_bulk(
        {each.course_version_id for each in lines}
    )
    places = Place.objects.in_bulk({each.place_id for each in lines})
    language = get_language() or "en"

    def where(line: PlannedLine | None) -> str:
        if line is None:
            return ""
        place = places[line.place_id]
        name = (place.name_cy if language == "cy" else "") or place.name
        return f"{days_said(line.days)}, {name}"

    return [
        Said(
            each.sort, str(SORTS[each.sort]), courses[each.line.course_version_id].course.name_in(language),
            where(each.before), where(each.after), _people_said(each),
        )
        for each in differences
    ]  # fmt: skip


def days_said(days: Sequence[dt.date]) -> str:
    """The first and the last of them."""
    if len(days) == 1:
        return date_format(days[0], "j M Y")
    return f"{date_format(days[0], 'j M')} – {date_format(days[-1], 'j M Y')}"


def _people_said(each: Difference) -> str:
    words = []
    if joined := len(each.joined):
        words.append(ngettext("%(count)s person more", "%(count)s people more", joined) % {"count": joined})
    if left := len(each.left):
        words.append(ngettext("%(count)s person less", "%(count)s people less", left) % {"count": left})
    if each.before is not None and each.after is not None and each.before.places != each.after.places:
        said = {"before": each.before.places, "after": each.after.places}
        words.append(_("%(after)s places instead of %(before)s") % said)
    return ", ".join(words)
