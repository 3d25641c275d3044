"""Who will join, month by month: those who are on their way, drawn stage by stage by last year's rates, and
the places of campaigns that still take applications. The same seed gives the same numbers. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from moothall.people.models import Account
from moothall.recruitment.models import Application, Campaign, FunnelStage, Places

from .lives import Life, lives, paths
from .rates import Fill, Fills, Rates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MONTHS: Final = 24
HELD_BACK: Final = 6
DRAWS: Final = 500
SEED: Final = 7


@dataclass(frozen=True)
class Month:
    """How many are expected, between which numbers eight of ten draws lie, and how many joined, if known."""

    first: dt.date
    expected: float
    low: int
    high: int
    actual: int | None = None

    @property
    def spread(self) -> int:
        return self.high - self.low

    @property
    def within(self) -> bool:
        return self.actual is not None and self.low <= self.actual <= self.high


@dataclass(frozen=True)
class Planned:
    """Places of a campaign that still takes applications, and how many of such places were taken."""

    places: Places
    fill: Fill | None


@dataclass(frozen=True)
class Forecast:
    months: list[Month]
    by_route: dict[int, float]
    planned: list[Planned]
    waiting: dict[tuple[int, int], list[int]]
    rates: Rates

    @property
    def total(self) -> float:
        return sum(each.expected for each in self.months)

    @property
    def most(self) -> int:
        return max((each.high for each in self.months), default=0)


class Known:
    """All that a forecast goes by, read once; `until` leaves out what came later."""

    def __init__(self, account: Account, ladder: Sequence[FunnelStage]) -> None:
        self.last = ladder[-1].place if ladder else 0
        self.paths = paths(ladder)
        self.lives = list(lives(Application.objects.visible_to(account), ladder))
        seen = Campaign.objects.visible_to(account).order_by().values("pk")
        rows = Places.objects.filter(Q(campaign__in=seen), campaign__published_at__isnull=False)
        self.cohorts = list(
            rows.select_related("campaign", "route").order_by("starts_on", "campaign", "route__place", "id")
        )

    def until(self, on: dt.date) -> list[Life]:
        return [each for each in (life.known_on(on) for life in self.lives) if each is not None]


def first_of(day: dt.date, later: int = 0) -> dt.date:
    number = day.year * 12 + day.month - 1 + later
    return dt.date(number // 12, number % 12 + 1, 1)


def forecast(known: Known, *, on: dt.date, months: int = MONTHS, seed: int = SEED) -> Forecast:
    """From what stood when that day began."""
    import numpy as np

    found = known.until(on)
    rates, rng = Rates(found, known.paths, on=on), np.random.default_rng(seed)
    fills = Fills(found, known.cohorts, known.last, on=on)
    going = [each for each in known.cohorts if _takes(each.campaign, on)]
    planned = [Planned(each, fills.find(each.route_id)) for each in going]
    counted = {(each.places.campaign_id, each.places.route_id) for each in planned if each.fill is not None}
    waiting = _waiting(found, known.last, counted)
    drawer = _Drawer(known, rates, on, months, rng)
    by_route: dict[int, Any] = defaultdict(lambda: np.zeros((DRAWS, months), dtype=np.int64))
    for (route, place), some in waiting.items():
        by_route[route] += drawer.people(route, place, some)
    for each in planned:
        by_route[each.places.route_id] += drawer.cohort(each)
    total = sum(by_route.values(), start=np.zeros((DRAWS, months), dtype=np.int64))
    low, high = np.quantile(total, [0.1, 0.9], axis=0, method="nearest")
    lines = [
        Month(first_of(on, place), float(total[:, place].mean()), int(low[place]), int(high[place]))
        for place in range(months)
    ]
    sums = {route: float(drawn.sum(axis=1).mean()) for route, drawn in by_route.items()}
    numbers = {key: [each.pk for each in some] for key, some in waiting.items()}
    return Forecast(lines, sums, planned, numbers, rates)


def _takes(campaign: Campaign, on: dt.date) -> bool:
    """Whether it was published and still took applications, or would, when that day began."""
    published, ended = campaign.published_at, campaign.ended_at
    there = published is not None and published.date() < on
    return there and campaign.closes_on >= on and (ended is None or ended.date() >= on)


def _waiting(
    found: Sequence[Life], last: int, by_places: set[tuple[int, int]]
) -> dict[tuple[int, int], list[Life]]:
    """Whoever is on the way, by way in and place; of some the places are counted instead."""
    kept: dict[tuple[int, int], list[Life]] = defaultdict(list)
    for each in found:
        if each.ended_on is None and each.place < last and (each.campaign, each.route) not in by_places:
            kept[each.route, each.place].append(each)
    return dict(sorted(kept.items()))


class _Drawer:
    def __init__(
        self, known: Known, rates: Rates, on: dt.date, months: int,
        rng: "np.random.Generator",
    ) -> None:  # fmt: skip
        self.paths, self.rates, self.on, self.rng = known.paths, rates, on, rng
        self.months = months
        self.ends = [(first_of(on, later) - on).days for later in range(1, months + 1)]

    def people(self, route: int, place: int, some: Sequence[Life]) -> "NDArray[np.int64]":
        """Stage by stage: whether they pass it, and after how long; of the first, more than has gone by."""
        import numpy as np

        gone = np.array([(self.on - each.days[place]).days for each in some])
        shape = (DRAWS, len(some))
        stays, days = np.ones(shape, dtype=bool), np.zeros(shape, dtype=np.int64)
        for here in [each for each in self.paths.get(route, []) if each >= place][:-1]:
            rate = self.rates.find(route, here)
            if rate is None or not rate.days:
                return np.zeros((DRAWS, self.months), dtype=np.int64)
            stays &= self.rng.random(shape) < rate.share
            past = gone if here == place else np.full(len(some), -1)
            days += self._lasting(np.array(rate.days), past, shape)
        return self._by_month(days, stays)

    def _lasting(
        self, lasted: "NDArray[Any]", past: "NDArray[Any]", shape: tuple[int, int]
    ) -> "NDArray[np.int64]":
        """How much longer: as long as one of those who took longer; where nobody did, it is due now."""
        import numpy as np

        at = np.searchsorted(lasted, past, side="right")
        picked = at + (self.rng.random(shape) * (len(lasted) - at)).astype(np.int64)
        days = lasted[np.minimum(picked, len(lasted) - 1)] - np.maximum(past, 0)
        longer: NDArray[np.int64] = np.maximum(days, 0).astype(np.int64)
        return longer

    def _by_month(self, days: "NDArray[Any]", stays: "NDArray[Any]") -> "NDArray[np.int64]":
        import numpy as np

        months = np.searchsorted(np.array(self.ends), days, side="right")
        draws = np.broadcast_to(np.arange(DRAWS)[:, None], days.shape)
        counted = stays & (months < self.months)
        flat = np.bincount(draws[counted] * self.months + months[counted], minlength=DRAWS * self.months)
        return flat.reshape(DRAWS, self.months).astype(np.int64)

    def cohort(self, each: Planned) -> "NDArray[np.int64]":
        import numpy as np

        found = np.zeros((DRAWS, self.months), dtype=np.int64)
        starts_on = each.places.starts_on or each.places.campaign.starts_on
        if each.fill is not None and starts_on is not None and starts_on >= self.on:
            days = (starts_on - self.on).days
            place = sum(days >= end for end in self.ends)
            if place < self.months:
                found[:, place] = self.rng.binomial(each.places.places, each.fill.share, size=DRAWS)
        return found


@dataclass(frozen=True)
class BackTest:
    """A forecast made on a day past, beside what came."""

    on: dt.date
    months: list[Month]

    @property
    def expected(self) -> float:
        return sum(each.expected for each in self.months)

    @property
    def actual(self) -> int:
        return sum(each.actual or 0 for each in self.months)

    @property
    def within(self) -> int:
        return sum(each.within for each in self.months)

    @property
    def wrong_by(self) -> int | None:
        """Of a hundred who joined: by how many the months together were wrong."""
        wrong = sum(abs(each.expected - (each.actual or 0)) for each in self.months)
        return round(100 * wrong / self.actual) if self.actual else None


def back_test(known: Known, *, today: dt.date, months: int = HELD_BACK) -> BackTest:
    """The last whole months are held back: only what was known before them is used."""
    on = first_of(today, -months)
    came: dict[dt.date, int] = defaultdict(int)
    for each in known.lives:
        if known.last in each.days:
            came[first_of(each.days[known.last])] += 1
    made = forecast(known, on=on, months=months)
    lines = [Month(of.first, of.expected, of.low, of.high, came[of.first]) for of in made.months]
    return BackTest(on, lines)
