"""Why something was decided, in words of an edition that held on the day."""

import datetime as dt
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

R = TypeVar("R", bound="Reason")


class ReasonQuerySet(models.QuerySet[R]):
    def in_force(self, on: dt.date) -> Self:
        dated = self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)
        return dated.order_by("place", "id")


class Reason(models.Model):
    """A row of a list of reasons: a new wording is a new row, from its own day."""

    key = models.SlugField(max_length=30)
    place = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=200)
    name_cy = models.CharField(max_length=200)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name
