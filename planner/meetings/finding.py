"""Times for a meeting: diaries as bits, joined by the rules, the best attendance first.

The order is: most required people answered for (in person or by deputy), most of them in person, most
optional people, earliest. The chair, the quorum, a room, opening hours and protected time are never given up.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from heapq import merge
from itertools import groupby

from planner.meetings import bits
from planner.meetings.problem import Found, Meeting, MeetingError, Missing, Option, Person, Place, Span

Key = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Site:
    """What one site allows: starts by person and deputy, who of the required is answered for, and by rule."""

    name: str
    people: dict[str, int]
    answered: dict[str, int]
    by_deputy: dict[str, int]
    rooms: int
    left: tuple[tuple[str, int], ...]
    allowed: int


def find_times(meeting: Meeting, *, wanted: int = 3) -> Found:
    """Up to `wanted` options on different days, or on one where there are no more days.

    The search is exact for starts on the quarter of an hour; a diary 12 x 26 weeks long takes about a
    millisecond. Raises MeetingError for a question that cannot be understood.
    """
    refuse_nonsense(meeting)
    zero = datetime.combine(meeting.first, datetime.min.time(), meeting.zone).astimezone(UTC)
    end = datetime.combine(meeting.last + timedelta(days=1), datetime.min.time(), meeting.zone)
    length = bits.first_at_or_after(end, zero)
    sites = [seen_from(meeting, name, zero, length) for name in dict.fromkeys(p.site for p in meeting.places)]
    ranked = merge(*[numbered(meeting, site, i) for i, site in enumerate(sites)])
    chosen = on_different_days(ranked, wanted, lambda key: instant(key, zero).astimezone(meeting.zone).date())
    options = tuple(option(meeting, sites[i], key, zero) for key, i in chosen)
    return Found(options, () if options else least_hopeless(sites))


def numbered(meeting: Meeting, site: Site, number: int) -> Iterator[tuple[Key, int]]:
    for key in keys(meeting, site):
        yield key, number


def on_different_days(
    ranked: Iterator[tuple[Key, int]], wanted: int, day_of: Callable[[Key], date]
) -> list[tuple[Key, int]]:
    """The first `wanted`, of different days where that costs no answer of a required person."""
    chosen: list[tuple[Key, int]] = []
    for _, level in groupby(ranked, key=lambda one: one[0][0]):
        days: set[date] = set()
        spare: list[tuple[Key, int]] = []
        for key, i in level:
            day = day_of(key)
            if day not in days and len(chosen) < wanted:
                chosen.append((key, i))
            elif len(spare) < wanted:
                spare.append((key, i))
            days.add(day)
        chosen += spare[: wanted - len(chosen)]
        if len(chosen) >= wanted:
            break
    return sorted(chosen)


def refuse_nonsense(meeting: Meeting) -> None:
    names = [person.name for person in (*meeting.people, *meeting.deputies)]
    if len(set(names)) != len(names):
        raise MeetingError("Somebody is asked twice, or is a deputy and asked too.")
    if not meeting.places or meeting.minutes <= 0 or meeting.last < meeting.first:
        raise MeetingError("A meeting needs a room, some minutes, and days in order.")
    if meeting.chair and meeting.chair not in {person.name for person in meeting.people}:
        raise MeetingError("The chair is not asked.")
    unknown = {person.deputy for person in meeting.people} - {one.name for one in meeting.deputies} - {""}
    if unknown:
        raise MeetingError(f"Nobody has said who {sorted(unknown)[0]} is.")


def seen_from(meeting: Meeting, site: str, zero: datetime, length: int) -> Site:
    """The starts that each rule leaves when the meeting is at this site."""
    width = -(-meeting.minutes // 15)
    hours = opening(meeting, zero, length)
    for span in meeting.protected:
        hours &= ~taken(span, zero, length, timedelta())
    starts = bits.eroded(hours, width)
    free = {
        person.name: bits.eroded(hours & ~blocked(meeting, person, site, zero, length), width)
        for person in (*meeting.people, *meeting.deputies)
    }
    rooms = 0
    for place in meeting.places:
        if place.site == site and place.seats >= seats_needed(meeting):
            rooms |= room_free(meeting, place, zero, length)
    answered, by_deputy = represented(meeting, free)
    enough = quorum_met(meeting, answered, starts)
    left, allowed = [("hours", starts.bit_count())], starts
    for rule, mask in (("rooms", rooms), ("chair", free.get(meeting.chair, starts)), ("quorum", enough)):
        allowed &= mask
        left.append((rule, allowed.bit_count()))
    return Site(site, free, answered, by_deputy, rooms, tuple(left), allowed)


def seats_needed(meeting: Meeting) -> int:
    return len(meeting.people)


def opening(meeting: Meeting, zero: datetime, length: int) -> int:
    """The quarters within opening hours of every day that counts, by the clock on the wall."""
    mask, day = 0, meeting.first
    while day <= meeting.last:
        if day.weekday() in meeting.weekdays and day not in meeting.closed:
            opens = datetime.combine(day, meeting.opens, meeting.zone)
            shuts = datetime.combine(day, meeting.shuts, meeting.zone)
            mask |= bits.ones(
                bits.first_at_or_after(opens, zero), bits.first_at_or_before(shuts, zero), length
            )
        day += timedelta(days=1)
    return mask


def taken(span: Span, zero: datetime, length: int, around: timedelta) -> int:
    """The quarters that a span touches, with so much time around it."""
    start = bits.first_at_or_before(span.start.astimezone(UTC) - around, zero)
    end = bits.first_at_or_after(span.end.astimezone(UTC) + around, zero)
    return bits.ones(start, end, length)


def blocked(meeting: Meeting, person: Person, site: str, zero: datetime, length: int) -> int:
    """When somebody cannot be at this site: engagements, journeys to and from them, and rests."""
    mask = tiring = 0
    for span in person.busy:
        away = meeting.journey(span.site, site) if span.site and site else timedelta()
        mask |= taken(span, zero, length, away)
        if span.tiring:
            tiring |= taken(span, zero, length, timedelta())
    rest = -(-meeting.rest // bits.QUARTER)
    long = bits.runs(tiring, -(-meeting.tiring_after // bits.QUARTER))
    for step in range(1, rest + 1):
        mask |= long << step | long >> step
    return mask & bits.ones(0, length, length)


def room_free(meeting: Meeting, place: Place, zero: datetime, length: int) -> int:
    busy = 0
    for span in place.busy:
        busy |= taken(span, zero, length, timedelta())
    return bits.eroded(bits.ones(0, length, length) & ~busy, -(-meeting.minutes // 15))


def represented(meeting: Meeting, free: dict[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Starts at which each required person is answered for, and at which by a deputy, who stands for one."""
    spent: dict[str, int] = {}
    answered, by_deputy = {}, {}
    for person in meeting.people:
        if not person.required:
            continue
        instead = 0
        if person.deputy and person.name != meeting.chair:
            instead = free[person.deputy] & ~free[person.name] & ~spent.get(person.deputy, 0)
            spent[person.deputy] = spent.get(person.deputy, 0) | instead
        by_deputy[person.name] = instead
        answered[person.name] = free[person.name] | instead
    return answered, by_deputy


