"""What the next weeks will bring, from what the last year brought. Plain sums, no database.

The method, as the page tells it: for each half day of the week, the mean of the past year, in which a recent
week counts more than an old one (its weight halves every `HALF_LIFE` weeks) and bank holidays do not count at
all. That picture of a week is then raised or lowered to the level of the last four weeks. A bank holiday is
given what bank holidays brought; the working day after one, the usual day times what such days brought more.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

MORNING, AFTERNOON = 0, 1
NOON = 13
HALF_LIFE, LEVEL_WEEKS, HELD_BACK = 13, 4, 4
LEAST_WEEKS = 8
Half = tuple[dt.date, int]
History = Mapping[Half, float]


@dataclass(frozen=True)
class Picture:
    """The week as it usually is, and how days around holidays differ."""

    usual: dict[tuple[int, int], float]
    level: float
    on_holidays: float
    after_holidays: float
    holidays: frozenset[dt.date]

    def expects(self, day: dt.date, half: int) -> float:
        usual = self.usual.get((day.weekday(), half), 0.0) * self.level
        if day in self.holidays:
            return usual * self.on_holidays
        if follows_holiday(day, self.holidays):
            return usual * self.after_holidays
        return usual


@dataclass(frozen=True)
class Error:
    """How far a forecast of weeks that it had not seen was off, as a share of what came; and the naive one,
    which says the same as the week before."""

    ours: float | None
    naive: float | None
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Forecast:
    days: dict[Half, float] = field(default_factory=dict)
    error: Error | None = None
    weeks: int = 0


def half_of(hour: int) -> int:
    return MORNING if hour < NOON else AFTERNOON


def follows_holiday(day: dt.date, holidays: Collection[dt.date]) -> bool:
    """Whether it is the first working day after a bank holiday."""
    before = day - dt.timedelta(days=1)
    while before.weekday() >= 5:
        before -= dt.timedelta(days=1)
    return day.weekday() < 5 and day not in holidays and before in holidays


def draw(history: History, *, until: dt.date, first: dt.date, holidays: Collection[dt.date]) -> Picture:
    """The picture of the week that the days from `first` to the day before `until` give."""
    shut = frozenset(holidays)
    days = [first + dt.timedelta(days=number) for number in range((until - first).days)]
    plain = [day for day in days if day not in shut and not follows_holiday(day, shut)]
    usual: dict[tuple[int, int], float] = {}
    for weekday in range(7):
        like = [day for day in plain if day.weekday() == weekday]
        weights = [0.5 ** ((until - day).days / 7 / HALF_LIFE) for day in like]
        for half in (MORNING, AFTERNOON):
            total = sum(
                weight * history.get((day, half), 0.0) for day, weight in zip(like, weights, strict=True)
            )
            usual[weekday, half] = total / sum(weights) if weights else 0.0
    lately = [day for day in plain if (until - day).days <= 7 * LEVEL_WEEKS]
    on_holidays = [day for day in days if day in shut and day.weekday() < 5]
    after_holidays = [day for day in days if follows_holiday(day, shut)]
    return Picture(
        usual=usual,
        level=_ratio(history, lately, usual, at_most=2.0),
        on_holidays=_ratio(history, on_holidays, usual, at_most=1.0),
        after_holidays=_ratio(history, after_holidays, usual, at_most=2.0),
        holidays=shut,
    )


def _ratio(
    history: History, days: Collection[dt.date], usual: Mapping[tuple[int, int], float], *, at_most: float
) -> float:
    """What these days brought against what such days usually bring; 1 where nothing is known."""
    came = sum(history.get((day, half), 0.0) for day in days for half in (MORNING, AFTERNOON))
    expected = sum(usual[day.weekday(), half] for day in days for half in (MORNING, AFTERNOON))
    return min(came / expected, at_most) if expected else 1.0


def foretell(
    history: History,
    *,
    first: dt.date,
    today: dt.date,
    days: Collection[dt.date],
    holidays: Collection[dt.date],
) -> Forecast:
    """What these days will bring, and how far the same method was off in the last weeks it is tried on.
    Nothing is foretold from less than `LEAST_WEEKS` weeks."""
    weeks = (today - first).days // 7
    if weeks < LEAST_WEEKS or not any(history.values()):
        return Forecast(weeks=weeks)
    picture = draw(history, until=today, first=first, holidays=holidays)
    ahead = {(day, half): picture.expects(day, half) for day in days for half in (MORNING, AFTERNOON)}
    return Forecast(ahead, _tried(history, first=first, today=today, holidays=holidays), weeks)


def _tried(
    history: History, *, first: dt.date, today: dt.date, holidays: Collection[dt.date]
) -> Error | None:
    """Each of the last weeks foretold from the weeks before it alone, and compared with what came."""
    begun = today - dt.timedelta(days=7 * HELD_BACK)
    if (begun - first).days // 7 < LEAST_WEEKS:
        return None
    ours = naive = came = 0.0
    for week in range(HELD_BACK):
        start = begun + dt.timedelta(days=7 * week)
        picture = draw(history, until=start, first=first, holidays=holidays)
        for day in (start + dt.timedelta(days=number) for number in range(7)):
            for half in (MORNING, AFTERNOON):
                real = history.get((day, half), 0.0)
                before = history.get((day - dt.timedelta(days=7), half), 0.0)
                ours += abs(picture.expects(day, half) - real)
                naive += abs(before - real)
                came += real
    if not came:
        return None
    return Error(ours / came, naive / came, begun, today - dt.timedelta(days=1))


def halves(rows: Collection[tuple[dt.date, int, int]]) -> dict[Half, float]:
    """Counts by hour as counts by half day."""
    found: dict[Half, float] = {}
    for day, hour, count in rows:
        key = day, half_of(hour)
        found[key] = found.get(key, 0.0) + count
    return found


def by_hour(rows: Collection[tuple[dt.date, int, int]], *, weeks: float) -> dict[tuple[int, int], float]:
    """The mean of each hour of the week, over so many weeks."""
    found: dict[tuple[int, int], float] = {}
    for day, hour, count in rows:
        key = day.weekday(), hour
        found[key] = found.get(key, 0.0) + count
    return {key: count / weeks for key, count in found.items()} if weeks else {}
