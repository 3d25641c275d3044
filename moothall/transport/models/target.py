"""What transport was worth: the runs that went, months counted, and what the service plan asks for."""

from typing import Final, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .centre import Centre
from .contractor import Contractor
from .dated import Dated, DatedQuerySet, ends_later, once_at_a_time
from .journey import DIRECTIONS
from .plan import Run

PLAIN, ESCORTED, ONE_TO_ONE, CHAIR = "PLAIN", "ESCORTED", "ONE", "CHAIR"
KINDS = [
    (PLAIN, _("Without an escort")), (ESCORTED, _("With a shared escort")),
    (ONE_TO_ONE, _("With an escort of their own")), (CHAIR, _("Staying in a wheelchair")),
]  # fmt: skip


class CountedMonth(models.Model):
    """A month whose journeys and runs were counted, and when."""

    month = models.DateField(unique=True, help_text="Its first day")
    until_on = models.DateField(help_text="The last day that was counted")
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["-month"]


class RunGoneQuerySet(models.QuerySet["RunGone"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()


class RunGone(models.Model):
    """A run or a contractor's job, on one day and in one direction, with which somebody travelled."""

    counted = models.ForeignKey(CountedMonth, on_delete=models.CASCADE, related_name="runs")
    day = models.DateField()
    direction = models.CharField(max_length=4, choices=DIRECTIONS)
    called = models.CharField(max_length=40)
    run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="+")
    contractor = models.ForeignKey(Contractor, null=True, on_delete=models.PROTECT, related_name="+")
    ours = models.BooleanField(help_text="With our own fleet")
    carried = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField(null=True, help_text="Seats and bays, as it was fitted")
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    metres = models.PositiveIntegerField(null=True)
    over = models.PositiveSmallIntegerField(default=0, help_text="Rides longer than recommended")
    recorded = models.PositiveSmallIntegerField(default=0, help_text="Passengers whose arrival was recorded")
    late = models.PositiveSmallIntegerField(default=0, help_text="Of those, there after the bell")
    centres = ArrayField(models.BigIntegerField(), default=list)
    kinds = ArrayField(models.CharField(max_length=8), default=list)

    objects = RunGoneQuerySet.as_manager()

    class Meta:
        ordering = ["day", "id"]
        indexes = [
            models.Index(fields=["day", "id"], name="run_gone_by_day"),
            models.Index(fields=["cost", "id"], name="run_gone_by_cost"),
        ]

    def __str__(self) -> str:
        return self.called


class MonthValueQuerySet(models.QuerySet["MonthValue"]):
    def summed(self, *by: str) -> list[dict[str, object]]:
        """All that can be added up, for each of these."""
        sums = {name: Sum(name) for name in MonthValue.SUMS}
        return list(self.order_by().values(*by).annotate(**{f"all_{k}": v for k, v in sums.items()}))


class MonthValue(models.Model):
    """What one month came to for a centre, with our own fleet or one contractor, for a kind of passenger.

    A run that serves several is divided by how many of each travel, so that the rows add up to the whole.
    """

    FLEET, FIRM, NOBODY = "FLEET", "FIRM", "NOBODY"
    WAYS = [
        (FLEET, _("Our own fleet")), (FIRM, _("Contractors")), (NOBODY, _("Not taken by us")),
    ]  # fmt: skip
    SUMS: Final = (
        "due", "carried", "cancelled", "unresolved", "heads", "cost", "costed", "runs", "costed_runs",
        "metres", "metres_cost", "seats", "seated", "rides", "ride_seconds", "over", "places", "manned",
        "recorded", "on_time",
    )  # fmt: skip

    counted = models.ForeignKey(CountedMonth, on_delete=models.CASCADE, related_name="values")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=6, choices=WAYS)
    contractor = models.ForeignKey(Contractor, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=KINDS)
    due = models.PositiveIntegerField(default=0, help_text="Journeys that the timetable asked for")
    carried = models.PositiveIntegerField(default=0)
    cancelled = models.PositiveIntegerField(default=0)
    unresolved = models.PositiveIntegerField(default=0)
    heads = models.PositiveIntegerField(default=0, help_text="People taken, each counted once a month")
    cost = models.DecimalField(max_digits=16, decimal_places=6, default=0)
    costed = models.PositiveIntegerField(default=0, help_text="Journeys whose cost is known")
    runs = models.DecimalField(max_digits=16, decimal_places=6, default=0)
    costed_runs = models.DecimalField(max_digits=16, decimal_places=6, default=0)
    metres = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    metres_cost = models.DecimalField(max_digits=16, decimal_places=6, default=0)
    seats = models.DecimalField(max_digits=16, decimal_places=6, default=0)
    seated = models.PositiveIntegerField(default=0, help_text="Journeys on vehicles whose seats are known")
    rides = models.PositiveIntegerField(default=0, help_text="Journeys whose time aboard is known")
    ride_seconds = models.PositiveBigIntegerField(default=0)
    over = models.PositiveIntegerField(default=0)
    places = models.DecimalField(max_digits=16, decimal_places=6, default=0, help_text="Drivers and escorts")
    manned = models.DecimalField(max_digits=16, decimal_places=6, default=0)
    recorded = models.PositiveIntegerField(default=0, help_text="Journeys whose arrival was recorded")
    on_time = models.PositiveIntegerField(default=0, help_text="Of those, there by the bell")

    objects = MonthValueQuerySet.as_manager()

    class Meta:
        ordering = ["counted", "id"]


class TargetQuerySet(DatedQuerySet["Target"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()


class Target(Dated):
    """What the service plan asks of a figure, from a day on: met, nearly met up to `amber`, or missed."""

    FIGURES = [
        ("cost_passenger", _("Cost of a passenger’s journey")),
        ("cost_head", _("Cost of a passenger a month")),
        ("cost_run", _("Cost of a run")), ("cost_mile", _("Cost of a mile")),
        ("seat_use", _("Seats that are used")), ("over", _("Rides longer than recommended")),
        ("ride", _("Time aboard")), ("on_time", _("On time")), ("unresolved", _("Journeys unresolved")),
        ("cancelled", _("Journeys cancelled")), ("manned", _("Places of crews that somebody had")),
    ]  # fmt: skip

    figure = models.CharField(max_length=16, choices=FIGURES)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    amber = models.DecimalField(max_digits=12, decimal_places=2, help_text="Nearly met up to here")
    owner = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=300)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["figure", "-from_on", "-id"]
        constraints = [
            ends_later("a_target_ends_after_it_begins"),
            once_at_a_time("a_figure_has_one_target_at_a_time", "figure"),
            models.CheckConstraint(condition=~Q(source=""), name="a_target_has_a_source"),
        ]

    def __str__(self) -> str:
        return str(self.get_figure_display())
