"""The kinds in which bedrooms are sold, one above the other."""

from typing import Self

from django.db import models
from django.db.models import Q

from .named import NamedInTwo


class BedKindQuerySet(models.QuerySet["BedKind"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)

    def offered(self, also: int | None = None) -> Self:
        """Those that are sold, and one that somebody has already."""
        return self.filter(Q(retired_at=None) | Q(pk=also)) if also else self.in_use()


class BedKind(NamedInTwo):
    """What is sold: whoever is sold a lower level may be given a room of a higher."""

    level = models.PositiveSmallIntegerField(unique=True)
    rate = models.DecimalField(max_digits=12, decimal_places=2, default=0, help_text="What a night costs")
    retired_at = models.DateTimeField(null=True, blank=True, help_text="Sold no more")

    objects = BedKindQuerySet.as_manager()

    class Meta:
        ordering = ["level"]
        constraints = [
            models.CheckConstraint(condition=Q(level__lte=9), name="kinds_of_bed_are_at_most_ten"),
            models.CheckConstraint(condition=Q(rate__gte=0), name="a_night_costs_nothing_or_more"),
        ]
