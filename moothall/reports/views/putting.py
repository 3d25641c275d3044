"""The figures of a month as a page, a file and a sheet of paper show them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min, Sum
from django.utils.translation import get_language, gettext

from moothall.absence.models import Reason
from moothall.people.models import Account
from moothall.reports.models import UnitMonth
from moothall.reports.rules.figures import BY_KEY, FIGURES, MEASURES, Figure, Sums, by_reason, lost_by_reason
from moothall.reports.rules.kept import sums_of
from moothall.reports.rules.months import BEFORE, sees_absence, sees_reasons
from moothall.reports.rules.reading import leavers
from moothall.workforce.models import LeavingReason

from .finding import Asked

IN_HISTORY = (
    "headcount", "fte", "starters", "leavers", "turnover", "days_lost", "absence_rate", "days_per_fte",
    "spells", "long_term",
)  # fmt: skip
BY_UNIT = ("headcount", "fte", "starters", "leavers", "turnover", "days_lost", "absence_rate", "long_term")


@dataclass(frozen=True)
class Line:
    """One figure of the month; `now` is what the records come to since it was closed, if that differs."""

    figure: Figure
    value: Any
    now: Any = None
    drills: bool = True

    @property
    def differs(self) -> bool:
        return self.now is not None and self.now != self.value


@dataclass(frozen=True)
class Past:
    """A month before, as it was counted or closed."""

    month: dt.date
    sums: Sums
    counted_at: dt.datetime
    is_closed: bool

    names: Mapping[str, str]

    @property
    def values(self) -> list[tuple[str, Any]]:
        return [(words, getattr(self.sums, key)) for key, words in self.names.items()]


def past_months(asked: Asked, *, last: dt.date, first: dt.date) -> list[Past]:
    rows = UnitMonth.objects.shown(first, last, teams=asked.scope.teams)
    if asked.unit is not None:
        rows = rows.filter(unit=asked.unit)
    sums = {name: Sum(name) for name in MEASURES}
    names = {key: str(BY_KEY[key].name) for key in IN_HISTORY}
    named = rows.order_by("-month").values("month").annotate(
        **{f"sum_{name}": each for name, each in sums.items()}, at=Min("counted_at"), closed=Max("closing")
    )  # fmt: skip
    return [
        Past(
            each["month"], Sums(**{name: each[f"sum_{name}"] for name in MEASURES}), each["at"],
            each["closed"] is not None, names,
        )
        for each in named
    ]  # fmt: skip


def frozen(asked: Asked) -> dict[int, Sums]:
    """What was closed, unit by unit."""
    rows = UnitMonth.objects.shown(asked.month.first, asked.month.first, teams=asked.scope.teams)
    made: dict[int, Sums] = {}
    for row in rows.filter(closing=asked.closing).order_by("unit_id"):
        sums = Sums(**{name: getattr(row, name) for name in MEASURES})
        made.setdefault(row.unit_id, Sums()).add(sums)
    return made


def together(units: dict[int, Sums], unit: int | None) -> Sums:
    made = Sums()
    for each, sums in units.items():
        if unit is None or each == unit:
            made.add(sums)
    return made


def put_together(asked: Asked, account: Account) -> dict[str, Any]:
    """What the page says of the month."""
    counted = sums_of(asked.scope, asked.month)
    now = together(counted, asked.unit)
    units = frozen(asked) if asked.closing else counted
    shown = together(units, asked.unit)
    drills = sees_absence(account, asked.scope)
    past = past_months(asked, first=asked.month.back(BEFORE), last=asked.month.back(1))
    lines = [
        Line(
            each, getattr(shown, each.key), getattr(now, each.key) if asked.closing else None,
            not each.of_absence or drills,
        )
        for each in FIGURES
    ]  # fmt: skip
    return {
        "lines": lines, "units": list(_units(asked, units)) if asked.unit is None else [],
        "reasons": list(_reasons(asked, account)), "leaving": list(_leaving(asked)), "past": past,
        "counted_at": min((each.counted_at for each in past if not each.is_closed), default=None),
    }  # fmt: skip


def _units(asked: Asked, units: dict[int, Sums]) -> Iterator[tuple[int, str, list[tuple[str, Any]]]]:
    names = [(key, str(BY_KEY[key].name)) for key in BY_UNIT]
    for pk, name in asked.units:
        if pk in units:
            yield pk, name, [(words, getattr(units[pk], key)) for key, words in names]


def _reasons(asked: Asked, account: Account) -> Iterator[tuple[str, Any, int]]:
    language = get_language() or "en"
    names = {each.pk: each.said("name", language) for each in Reason.objects.all()}
    lost = lost_by_reason(asked.of_unit, asked.month)
    for each in by_reason(lost, unit=asked.unit, small=sees_reasons(account, asked.scope)):
        if each.is_together:
            yield gettext("Reasons that few people had, together"), each.days, each.people
        else:
            yield names.get(each.reason_id or 0, gettext("Not said")), each.days, each.people


def _leaving(asked: Asked) -> Iterator[tuple[str, int]]:
    if asked.unit is not None:
        return
    language = get_language() or "en"
    left = Counter(row.reason_id for row in leavers(asked.scope, asked.month.first, asked.month.upto))
    names = {each.pk: each.name_in(language) for each in LeavingReason.objects.all()} if left else {}
    for reason, number in sorted(left.items(), key=lambda pair: -pair[1]):
        yield names.get(reason or 0, gettext("Not said")), number
