"""Diaries that calendars read at an address nobody can guess, and calendars that were brought in."""

from typing import Self

from django.db import models
from django.db.models import Q

from moothall.people.models import Account

from .resource import Resource


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class BroughtCalendarQuerySet(models.QuerySet["BroughtCalendar"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class CalendarFeed(models.Model):
    """What a resource, or somebody, has booked. Only the fingerprint of its address is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="calendar_feeds")
    resource = models.ForeignKey(
        Resource,
        null=True,
        on_delete=models.CASCADE,
        related_name="feeds",
        help_text="None is their own diary",
    )
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        ordering = ["resource__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "resource"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="a_diary_has_one_address_at_a_time",
            ),
        ]


class BroughtCalendar(models.Model):
    """A calendar kept elsewhere, whose busy times are taken here. The same brought again takes its place."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="brought_calendars")
    name = models.CharField(max_length=120)
    until = models.DateTimeField(help_text="How far ahead it was read")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = BroughtCalendarQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "name"],
                condition=Q(withdrawn_at=None),
                name="a_calendar_is_brought_in_once",
            ),
        ]
