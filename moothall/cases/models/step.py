import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from moothall.people.models import Account

from .case import Case


class StepQuerySet(models.QuerySet["Step"]):
    def ready(self) -> Self:
        return self.filter(state=Step.READY).order_by("due_on", "position")

    def late(self, on: dt.date) -> Self:
        return self.ready().filter(due_on__lt=on)


class Step(models.Model):
    """A task in a case: ready when those before it are done, due by its own clock."""

    PENDING, READY, DONE, SKIPPED = "PENDING", "READY", "DONE", "SKIPPED"
    STATES = [(PENDING, "not yet"), (READY, "to do"), (DONE, "done"), (SKIPPED, "not needed")]

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=250)
    position = models.PositiveIntegerField()
    occurrence = models.PositiveIntegerField(default=1)
    owner = models.CharField(
        max_length=60, help_text="The part that does it, such as vetting or line_manager"
    )
    team = models.ForeignKey(
        "people.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="steps"
    )
    assignee = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="steps"
    )
    state = models.CharField(max_length=7, choices=STATES, default=PENDING)
    waiting_on = models.CharField(max_length=6, choices=Case.TURNS, default=Case.US)
    ready_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    amber_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["position", "occurrence"]
        indexes = [
            models.Index(fields=["team", "due_on", "id"], condition=Q(state="READY"), name="step_team_ready"),
            models.Index(
                fields=["assignee", "due_on", "id"], condition=Q(state="READY"), name="step_mine_ready"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "key", "occurrence"], name="a_step_occurs_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="DONE") | Q(done_at__isnull=False), name="a_done_step_says_when"
            ),
        ]

    def __str__(self) -> str:
        return self.name