def quorum_met(meeting: Meeting, answered: dict[str, int], starts: int) -> int:
    levels = bits.counted(answered.values(), starts)
    enough = 0
    for level in levels[max(0, meeting.quorum) :]:
        enough |= level
    return enough


def keys(meeting: Meeting, site: Site) -> Iterator[Key]:
    """The starts of a site in order: fewest not answered for, by deputy, optional away; earliest."""
    required = [person.name for person in meeting.people if person.required]
    optional = [person.name for person in meeting.people if not person.required]
    for some in levels_down(list(site.answered.values()), site.allowed):
        for more in levels_down([site.people[name] for name in required], some[1]):
            for most in levels_down([site.people[name] for name in optional], more[1]):
                for start in bits.bits_of(most[1]):
                    yield some[0], more[0], most[0], start


def levels_down(masks: list[int], among: int) -> Iterator[tuple[int, int]]:
    """How many of the masks are not set, and the bits of `among` where so many are not, fewest first."""
    for missing, level in enumerate(reversed(bits.counted(masks, among))):
        if level:
            yield missing, level


def instant(key: Key, zero: datetime) -> datetime:
    return zero + key[3] * bits.QUARTER


def option(meeting: Meeting, site: Site, key: Key, zero: datetime) -> Option:
    """The option of a start, with the smallest room that is free and the reason of everybody missing."""
    start, bit = instant(key, zero), 1 << key[3]
    length = key[3] + -(-meeting.minutes // 15)
    rooms = [p for p in meeting.places if p.site == site.name and p.seats >= seats_needed(meeting)]
    place = min(
        (p for p in rooms if room_free(meeting, p, zero, length) & bit), key=lambda p: (p.seats, p.name)
    )
    present = [person for person in meeting.people if site.people[person.name] & bit]
    end = start + timedelta(minutes=meeting.minutes)
    missing = tuple(
        Missing(
            person.name,
            because(meeting, person, site.name, start, end),
            person.required,
            person.deputy,
            bool(site.by_deputy.get(person.name, 0) & bit),
        )
        for person in meeting.people
        if person not in present
    )
    return Option(
        start.astimezone(meeting.zone),
        end.astimezone(meeting.zone),
        place.name,
        tuple(person.name for person in present),
        missing,
        sum(person.required for person in meeting.people),
        papers_on(meeting, start.astimezone(meeting.zone).date()),
    )


def because(meeting: Meeting, person: Person, site: str, start: datetime, end: datetime) -> str:
    """What stands in the way: the engagement itself, else the journey to or from one, else a rest."""
    for span in person.busy:
        if span.start < end and start < span.end:
            return span.because
    for span in person.busy:
        away = meeting.journey(span.site, site) if span.site and site else timedelta()
        if span.start.astimezone(UTC) - away < end and start < span.end.astimezone(UTC) + away:
            return f"journey: {span.because}"
    return "rest"


def papers_on(meeting: Meeting, day: date) -> date:
    """The day papers go out: so many days that count before the meeting."""
    left = meeting.papers_days
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() in meeting.weekdays and day not in meeting.closed
    return day


def least_hopeless(sites: list[Site]) -> tuple[tuple[str, int], ...]:
    """Of the site where the rules go furthest: the starts that are left after each."""
    return max((site.left for site in sites), key=lambda left: [count for _, count in left])
