"""Days worked to keep in touch without ending the leave: ten of maternity or adoption leave, and by its own
rule of all the shared parental leave somebody takes for one child."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from clocks.family import KEEPING_IN_TOUCH_DAYS
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.personnel.models import FamilyLeave, TouchDay
from moothall.workforce.models import Employment
from moothall.workforce.rules.assigning import hold

from . import refusals, shared
from .family import LONG, held
from .noting import happened


@dataclass(frozen=True)
class InTouch:
    """The days of one leave, or of all shared leave for a child: how many there may be, booked or worked."""

    days: list[TouchDay]
    most: int

    @property
    def left(self) -> int:
        return self.most - len(self.days)

    @property
    def over(self) -> int:
        return max(-self.left, 0)


def in_touch(leave: FamilyLeave) -> InTouch | None:
    """What counts together with this leave; None where the law knows no such days of it."""
    if leave.kind in LONG:
        return InTouch(list(leave.touch_days.all()), KEEPING_IN_TOUCH_DAYS)
    return in_touch_of_child(leave.employment, leave.event_on) if leave.kind == shared.SHARED else None


def in_touch_of_child(employment: Employment, event_on: dt.date) -> InTouch | None:
    """In all blocks that stand; a day that an earlier return or another notice leaves out counts no more."""
    rule = shared.rule_of(employment, event_on)
    if rule is None:
        return None
    rows = TouchDay.objects.filter(
        leave__employment=employment, leave__kind=shared.SHARED, leave__event_on=event_on,
        leave__withdrawn_at=None, day__gte=F("leave__starts_on"), day__lte=F("leave__ends_on"),
    )  # fmt: skip
    return InTouch(list(rows.order_by("day", "id")), rule.touch_days)


@transaction.atomic
def add_touch_day(leave: FamilyLeave, *, day: dt.date, what: str, by: Account, at: dt.datetime) -> TouchDay:
    """A day within the leave, booked ahead while there are any left; what was worked is always written down,
    and the page says what comes of too many."""
    hold(leave.employment)
    fresh = held(leave, by=by)
    if not fresh.starts_on <= day <= fresh.ends_on:
        raise refusals.NotOnLeave
    known = in_touch(fresh)
    if known is None:
        raise refusals.NoTouchDays
    found = next((each for each in known.days if each.day == day and each.leave_id == fresh.pk), None)
    if found is not None:
        return found
    if known.left <= 0 and day > in_london(at).date():
        raise refusals.NoTouchDaysLeft(known.most)
    made = TouchDay.objects.create(leave=fresh, day=day, what=what.strip(), entered_by=by, entered_at=at)
    happened("in_touch", fresh, by=by, at=at, day=day.isoformat())
    return made


@transaction.atomic
def remove_touch_day(touch: TouchDay, *, by: Account, at: dt.datetime) -> None:
    """It was not worked after all; taken back twice it is gone once."""
    fresh = held(touch.leave, by=by)
    gone, _rows = TouchDay.objects.filter(pk=touch.pk).delete()
    if gone:
        happened("not_in_touch", fresh, by=by, at=at, day=touch.day.isoformat())
