"""Somebody who travels with us, and what they need on the way."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account, Person

from .dated import Dated, DatedQuerySet, ends_later, once_at_a_time

NATIONS = [("ENG", _("England")), ("WLS", _("Wales"))]


def manages(account: Account) -> bool:
    """Whether this account decides who is entitled, sees emergency contacts, and keeps centres and rates:
    somebody who works with transport and manages its cases."""
    return account.may("transport.use") and account.may("cases.manage")


class PassengerQuerySet(models.QuerySet["Passenger"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()

    def travelling(self, on: dt.date) -> Self:
        """Those who have not left."""
        return self.filter(Q(left_on=None) | Q(left_on__gte=on))


class Passenger(models.Model):
    """A person whom we take somewhere, or help to get there."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="passenger")
    nation = models.CharField(max_length=3, choices=NATIONS, default="ENG")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    left_on = models.DateField(null=True, blank=True, help_text="The last day on which they travel")
    left_because = models.CharField(max_length=200, blank=True)

    objects = PassengerQuerySet.as_manager()

    class Meta:
        ordering = ["person__family_name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on=None) | ~Q(left_because=""), name="a_passenger_who_left_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.person.full_name


class Needs(Dated):
    """What a passenger needs on the way, from a day on. A change is a new row."""

    WALKS, FOLDS, MANUAL, POWERED = "WALKS", "FOLDS", "MANUAL", "POWERED"
    WHEELCHAIRS = [
        (WALKS, _("No wheelchair")), (FOLDS, _("Moves to a seat; the chair is folded")),
        (MANUAL, _("Stays in a manual chair")), (POWERED, _("Stays in a powered chair")),
    ]  # fmt: skip
    STAYS_IN = (MANUAL, POWERED)
    NO_RESTRAINT, BOOSTER, CHILD_SEAT, HARNESS, FIVE_POINT = (
        "NONE", "BOOSTER", "CHILD_SEAT", "HARNESS", "FIVE_POINT",
    )  # fmt: skip
    RESTRAINTS = [
        (NO_RESTRAINT, _("Seat belt only")), (BOOSTER, _("Booster seat")), (CHILD_SEAT, _("Child seat")),
        (HARNESS, _("Harness")), (FIVE_POINT, _("Five-point harness")),
    ]  # fmt: skip
    NO_ESCORT, SHARED, OWN = "NONE", "SHARED", "OWN"
    ESCORTS = [(NO_ESCORT, _("None")), (SHARED, _("One for several passengers")), (OWN, _("One to one"))]

    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="needs")
    wheelchair = models.CharField(max_length=7, choices=WHEELCHAIRS, default=WALKS)
    wheelchair_kg = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Chair and person")
    seats = models.PositiveSmallIntegerField(default=1)
    restraint = models.CharField(max_length=10, choices=RESTRAINTS, default=NO_RESTRAINT)
    escort = models.CharField(max_length=6, choices=ESCORTS, default=NO_ESCORT)
    travels_alone = models.BooleanField(default=False, help_text="No other passenger on the vehicle")
    medication = models.CharField(max_length=500, blank=True)
    communication = models.CharField(max_length=500, blank=True)
    triggers = models.CharField(max_length=500, blank=True, help_text="What upsets them, and what helps")
    most_minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Longest ride")
    most_minutes_because = models.CharField(max_length=200, blank=True)

    objects = DatedQuerySet["Needs"].as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            ends_later("needs_end_after_they_begin"),
            once_at_a_time("a_passenger_has_one_set_of_needs_at_a_time", "passenger"),
            models.CheckConstraint(
                condition=~Q(wheelchair__in=("MANUAL", "POWERED")) | Q(wheelchair_kg__isnull=False),
                name="a_wheelchair_that_is_sat_in_has_a_weight",
            ),
            models.CheckConstraint(
                condition=Q(most_minutes=None) | ~Q(most_minutes_because=""),
                name="a_longest_ride_of_their_own_says_why",
            ),
            models.CheckConstraint(condition=Q(seats__lte=4), name="a_passenger_takes_four_seats_at_most"),
        ]

    def __str__(self) -> str:
        return str(dict(self.WHEELCHAIRS)[self.wheelchair])
