"""What is changed of a plan: by hand, each with what was before, and mended after something happened."""

from typing import Any

from django.db import models
from django.db.models import Q

from moothall.letters.models import Letter
from moothall.people.models import Account

from .journey import DIRECTIONS
from .passenger import Passenger
from .plan import PlanCase, RunPlan


class PlanChange(models.Model):
    """A draft was changed by hand, and how it was before, so that it can be taken back."""

    plan = models.ForeignKey(RunPlan, on_delete=models.CASCADE, related_name="changes")
    direction = models.CharField(max_length=4, choices=DIRECTIONS)
    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="+")
    from_run = models.CharField(max_length=8, blank=True, help_text="Empty: none")
    to_run = models.CharField(max_length=8)
    pounds = models.DecimalField(max_digits=12, decimal_places=2)
    before = models.BinaryField(help_text="The direction as it was: JSON, compressed")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]


class Mending(models.Model):
    """A plan in force is to be changed as little as can be: what happened, and the options there are."""

    plan = models.ForeignKey(RunPlan, on_delete=models.CASCADE, related_name="mendings")
    making = models.CharField(max_length=8, choices=RunPlan.MAKINGS, default=RunPlan.WAITING)
    because = models.CharField(max_length=200)
    changes = models.JSONField(help_text="What happened, each with its rows")
    options: Any = models.JSONField(default=list, help_text="What each option costs and whom it moves")
    problem = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    heard_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    accepted = models.ForeignKey(RunPlan, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="a_mending_of_runs_says_why"),
        ]


class MendingOption(models.Model):
    """One way to mend a plan, as the planner knows it."""

    mending = models.ForeignKey(Mending, on_delete=models.CASCADE, related_name="kept")
    number = models.PositiveSmallIntegerField()
    direction = models.CharField(max_length=4, choices=DIRECTIONS)
    case = models.ForeignKey(PlanCase, on_delete=models.PROTECT, related_name="+")
    said = models.BinaryField(help_text="In the published form: JSON, compressed")

    class Meta:
        ordering = ["number", "-direction"]
        constraints = [
            models.UniqueConstraint(
                fields=["mending", "number", "direction"], name="an_option_has_a_direction_once"
            ),
        ]  # fmt: skip


class RunNotice(models.Model):
    """A family is told of a published plan, once: what was before and what is now, and by which letter."""

    plan = models.ForeignKey(RunPlan, on_delete=models.PROTECT, related_name="notices")
    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="+")
    lines = models.JSONField(help_text="For each direction: days, the time before, the time now, the run")
    letter = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    by_telephone = models.BooleanField(default=False, help_text="There is no address to write to")
    told_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["plan", "passenger__person__family_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "passenger"], name="a_family_is_told_of_a_plan_once"),
        ]
