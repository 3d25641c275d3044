"""What the front desk keeps: visitors, keys, and messages for people."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from moothall.people.models import Account, Place

from .resource import Resource
from .stay import Stay


class VisitorQuerySet(models.QuerySet["Visitor"]):
    def of_day(self, place: Place | None, begins: dt.datetime, ends: dt.datetime) -> Self:
        """Those expected then, and those who came before and have not left."""
        here = Q(arrived_at__isnull=False, left_at=None, expected_at__lt=ends)
        found = self.filter(Q(expected_at__gte=begins, expected_at__lt=ends) | here, place=place)
        return found.select_related("host").order_by("expected_at", "id")


class Visitor(models.Model):
    """Somebody who comes to see somebody: expected, here, gone, or did not come."""

    name = models.CharField(max_length=160)
    organisation = models.CharField(max_length=160, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    expected_at = models.DateTimeField()
    needs = models.CharField(max_length=300, blank=True, help_text="Such as a parking space, or no stairs")
    pass_number = models.CharField(max_length=20, blank=True)
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = VisitorQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["place", "expected_at"], name="visitor_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(arrived_at__isnull=False, left_at__gte=F("arrived_at")),
                name="who_leaves_has_come",
            ),
            models.CheckConstraint(
                condition=Q(missed_at=None) | Q(arrived_at=None), name="who_came_did_not_stay_away"
            ),
        ]


class KeyLoan(models.Model):
    """A key or card is out with somebody, and comes back, or is lost."""

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="key_loans")
    to_whom = models.CharField(max_length=160)
    stay = models.ForeignKey(Stay, null=True, on_delete=models.SET_NULL, related_name="key_loans")
    out_at = models.DateTimeField()
    out_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    back_at = models.DateTimeField(null=True)
    back_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    is_lost = models.BooleanField(default=False)

    class Meta:
        ordering = ["out_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource"], condition=Q(back_at=None), name="a_key_is_out_with_one_person"
            ),
        ]


class DeskMessage(models.Model):
    """A few words left at the desk for somebody, until they have them."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    for_whom = models.CharField(max_length=160)
    words = models.CharField(max_length=500)
    left_at = models.DateTimeField()
    left_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["left_at", "id"]
