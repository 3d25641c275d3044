"""How much rest is due between a duty and a session, and when the parts of a day are: dated, with sources."""

import datetime as dt
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from .ledger import PARTS

DAY_LONG = 24


class RestRule(models.Model):
    """So many hours between the end of a duty and the beginning of a session, and the other way round."""

    hours = models.DecimalField(max_digits=4, decimal_places=2)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True, help_text="None: nobody has confirmed it yet")

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["from_on"], name="rest_changes_once_a_day"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_rule_of_rest_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=DAY_LONG), name="rest_is_part_of_a_day"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_rule_of_rest_has_a_source"),
        ]

    def __str__(self) -> str:
        return self.source


class PartHours(models.Model):
    """From when until when a part of the day is worked; one that ends no later than it begins, until the next
    day."""

    part = models.CharField(max_length=1, choices=PARTS)
    begins = models.TimeField()
    ends = models.TimeField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["part", "-from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "from_on"], name="hours_of_a_part_of_the_day_change_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="hours_of_a_part_end_later"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="hours_of_a_part_have_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.begins:%H:%M}–{self.ends:%H:%M}"

    def as_hours(self) -> tuple[float, float]:
        """In hours after the midnight before it begins."""
        begins, ends = hours_of(self.begins), hours_of(self.ends)
        return begins, ends if ends > begins else ends + DAY_LONG


def hours_of(time: dt.time) -> float:
    return float(Decimal(time.hour * 60 + time.minute) / 60)
