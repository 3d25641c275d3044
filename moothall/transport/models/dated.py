"""What holds from a day until another, and on which days of the week. Nothing of it is written over."""

import datetime as dt
from typing import Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from moothall.people.models import Account

DAY = dt.timedelta(days=1)
Row = TypeVar("Row", bound="models.Model")


class DatedQuerySet(models.QuerySet[Row]):
    def standing(self) -> Self:
        """Not withdrawn as a mistake."""
        return self.filter(withdrawn_at=None)

    def between(self, first: dt.date, last: dt.date) -> Self:
        found = self.standing().filter(Q(until_on=None) | Q(until_on__gte=first), from_on__lte=last)
        return found.order_by("from_on", "id")

    def in_force(self, on: dt.date) -> Self:
        return self.between(on, on)

    def from_now(self, on: dt.date) -> Self:
        """What holds that day or later."""
        found = self.standing().filter(Q(until_on=None) | Q(until_on__gte=on))
        return found.order_by("from_on", "id")


class Dated(models.Model):
    """It holds from its first day to its last, both included; a mistake is withdrawn and kept."""

    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class WeekPattern(Dated):
    """On these days of the week, in every week or in every second, third, fourth one."""

    weekdays = ArrayField(models.PositiveSmallIntegerField(), help_text="Monday is 0")
    every_weeks = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True

    def holds(self, on: dt.date) -> bool:
        """Weeks are counted from the one of the first day."""
        if on.weekday() not in self.weekdays or on < self.from_on:
            return False
        if self.until_on is not None and on > self.until_on:
            return False
        begins = self.from_on - DAY * self.from_on.weekday()
        return (on - begins).days // 7 % self.every_weeks == 0


def ends_later(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name=name)


def once_at_a_time(name: str, *of: str, only: Q | None = None) -> ExclusionConstraint:
    """Of the same things only one row holds on a day."""
    span = Func("from_on", "until_on", Value("[]"), function="daterange", output_field=DateRangeField())
    return ExclusionConstraint(
        name=name,
        expressions=[*((each, RangeOperators.EQUAL) for each in of), (span, RangeOperators.OVERLAPS)],
        condition=Q(withdrawn_at=None) & only if only is not None else Q(withdrawn_at=None),
    )
