"""What leave there is and by which house rules: kinds, leave years, and how many have to be left."""

import datetime as dt
from decimal import Decimal
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account, Organisation, Post
from moothall.workforce.models import Employment


class LeaveKindQuerySet(models.QuerySet["LeaveKind"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None).order_by("order", "name", "id")


class LeaveKind(models.Model):
    """A kind of leave, and what it is taken from."""

    ANNUAL, BANK_HOLIDAY, TOIL, NOTHING = "ANNUAL", "BANK_HOLIDAY", "TOIL", "NOTHING"
    COUNTS = [
        (ANNUAL, _("Annual leave")),
        (BANK_HOLIDAY, _("Bank holidays")),
        (TOIL, _("Time off in lieu")),
        (NOTHING, _("No allowance")),
    ]

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_cy = models.CharField(max_length=80, blank=True)
    counts = models.CharField(
        max_length=12, choices=COUNTS, default=NOTHING, help_text="What it is taken from"
    )
    is_paid = models.BooleanField(default=True)
    needs_note = models.BooleanField(default=False, help_text="Whoever asks says what for")
    most_weeks = models.DecimalField(
        max_digits=4, decimal_places=2, null=True, blank=True, help_text="In any twelve months"
    )
    payroll_code = models.CharField(max_length=12, blank=True)
    order = models.PositiveSmallIntegerField(default=50)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = LeaveKindQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class LeaveScheme(models.Model):
    """House rules for one workforce: when its leave year begins, a full day, and how hours are rounded."""

    workforce = models.CharField(max_length=14, choices=Employment.WORKFORCES, unique=True)
    month = models.PositiveSmallIntegerField(default=4)
    day = models.PositiveSmallIntegerField(default=1)
    full_day_hours = models.DecimalField(max_digits=4, decimal_places=2, default=Decimal("7.40"))
    rounding = models.CharField(max_length=20, default="hundredth")
    notice_times = models.DecimalField(
        max_digits=3,
        decimal_places=1,
        default=Decimal(2),
        help_text="Asked for so many times its length ahead",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12, day__gte=1, day__lte=28),
                name="a_leave_year_begins_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.workforce

    def year_of(self, on: dt.date) -> tuple[dt.date, dt.date]:
        """The leave year in which that day lies: its first and its last day."""
        begins = dt.date(on.year, self.month, self.day)
        year = on.year if begins <= on else on.year - 1
        last = dt.date(year + 1, self.month, self.day) - dt.timedelta(days=1)
        return dt.date(year, self.month, self.day), last


class CoverRuleQuerySet(models.QuerySet["CoverRule"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Those that hold on some day between the two."""
        return self.standing().filter(Q(until_on=None) | Q(until_on__gte=first), from_on__lte=last)


class CoverRule(models.Model):
    """So many people of a unit, or of one post in it, are at work on these days, whoever is on leave."""

    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cover_rules")
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="cover_rules"
    )
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        blank=True,
        help_text="Monday is 0; empty: every day",
    )
    least = models.PositiveSmallIntegerField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Of those who are to work that day"
    )
    why = models.CharField(max_length=200, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day")
    entered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = CoverRuleQuerySet.as_manager()

    class Meta:
        ordering = ["unit__name", "from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least__isnull=False, percent=None) | Q(least=None, percent__isnull=False),
                name="cover_is_a_number_or_a_share",
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gte=1, percent__lte=100),
                name="a_share_is_of_a_hundred",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="cover_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.from_on}"

    def holds_on(self, day: dt.date) -> bool:
        within = self.from_on <= day and (self.until_on is None or day <= self.until_on)
        return within and (not self.weekdays or day.weekday() in self.weekdays)

    def needed(self, at_work: int) -> int:
        """How many have to be left of so many who are to work; a share of a person is a person."""
        return self.least if self.least is not None else -(-at_work * (self.percent or 0) // 100)


class DeputyQuerySet(models.QuerySet["LeaveDeputy"]):
    def in_force(self, on: dt.date) -> Self:
        return self.filter(withdrawn_at=None, from_on__lte=on, until_on__gte=on)


class LeaveDeputy(models.Model):
    """Somebody decides on leave in place of a manager, between two days."""

    manager = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="leave_deputies")
    deputy = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="deputises_for")
    from_on = models.DateField()
    until_on = models.DateField()
    named_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["deputy", "until_on"], name="leave_deputy_of_account")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="a_deputy_ends_after_beginning"
            ),
            models.CheckConstraint(condition=~Q(manager=F("deputy")), name="nobody_deputises_for_themselves"),
        ]
