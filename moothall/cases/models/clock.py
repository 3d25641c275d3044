from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from moothall.people.models import Account

from .case import Case
from .step import Step


class CaseClock(models.Model):
    """A clock that runs on a case: the rule, its events, and the deadline last computed from them."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    key = models.CharField(max_length=60, help_text="What it is for, such as answer or acknowledge")
    name = models.CharField(max_length=160)
    rule = models.JSONField(help_text="The clock rule in force on the day it started")
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    amber_on = models.DateField(null=True, blank=True)
    first_due_on = models.DateField(null=True, blank=True, help_text="As first computed")
    computed_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(met_at=None, stopped_at=None), name="clock_running_by_due"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="a_clock_runs_once_on_a_case"),
        ]


class ClockEvent(models.Model):
    """Something that moves a clock: received, paused, resumed, extended, met."""

    clock = models.ForeignKey(CaseClock, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]


class Escalation(models.Model):
    """A case or a step ran late, and this person was told."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="escalations")
    step = models.ForeignKey(
        Step, null=True, blank=True, on_delete=models.CASCADE, related_name="escalations"
    )
    level = models.CharField(max_length=40, help_text="amber, owner_team_lead or head_of_service")
    to = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="escalations")
    due_on = models.DateField()
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["to", "-at"], condition=Q(settled_at=None), name="escalation_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "level", "due_on"],
                condition=Q(settled_at=None),
                nulls_distinct=False,
                name="an_escalation_is_told_once",
            ),
        ]


class HolidayCorrection(models.Model):
    """A holiday added or withdrawn by the office after the published list, with its source."""

    day = models.DateField()
    nations = ArrayField(models.CharField(max_length=3))
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    withdrawn = models.BooleanField(default=False)
    source = models.TextField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["day", "id"]
