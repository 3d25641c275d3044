"""The kinds in which bedrooms are sold, one above the other."""

from django.db import models
from django.db.models import Q

from .named import NamedInTwo


class BedKind(NamedInTwo):
    """What is sold: whoever is sold a lower level may be given a room of a higher."""

    level = models.PositiveSmallIntegerField(unique=True)
    rate = models.DecimalField(max_digits=12, decimal_places=2, default=0, help_text="What a night costs")

    class Meta:
        ordering = ["level"]
        constraints = [
            models.CheckConstraint(condition=Q(level__lte=9), name="kinds_of_bed_are_at_most_ten"),
            models.CheckConstraint(condition=Q(rate__gte=0), name="a_night_costs_nothing_or_more"),
        ]
