"""Plans of runs: which vehicle fetches whom in which order and when; drafts and those that are in force."""

import datetime as dt
from typing import Final, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .centre import Centre
from .contractor import Contractor
from .fleet import Depot, Vehicle, VehicleKind
from .home import Home
from .journey import DIRECTIONS, FROM, TO
from .passenger import Passenger

BOTH: Final = "BOTH"
WEEK: Final = 7
SILENT: Final = dt.timedelta(seconds=30)  # a living search is heard of every second


class RunPlanQuerySet(models.QuerySet["RunPlan"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()

    def in_full(self) -> Self:
        return self.select_related("asked_by", "published_by", "version_of", "starts_from")

    def in_force(self, on: dt.date) -> Self:
        """Those that runs go by on a day."""
        found = self.filter(Q(until_on=None) | Q(until_on__gte=on), state=RunPlan.PUBLISHED, from_on__lte=on)
        return found.filter(weekdays__contains=[on.weekday()]).order_by("-from_on", "-published_at", "-id")

    def going(self, on: dt.date) -> dict[str, int]:
        """The one plan that each direction goes by on a day: of several the latest."""
        found: dict[str, int] = {}
        for plan in self.in_force(on).only("direction"):
            for way in plan.directions:
                found.setdefault(way, plan.pk)
        return found


class RunPlan(models.Model):
    """Runs for some days of the week, from a day on: asked for, considered, published, withdrawn."""

    DRAFT, CONSIDERED, PUBLISHED, WITHDRAWN = "DRAFT", "CONSIDERED", "PUBLISHED", "WITHDRAWN"
    STATES = [
        (DRAFT, _("Draft")), (CONSIDERED, _("Considered")), (PUBLISHED, _("Published")),
        (WITHDRAWN, _("Withdrawn")),
    ]  # fmt: skip
    OPEN = (DRAFT, CONSIDERED)
    WAYS = [(BOTH, _("There and back")), *DIRECTIONS]
    WAITING, RUNNING, DONE, STOPPED, REFUSED, FAILED, BROKEN = (
        "WAITING", "RUNNING", "DONE", "STOPPED", "REFUSED", "FAILED", "BROKEN",
    )  # fmt: skip
    MAKINGS = [
        (WAITING, _("Waiting")), (RUNNING, _("Planning")), (DONE, _("Made")), (STOPPED, _("Stopped by hand")),
        (REFUSED, _("Refused by the checker")), (FAILED, _("Could not be made")), (BROKEN, _("Broken off")),
    ]  # fmt: skip
    BUSY, MADE = (WAITING, RUNNING), (DONE, STOPPED)
    READING, THERE, BACK, CHECKING = "READING", "THERE", "BACK", "CHECKING"
    PHASES = [
        (READING, _("Reading who travels, where and with what")), (THERE, _("Planning the way there")),
        (BACK, _("Planning the way back")), (CHECKING, _("Checking every rule")),
    ]  # fmt: skip

    name = models.CharField(max_length=120)
    direction = models.CharField(max_length=4, choices=WAYS, default=BOTH)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), help_text="Monday is 0")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default=DRAFT)
    version_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="versions")
    starts_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", help_text="What is locked there stays"
    )
    because = models.CharField(max_length=200, blank=True, help_text="Why there is another version")
    figures = models.JSONField(default=dict)
    times_from = models.CharField(max_length=500, blank=True, help_text="What the travel times stand on")

    seconds = models.PositiveIntegerField(default=30)
    seed = models.PositiveIntegerField(default=1)
    making = models.CharField(max_length=8, choices=MAKINGS, default=WAITING)
    phase = models.CharField(max_length=8, choices=PHASES, default=READING)
    points = models.JSONField(default=list, help_text="Seconds, pounds, runs and people left out, as it went")
    problem = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    heard_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    stop_asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_because = models.CharField(max_length=200, blank=True)

    objects = RunPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["-asked_at", "-id"], name="run_plan_by_asked")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_plan_of_runs_ends_later"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_plan_of_runs_has_a_name"),
            models.CheckConstraint(
                condition=~Q(state__in=("CONSIDERED", "PUBLISHED")) | Q(making__in=("DONE", "STOPPED")),
                name="a_published_plan_of_runs_is_made",
            ),
            models.CheckConstraint(
                condition=~Q(state="PUBLISHED") | Q(published_at__isnull=False),
                name="a_published_plan_of_runs_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="WITHDRAWN") | ~Q(withdrawn_because=""),
                name="a_withdrawn_plan_of_runs_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def directions(self) -> tuple[str, ...]:
        return (TO, FROM) if self.direction == BOTH else (self.direction,)

    @property
    def is_for_days(self) -> bool:
        """Whether it is for single days rather than a term."""
        return self.until_on is not None and (self.until_on - self.from_on).days < WEEK

    @property
    def is_made(self) -> bool:
        return self.making in self.MADE

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed by hand."""
        return self.is_made and self.state in self.OPEN

    @property
    def is_stopping(self) -> bool:
        return self.making in self.BUSY and self.stop_asked_at is not None

    def is_broken(self, at: dt.datetime) -> bool:
        """Whether its process is gone: it has not been heard of for half a minute."""
        silent = self.making == self.RUNNING and self.heard_at is not None and at - self.heard_at > SILENT
        return silent or self.making == self.BROKEN

    def is_busy(self, at: dt.datetime) -> bool:
        return self.making in self.BUSY and not self.is_broken(at)


class PlanCase(models.Model):
    """What a plan is made from, in the published form: the same case, seed and rounds give the same plan."""

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of case and travel times")
    case = models.BinaryField(help_text="JSON, compressed")
    tables = models.BinaryField(help_text="Seconds and metres between all locations, as .npz")
    names = models.JSONField(help_text="Which rows its numbers stand for")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]


class PlanHalf(models.Model):
    """One direction of a plan as the planner and the checker know it; its runs are rows beside it."""

    plan = models.ForeignKey(RunPlan, on_delete=models.CASCADE, related_name="halves")
    direction = models.CharField(max_length=4, choices=DIRECTIONS)
    case = models.ForeignKey(PlanCase, on_delete=models.PROTECT, related_name="+")
    said = models.BinaryField(help_text="The plan in the published form: JSON, compressed")

    class Meta:
        ordering = ["-direction"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "direction"], name="a_plan_has_a_direction_once"),
        ]


def called(direction: str, number: int) -> str:
    """The number of a run on boards, sheets and journeys: M for the morning, A for the afternoon."""
    return f"{'M' if direction == TO else 'A'}{number}"


class Run(models.Model):
    """One vehicle from leaving its depot to being back, or a contractor’s from its first stop to its last."""

    plan = models.ForeignKey(RunPlan, on_delete=models.CASCADE, related_name="runs")
    direction = models.CharField(max_length=4, choices=DIRECTIONS)
    number = models.PositiveSmallIntegerField(help_text="Within its plan and direction")
    kind = models.ForeignKey(VehicleKind, on_delete=models.PROTECT, related_name="+")
    depot = models.ForeignKey(Depot, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contractor = models.ForeignKey(
        Contractor, null=True, blank=True, on_delete=models.PROTECT, related_name="runs"
    )
    vehicle = models.ForeignKey(Vehicle, null=True, blank=True, on_delete=models.PROTECT, related_name="runs")
    escorts = models.PositiveSmallIntegerField(default=0)
    locked = models.BooleanField(default=False)
    leaves_at = models.TimeField(help_text="Leaves its depot, or its first stop where it is a contractor’s")
    back_at = models.TimeField()
    seconds = models.PositiveIntegerField(help_text="On the road")
    cost = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["-direction", "number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "direction", "number"], name="a_run_has_its_number"),
            models.CheckConstraint(
                condition=Q(depot=None, contractor__isnull=False) | Q(depot__isnull=False, contractor=None),
                name="a_run_is_our_own_or_a_contractors",
            ),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        return called(self.direction, self.number)

    @property
    def escort(self) -> bool:
        """Whether somebody goes with it beside the driver."""
        return self.escorts > 0


class Call(models.Model):
    """The vehicle stops: at a home for one passenger, or at a school or centre for all who go there."""

    PICKUP, SETDOWN = "PICKUP", "SETDOWN"
    KINDS = [(PICKUP, _("Picked up")), (SETDOWN, _("Set down"))]

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="calls")
    position = models.PositiveSmallIntegerField(help_text="The first stop is 1")
    at = models.TimeField()
    kind = models.CharField(max_length=7, choices=KINDS)
    home = models.ForeignKey(Home, null=True, on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey(Centre, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["run", "position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="a_run_calls_in_order"),
            models.CheckConstraint(
                condition=Q(home=None, centre__isnull=False) | Q(home__isnull=False, centre=None),
                name="a_call_is_at_a_home_or_a_centre",
            ),
        ]


class RideQuerySet(models.QuerySet["Ride"]):
    def in_force(self, on: dt.date) -> Self:
        """Those that go on a day, by the plan that their direction goes by."""
        by = Q(pk=None)
        for way, plan in RunPlan.objects.going(on).items():
            by |= Q(run__plan=plan, run__direction=way)
        return self.filter(by, weekdays__contains=[on.weekday()]).order_by("run", "id")


class Ride(models.Model):
    """A passenger on a run, from one of its calls to another, on these days of the week."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="rides")
    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="rides")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), help_text="Monday is 0")
    picked_up = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="picked_up")
    set_down = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="set_down")
    seconds = models.PositiveIntegerField(help_text="Aboard")
    most_seconds = models.PositiveIntegerField(help_text="Aboard at most")
    locked = models.BooleanField(default=False)

    objects = RideQuerySet.as_manager()

    class Meta:
        ordering = ["run", "picked_up__position", "id"]
        indexes = [models.Index(fields=["passenger", "run"], name="ride_of_passenger")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(picked_up=F("set_down")), name="a_ride_ends_at_another_call"
            ),
        ]  # fmt: skip

    @property
    def at_home(self) -> Call:
        """The call at their own door."""
        return self.picked_up if self.picked_up.home_id is not None else self.set_down


class NoRideQuerySet(models.QuerySet["NoRide"]):
    def in_force(self, on: dt.date) -> Self:
        """Those whom the plans of a day leave out."""
        by = Q(pk=None)
        for way, plan in RunPlan.objects.going(on).items():
            by |= Q(plan=plan, direction=way)
        return self.filter(by, weekdays__contains=[on.weekday()]).order_by("id")


class NoRide(models.Model):
    """Somebody whom a plan has on no run, why, and who sees to it."""

    plan = models.ForeignKey(RunPlan, on_delete=models.CASCADE, related_name="without")
    direction = models.CharField(max_length=4, choices=DIRECTIONS)
    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey(Home, null=True, on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), help_text="Monday is 0")
    reason = models.CharField(max_length=300)
    owner = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = NoRideQuerySet.as_manager()

    class Meta:
        ordering = ["-direction", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="having_no_ride_has_a_reason"),
        ]
