"""Appointments: who comes, to whom, where and when, and what became of it."""

import datetime as dt
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.core.lookups import held_by
from moothall.people.models import Account, Person, Team

from .resource import Resource
from .setting import AppointmentKind


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def standing(self) -> Self:
        return self.exclude(state=Appointment.CANCELLED)

    def between(self, begins: dt.datetime, ends: dt.datetime) -> Self:
        return self.filter(starts_at__gte=begins, starts_at__lt=ends)

    def visible_to(self, account: Account) -> Self:
        """Those of one's teams; those about a case one may not see do not exist."""
        standing = account.standing()
        if "bookings.book" not in standing.permissions:
            return self.none()
        if not standing.everywhere_for("bookings.book"):
            self = self.filter(team_id__in=standing.teams_for("bookings.book"))
        return self.filter(Q(case=None) | Q(held_by(Case.objects.visible_to(account), "case")))

    def shown(self) -> Self:
        """With what a line about each needs."""
        return self.select_related("kind", "room__place", "staff", "person", "case", "team")


class Appointment(models.Model):
    """A room and a member of staff are taken for somebody, from one moment until another."""

    BOOKED, ARRIVED, LEFT, MISSED, CANCELLED = "BOOKED", "ARRIVED", "LEFT", "MISSED", "CANCELLED"
    STATES = [
        (BOOKED, _("Expected")),
        (ARRIVED, _("Arrived")),
        (LEFT, _("Left")),
        (MISSED, _("Did not come")),
        (CANCELLED, _("Cancelled")),
    ]

    kind = models.ForeignKey(AppointmentKind, on_delete=models.PROTECT, related_name="appointments")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="appointments")
    room = models.ForeignKey(Resource, null=True, on_delete=models.PROTECT, related_name="appointments")
    staff = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="appointments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    taken = DateTimeRangeField(help_text="From its beginning until the time kept free after it is over")
    language = models.CharField(max_length=2, blank=True)
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=STATES, default=BOOKED)
    state_since = models.DateTimeField()
    edition = models.PositiveIntegerField(default=1)
    booked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="appointment_by_start"),
            models.Index(fields=["person", "-starts_at"], name="appointment_by_person"),
            models.Index(fields=["case"], condition=Q(case__isnull=False), name="appointment_by_case"),
        ]
        constraints = [
            ExclusionConstraint(
                name="a_room_is_taken_once_at_a_time",
                expressions=[("room", RangeOperators.EQUAL), ("taken", RangeOperators.OVERLAPS)],
                condition=Q(room__isnull=False) & ~Q(state="CANCELLED"),
            ),
            ExclusionConstraint(
                name="a_colleague_sees_one_at_a_time",
                expressions=[("staff", RangeOperators.EQUAL), ("taken", RangeOperators.OVERLAPS)],
                condition=~Q(state="CANCELLED"),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="an_appointment_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def is_standing(self) -> bool:
        return self.state != self.CANCELLED


class AppointmentEvent(models.Model):
    """What happened to an appointment, in order; the last that is not undone is how it stands."""

    BOOKED, MOVED, CANCELLED = "booked", "moved", "cancelled"
    ARRIVED, LEFT, MISSED = "arrived", "left", "missed"
    KINDS = [
        (BOOKED, _("booked")),
        (MOVED, _("moved")),
        (CANCELLED, _("cancelled")),
        (ARRIVED, _("arrived")),
        (LEFT, _("left")),
        (MISSED, _("did not come")),
    ]

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=9, choices=KINDS)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict, help_text="How it stood before: what an undo puts back")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]


class AppointmentLetter(models.Model):
    """A letter about an appointment at its time went out: once of each kind."""

    KINDS = [
        ("booked", _("booked")),
        ("moved", _("moved")),
        ("cancelled", _("cancelled")),
        ("reminder", _("reminder")),
    ]

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=9, choices=KINDS)
    edition = models.PositiveIntegerField()
    letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "kind", "edition"], name="an_appointment_is_written_about_once"
            ),
        ]
