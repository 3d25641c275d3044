import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from .person import Person


class CautionMarkerQuerySet(models.QuerySet["CautionMarker"]):
    def in_force(self, on: dt.date) -> Self:
        return self.filter(lifted_at=None, expires_on__gte=on).order_by("-placed_at")


class CautionMarker(models.Model):
    """A warning to staff before contact, with its reason, what to do, and the day it ends by itself."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cautions")
    kind = models.CharField(max_length=60)
    reason = models.TextField()
    instruction = models.TextField()
    placed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    expires_on = models.DateField()
    lifted_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.TextField(blank=True)

    objects = CautionMarkerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_caution_marker_has_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | ~Q(lifted_because=""), name="a_lifted_caution_marker_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    def is_in_force(self, on: dt.date) -> bool:
        return self.lifted_at is None and self.expires_on >= on


class CautionReview(models.Model):
    """Somebody looked at a caution marker again and let it stand until another day."""

    marker = models.ForeignKey(CautionMarker, on_delete=models.CASCADE, related_name="reviews")
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    expires_on = models.DateField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_caution_review_says_why")]


class ProtectedAddressQuerySet(models.QuerySet["ProtectedAddress"]):
    def standing(self) -> Self:
        return self.filter(lifted_at=None)


class ProtectedAddress(models.Model):
    """While a row stands, only those who may place cautions see where this person lives."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="protections")
    reason = models.TextField()
    set_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    objects = ProtectedAddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(lifted_at=None), name="an_address_is_protected_once"
            ),
        ]
