"""The rest that is due between a duty and a session, and the duties that leave too little of it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import ngettext

from moothall.training.models import PartHours, RestRule, Session
from moothall.training.models.ledger import NIGHT, PARTS
from moothall.training.models.rest import DAY_LONG, hours_of

from .rota import ONE, Rota

Hours = tuple[float, float]
USUAL: Hours = (hours_of(Session.BEGINS), hours_of(Session.ENDS))


@dataclass(frozen=True)
class Rest:
    """How many hours are due, and when each part of a day is worked, in hours after its midnight."""

    rule: RestRule
    parts: Mapping[str, Hours]

    def between(self, part: str, hours: Hours, *, before: bool) -> float:
        """The hours between a duty of the day before a session and the session, or of the day after."""
        begins, ends = self.parts[part]
        return DAY_LONG + (hours[0] - ends if before else begins - hours[1])


@dataclass(frozen=True)
class TooLittle:
    """A duty beside a session that leaves `hours` between them; None where only nights are known."""

    day: dt.date
    part: str
    hours: float | None = None
    due: float = 0

    def __str__(self) -> str:
        day = date_format(self.day, "j F Y")
        if self.hours is None:
            return day
        words = ngettext(
            "%(day)s: %(hours)s hour between the duty and the session, %(due)s are due",
            "%(day)s: %(hours)s hours between the duty and the session, %(due)s are due",
            int(self.hours),
        )
        return words % {"day": day, "hours": f"{self.hours:g}", "due": f"{self.due:g}"}


class Rests:
    """Every rule on record, each for its own days: two queries."""

    def __init__(self) -> None:
        self._rules = list(RestRule.objects.order_by("from_on", "id"))
        self._parts = list(PartHours.objects.order_by("from_on", "id"))

    def on(self, day: dt.date) -> Rest | None:
        """The rule of a day; None where it or the hours of a part of the day are not on record."""
        rules = [each for each in self._rules if _in_force(each, day)]
        parts = {each.part: each.as_hours() for each in self._parts if _in_force(each, day)}
        if not rules or set(parts) != {part for part, _words in PARTS}:
            return None
        return Rest(rules[-1], parts)


def _in_force(row: RestRule | PartHours, day: dt.date) -> bool:
    return row.from_on <= day and (row.until_on is None or day <= row.until_on)


def hours_of_session(session: Session) -> Hours:
    return hours_of(session.begins), hours_of(session.ends)


def unrested(
    rota: Rota, who: int, days: Sequence[dt.date], rest: Rest | None, hours: Hours = USUAL
) -> list[TooLittle]:
    """The duties beside these days, in order, that leave somebody less rest than is due.

    Where no rule is on record only a night before the first day counts. Days beyond the rota are not known.
    """
    if rest is None:
        first = min(days) - ONE
        return [TooLittle(first, NIGHT)] if _works(rota, who, first) == NIGHT else []
    beside = {(day - ONE, True) for day in days} | {(day + ONE, False) for day in days}
    found: list[TooLittle] = []
    for day, before in sorted(beside):
        part = "" if day in days else _works(rota, who, day)
        if part and (there := rest.between(part, hours, before=before)) < rest.rule.hours:
            found.append(TooLittle(day, part, there, float(rest.rule.hours)))
    return found


def _works(rota: Rota, who: int, day: dt.date) -> str:
    known = rota.first <= day <= rota.last
    return rota.part(who, day) if known and not rota.why_away(who, day) else ""
