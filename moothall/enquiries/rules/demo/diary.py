"""When things happen in an office: on working days, most on Mondays, with a quiet lunch and a slow August."""

import datetime as dt
from bisect import bisect_left
from itertools import accumulate
from random import Random

import clocks
from moothall.core.clock import LONDON, in_london

from .rhythm import Rhythm

OPENS, CLOSES = 9.0, 16.5
A_DAY = CLOSES - OPENS
HOURS = (8.3, 9, 10, 11, 12, 13, 14, 15, 16, 17)
BY_HOUR = list(accumulate((3, 14, 17, 14, 7, 9, 14, 12, 8, 2)))
EVENING = 0.05
YEAR = 366
AT_ONCE = 100_000


class Diary:
    """A year of working time up to now. Working hours are counted from 9 until half past 4."""

    def __init__(self, now: dt.datetime, rhythm: Rhythm | None = None, days: int = YEAR) -> None:
        self.now, self.rhythm = now, rhythm or Rhythm()
        self.today = in_london(now).date()
        working = clocks.calendar("EW")
        around = (self.today + dt.timedelta(days=day) for day in range(-days - 60, 120))
        self.days = [day for day in around if working.is_working_day(day)]
        first = self.today - dt.timedelta(days=days)
        begun = self.today if now >= moment(self.today, OPENS + 1) else self.today - dt.timedelta(days=1)
        self.past = [day for day in self.days if first <= day <= begun]
        self.weights = list(accumulate(self._busy(day) for day in self.past))

    def _busy(self, day: dt.date) -> float:
        """How much comes in on a day; today only as much as has had time to."""
        if day < self.today:
            return self.rhythm.weight(day)
        passed = (self.now - moment(day, HOURS[0])).total_seconds() / 3600 / (HOURS[-1] + 1 - HOURS[0])
        return self.rhythm.weight(day) * min(passed, 1.0)

    def spread(self, rng: Random, count: int) -> list[int]:
        """How many of so many fall on each working day of the year, busy days getting more."""
        on = [0] * len(self.past)
        places = range(len(self.past))
        while count:
            some = min(count, AT_ONCE)
            for place in rng.choices(places, cum_weights=self.weights, k=some):
                on[place] += 1
            count -= some
        return on

    def receipt(self, rng: Random, day: dt.date, *, by_mail: bool) -> dt.datetime:
        """A moment of that day at which somebody gets in touch; mail comes in the evening as well."""
        while True:
            [hour] = rng.choices(HOURS, cum_weights=BY_HOUR)
            hour = 18 + 4 * rng.random() if by_mail and rng.random() < EVENING else hour + rng.random()
            at = moment(day, hour)
            if at < self.now:
                return at

    def later(self, at: dt.datetime, hours: float) -> dt.datetime:
        """So many working hours after a moment; one outside them counts from the next opening."""
        return self._moment_at(self._hours_until(at) + hours)

    def earlier(self, at: dt.datetime, hours: float) -> dt.datetime:
        """So many working hours before a moment."""
        return self._moment_at(self._hours_until(at) - hours)

    def working_day(self, away: int) -> dt.date:
        """The working day so many from today; 0 is today, or the next one when today is none."""
        return self.days[bisect_left(self.days, self.today) + away]

    def day_after(self, day: dt.date, working_days: int) -> dt.date:
        index = bisect_left(self.days, day) + working_days
        return self.days[min(index, len(self.days) - 1)]

    def _hours_until(self, at: dt.datetime) -> float:
        local = in_london(at)
        index = bisect_left(self.days, local.date())
        if index == len(self.days) or self.days[index] != local.date():
            return index * A_DAY
        hour = local.hour + local.minute / 60 + local.second / 3600
        return index * A_DAY + min(max(hour - OPENS, 0.0), A_DAY)

    def _moment_at(self, hours: float) -> dt.datetime:
        index, rest = divmod(max(hours, 0.0), A_DAY)
        return moment(self.days[min(int(index), len(self.days) - 1)], OPENS + rest)


def moment(day: dt.date, hour: float) -> dt.datetime:
    """That hour of the day on the wall in London, as an instant."""
    midnight = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a wall clock, zoned below
    local = (midnight + dt.timedelta(seconds=int(hour * 3600))).replace(tzinfo=LONDON)
    return local.astimezone(dt.UTC)
