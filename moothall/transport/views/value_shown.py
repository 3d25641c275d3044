"""What the pages of value show: figures of a month beside others, the same month apart, and the targets."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.transport.models import Centre, Contractor, MonthValue, Target
from moothall.transport.models.target import KINDS
from moothall.transport.rules import targets, valuing
from moothall.transport.rules.value_figures import (
    BY_KEY,
    FIGURES,
    JOURNEYS,
    MONTHS,
    Figure,
    by_month,
    months_before,
    slices,
)
from moothall.transport.templatetags.value import figure_said

BYS: Final = ("centre", "contractor", "kind")
IN_SLICES: Final = ("cost_passenger", "cost_mile", "cost_run", "seat_use", "over", "on_time", "unresolved")
SHOWN: Final = [BY_KEY[key] for key in IN_SLICES]
Sums = dict[str, Decimal]
Months = Mapping[dt.date, Sums]


@dataclass(frozen=True)
class Line:
    """One figure of a month, beside the month before and the same month a year before."""

    figure: Figure
    value: Decimal | None
    before: Decimal | None
    year: Decimal | None
    address: str


@dataclass(frozen=True)
class Slice:
    """A part of the month: a centre, a contractor, a kind of passenger, or another month."""

    name: str
    address: str
    carried: Decimal
    cost: Decimal
    values: Sequence[tuple[Figure, Decimal | None]]


@dataclass(frozen=True)
class Standing:
    """A target and how it stands: the figure, the colour, and why in a sentence."""

    target: Target
    figure: Figure
    value: Decimal | None
    state: str
    why: str
    past: Sequence[tuple[dt.date, Decimal | None, str]]
    address: str


def months_of(month: dt.date) -> Months:
    """The month with the twelve before it, as they were counted."""
    return by_month(months_before(month, MONTHS - 1), month)


def value_of(figure: Figure, sums: Sums | None) -> Decimal | None:
    return figure.of(sums) if sums is not None else None


def lines_of(month: dt.date, months: Months) -> list[Line]:
    before, year = months_before(month, 1), months_before(month, 12)
    return [
        Line(
            figure, value_of(figure, months.get(month)), value_of(figure, months.get(before)),
            value_of(figure, months.get(year)), rows_address(figure, month),
        )
        for figure in FIGURES
    ]  # fmt: skip


def rows_address(figure: Figure, month: dt.date, more: str = "") -> str:
    """The list of the rows that a figure is reckoned from."""
    name = "journeys_counted" if figure.rows == JOURNEYS else "runs_gone"
    span = f"day_from={month.isoformat()}&day_to={valuing.last_of(month).isoformat()}"
    return f"{reverse(name)}?" + "&".join(each for each in (span, figure.only, more) if each)


def slices_of(month: dt.date, by: str) -> list[Slice]:
    """The month apart, what costs most first."""
    names = _names(by)
    rows = []
    for key, sums in slices(month, by).items():
        name, more = names(key)
        rows.append(_slice(name, month, more, sums))
    return sorted(rows, key=lambda each: (-each.cost, each.name))


def _slice(name: str, month: dt.date, more: str, sums: Sums) -> Slice:
    address = rows_address(BY_KEY["cost_passenger"], month, more)
    if not sums["carried"]:
        address = rows_address(BY_KEY["unresolved"], month).replace("&how=UNRESOLVED", "")
    values = [(figure, figure.of(sums)) for figure in SHOWN]
    return Slice(name, address, sums["carried"], sums["cost"], values)


def _names(by: str) -> Any:
    """How a part is called, and what narrows the list to it."""
    language = get_language() or "en"
    if by == "centre":
        centres = Centre.objects.in_bulk()
        return lambda key: (centres[key[0]].name_in(language), f"centre={key[0]}")
    if by == "kind":
        kinds = dict(KINDS)
        return lambda key: (str(kinds[key[0]]), f"kind={key[0]}")
    firms, ways = Contractor.objects.in_bulk(), dict(MonthValue.WAYS)

    def named(key: tuple[str, int | None]) -> tuple[str, str]:
        way, firm = key
        if firm is not None:
            return firms[firm].name_in(language), f"contractor={firm}"
        return str(ways[way]), "own=1" if way == MonthValue.FLEET else ""

    return named


def past_of(months: Months) -> list[Slice]:
    """Month after month, the latest first."""
    found = []
    for month, sums in sorted(months.items(), reverse=True):
        made = _slice(date_format(month, "M Y"), month, "", sums)
        found.append(Slice(made.name, f"?month={month:%Y-%m}", made.carried, made.cost, made.values))
    return found


def standings(month: dt.date, months: Months) -> list[Standing]:
    """Every target in force at the end of the month, with the year before it."""
    last = valuing.last_of(month)
    rows = Target.objects.standing().filter(from_on__lte=last).select_related("owner")
    every: dict[str, list[Target]] = {}
    for each in rows.order_by("figure", "from_on", "id"):
        every.setdefault(each.figure, []).append(each)
    worst = slices(month, "centre")
    names = {each.pk: each.name_in(get_language() or "en") for each in Centre.objects.all()}
    found = []
    for figure in FIGURES:
        there = [each for each in every.get(figure.key, []) if each.until_on is None or each.until_on >= last]
        if there:
            found.append(_standing(there[-1], every[figure.key], figure, month, months, (worst, names)))
    return found


def _standing(
    target: Target, every: Sequence[Target], figure: Figure, month: dt.date, months: Months, of_centres: Any
) -> Standing:
    value = value_of(figure, months.get(month))
    past = []
    for each in sorted(months):
        was = figure.of(months[each])
        held = _held(every, valuing.last_of(each))
        past.append((each, was, targets.stands(held, was) if held is not None else targets.UNKNOWN))
    state = targets.stands(target, value)
    why = _why(target, figure, value, state, of_centres)
    return Standing(target, figure, value, state, why, past, rows_address(figure, month))


def _held(every: Sequence[Target], on: dt.date) -> Target | None:
    rows = (each for each in every if each.from_on <= on and (each.until_on is None or each.until_on >= on))
    return next(rows, None)


def _why(target: Target, figure: Figure, value: Decimal | None, state: str, of_centres: Any) -> str:
    """How far off it is, and where it is worst."""
    if value is None:
        return _("No journeys are recorded yet.") if figure.key == "on_time" else _("Nothing is counted yet.")
    said = {"off": figure_said(abs(value - target.amount), figure)}
    if state == targets.MET:
        return _("Met, with %(off)s to spare.") % said
    short, over = _("Short of the target by %(off)s."), _("Over the target by %(off)s.")
    words = [short if figure.more_is_better else over]
    sums, names = of_centres
    values = [(figure.of(each), key[0]) for key, each in sums.items()]
    known = [(found, key) for found, key in values if found is not None]
    if len(known) > 1:
        worst, centre = min(known) if figure.more_is_better else max(known)
        words.append(_("Worst to %(centre)s: %(value)s."))
        said |= {"centre": names[centre], "value": figure_said(worst, figure)}
    return " ".join(words) % said
