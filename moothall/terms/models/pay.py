"""Where somebody stands on a pay scale, what each point is worth on a day, and the steps up it."""

import datetime as dt
from decimal import Decimal
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.workforce.models import Employment
from moothall.workforce.progress import PERFORMANCE, WARNING


class PayScale(models.Model):
    """Points one above the other, and when people go up a point."""

    ANNIVERSARY, APRIL = "ANNIVERSARY", "APRIL"
    WHEN = [(ANNIVERSARY, _("A year after they came to the point")), (APRIL, _("On 1 April"))]

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    increments = models.CharField(max_length=11, choices=WHEN, default=ANNIVERSARY)
    least_months = models.PositiveSmallIntegerField(default=0, help_text="In a point before the next")
    asks_performance = models.BooleanField(default=False)
    heeds_warnings = models.BooleanField(default=True, help_text="A live warning stands against an increment")
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name

    @property
    def heeds(self) -> tuple[str, ...]:
        """The kinds of word that count on this scale."""
        performance = (PERFORMANCE,) if self.asks_performance else ()
        return (*performance, WARNING) if self.heeds_warnings else performance


class PayPoint(models.Model):
    """One point of a scale, from the lowest up."""

    scale = models.ForeignKey(PayScale, on_delete=models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["scale", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "position"], name="a_scale_has_a_point_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PayPointRate(models.Model):
    """What a point is worth a year, whole time, from a day until the next rate. Only a confirmed one is shown
    as what somebody is paid."""

    point = models.ForeignKey(PayPoint, on_delete=models.PROTECT, related_name="rates")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    from_on = models.DateField()
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["point", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["point", "from_on"], name="a_point_has_a_rate_once_a_day"),
            models.CheckConstraint(condition=Q(amount__gt=Decimal(0)), name="a_rate_is_more_than_nothing"),
            models.CheckConstraint(condition=~Q(source=""), name="a_rate_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.amount}"


class PlacementQuerySet(models.QuerySet["Placement"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def in_force(self, on: dt.date) -> Self:
        return self.standing().filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class Placement(models.Model):
    """Somebody stands on a point, from a day until another. It is never overwritten: what changes begins a
    new row, and a row that was wrong is withdrawn."""

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="placements")
    point = models.ForeignKey(PayPoint, on_delete=models.PROTECT, related_name="placements")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day")
    because = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_placement_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="one_placement_at_a_time",
                expressions=[
                    ("employment", RangeOperators.EQUAL),
                    (
                        Func(
                            "from_on", "until_on", Value("[]"), function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(withdrawn_at=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.point}"


class IncrementRunQuerySet(models.QuerySet["IncrementRun"]):
    def visible_to(self, account: Account) -> Self:
        """Runs are about the pay of everybody: for whoever may see what is private everywhere."""
        return self if account.standing().everywhere_for("workforce.private") else self.none()


class IncrementRun(models.Model):
    """Everybody who comes to an increment between two days, looked at together."""

    first_on = models.DateField()
    last_on = models.DateField()
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, null=True, on_delete=models.SET_NULL, related_name="increment_run")

    objects = IncrementRunQuerySet.as_manager()

    class Meta:
        ordering = ["-last_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="a_run_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_on} – {self.last_on}"


class Increment(models.Model):
    """Somebody comes to an increment on a day, once, whichever run finds it."""

    DUE, WAITS, AWARDED, WITHHELD, AT_TOP = "DUE", "WAITS", "AWARDED", "WITHHELD", "AT_TOP"
    STATES = [
        (DUE, _("To be awarded")), (WAITS, _("Waits for a word on performance")), (AWARDED, _("Awarded")),
        (WITHHELD, _("Withheld")), (AT_TOP, _("At the top of the scale")),
    ]  # fmt: skip
    OPEN = (DUE, WAITS)

    run = models.ForeignKey(IncrementRun, on_delete=models.CASCADE, related_name="increments")
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="increments")
    due_on = models.DateField()
    from_point = models.ForeignKey(PayPoint, on_delete=models.PROTECT, related_name="+")
    to_point = models.ForeignKey(PayPoint, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=STATES, default=DUE)
    against = models.CharField(max_length=300, blank=True, help_text="What stands against it, as last found")
    against_cy = models.CharField(max_length=300, blank=True)
    because = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    placement = models.OneToOneField(Placement, null=True, on_delete=models.PROTECT, related_name="increment")
    written_at = models.DateTimeField(null=True, blank=True, help_text="When the letter about it was written")
    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["run", "state", "id"], name="increment_of_run")]
        constraints = [
            models.UniqueConstraint(fields=["employment", "due_on"], name="an_increment_comes_once_a_day"),
            models.CheckConstraint(
                condition=Q(to_point__isnull=False) | Q(state="AT_TOP"), name="an_increment_leads_to_a_point"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employment.person} {self.due_on}"

    def against_in(self, language: str) -> str:
        return (self.against_cy if language == "cy" else "") or self.against
