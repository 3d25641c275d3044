"""When somebody is to work: a cycle of days, each with its hours, that begins anew when it is over."""

import datetime as dt
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class WorkPattern(models.Model):
    """So many days, each with the hours to be worked on it: a week, a fortnight, 2-2-2-4 shifts."""

    WEEKLY, SHIFTS, TERM_TIME, ANNUAL = "WEEKLY", "SHIFTS", "TERM_TIME", "ANNUAL"
    KINDS = [
        (WEEKLY, _("Weekly")), (SHIFTS, _("Shifts")), (TERM_TIME, _("Term time")),
        (ANNUAL, _("Hours over the year")),
    ]  # fmt: skip

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=9, choices=KINDS, default=WEEKLY)
    hours = ArrayField(
        models.DecimalField(max_digits=4, decimal_places=2), help_text="Of each day of one cycle"
    )
    weeks_a_year = models.DecimalField(
        max_digits=4, decimal_places=2, null=True, blank=True, help_text="Where fewer than all are worked"
    )
    not_worked = ArrayField(
        DateRangeField(),
        default=list,
        blank=True,
        help_text="School holidays, for example",
    )
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(hours__len__gte=1), name="a_pattern_has_a_day_at_least"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name

    def hours_on(self, day: dt.date, *, begun: dt.date) -> Decimal:
        """The hours of that day, for somebody whose cycle begins on `begun`: before it, it ran as well."""
        if any(day in each for each in self.not_worked):
            return Decimal(0)
        return Decimal(self.hours[(day - begun).days % len(self.hours)])

    @property
    def weekly_hours(self) -> Decimal:
        """The average over a cycle, rounded to hundredths of an hour."""
        return (Decimal(sum(self.hours)) * 7 / len(self.hours)).quantize(Decimal("0.01"))
