"""When somebody is taken, read from a calendar file of theirs: every series expanded, once, into plain spans.

Times are those of the clock on the wall where the event is, then told in UTC, so a shift from 22:00 to 07:00
is eight hours long in the night the clocks go forward. A time that does not exist in that night is an hour
later. What was cancelled, or is marked as free, takes nobody's time.
"""

import datetime as dt
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event
from icalendar.error import GloballyUniqueTZIDGuessed

LONDON = ZoneInfo("Europe/London")
MAKES_NO_SENSE = (AttributeError, IndexError, KeyError, TypeError, ValueError)  # as the library says it
KINDS = {"BUSY": "busy", "BUSY-TENTATIVE": "tentative", "BUSY-UNAVAILABLE": "away"}


class NotACalendar(ValueError):
    """The file is no calendar; nothing was read from it."""


@dataclass(frozen=True, slots=True, order=True)
class Busy:
    """From `starts_at` until `ends_at`, not included, in UTC; `kind` is busy, tentative or away."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    kind: str
    words: str


def busy_spans(calendar: bytes, *, since: dt.datetime, until: dt.datetime) -> tuple[Busy, ...]:
    """The spans of a calendar file that touch the time from `since` until `until`, in order.

    Series that make no sense are left out, the rest is read. Raises NotACalendar where nothing can be read.
    """
    try:
        with warnings.catch_warnings():  # a zone of a maker's own naming is guessed by its last words
            warnings.simplefilter("ignore", GloballyUniqueTZIDGuessed)
            parts = Calendar.from_ical(calendar, multiple=True)
    except (ValueError, IndexError) as wrong:
        raise NotACalendar("This file is not a calendar that can be read.") from wrong
    found = {span for part in parts for span in (*of_events(part, since, until), *of_free_busy(part))}
    return tuple(sorted(span for span in found if span.starts_at < until and span.ends_at > since))


def of_events(calendar: Component, since: dt.datetime, until: dt.datetime) -> Iterator[Busy]:
    series: dict[str, Calendar] = defaultdict(Calendar)
    for event in calendar.walk("VEVENT"):
        series[str(event.get("UID", id(event)))].add_component(event)
    import recurring_ical_events  # a large library, only loaded where a calendar is read

    for one in series.values():
        try:
            found = recurring_ical_events.of(one, skip_bad_series=True).between(since, until)
        except MAKES_NO_SENSE:
            continue
        yield from of_occurrences(found)


def of_occurrences(found: Iterable[Event]) -> Iterator[Busy]:
    for event in found:
        status = str(event.get("STATUS", "")).upper()
        if status == "CANCELLED" or str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
            continue
        start, end = event.start, event.end
        starts_at, ends_at = in_utc(start), in_utc(end)
        if ends_at <= starts_at:
            ends_at = starts_at + (end - start)
        if starts_at < ends_at:
            yield Busy(
                starts_at,
                ends_at,
                "tentative" if status == "TENTATIVE" else "busy",
                str(event.get("SUMMARY", "")),
            )


def of_free_busy(calendar: Component) -> Iterator[Busy]:
    """What a free-busy answer says; a period is two times, or a time and how long."""
    for answer in calendar.walk("VFREEBUSY"):
        given = answer.get("FREEBUSY", [])
        for period in given if isinstance(given, list) else [given]:
            kind = KINDS.get(str(period.params.get("FBTYPE", "BUSY")).upper())
            starts_at, end = in_utc(period.dt[0]), period.dt[1]
            if kind:
                yield Busy(
                    starts_at, starts_at + end if isinstance(end, dt.timedelta) else in_utc(end), kind, ""
                )


def in_utc(moment: dt.datetime | dt.date) -> dt.datetime:
    """An instant; days begin at midnight and times without a zone are those of London."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day, tzinfo=LONDON)
    elif moment.tzinfo is None:
        moment = moment.replace(tzinfo=LONDON)
    return moment.astimezone(dt.UTC)
