"""A month put together: what each unit came to, and the figures that are worked out from it. Reads only."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Final

from django.db.models import Count, DateField, F, Sum
from django.db.models.functions import Cast, TruncMonth
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Words

from . import reading
from .months import DAY, Month, Scope, months_before
from .reading import Row
from .rows import AtWork, Available, Few, Heads, Rows, Wholes

Number = Decimal | int
ZERO: Final = Decimal(0)
YEAR: Final = 12
SMALL: Final = 5
Key = tuple[int, int | None]


@dataclass
class Sums:
    """What can be added up: over units, and no further."""

    headcount: int = 0
    fte: Decimal = ZERO
    days_available: int = 0
    days_lost: Decimal = ZERO
    spells: int = 0
    long_term: int = 0
    starters: int = 0
    leavers: int = 0
    leavers_year: int = 0
    heads_year: int = 0

    def add(self, other: "Sums") -> None:
        for name in MEASURES:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def absence_rate(self) -> Decimal | None:
        return share(self.days_lost * 100, self.days_available)

    @property
    def days_per_fte(self) -> Decimal | None:
        return share(self.days_lost, self.fte, places="0.01")

    @property
    def turnover(self) -> Decimal | None:
        """Leavers of twelve months against the average of the twelve ends of months."""
        return share(Decimal(self.leavers_year * 100 * YEAR), self.heads_year)


MEASURES: Final = tuple(each.name for each in fields(Sums))


def share(of: Number, whole: Number, *, places: str = "0.1") -> Decimal | None:
    return (Decimal(of) / Decimal(whole)).quantize(Decimal(places)) if whole else None


@dataclass
class Counted:
    """A month of everybody in sight, unit by unit."""

    month: Month
    units: dict[Key, Sums] = field(default_factory=lambda: defaultdict(Sums))

    def whole(self, unit: int | None = None) -> Sums:
        made = Sums()
        for (each, _team), sums in self.units.items():
            if unit is None or each == unit:
                made.add(sums)
        return made

    def by_unit(self) -> dict[int, Sums]:
        made: dict[int, Sums] = defaultdict(Sums)
        for (unit, _team), sums in self.units.items():
            made[unit].add(sums)
        return made


def count(scope: Scope, month: Month) -> Counted:
    """A month as the records stand now."""
    found = Counted(month)
    _add_work(found, scope)
    for lost in reading.lost_in(scope, month):
        sums = found.units[lost.stretch.unit_id, lost.stretch.team_id]
        sums.days_lost += lost.days
        sums.spells += reading.begins_in(lost, month)
        sums.long_term += reading.is_long_term(lost, month)
    for row in reading.starters(scope, month.first, month.upto):
        found.units[row.unit_id, row.team_id].starters += 1
    for row in reading.leavers(scope, month.back(YEAR - 1), month.upto):
        sums = found.units[row.unit_id, row.team_id]
        sums.leavers_year += 1
        if row.until_on is not None and row.until_on >= month.first:
            sums.leavers += 1
    _add_heads(found, scope)
    return found


def _add_work(found: Counted, scope: Scope) -> None:
    """Headcount, full-time equivalents and days: those who are alike in all of it are counted together."""
    month = found.month
    alike = reading.assigned(scope, month.first, month.upto).values_list(*reading.FIELDS)
    days = reading.WorkingDays(month.first, month.upto)
    for unit, team, pattern, begun, begins, ends, people, whole in alike.annotate(
        people=Count("pk"), whole=Sum("fte")
    ):
        sums = found.units[unit, team]
        sums.days_available += people * days.between(pattern, begun, begins, ends)
        if ends == month.upto:
            sums.headcount += people
            sums.fte += whole


def _add_heads(found: Counted, scope: Scope) -> None:
    """The headcount at the end of each of twelve months, added up; the last of them is this month's."""
    month = found.month
    first = month.back(YEAR - 1)
    ends_of = [months_before(first, -number) - DAY for number in range(1, YEAR)]
    rows = reading.assigned(scope, first, month.last)
    alike = rows.annotate(
        came=TruncMonth("begins"), went=TruncMonth(Cast(F("ends") + DAY, DateField()))
    ).values_list("unit_id", "post__team_id", "came", "went")
    for unit, team, came, went, people in alike.annotate(people=Count("pk")):
        there = sum(came <= end and went > end for end in ends_of)
        found.units[unit, team].heads_year += people * there
    for sums in found.units.values():
        sums.heads_year += sums.headcount


Reader = Callable[[Scope, Month], Iterable[Row] | AtWork]


def _lost(scope: Scope, month: Month) -> Iterator[Row]:
    return (each.row(each.days) for each in reading.lost_in(scope, month) if each.days)


def _spells(scope: Scope, month: Month) -> Iterator[Row]:
    return (each.row(1) for each in reading.lost_in(scope, month) if reading.begins_in(each, month))


def _long_term(scope: Scope, month: Month) -> Iterator[Row]:
    return (each.row(1) for each in reading.lost_in(scope, month) if reading.is_long_term(each, month))


