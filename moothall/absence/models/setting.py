"""What absence goes by: reasons, who signs fit notes, figures with their sources. Rows with days."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model)


class DatedQuerySet(models.QuerySet[M]):
    def in_force(self, on: dt.date) -> Self:
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class Dated(models.Model):
    """A row that holds from a day until another, with where it comes from."""

    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day")
    source = models.CharField(max_length=300, blank=True)
    source_read_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: dt.date) -> bool:
        return self.from_on <= day and (self.until_on is None or self.until_on >= day)


class Named(models.Model):
    """Something with a name in both languages."""

    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def said(self, field: str, language: str) -> str:
        """A field in that language, or in English where there is no Welsh."""
        return (getattr(self, f"{field}_cy", "") if language == "cy" else "") or str(getattr(self, field))


class Reason(Named, Dated):
    """Why somebody is off sick, as broadly as figures need it."""

    counts = models.BooleanField(
        default=True, help_text="False: left out of triggers unless somebody says so"
    )
    refer_at_once = models.BooleanField(default=False, help_text="Occupational health is asked at once")

    objects = DatedQuerySet["Reason"].as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "from_on"], name="an_absence_reason_begins_once_a_day"),
        ]


class Issuer(Named, Dated):
    """A profession that may sign a fit note, from the day the law let it."""

    objects = DatedQuerySet["Issuer"].as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "from_on"], name="an_issuer_begins_once_a_day"),
        ]


class FigureQuerySet(DatedQuerySet["Figure"]):
    def on(self, day: dt.date, *, workforce: str = "") -> "Figures":
        """Every figure in force on that day: that of the workforce before that of all."""
        rows = self.in_force(day).filter(workforce__in=["", workforce]).order_by("workforce", "from_on", "id")
        return Figures(rows)


class Figure(Dated):
    """One number absence goes by, such as the days somebody certifies for themself."""

    key = models.SlugField(max_length=60)
    value = models.DecimalField(max_digits=8, decimal_places=2, null=True, help_text="Empty: not confirmed")
    workforce = models.CharField(max_length=14, blank=True, help_text="Empty: everybody")
    note = models.CharField(max_length=300, blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["key", "workforce", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "workforce", "from_on"], name="a_figure_of_absence_begins_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_figure_of_absence_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


WITHOUT = {
    "self_days": 7,
    "warn_days": 5,
    "overdue_days": 2,
    "note_months": 3,
    "note_months_within": 6,
    "interview_days": 3,
    "refer_by_day": 14,
    "review_on_day": 28,
    "accident_days": 7,
    "phased_weeks": 4,
    "pay_warning_days": 28,
    "write_by_clock": 1,
}


class Figures:
    """The numbers of one day. What no row says is what `absence.yaml` ships."""

    def __init__(self, rows: Iterable[Figure]) -> None:
        self._found: dict[str, Decimal] = {row.key: row.value for row in rows if row.value is not None}

    def whole(self, key: str) -> int:
        return int(self._found.get(key, WITHOUT[key]))


class Question(Named, Dated):
    """What is asked when somebody is back."""

    name = models.CharField(max_length=300)
    name_cy = models.CharField(max_length=300, blank=True)
    hint = models.CharField(max_length=300, blank=True)
    hint_cy = models.CharField(max_length=300, blank=True)
    is_needed = models.BooleanField(default=False)

    objects = DatedQuerySet["Question"].as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "from_on"], name="a_question_begins_once_a_day"),
        ]


class ContactStage(Dated):
    """From which day of an absence somebody is in touch, and how often."""

    from_day = models.PositiveSmallIntegerField(help_text="The first day of absence is 1")
    every_days = models.PositiveSmallIntegerField()

    objects = DatedQuerySet["ContactStage"].as_manager()

    class Meta:
        ordering = ["from_day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_day", "from_on"], name="a_stage_of_contact_begins_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(from_day__gte=1, every_days__gte=1), name="contact_is_on_a_day_and_again"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_day}/{self.every_days}"


class TriggerRule(Named, Dated):
    """A line that, when absence crosses it, is put before the manager."""

    KINDS = [
        ("BRADFORD", _("Bradford factor")),
        ("SPELLS", _("Number of absences")),
        ("DAYS", _("Days lost")),
        ("LONG_TERM", _("Days without a break")),
    ]

    kind = models.CharField(max_length=9, choices=KINDS)
    threshold = models.DecimalField(max_digits=7, decimal_places=1)
    weeks = models.PositiveSmallIntegerField(default=0)
    months = models.PositiveSmallIntegerField(default=0)
    advice = models.CharField(max_length=300, blank=True)
    advice_cy = models.CharField(max_length=300, blank=True)
    workforce = models.CharField(max_length=14, blank=True, help_text="Empty: everybody")

    objects = DatedQuerySet["TriggerRule"].as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "from_on"], name="a_trigger_begins_once_a_day"),
            models.CheckConstraint(condition=Q(threshold__gt=0), name="a_trigger_is_above_nothing"),
        ]
