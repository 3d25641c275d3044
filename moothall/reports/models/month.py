"""A month as it was counted, unit by unit, and as it stood when somebody closed it."""

import datetime as dt
from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Q

from moothall.people.models import Account, Organisation, Team


class MonthClosingQuerySet(models.QuerySet["MonthClosing"]):
    def standing(self) -> Self:
        return self.filter(reopened_at=None)


class MonthClosing(models.Model):
    """Somebody closed the figures of a month: from then on they stay as they were."""

    month = models.DateField(help_text="Its first day")
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reopened_because = models.CharField(max_length=300, blank=True)

    objects = MonthClosingQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["month"], condition=Q(reopened_at=None), name="a_month_is_closed_once"
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None) | ~Q(reopened_because=""), name="who_opens_a_month_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class UnitMonthQuerySet(models.QuerySet["UnitMonth"]):
    def shown(self, first: dt.date, last: dt.date, *, teams: Collection[int] | None) -> Self:
        """Of each month between the two what was closed, else what was counted last."""
        closed = MonthClosing.objects.standing().filter(month__gte=first, month__lte=last)
        found = self.filter(month__gte=first, month__lte=last).filter(
            Q(closing__isnull=False, closing__reopened_at=None)
            | (Q(closing=None) & ~Q(month__in=closed.values("month")))
        )
        return found if teams is None else found.filter(team__in=teams)


class UnitMonth(models.Model):
    """What a month came to in one unit, among the posts of one team. Rows with a closing stay as they are;
    those without are what the records come to, of closed months too, and are counted anew after a change."""

    month = models.DateField(help_text="Its first day")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    closing = models.ForeignKey(MonthClosing, null=True, on_delete=models.PROTECT, related_name="sums")
    upto = models.DateField(help_text="Counted up to the end of this day")
    counted_at = models.DateTimeField()
    headcount = models.PositiveIntegerField(default=0)
    fte = models.DecimalField(max_digits=9, decimal_places=4, default=0)
    days_available = models.PositiveIntegerField(default=0)
    days_lost = models.DecimalField(max_digits=9, decimal_places=1, default=0)
    spells = models.PositiveIntegerField(default=0)
    long_term = models.PositiveIntegerField(default=0)
    starters = models.PositiveIntegerField(default=0)
    leavers = models.PositiveIntegerField(default=0)
    leavers_year = models.PositiveIntegerField(default=0)
    heads_year = models.PositiveIntegerField(default=0, help_text="Of the ends of twelve months, added up")

    objects = UnitMonthQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "unit_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "unit", "team", "closing"], nulls_distinct=False,
                name="a_unit_is_counted_once_a_month",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.unit_id}"


class UnitToCountQuerySet(models.QuerySet["UnitToCount"]):
    def until(self, day: dt.date) -> Self:
        """What changed something up to the end of that day."""
        return self.filter(Q(from_on=None) | Q(from_on__lte=day))


class UnitToCount(models.Model):
    """Something changed that the months of a unit are counted from. The database writes it down itself,
    whoever changes what; counting the unit anew takes it away. A unit may stand here several times."""

    unit = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    from_on = models.DateField(
        null=True, help_text="What comes before this day is as it was; empty: all is to be counted"
    )

    objects = UnitToCountQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.unit_id)
