"""Who goes out with which run on which day: weeks made by the planner, each post, stand-by, and cover."""

import datetime as dt
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .crew import ROLES, CrewMember
from .fleet import Depot, Vehicle
from .hire import HireJob
from .journey import DIRECTIONS
from .plan import SILENT, Run


class CrewWeekQuerySet(models.QuerySet["CrewWeek"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()


class CrewWeek(models.Model):
    """The runs of a week manned by the planner: asked for, made by a worker, explained."""

    WAITING, RUNNING, DONE, FAILED, BROKEN = "WAITING", "RUNNING", "DONE", "FAILED", "BROKEN"
    STATES = [
        (WAITING, _("Waiting")), (RUNNING, _("Planning")), (DONE, _("Made")),
        (FAILED, _("Could not be made")), (BROKEN, _("Broken off")),
    ]  # fmt: skip
    BUSY = (WAITING, RUNNING)

    first_on = models.DateField(help_text="A Monday")
    seconds = models.PositiveSmallIntegerField(default=20)
    seed = models.PositiveSmallIntegerField(default=1)
    standby_drivers = models.PositiveSmallIntegerField(default=1, help_text="At each depot, each half day")
    standby_escorts = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=STATES, default=WAITING)
    points = models.JSONField(default=list, help_text="Seconds, points and unmanned posts, as it went")
    figures = models.JSONField(default=dict)
    unmanned = models.JSONField(default=list, help_text="Each post left over, and of everybody why")
    problem = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    heard_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)

    objects = CrewWeekQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return self.first_on.isoformat()

    def is_broken(self, at: dt.datetime) -> bool:
        """Whether its process is gone: it has not been heard of for half a minute."""
        silent = self.state == self.RUNNING and self.heard_at is not None and at - self.heard_at > SILENT
        return silent or self.state == self.BROKEN

    def is_busy(self, at: dt.datetime) -> bool:
        return self.state in self.BUSY and not self.is_broken(at)


def _between(begins: str, ends: str) -> Func:
    """The time from one to the other, as the database compares times."""
    return Func(begins, ends, Value("[)"), function="tstzrange", output_field=DateTimeRangeField())


class Duty(models.Model):
    """A run of our own on one day, and the vehicle it goes with, from when to when.

    The database holds that no vehicle goes with two at once."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="duties")
    day = models.DateField()
    vehicle = models.ForeignKey(
        Vehicle, null=True, blank=True, on_delete=models.PROTECT, related_name="duties"
    )
    begins_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["day", "run"]
        constraints = [
            models.UniqueConstraint(fields=["run", "day"], name="a_run_goes_once_a_day"),
            models.CheckConstraint(
                condition=Q(vehicle=None) | Q(begins_at__isnull=False, ends_at__gt=F("begins_at")),
                name="a_duty_with_a_vehicle_says_when",
            ),
            ExclusionConstraint(
                name="a_vehicle_goes_with_one_run_at_a_time",
                expressions=[
                    ("vehicle", RangeOperators.EQUAL),
                    (_between("begins_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(vehicle__isnull=False),
                deferrable=Deferrable.DEFERRED,
            ),
        ]
        indexes = [models.Index(fields=["day", "run"], name="run_duty_by_day")]


class Manning(models.Model):
    """One place on a run of a day or on a hire job: somebody has it, or nobody has and it says why.

    The database holds that nobody has two at once."""

    duty = models.ForeignKey(Duty, null=True, blank=True, on_delete=models.CASCADE, related_name="mannings")
    hire = models.ForeignKey(
        HireJob, null=True, blank=True, on_delete=models.CASCADE, related_name="mannings"
    )
    role = models.CharField(max_length=6, choices=ROLES)
    seat = models.PositiveSmallIntegerField(default=0, help_text="Which escort of several")
    member = models.ForeignKey(
        CrewMember, null=True, blank=True, on_delete=models.PROTECT, related_name="mannings"
    )
    reason = models.CharField(max_length=400, blank=True, help_text="Why nobody")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["duty", "role", "seat"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "role", "seat"], name="a_duty_has_each_place_once"),
            models.UniqueConstraint(fields=["hire", "role", "seat"], name="a_hire_job_has_each_place_once"),
            models.CheckConstraint(
                condition=Q(duty__isnull=False, hire=None) | Q(duty=None, hire__isnull=False),
                name="a_place_is_on_a_run_or_on_a_hire_job",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, reason="") | Q(member=None) & ~Q(reason=""),
                name="a_place_on_a_duty_has_somebody_or_a_reason",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="a_duty_takes_time"),
            ExclusionConstraint(
                name="nobody_is_on_two_duties_at_once",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    (_between("begins_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(member__isnull=False),
                deferrable=Deferrable.DEFERRED,
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["member", "begins_at"], name="manning_of_member")]

    @property
    def outing(self) -> Duty:
        """The run of a day that it is a place on. Duty.DoesNotExist of a place on a hire job."""
        if self.duty is None:
            raise Duty.DoesNotExist
        return self.duty

    @property
    def day(self) -> dt.date:
        return self.hire.day if self.hire is not None else self.outing.day

    @property
    def called(self) -> str:
        """The run or the hire job, as the board calls it."""
        return self.hire.called if self.hire is not None else self.outing.run.called


class StandBy(models.Model):
    """Somebody waits at a depot for whoever does not come. Called out, they are on a duty instead."""

    day = models.DateField()
    direction = models.CharField(max_length=4, choices=DIRECTIONS)
    depot = models.ForeignKey(Depot, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=6, choices=ROLES)
    member = models.ForeignKey(CrewMember, on_delete=models.PROTECT, related_name="stand_bys")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    called_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["day", "-direction", "depot", "role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "day", "direction"], name="somebody_stands_by_once_a_half_day"
            ),
        ]


class Cover(models.Model):
    """Places on a day’s duties that changed hands because somebody did not come; it can be taken back."""

    day = models.DateField()
    name = models.CharField(max_length=40)
    changes = models.JSONField(help_text="For each place: who had it, who has it now")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["day", "-at"], name="cover_of_day")]


class VehicleSwap(models.Model):
    """Vehicles of a day’s runs that were changed, by hand or for the next that is free; can be taken back."""

    day = models.DateField()
    changes = models.JSONField(help_text="For each run: the vehicle it had, the one it has now")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["day", "-at"], name="vehicle_swap_of_day")]
