import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from moothall.people.models import Account, Team


class DemandHourQuerySet(models.QuerySet["DemandHour"]):
    def of(self, team: Team, first: dt.date, last: dt.date) -> Self:
        return self.filter(team=team, on__gte=first, on__lte=last)


class DemandHour(models.Model):
    """How much came in for a team in one hour of a day on the wall: only a number."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    hour = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()

    objects = DemandHourQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "on", "hour"], name="an_hour_is_counted_once"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="a_day_has_twenty_four_hours"),
        ]


class PaceQuerySet(models.QuerySet["Pace"]):
    def in_force(self, team: Team, *, on: dt.date) -> "Pace | None":
        return self.filter(team=team, from_on__lte=on).order_by("-from_on", "-id").first()


class Pace(models.Model):
    """How many minutes a team needs for one thing, and which share of its hours it has for such things."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    percent = models.PositiveSmallIntegerField(help_text="Of the hours worked")
    from_on = models.DateField()
    set_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = PaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1), name="a_thing_takes_a_minute_at_least"),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100), name="a_share_of_the_hours_is_percent"
            ),
        ]
