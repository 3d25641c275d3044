"""Resources taken together for a time, and the one table in which nothing is taken twice."""

import datetime as dt
import uuid
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .named import NamedInTwo
from .resource import Resource


class Layout(NamedInTwo):
    """How a room is set out: in rows, around one table, in a horseshoe."""

    class Meta:
        ordering = ["name", "id"]


class Refreshment(NamedInTwo):
    """Something to eat or drink that can be asked for, and what one costs."""

    price = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="a_refreshment_costs_nothing_or_more"),
        ]


class ReservationSeries(models.Model):
    """Reservations that repeat: made in one go, and cancelled in one go from a day on."""

    every_days = models.PositiveSmallIntegerField(help_text="1 daily, 7 weekly, 14 fortnightly")
    missed = models.JSONField(default=list, help_text="What could not be had, why, and what was free instead")
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(every_days__gte=1), name="a_series_goes_on"),
        ]


class ReservationQuerySet(models.QuerySet["Reservation"]):
    def visible_to(self, account: Account) -> Self:
        """All of whoever books; those that are private are their maker's and of whoever sets up."""
        if not account.may("bookings.book"):
            return self.none()
        if account.may("bookings.manage"):
            return self
        return self.filter(Q(is_private=False) | Q(made_by=account))

    def standing(self) -> Self:
        return self.exclude(state=Reservation.CANCELLED)

    def between(self, begins: dt.datetime, ends: dt.datetime) -> Self:
        return self.filter(starts_at__lt=ends, ends_at__gt=begins)

    def overdue(self, at: dt.datetime) -> Self:
        """Holds whose time to decide is over."""
        return self.filter(state=Reservation.HELD, held_until__lte=at).order_by("held_until", "id")

    def about(self, kind: str, *ids: int) -> Self:
        """Those made for records of a floor above, such as a session of a course."""
        return self.filter(about_kind=kind, about_id__in=ids).order_by("starts_at", "id")


