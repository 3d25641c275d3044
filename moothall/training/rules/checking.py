"""What stands against a version of the schedule: what publishing would refuse, and what is unwise."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.db.models import Count
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from moothall.bookings.models import Resource
from moothall.training.models import (
    CourseVersion,
    PlannedPerson,
    ScheduleLine,
    ScheduleVersion,
    Session,
    TrainerDay,
)
from moothall.workforce.models import EmployeeSkill, Employment

from .planned import NEW, Difference

PAST, RETIRED, TRAINER, SKILL, FEW, PERSON, ROOMS, BEDS = (
    "PAST", "RETIRED", "TRAINER", "SKILL", "FEW", "PERSON", "ROOMS", "BEDS",
)  # fmt: skip
STOPS: Final = {PAST, RETIRED, TRAINER, SKILL}
PlaceAndDay = tuple[int, dt.date]


@dataclass(frozen=True)
class Problem:
    """Something about one session of a version, in words."""

    key: str
    sort: str
    words: str

    @property
    def stops(self) -> bool:
        """Whether publishing is refused while it is so."""
        return self.sort in STOPS


def find_problems(
    version: ScheduleVersion, differences: Sequence[Difference], *, today: dt.date
) -> list[Problem]:
    """Everything that stands against it, what stops it first; `differences` is what publishing changes."""
    lines = list(version.lines.in_full().filter(last_on__gte=today).order_by("first_on", "id"))
    changed = {each.key for each in differences}
    found = [
        *_past(differences, today),
        *_courses(lines, changed),
        *_trainers(lines, changed, version),
        *_people(lines),
        *_room(lines, version),
    ]
    days = {each.key: each.first_on for each in lines}
    return sorted(found, key=lambda each: (not each.stops, days.get(each.key, today), each.key, each.sort))


def spoken_day(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def course_name(version: CourseVersion) -> str:
    return version.course.name_in(get_language() or "en")


def place_name(line: ScheduleLine) -> str:
    return (line.place.name_cy if get_language() == "cy" else "") or line.place.name


def _past(differences: Iterable[Difference], today: dt.date) -> Iterator[Problem]:
    for each in differences:
        first = min(line.days[0] for line in (each.before, each.after) if line is not None)
        if first < today:
            words = _("%(day)s is over: a session that has begun stays as it is.")
            if each.sort == NEW:
                words = _("%(day)s is over: a new session needs a later day.")
            yield Problem(each.key, PAST, words % {"day": spoken_day(first)})


def _courses(lines: Iterable[ScheduleLine], changed: Collection[str]) -> Iterator[Problem]:
    for line in lines:
        course = line.course_version
        if line.key in changed and course.course.retired_at is not None:
            words = _("%(course)s is not held any more.") % {"course": course_name(course)}
            yield Problem(line.key, RETIRED, words)
        if len(line.trainers) < course.trainers:
            words = _("%(course)s, %(day)s: %(there)s of %(wanted)s trainers are named.")
            said = {"course": course_name(course), "day": spoken_day(line.first_on)}
            yield Problem(
                line.key, FEW, words % (said | {"there": len(line.trainers), "wanted": course.trainers})
            )


def _trainers(
    lines: Sequence[ScheduleLine], changed: Collection[str], version: ScheduleVersion
) -> Iterator[Problem]:
    """Nobody teaches twice on a day, here or at a session opened by hand, and each can teach it."""
    ids = {who for line in lines for who in line.trainers}
    names = {each.pk: each.person.full_name for each in _staff(ids)}
    held = EmployeeSkill.objects.filter(
        employment__in=ids, ended_at=None, level__gte=EmployeeSkill.TEACHES
    ).order_by()
    able = set(held.values_list("employment_id", "skill_id"))
    busy = _elsewhere(ids, changed, version)
    taught: set[tuple[int, dt.date]] = set()
    for line in lines:
        course = line.course_version
        for who in line.trainers:
            said = {"who": names.get(who, _("Somebody who left")), "course": course_name(course)}
            if line.key in changed and course.skill is not None and (who, course.skill_id) not in able:
                words = _("%(who)s cannot teach %(course)s yet.")
                yield Problem(line.key, SKILL, words % said)
            mine = {(who, day) for day in line.days}
            twice = mine & (taught | busy) if line.key in changed else mine & taught
            taught |= mine
            if twice:
                words = _("%(who)s teaches twice on %(day)s.")
                first = min(day for _who, day in twice)
                yield Problem(line.key, TRAINER, words % (said | {"day": spoken_day(first)}))


def _staff(ids: Collection[int]) -> Iterable[Employment]:
    return Employment.objects.filter(pk__in=ids).select_related("person") if ids else ()


def _elsewhere(
    ids: Collection[int], changed: Collection[str], version: ScheduleVersion
) -> set[tuple[int, dt.date]]:
    """The days that these teach at sessions which this version does not change."""
    if not ids:
        return set()
    mine = ScheduleLine.objects.filter(
        version__schedule=version.schedule_id, version__state=ScheduleVersion.PUBLISHED, key__in=changed,
        session__isnull=False,
    )  # fmt: skip
    rows = TrainerDay.objects.filter(trainer__in=ids).exclude(session__in=mine.order_by().values("session"))
    return set(rows.order_by().values_list("trainer_id", "day"))


def _people(lines: Sequence[ScheduleLine]) -> Iterator[Problem]:
    """Whoever is planned for two sessions on one day gets the first of them."""
    planned: dict[int, list[int]] = defaultdict(list)
    rows = PlannedPerson.objects.filter(line__in=[each.pk for each in lines]).order_by("id")
    for line_id, who in rows.values_list("line_id", "employment_id"):
        planned[line_id].append(who)
    seen: set[tuple[int, dt.date]] = set()
    for line in lines:
        days = {who: {(who, day) for day in line.days} for who in planned[line.pk]}
        twice = sum(bool(theirs & seen) for theirs in days.values())
        seen.update(*days.values())
        if twice:
            words = ngettext(
                "%(day)s: %(count)s person is planned elsewhere on that day.",
                "%(day)s: %(count)s people are planned elsewhere on that day.",
                twice,
            )
            said = {"day": spoken_day(line.first_on), "count": twice}
            yield Problem(line.key, PERSON, words % said)


def counted_at_sites(kind: str) -> dict[int, int]:
    """How many of a kind there are at each site; of a room that a wall divides, its parts."""
    rows = Resource.objects.filter(kind=kind, retired_at=None, part_rows=None).order_by()
    return dict(rows.values_list("place_id").annotate(Count("pk")))


def rooms_wanted(line: ScheduleLine) -> Iterator[tuple[PlaceAndDay, int]]:
    if line.course_version.room != CourseVersion.ONLINE:
        yield from (((line.place_id, day), 1) for day in line.days)


def beds_wanted(line: ScheduleLine) -> Iterator[tuple[PlaceAndDay, int]]:
    """The nights between two days of a session that follow each other, for everybody who comes."""
    for day, following in pairwise(line.days):
        if following - day == dt.timedelta(days=1) and line.course_version.room != CourseVersion.ONLINE:
            yield (line.place_id, day), heads(line)


def heads(line: ScheduleLine) -> int:
    """How many come: those who are planned in, or everybody there is a place for."""
    return line.planned or line.places


def opened_by_hand(version: ScheduleVersion, first: dt.date, last: dt.date) -> Counter[PlaceAndDay]:
    """Rooms that sessions take which are in no version of this schedule."""
    rows = Session.objects.standing().filter(place__isnull=False, first_on__lte=last, last_on__gte=first)
    rows = rows.exclude(version__room=CourseVersion.ONLINE)
    others = rows.exclude(schedule_lines__version__schedule=version.schedule_id).order_by()
    found: Counter[PlaceAndDay] = Counter()
    for place, days in others.values_list("place_id", "days"):
        found.update((place, day) for day in days)
    return found


def _room(lines: Sequence[ScheduleLine], version: ScheduleVersion) -> Iterator[Problem]:
    """No more rooms and beds on a day than there are, where a site says how many it has."""
    if not lines:
        return
    rooms, beds = counted_at_sites(Resource.ROOM), counted_at_sites(Resource.BED)
    first, last = min(each.first_on for each in lines), max(each.last_on for each in lines)
    used, nights = opened_by_hand(version, first, last), Counter[PlaceAndDay]()
    for line in lines:
        for sort, counter, wanted, there in (
            (ROOMS, used, rooms_wanted(line), rooms), (BEDS, nights, beds_wanted(line), beds),
        ):  # fmt: skip
            if found := _beyond(line, sort, counter, dict(wanted), there):
                yield found


def _beyond(
    line: ScheduleLine, sort: str, counter: Counter[PlaceAndDay], wanted: Mapping[PlaceAndDay, int],
    there: Mapping[int, int],
) -> Problem | None:  # fmt: skip
    counter.update(wanted)
    most = there.get(line.place_id)
    over = sorted(key for key in wanted if most is not None and counter[key] > most)
    if not over:
        return None
    said = {
        "site": place_name(line), "day": spoken_day(over[0][1]), "wanted": counter[over[0]], "there": most,
    }  # fmt: skip
    if sort == ROOMS:
        return Problem(
            line.key, sort, _("%(site)s, %(day)s: %(wanted)s rooms wanted, %(there)s there.") % said
        )
    words = _("%(site)s, night of %(day)s: %(wanted)s beds wanted at most, %(there)s there.")
    return Problem(line.key, sort, words % said)
