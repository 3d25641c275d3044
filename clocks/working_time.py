"""Working days and working hours: which days count, and how far they reach.

Every count is closed arithmetic on whole weeks less a binary search in the sorted days off, so adding
ten working days or ten thousand costs the same few microseconds.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from clocks.bank_holidays import Holiday, load_holidays, nations_named
from clocks.opening import LONDON, OFFICE_HOURS, Opening

MONDAY_TO_FRIDAY = frozenset(range(5))
EVERY_DAY = frozenset(range(7))
CALENDARS: dict[str, frozenset[str]] = {
    "EW": nations_named({"EW"}),
    "ENG": nations_named({"ENG"}),
    "WLS": nations_named({"WLS"}),
    "SCO": nations_named({"SCO"}),
    "NI": nations_named({"NI"}),
    "UK_UNION": nations_named({"UK"}),
    "NONE": frozenset(),
}
ONE_DAY = dt.timedelta(days=1)


class WorkingCalendar:
    """The days that count: weekdays (or the opening days) that are no holiday and no local closure.

    `nations` says whose holidays are off: several nations mean a holiday in any one of them. No nation at
    all means that every calendar day counts. `holidays` are rows such as `load_holidays()` gives; withdrawn
    ones are passed over. `closures` are days on which this office is shut. With `opening`, the days of the
    week are those it names. Instances never change, so they may be shared.
    """

    def __init__(
        self,
        nations: frozenset[str],
        holidays: Iterable[Holiday],
        closures: Iterable[dt.date] = (),
        opening: Opening | None = None,
    ) -> None:
        self.nations = nations_named(nations)
        self.opening = opening or OFFICE_HOURS
        weekdays = opening.weekdays if opening else MONDAY_TO_FRIDAY if self.nations else EVERY_DAY
        self._weekdays = tuple(sorted(weekdays))
        self._before = tuple(sum(day < upto for day in weekdays) for upto in range(8))
        self._holidays = {
            row.day: row for row in holidays if not row.withdrawn and not row.nations.isdisjoint(self.nations)
        }
        self._closures = frozenset(closures)
        off = {day for day in (*self._holidays, *self._closures) if day.weekday() in weekdays}
        self._off = sorted(day.toordinal() for day in off)
        self._off_set = frozenset(self._off)
        years = [day.year for day in self._holidays]
        self.known_years = range(min(years), max(years) + 1) if years else None

    def is_working_day(self, day: dt.date) -> bool:
        """Whether the day counts."""
        return day.weekday() in self._weekdays and day.toordinal() not in self._off_set

    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        """The nth working day after the day, which need not be one itself; n below nought counts back.

        With n = 0 the day itself. Raises OverflowError beyond the year 9999.
        """
        if n == 0:
            return day
        upto = self._counted(day.toordinal() - (n < 0))
        return dt.date.fromordinal(self._at(upto + n + (n < 0)))

    def working_days_between(self, a: dt.date, b: dt.date) -> int:
        """How many working days lie after a, up to and with b; below nought when b is before a.

        The inverse of adding: between(a, add(a, n)) is n for n of nought or more.
        """
        return self._counted(b.toordinal()) - self._counted(a.toordinal())

    def holiday(self, day: dt.date) -> Holiday | None:
        """The holiday that makes this day off, if one does."""
        return self._holidays.get(day)

    def is_closure(self, day: dt.date) -> bool:
        """Whether the office is shut that day by its own choice."""
        return day in self._closures

    def days_off(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """Holidays and closures from first to last, both ends included, that fall on a day of the week
        that would otherwise count."""
        low, high = bisect_left(self._off, first.toordinal()), bisect_right(self._off, last.toordinal())
        return [dt.date.fromordinal(ordinal) for ordinal in self._off[low:high]]

    def spans(self, day: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """The opening spans of that day in UTC; none when it is no working day."""
        if self.is_working_day(day):
            yield from self.opening.instants(day)

    def add_working_hours(self, at: dt.datetime, hours: float) -> dt.datetime:
        """The instant, in UTC, at which so many opening hours have passed since `at` (aware).

        Raises ValueError when hours are below nought or `at` has no time zone.
        """
        return self.add_open_time(at, dt.timedelta(hours=hours))

    def working_hours_between(self, a: dt.datetime, b: dt.datetime) -> float:
        """The opening hours from a to b, both aware; nought when b is not after a."""
        return self.open_time_between(a, b) / dt.timedelta(hours=1)

    def add_open_time(self, at: dt.datetime, left: dt.timedelta) -> dt.datetime:
        """As `add_working_hours`, to the microsecond."""
        if left < dt.timedelta() or at.tzinfo is None:
            raise ValueError("Working hours are added to a time with its zone, and are never negative.")
        at = at.astimezone(dt.UTC)
        if not left:
            return at
        day = at.astimezone(LONDON).date()
        while True:
            for opens, closes in self.spans(day):
                begins = max(opens, at)
                if begins < closes and left <= closes - begins:
                    return begins + left
                left -= max(closes - begins, dt.timedelta())
            day = self.add_working_days(day, 1)

    def open_time_between(self, a: dt.datetime, b: dt.datetime) -> dt.timedelta:
        """As `working_hours_between`, to the microsecond."""
        a, b = a.astimezone(dt.UTC), b.astimezone(dt.UTC)
        passed = dt.timedelta()
        day, last = a.astimezone(LONDON).date(), b.astimezone(LONDON).date()
        while day <= last:
            for opens, closes in self.spans(day):
                passed += max(min(closes, b) - max(opens, a), dt.timedelta())
            day = self.add_working_days(day, 1)
        return passed

    def _counted(self, ordinal: int) -> int:
        """How many working days there are up to and with this ordinal, from the start of the calendar."""
        weeks, day = divmod(ordinal - 1, 7)  # ordinal 1 was a Monday
        return weeks * len(self._weekdays) + self._before[day + 1] - bisect_right(self._off, ordinal)

    def _at(self, nth: int) -> int:
        """The ordinal of the nth working day: the inverse of `_counted`."""
        off_before = 0
        while True:
            weeks, place = divmod(nth + off_before - 1, len(self._weekdays))
            ordinal = weeks * 7 + self._weekdays[place] + 1
            off = bisect_right(self._off, ordinal)
            if off == off_before:
                return ordinal
            off_before = off


class _SameRows:
    """Holiday rows compared by being the very same tuple: hashing hundreds of rows would cost more than
    the count they are for. The cache keeps the tuple alive, so its identity cannot be reused."""

    __slots__ = ("rows",)

    def __init__(self, rows: tuple[Holiday, ...]) -> None:
        self.rows = rows

    def __hash__(self) -> int:
        return id(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameRows) and other.rows is self.rows


def calendar(
    key: str,
    holidays: Iterable[Holiday] | None = None,
    closures: Collection[dt.date] = (),
    opening: Opening | None = None,
) -> WorkingCalendar:
    """The shared calendar of that key: EW, ENG, WLS, SCO, NI, UK_UNION or NONE.

    `holidays` default to the committed rows. Pass the same tuple each time and the calendar is built once.
    Raises ValueError on another key.
    """
    if key not in CALENDARS:
        raise ValueError(f"There is no calendar {key!r}; the calendars are {', '.join(CALENDARS)}.")
    rows = load_holidays() if holidays is None else holidays
    rows = rows if isinstance(rows, tuple) else tuple(rows)
    return _built(key, _SameRows(rows), frozenset(closures), opening)


@lru_cache(maxsize=128)
def _built(
    key: str, holidays: _SameRows, closures: frozenset[dt.date], opening: Opening | None
) -> WorkingCalendar:
    return WorkingCalendar(CALENDARS[key], holidays.rows, closures, opening)
