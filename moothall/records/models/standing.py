"""The office stands still: nothing is sent, fetched or run by the clock."""

from typing import Self

from django.db import models
from django.db.models import Q


class StandstillQuerySet(models.QuerySet["Standstill"]):
    def standing(self) -> Self:
        return self.filter(ended_at=None).order_by("id")


class Standstill(models.Model):
    """From when nothing goes out, why, and who said that it may again."""

    began_at = models.DateTimeField()
    because = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True, default="")

    objects = StandstillQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | (Q(ended_by__isnull=False) & ~Q(ended_because="")),
                name="whoever_ends_a_standstill_says_why",
            ),
        ]