@dataclass(frozen=True)
class Figure:
    """One figure: what it is called, what it means, where that comes from, and the rows that make it."""

    key: str
    name: Words
    meaning: Words
    rows: Reader
    unit: Words = ""
    source: Words = ""
    of_absence: bool = False
    made_of: tuple[str, ...] = ()
    """The figures whose rows make it, where it is worked out from others."""


OURS: Final = _("Our own definition.")
ACAS: Final = _(
    "The lost time rate of Acas’s guide Managing attendance and employee turnover; in days, by the working "
    "pattern."
)
FIGURES: Final[tuple[Figure, ...]] = (
    Figure(
        "headcount", _("Headcount"),
        _("Employees, police officers and workers on the last day counted. Special constables, volunteers "
          "and interns are left out, here and below."), Heads, source=OURS,
    ),
    Figure(
        "fte", _("Full-time equivalents"),
        _("The shares of full time of those people on that day, added up."), Wholes, source=OURS,
    ),
    Figure(
        "starters", _("Starters"), _("Employments whose first day lies in the month."),
        lambda scope, month: reading.starters(scope, month.first, month.upto), source=OURS,
    ),
    Figure(
        "leavers", _("Leavers"), _("Employments whose last day lies in the month."),
        lambda scope, month: reading.leavers(scope, month.first, month.upto), source=OURS,
    ),
    Figure(
        "leavers_year", _("Leavers of twelve months"),
        _("Employments whose last day lies in the month or the eleven before it."),
        lambda scope, month: reading.leavers(scope, month.back(YEAR - 1), month.upto), source=OURS,
    ),
    Figure(
        "turnover", _("Turnover"),
        _("Leavers of twelve months for each hundred people of the average headcount, which is that of the "
          "ends of the twelve months."),
        lambda scope, month: reading.leavers(scope, month.back(YEAR - 1), month.upto), unit="%",
        source=OURS, made_of=("leavers_year", "headcount"),
    ),
    Figure(
        "days_available", _("Days to be worked"),
        _("Days on which people were to work by their patterns. Bank holidays and leave are not taken off."),
        Available, source=ACAS,
    ),
    Figure(
        "days_lost", _("Days lost"),
        _("Days of sickness on which people were to work by their patterns; half days are halves."), _lost,
        source=ACAS, of_absence=True,
    ),
    Figure(
        "absence_rate", _("Absence rate"), _("Days lost for each hundred days to be worked."), _lost,
        unit="%", source=ACAS, of_absence=True, made_of=("days_lost", "days_available"),
    ),
    Figure(
        "days_per_fte", _("Days lost per full-time equivalent"),
        _("Days lost in the month, divided by the full-time equivalents at its end."), _lost, source=OURS,
        of_absence=True, made_of=("days_lost", "fte"),
    ),
    Figure(
        "spells", _("Absences begun"), _("Absences through sickness whose first day lies in the month."),
        _spells, source=OURS, of_absence=True,
    ),
    Figure(
        "long_term", _("Long-term absences"),
        _("Absences that go on at the end of the last day counted and have lasted four weeks or more."),
        _long_term, source=_("Four weeks, as in NICE’s guidance PH19 on long-term sickness absence."),
        of_absence=True,
    ),
)  # fmt: skip
BY_KEY: Final[Mapping[str, Figure]] = {each.key: each for each in FIGURES}


def rows_of(figure: Figure, scope: Scope, month: Month) -> "Rows":
    """The rows that add up to a figure, in order of person and day."""
    found = figure.rows(scope, month)
    return found if isinstance(found, AtWork) else Few(found)


@dataclass(frozen=True)
class OfReason:
    """Days lost for one reason; without one, several that few people had are taken together."""

    reason_id: int | None
    days: Decimal
    people: int
    is_together: bool = False


def lost_by_reason(scope: Scope, month: Month) -> dict[int | None, list[Row]]:
    """The rows of days lost, reason by reason."""
    found: dict[int | None, list[Row]] = defaultdict(list)
    for lost in reading.lost_in(scope, month):
        if lost.days:
            found[lost.reason_id].append(lost.row(lost.days))
    return found


def by_reason(reasons: Mapping[int | None, list[Row]], *, unit: int | None, small: bool) -> list[OfReason]:
    """The most days first. Reasons of fewer than five people stand together, unless `small` ones may be seen:
    with the next smallest, where together they are still fewer than five."""
    found = []
    for reason, rows in reasons.items():
        theirs = [row for row in rows if unit is None or row.unit_id == unit]
        if theirs:
            days = sum((Decimal(row.value) for row in theirs), ZERO)
            found.append((OfReason(reason, days, len({row.employment_id for row in theirs})), theirs))
    if small:
        return sorted((each for each, _rows in found), key=lambda each: (-each.days, each.reason_id or 0))
    found.sort(key=lambda pair: (pair[0].people, pair[0].days, pair[0].reason_id or 0))
    together: list[Row] = []
    people: set[int] = set()
    while found and (found[0][0].people < SMALL or (together and len(people) < SMALL)):
        rows = found.pop(0)[1]
        together += rows
        people |= {row.employment_id for row in rows}
    shown = sorted((each for each, _rows in found), key=lambda each: (-each.days, each.reason_id or 0))
    if len(people) >= SMALL:
        shown.append(OfReason(None, sum((Decimal(row.value) for row in together), ZERO), len(people), True))
    return shown
