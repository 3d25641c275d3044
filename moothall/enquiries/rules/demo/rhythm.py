"""How busy an office's year is: how much comes in, when, from whom and about what, as its pack says."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked, near_match


@dataclass(frozen=True)
class Peak:
    """Some days of every year that are busier than others; days are (month, day)."""

    first: tuple[int, int]
    last: tuple[int, int]
    times: float

    def holds(self, day: dt.date) -> bool:
        return self.first <= (day.month, day.day) <= self.last


@dataclass(frozen=True)
class Rhythm:
    """A year at scale 1. What a pack does not say is as at the learning desk."""

    cases: int = 1500
    settled_at_once: int = 900
    welsh: float = 0.22
    channels: Mapping[str, float] = field(default_factory=lambda: {"MAIL": 68, "PHONE": 24, "COUNTER": 8})
    weekdays: Sequence[float] = (1.35, 1.15, 1.0, 0.95, 0.75)
    months: Sequence[float] = (1.15, 1.0, 1.15, 0.9, 1.0, 1.0, 0.85, 0.6, 1.25, 1.15, 1.1, 0.65)
    peaks: Sequence[Peak] = ()
    asked_by: Mapping[str, float] = field(default_factory=lambda: {"manager": 70, "school": 22, "partner": 8})
    services: Mapping[str, float] = field(default_factory=dict)
    """How many of the cases are about what; nothing: as many as there are samples of each."""

    def weight(self, day: dt.date) -> float:
        """How busy a working day is beside others."""
        times = max((peak.times for peak in self.peaks if peak.holds(day)), default=1.0)
        return self.weekdays[day.weekday()] * self.months[day.month - 1] * times


def read_rhythm(doc: Marked | None, services: Mapping[str, object]) -> Rhythm:
    """The pack's own year, or the usual one when it has none."""
    if doc is None:
        return Rhythm()
    fields = Fields(doc)
    named = _shares(fields, "services")
    for key in named:
        if key not in services:
            said = _("There is no %(kind)s “%(named)s”.") % {"kind": "service", "named": key}
            raise fields.mapping("services").mistake(said + near_match(key, services), at=key)
    rhythm = Rhythm(
        cases=fields.whole("cases"),
        settled_at_once=fields.whole("settled_at_once"),
        welsh=_shares(fields, "language").get("cy", 0.0),
        channels=_shares(fields, "channels"),
        weekdays=_numbers(fields, "weekdays", 5),
        months=_numbers(fields, "months", 12),
        peaks=[_peak(row) for row in fields.mappings("peaks")],
        asked_by=_shares(fields, "asked_by"),
        services=named,
    )
    fields.finish()
    return rhythm


def _shares(fields: Fields, key: str) -> dict[str, float]:
    row = fields.mapping(key)
    for name, share in row.items():
        if not isinstance(share, int | float) or share < 0:
            raise row.mistake(
                _("“%(key)s” has to be %(what)s.") % {"key": name, "what": _("a number")}, at=name
            )
    return {name: float(share) for name, share in row.items()}


def _numbers(fields: Fields, key: str, count: int) -> list[float]:
    found: Any = fields.raw(key) or []
    if len(found) != count or not all(isinstance(each, int | float) for each in found):
        raise fields.wrong(key, _("%(count)s numbers") % {"count": count})
    return [float(each) for each in found]


def _peak(row: Marked) -> Peak:
    fields = Fields(row, also={"because"})
    days = []
    for key in ("from", "until"):
        month, _dash, day = fields.text(key).partition("-")
        if not (month.isdigit() and day.isdigit()):
            raise fields.wrong(key, _("a month and a day such as 04-06"))
        days.append((int(month), int(day)))
    peak = Peak(days[0], days[1], fields.share("times", 1.0))
    fields.finish()
    return peak
