"""The schedule as one picture: sites and weeks, and what they ask of rooms, beds, trainers and teams. Reads
only."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.bookings.models import Resource
from moothall.people.models.working import days_between
from moothall.training.models import ScheduleLine, ScheduleVersion, TeamDay
from moothall.workforce.away import away_between
from moothall.workforce.models import EmployeeSkill

from .checking import (
    beds_wanted,
    counted_at_sites,
    heads,
    opened_by_hand,
    place_name,
    rooms_wanted,
    spoken_day,
)

MONTHS, WEEKS, DAYS = "months", "weeks", "days"
ZOOMS: Final = {MONTHS: 24, WEEKS: 26, DAYS: 7}
TALL: Final = 20
ONE: Final = dt.timedelta(days=1)


@dataclass(frozen=True)
class Bucket:
    """A month, a week or a day."""

    first: dt.date
    last: dt.date
    words: str


@dataclass(frozen=True)
class Cell:
    """What stands in a row for a bucket: a number, and how tall its bar is."""

    bucket: Bucket
    words: str = ""
    tall: int = 0
    short: str = ""
    lines: tuple[ScheduleLine, ...] = ()

    @property
    def top(self) -> int:
        return TALL - self.tall


@dataclass(frozen=True)
class Row:
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Group:
    """Rows of one kind under their heading."""

    name: str
    rows: tuple[Row, ...]
    about: str = ""


@dataclass(frozen=True)
class Wanted:
    """So much of something on each day, and how much there is; nobody may have said."""

    name: str
    wanted: Mapping[dt.date, int]
    there: Callable[[dt.date], int | None]
    sentence: str


@dataclass
class Picture:
    zoom: str
    buckets: list[Bucket]
    groups: list[Group] = field(default_factory=list)
    shortages: list[str] = field(default_factory=list)
    sessions: int = 0
    people: int = 0

    @property
    def first(self) -> dt.date:
        return self.buckets[0].first

    @property
    def last(self) -> dt.date:
        return self.buckets[-1].last


def buckets_of(zoom: str, first: dt.date, until: dt.date) -> list[Bucket]:
    """So many months, weeks or days from that one on, but not beyond the schedule."""
    found: list[Bucket] = []
    day = first.replace(day=1) if zoom == MONTHS else first - ONE * first.weekday()
    while len(found) < ZOOMS[zoom] and (day <= until or not found):
        if zoom == MONTHS:
            after, words = (day + ONE * 32).replace(day=1), date_format(day, "M y")
        elif zoom == WEEKS:
            after, words = day + ONE * 7, date_format(day, "j M")
        else:
            after, words = day + ONE, date_format(day, "D j M")
        found.append(Bucket(day, after - ONE, words))
        day = after
    return found


def draw(version: ScheduleVersion, zoom: str, first: dt.date) -> Picture:
    """The version in so many buckets, with what is short in words."""
    picture = Picture(zoom, buckets_of(zoom, first, version.schedule.until_on))
    lines = list(version.lines.in_full().between(picture.first, picture.last).order_by("first_on", "id"))
    picture.sessions, picture.people = len(lines), sum(map(heads, lines))
    sites: dict[int, str] = {line.place_id: place_name(line) for line in lines}
    in_order = sorted(sites, key=lambda place: sites[place])
    picture.groups = [
        Group(_("Sessions at each site"), _site_rows(picture, lines, sites, in_order)),
        Group(_("People"), (_people_row(picture, lines),)),
    ]
    for name, kind in _resources(version, picture, lines, sites, in_order):
        rows = tuple(_wanted_row(picture, each) for each in kind)
        if rows:
            picture.groups.append(Group(name, rows, _("wanted / there")))
    if version.state == ScheduleVersion.PUBLISHED:
        below = _team_row(picture)
        if any(cell.words for cell in below.cells):
            picture.groups.append(Group(_("Teams"), (below,)))
    return picture


def _site_rows(
    picture: Picture, lines: Sequence[ScheduleLine], sites: Mapping[int, str], in_order: Sequence[int]
) -> tuple[Row, ...]:
    """The bars: how many sessions a site has in each bucket."""
    there: dict[tuple[int, int], list[ScheduleLine]] = defaultdict(list)
    for line in lines:
        for number, bucket in enumerate(picture.buckets):
            if any(bucket.first <= day <= bucket.last for day in line.days):
                there[line.place_id, number].append(line)
    most = max((len(each) for each in there.values()), default=1)
    rows = []
    for place in in_order:
        cells = []
        for number, bucket in enumerate(picture.buckets):
            mine = there.get((place, number), [])
            tall = max(round(TALL * len(mine) / most), 2) if mine else 0
            shown = tuple(mine) if picture.zoom == DAYS else ()
            cells.append(Cell(bucket, str(len(mine) or ""), tall, lines=shown))
        rows.append(Row(sites[place], tuple(cells)))
    return tuple(rows)


def _people_row(picture: Picture, lines: Sequence[ScheduleLine]) -> Row:
    """How many come to what begins in each bucket."""
    count: Counter[int] = Counter()
    for line in lines:
        for number, bucket in enumerate(picture.buckets):
            if bucket.first <= line.first_on <= bucket.last:
                count[number] += heads(line)
    most = max(count.values(), default=1)
    cells = (
        Cell(bucket, str(count[number] or ""), round(TALL * count[number] / most))
        for number, bucket in enumerate(picture.buckets)
    )
    return Row(_("Who come, or places"), tuple(cells))


def _resources(
    version: ScheduleVersion, picture: Picture, lines: Sequence[ScheduleLine], sites: Mapping[int, str],
    in_order: Sequence[int],
) -> Iterable[tuple[str, list[Wanted]]]:  # fmt: skip
    rooms, beds = opened_by_hand(version, picture.first, picture.last), Counter[tuple[int, dt.date]]()
    for line in lines:
        rooms.update(dict(rooms_wanted(line)))
        beds.update(dict(beds_wanted(line)))
    room_words = _("%(name)s on %(day)s: rooms wanted %(wanted)s, there %(there)s.")
    bed_words = _("%(name)s: %(wanted)s beds wanted at most in the night of %(day)s, %(there)s there.")
    for heading, counter, kind, words in (
        (_("Rooms"), rooms, Resource.ROOM, room_words), (_("Beds, at most"), beds, Resource.BED, bed_words),
    ):  # fmt: skip
        there = counted_at_sites(kind)
        yield (
            heading,
            [
                Wanted(sites[place], mine, _always(there.get(place)), words)
                for place in in_order
                if (mine := {day: count for (at, day), count in counter.items() if at == place})
                and (kind == Resource.ROOM or place in there)
            ],
        )
    yield _("Trainers"), _trainers(picture, lines)


def _always(number: int | None) -> Callable[[dt.date], int | None]:
    return lambda _day: number


def _trainers(picture: Picture, lines: Sequence[ScheduleLine]) -> list[Wanted]:
    """By what they teach: so many are wanted on a day, so many can teach it and are not away."""
    wanted: dict[int, Counter[dt.date]] = defaultdict(Counter)
    names = {}
    for line in lines:
        if (skill := line.course_version.skill) is not None:
            names[skill.pk] = skill.name_in(get_language() or "en")
            wanted[skill.pk].update(dict.fromkeys(line.days, line.course_version.trainers))
    held = EmployeeSkill.objects.filter(skill__in=names, ended_at=None, level__gte=EmployeeSkill.TEACHES)
    able: dict[int, list[tuple[int, dt.date, dt.date | None]]] = defaultdict(list)
    rows = held.order_by().values_list(
        "skill_id", "employment_id", "employment__started_on", "employment__ended_on"
    )
    for skill_id, who, since, until in rows:
        able[skill_id].append((who, since, until))
    away: set[tuple[int, dt.date]] = set()
    for each in away_between(
        {who for theirs in able.values() for who, *_r in theirs}, picture.first, picture.last
    ):
        first, last = max(each.from_on, picture.first), min(each.until_on or picture.last, picture.last)
        away |= {(each.employment_id, day) for day in days_between(first, last)}
    words = _("%(name)s on %(day)s: trainers wanted %(wanted)s, there %(there)s.")

    def there(skill: int) -> Callable[[dt.date], int | None]:
        return lambda day: sum(
            since <= day and (until is None or day <= until) and (who, day) not in away
            for who, since, until in able[skill]
        )

    in_order = sorted(names, key=lambda skill: names[skill])
    return [Wanted(names[skill], wanted[skill], there(skill), words) for skill in in_order]


def _wanted_row(picture: Picture, each: Wanted) -> Row:
    """The day of each bucket on which most is missing; what is missing is said in words."""
    cells = []
    for bucket in picture.buckets:
        days = [day for day in sorted(each.wanted) if bucket.first <= day <= bucket.last]
        said = [
            (each.wanted[day] - (there if (there := each.there(day)) is not None else 0), day) for day in days
        ]
        if not said:
            cells.append(Cell(bucket))
            continue
        day = max(said, key=lambda pair: (pair[0], -pair[1].toordinal()))[1]
        wanted, there = each.wanted[day], each.there(day)
        short = ""
        if there is not None and wanted > there:
            said_of = {"name": each.name, "wanted": wanted, "there": there, "day": spoken_day(day)}
            short = each.sentence % said_of
            picture.shortages.append(short)
        cells.append(Cell(bucket, f"{wanted}/{'–' if there is None else there}", short=short))
    return Row(each.name, tuple(cells))


def _team_row(picture: Picture) -> Row:
    """How many lines of teams are below their minimum, by the ledger."""
    rows = TeamDay.objects.filter(beyond__gt=0, day__gte=picture.first, day__lte=picture.last).order_by()
    below = dict(rows.values_list("day").annotate(Count("pk")))
    cells = []
    for bucket in picture.buckets:
        count = sum(many for day, many in below.items() if bucket.first <= day <= bucket.last)
        short = _("%(when)s: teams are below their minimum %(count)s times.") if count else ""
        said = short % {"when": bucket.words, "count": count} if short else ""
        if said:
            picture.shortages.append(said)
        cells.append(Cell(bucket, str(count or ""), short=said))
    return Row(_("Below their minimum"), tuple(cells))