class Reservation(models.Model):
    """Rooms, people and things taken together for a time; they move together, or not at all."""

    HELD, ASKED, CONFIRMED, CANCELLED = "HELD", "ASKED", "CONFIRMED", "CANCELLED"
    STATES = [
        (HELD, _("Held")),
        (ASKED, _("Waits for approval")),
        (CONFIRMED, _("Booked")),
        (CANCELLED, _("Cancelled")),
    ]

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=200)
    is_private = models.BooleanField(default=False, help_text="Others see that it is taken, and not for what")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    setup_minutes = models.PositiveSmallIntegerField(default=0)
    cleardown_minutes = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=9, choices=STATES, default=CONFIRMED)
    state_since = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=1)
    people = models.PositiveSmallIntegerField(default=0, help_text="How many are expected; 0 is not known")
    note = models.CharField(max_length=500, blank=True)
    layout = models.ForeignKey(Layout, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recharge_to = models.CharField(max_length=40, blank=True, help_text="The cost code that pays")
    series = models.ForeignKey(
        ReservationSeries, null=True, on_delete=models.PROTECT, related_name="reservations"
    )
    about_kind = models.CharField(max_length=100, blank=True)
    about_id = models.BigIntegerField(null=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="reservations")
    made_at = models.DateTimeField()

    objects = ReservationQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="reservation_by_start"),
            models.Index(fields=["made_by", "starts_at"], name="reservation_by_maker"),
            models.Index(fields=["about_kind", "about_id"], name="reservation_by_subject"),
            models.Index(fields=["held_until"], condition=Q(state="HELD"), name="reservation_held"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_reservation_ends_later"),
            models.CheckConstraint(condition=~Q(title=""), name="a_reservation_says_what_for"),
            models.CheckConstraint(
                condition=~Q(state="HELD") | Q(held_until__isnull=False), name="a_hold_ends_by_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_standing(self) -> bool:
        return self.state != self.CANCELLED


class TakingQuerySet(models.QuerySet["Taking"]):
    def standing(self) -> Self:
        return self.filter(stands=True)

    def between(self, begins: dt.datetime, ends: dt.datetime) -> Self:
        """What keeps a resource from being taken at any moment between the two."""
        return self.standing().filter(blocked__overlap=(begins, ends))


class Taking(models.Model):
    """One resource is taken for a while, by a reservation or an appointment; a second is not let in.

    For an appointment only its number stands here, with no way to it: that a room is taken is for everybody
    to know, by whom is not. Those rows are kept by the database itself, whatever writes the appointment.
    """

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="takings")
    reservation = models.ForeignKey(Reservation, null=True, on_delete=models.CASCADE, related_name="takings")
    appointment_number = models.BigIntegerField(null=True)
    shown = DateTimeRangeField(help_text="As it was asked for")
    blocked = DateTimeRangeField(help_text="With the time to set up before and to clear down after")
    asked_for = models.BooleanField(
        default=True, help_text="Not only because it is a part of something asked for"
    )
    rate = models.DecimalField(
        max_digits=12, decimal_places=2, default=0, db_default=0, help_text="As it was when it was taken"
    )
    stands = models.BooleanField(default=True, help_text="Held, asked for or booked: nobody else may have it")

    objects = TakingQuerySet.as_manager()

    class Meta:
        ordering = ["resource_id", "id"]
        indexes = [
            models.Index(
                fields=["appointment_number"],
                condition=Q(appointment_number__isnull=False),
                name="taking_by_appointment",
            ),
            GistIndex(fields=["blocked"], condition=Q(stands=True), name="taking_by_time"),
        ]
        constraints = [
            ExclusionConstraint(
                name="a_resource_is_taken_once_at_a_time",
                expressions=[("resource", RangeOperators.EQUAL), ("blocked", RangeOperators.OVERLAPS)],
                condition=Q(stands=True),
            ),
            models.CheckConstraint(
                condition=Q(reservation__isnull=False, appointment_number=None)
                | Q(reservation=None, appointment_number__isnull=False),
                name="a_taking_is_for_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(shown__isempty=False, blocked__contains=F("shown")), name="what_is_shown_is_taken"
            ),
        ]


class ReservationEvent(models.Model):
    """What happened to a reservation, in order, and how it stood before."""

    KINDS = [
        ("made", _("made")),
        ("confirmed", _("confirmed")),
        ("moved", _("moved")),
        ("changed", _("changed")),
        ("cancelled", _("cancelled")),
        ("expired", _("hold ran out")),
        ("agreed", _("agreed to")),
        ("refused", _("not agreed to")),
    ]

    reservation = models.ForeignKey(Reservation, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=9, choices=KINDS)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]


class RefreshmentLine(models.Model):
    """So many of something are wanted, at the price of that day."""

    reservation = models.ForeignKey(Reservation, on_delete=models.CASCADE, related_name="refreshments")
    refreshment = models.ForeignKey(Refreshment, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    price = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["refreshment__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reservation", "refreshment"], name="a_refreshment_is_asked_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="one_refreshment_or_more"),
        ]


class Attendee(models.Model):
    """Somebody who is invited, and has the time in their calendar by mail."""

    reservation = models.ForeignKey(Reservation, on_delete=models.CASCADE, related_name="attendees")
    email = models.EmailField(max_length=250)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    told_edition = models.PositiveIntegerField(
        default=0, help_text="The edition last written about; 0 is none"
    )

    class Meta:
        ordering = ["email", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reservation", "email"], name="an_attendee_is_invited_once"),
        ]


class WishQuerySet(models.QuerySet["Wish"]):
    def waiting(self) -> Self:
        """In the order in which they began to wait."""
        return self.filter(settled_at=None, offered=None).order_by("made_at", "id")


class Wish(models.Model):
    """Somebody waits for a resource that is taken: told why, and offered it for a while once it is free."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="wishes")
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    why = models.TextField(help_text="What stood in the way, in words")
    made_by = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    offered = models.OneToOneField(
        Reservation, null=True, on_delete=models.SET_NULL, related_name="wish", help_text="The hold offered"
    )
    settled_at = models.DateTimeField(null=True, help_text="Withdrawn, or its time has passed")

    objects = WishQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["resource", "made_at"], condition=Q(settled_at=None), name="wish_waiting"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_wish_ends_later"),
        ]
