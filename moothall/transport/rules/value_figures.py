"""What transport is worth, figure by figure: what each means, what it is reckoned from, and its rows.

Every figure is reckoned from sums that add up over centres, contractors and kinds of passenger.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Words
from moothall.transport.models import MonthValue, Target

MILE: Final = Decimal("1609.344")
MONTHS: Final = 13
POUNDS, PERCENT, MINUTES = "£", "%", "min"
RUNS, JOURNEYS = "runs", "journeys"
Sums = Mapping[str, Decimal]


@dataclass(frozen=True)
class Figure:
    """One figure; `of` gives None where nothing is known. `rows` says in which list its rows stand,
    narrowed by `only`."""

    key: str
    unit: str
    meaning: Words
    of: Callable[[Sums], Decimal | None]
    rows: str = RUNS
    only: str = ""
    source: Words = ""
    more_is_better: bool = False
    short: Words = ""
    """At the head of a column."""

    @property
    def name(self) -> str:
        return str(dict(Target.FIGURES)[self.key])


def _ratio(of: Decimal, whole: Decimal, places: str = "0.01") -> Decimal | None:
    return (of / whole).quantize(Decimal(places), ROUND_HALF_UP) if whole else None


def _share(name: str, whole: str) -> Callable[[Sums], Decimal | None]:
    return lambda sums: _ratio(sums[name] * 100, sums[whole], "0.1")


OURS: Final = _("Our own definition.")
GUIDANCE: Final = _(
    "Travel to school for children of compulsory school age, statutory guidance; the minutes stand among the "
    "figures that plans keep to."
)
FIGURES: Final[tuple[Figure, ...]] = (
    Figure(
        "cost_passenger", POUNDS,
        _("What runs and jobs cost, divided by the journeys that were made with them. Where a price is not "
          "known, neither counts."),
        lambda sums: _ratio(sums["cost"], sums["costed"]), source=OURS, short=_("A journey"),
    ),
    Figure(
        "cost_head", POUNDS,
        _("What runs and jobs cost in the month, divided by the people who travelled with us in it."),
        lambda sums: _ratio(sums["cost"], sums["heads"]), source=OURS,
    ),
    Figure(
        "cost_run", POUNDS, _("What runs and jobs cost, divided by how many went, there and back apart."),
        lambda sums: _ratio(sums["cost"], sums["costed_runs"]), source=OURS, short=_("A run"),
    ),
    Figure(
        "cost_mile", POUNDS,
        _("What runs of plans cost, divided by the miles that their vehicles drive, from and to the depot "
          "too. Jobs whose way nobody knows are left out."),
        lambda sums: _ratio(sums["metres_cost"] * MILE, sums["metres"]), source=OURS, short=_("A mile"),
    ),
    Figure(
        "seat_use", PERCENT,
        _("Passengers for each hundred places, as the vehicle has to be fitted for those who stay in a "
          "wheelchair."), _share("seated", "seats"), source=OURS, more_is_better=True,
        short=_("Seats"),
    ),
    Figure(
        "over", PERCENT,
        _("Journeys that are longer by the plan than is recommended for that kind of school or centre."),
        _share("over", "rides"), only="over=1", source=GUIDANCE, short=_("Rides too long"),
    ),
    Figure(
        "ride", MINUTES, _("Minutes aboard by the plan, on average of all journeys on its runs."),
        lambda sums: _ratio(sums["ride_seconds"] / 60, sums["rides"], "0.1"), source=OURS,
    ),
    Figure(
        "on_time", PERCENT,
        _("Passengers who were at their school or centre by the bell, of those whose crew recorded when they "
          "were there."),
        _share("on_time", "recorded"), only="recorded=1", source=OURS, more_is_better=True,
        short=_("On time"),
    ),
    Figure(
        "unresolved", PERCENT,
        _("Journeys that nobody has taken or settled, of those the timetable asks for."),
        _share("unresolved", "due"), rows=JOURNEYS, only="how=UNRESOLVED", source=OURS,
        short=_("Unresolved"),
    ),
    Figure(
        "cancelled", PERCENT, _("Journeys that were cancelled, of those the timetable asks for."),
        _share("cancelled", "due"), rows=JOURNEYS, only="how=CANCELLED", source=OURS,
    ),
    Figure(
        "manned", PERCENT,
        _("Places of drivers and escorts on runs of our own that somebody had, of all of them."),
        _share("manned", "places"), only="own=1", source=OURS, more_is_better=True,
    ),
)  # fmt: skip
BY_KEY: Final[Mapping[str, Figure]] = {each.key: each for each in FIGURES}


def _sums(row: Mapping[str, Any]) -> dict[str, Decimal]:
    return {name: Decimal(row.get(f"all_{name}") or 0) for name in MonthValue.SUMS}


def added(rows: Sequence[Sums]) -> dict[str, Decimal]:
    return {name: sum((row[name] for row in rows), Decimal(0)) for name in MonthValue.SUMS}


def by_month(first: dt.date, last: dt.date) -> dict[dt.date, dict[str, Decimal]]:
    """Each month that was counted, by its first day."""
    rows = MonthValue.objects.filter(counted__month__range=(first, last)).summed("counted__month")
    return {row["counted__month"]: _sums(row) for row in rows if isinstance(row["counted__month"], dt.date)}


def slices(month: dt.date, by: str) -> dict[Any, dict[str, Decimal]]:
    """One month apart, by centre, by kind of passenger, or by who took them."""
    names = {"centre": ("centre_id",), "kind": ("kind",), "contractor": ("way", "contractor_id")}[by]
    rows = MonthValue.objects.filter(counted__month=month).summed(*names)
    return {tuple(row[name] for name in names): _sums(row) for row in rows}


def months_before(month: dt.date, number: int) -> dt.date:
    years, at = divmod(month.year * 12 + month.month - 1 - number, 12)
    return dt.date(years, at + 1, 1)
