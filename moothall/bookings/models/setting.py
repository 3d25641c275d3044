"""Where and how people are seen: opening hours, the days rooms are shut, and kinds of appointment."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Service
from moothall.people.models import Account, Place, Team

from .named import NamedInTwo
from .resource import Resource


class OpeningHoursQuerySet(models.QuerySet["OpeningHours"]):
    def in_force(self, first: dt.date, last: dt.date) -> Self:
        found = self.filter(Q(until_on=None) | Q(until_on__gte=first), from_on__lte=last)
        return found.order_by("weekday", "opens", "id")


class OpeningHours(models.Model):
    """A place, or one room in it, is open on this day of the week; a room without hours keeps its place's."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="opening_hours")
    room = models.ForeignKey(Resource, null=True, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(help_text="Monday is 0")
    opens = models.TimeField()
    closes = models.TimeField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = OpeningHoursQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="a_place_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="opening_days_are_of_the_week"),
        ]


class ClosureQuerySet(models.QuerySet["Closure"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def between(self, begins: dt.datetime, ends: dt.datetime) -> Self:
        return self.standing().filter(begins_at__lt=ends, ends_at__gt=begins)


class Closure(models.Model):
    """Shut for a while: one room, a place, or with neither the whole office."""

    place = models.ForeignKey(Place, null=True, on_delete=models.CASCADE, related_name="closures")
    room = models.ForeignKey(Resource, null=True, on_delete=models.CASCADE, related_name="closures")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    entered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="a_closure_ends_later"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_closure_says_why"),
        ]


class AppointmentKindQuerySet(models.QuerySet["AppointmentKind"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None).select_related("team").order_by("name", "id")


class AppointmentKind(NamedInTwo):
    """What people come for: how long it takes, where, and who may take it."""

    ROOM, PHONE, VIDEO = "ROOM", "PHONE", "VIDEO"
    HOWS = [(ROOM, _("In a room")), (PHONE, _("By telephone")), (VIDEO, _("By video"))]

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="appointment_kinds")
    how = models.CharField(max_length=5, choices=HOWS, default=ROOM)
    minutes = models.PositiveSmallIntegerField(default=30)
    buffer_minutes = models.PositiveSmallIntegerField(default=0, help_text="Kept free afterwards")
    every_minutes = models.PositiveSmallIntegerField(default=30, help_text="It begins at these steps")
    services = models.ManyToManyField(Service, blank=True, related_name="appointment_kinds")
    welsh_needed = models.BooleanField(default=False, help_text="Only those who work in Welsh take it")
    needs = models.SlugField(
        max_length=60, blank=True, help_text="What whoever takes it must be allowed to do"
    )
    bring = models.TextField(blank=True, help_text="What to bring, said in the letter")
    bring_cy = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = AppointmentKindQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5), name="an_appointment_takes_five_minutes"),
            models.CheckConstraint(condition=Q(every_minutes__gte=5), name="appointments_begin_by_steps"),
        ]

    @property
    def needs_room(self) -> bool:
        return self.how == self.ROOM


class KindTaker(models.Model):
    """Somebody who may take a kind of appointment. Without any, whoever works in its team may."""

    kind = models.ForeignKey(AppointmentKind, on_delete=models.CASCADE, related_name="takers")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "account"], name="a_taker_is_named_once_a_kind"),
        ]
