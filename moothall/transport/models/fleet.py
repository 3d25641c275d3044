"""What there is to take passengers: depots, kinds of vehicle with their prices, and each vehicle."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .contractor import Contractor
from .dated import Dated, DatedQuerySet, ends_later


class Depot(models.Model):
    """Where vehicles of our own stand at night."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    closed_on = models.DateField(null=True, blank=True, help_text="The last day it was used")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="a_depot_is_somewhere_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class VehicleKind(models.Model):
    """Vehicles of one build. `layouts` are the ways it can be fitted: seats and wheelchair bays of each."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_cy = models.CharField(max_length=80, blank=True)
    layouts = models.JSONField(help_text="[[seats, wheelchair bays], …]")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(layouts=[]), name="a_kind_of_vehicle_has_a_layout"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class KindPrice(Dated):
    """What a vehicle of a kind costs with its driver, from a day on: our own, or a contractor's."""

    kind = models.ForeignKey(VehicleKind, on_delete=models.PROTECT, related_name="prices")
    contractor = models.ForeignKey(
        Contractor, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    a_run = models.DecimalField(max_digits=12, decimal_places=2, help_text="For going out once")
    an_hour = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    a_mile = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    source = models.CharField(max_length=300)

    objects = DatedQuerySet["KindPrice"].as_manager()

    class Meta:
        ordering = ["kind__name", "-from_on", "-id"]
        constraints = [
            ends_later("a_price_of_vehicles_ends_later"),
            models.CheckConstraint(
                condition=Q(a_run__gte=0, an_hour__gte=0, a_mile__gte=0),
                name="a_price_of_vehicles_is_not_negative",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_price_of_vehicles_has_a_source"),
        ]


class VehicleQuerySet(models.QuerySet["Vehicle"]):
    def there(self, on: dt.date) -> Self:
        """Those that are not sold or handed back."""
        return self.filter(Q(gone_on=None) | Q(gone_on__gte=on)).order_by("kind__name", "registration")

    def on_the_road(self, on: dt.date) -> Self:
        """Those of them that can go out that day."""
        return self.there(on).exclude(pk__in=OffRoad.objects.in_force(on).order_by().values("vehicle"))


class Vehicle(models.Model):
    """One vehicle: our own stands at a depot, any other is a contractor's."""

    DIESEL, PETROL, ELECTRIC, HYBRID = "DIESEL", "PETROL", "ELECTRIC", "HYBRID"
    FUELS = [
        (DIESEL, _("Diesel")), (PETROL, _("Petrol")), (ELECTRIC, _("Electric")), (HYBRID, _("Hybrid")),
    ]  # fmt: skip

    registration = models.CharField(max_length=12, unique=True)
    kind = models.ForeignKey(VehicleKind, on_delete=models.PROTECT, related_name="vehicles")
    depot = models.ForeignKey(Depot, null=True, blank=True, on_delete=models.PROTECT, related_name="vehicles")
    contractor = models.ForeignKey(
        Contractor, null=True, blank=True, on_delete=models.PROTECT, related_name="vehicles"
    )
    fuel = models.CharField(max_length=8, choices=FUELS, default=DIESEL)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    gone_on = models.DateField(null=True, blank=True, help_text="The last day on which we had it")
    gone_because = models.CharField(max_length=200, blank=True)

    objects = VehicleQuerySet.as_manager()

    class Meta:
        ordering = ["registration"]
        constraints = [
            models.CheckConstraint(
                condition=Q(depot=None, contractor__isnull=False) | Q(depot__isnull=False, contractor=None),
                name="a_vehicle_stands_at_a_depot_or_is_a_contractors",
            ),
            models.CheckConstraint(
                condition=Q(gone_on=None) | ~Q(gone_because=""), name="a_vehicle_that_is_gone_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.registration


class OffRoad(Dated):
    """On these days a vehicle does not go out, and why."""

    vehicle = models.ForeignKey(Vehicle, on_delete=models.PROTECT, related_name="off_road")
    because = models.CharField(max_length=200)

    objects = DatedQuerySet["OffRoad"].as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            ends_later("being_off_the_road_ends_later"),
            models.CheckConstraint(condition=~Q(because=""), name="being_off_the_road_has_a_reason"),
        ]


class PlanningFigureQuerySet(models.QuerySet["PlanningFigure"]):
    def on(self, day: dt.date) -> dict[str, float]:
        """What holds on a day, by its key."""
        rows = self.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day).order_by(
            "from_on", "id"
        )
        return {each.key: float(each.amount) for each in rows}


class PlanningFigure(models.Model):
    """A figure that plans of runs keep to, from a day on, and who says so."""

    RIDE_PRIMARY, RIDE, MOVE = "ride-primary", "ride", "move"
    BOARD, BOARD_CHAIR, LATE = "board", "board-chair", "late"
    ESCORT_RUN, ESCORT_HOUR, SLOW, MOST_LATE = "escort-run", "escort-hour", "slow", "most-late"
    TOLD_LATE, NO_SHOWS, NO_SHOW_DAYS, MEND_DAYS = "told-late", "no-shows", "no-show-days", "mend-days"
    KEYS = [
        (RIDE_PRIMARY, _("Longest ride to a primary school, minutes")),
        (RIDE, _("Longest ride to anywhere else, minutes")),
        (MOVE, _("A change of time that families are told of, minutes")),
        (BOARD, _("Getting on or off, seconds")), (BOARD_CHAIR, _("The same in a wheelchair, seconds")),
        (LATE, _("At the school before the bell, minutes")),
        (ESCORT_RUN, _("A passenger escort, for going out once")),
        (ESCORT_HOUR, _("A passenger escort, an hour")),
        (SLOW, _("A slow day takes so many times as long")),
        (MOST_LATE, _("Late on a slow day at most, per cent of passengers")),
        (TOLD_LATE, _("Running late: those ahead are told each so many minutes")),
        (NO_SHOWS, _("Not there so often: it is looked into")),
        (NO_SHOW_DAYS, _("Within so many days")),
        (MEND_DAYS, _("A defect that does not stop a vehicle is mended within so many days")),
    ]  # fmt: skip

    key = models.CharField(max_length=20, choices=KEYS)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)
    confirmed = models.BooleanField(default=False)

    objects = PlanningFigureQuerySet.as_manager()

    class Meta:
        ordering = ["key", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["key", "from_on"], name="a_figure_of_plans_changes_once_a_day"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_figure_of_plans_ends_later",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="a_figure_of_plans_is_not_negative"),
            models.CheckConstraint(condition=~Q(source=""), name="a_figure_of_plans_has_a_source"),
        ]

    def __str__(self) -> str:
        return str(dict(self.KEYS)[self.key])
