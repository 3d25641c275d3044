"""Plans asked of the planner: what went in, how far it is, what came out, and why anybody was left out."""

import datetime as dt
from typing import Any, Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account, Organisation
from moothall.workforce.models import Employment

from .course import Course, CourseVersion

SILENT: Final = dt.timedelta(seconds=30)  # a living run is heard of every second


class PlanInput(models.Model):
    """What a plan is made from, in the published form: the same input, seed and rounds give the same plan."""

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the case and its runs")
    case = models.BinaryField(help_text="JSON, compressed")
    runs = models.BinaryField(help_text="The calendar of course runs: JSON, compressed")
    names = models.JSONField(help_text="Which rows its numbers stand for, and its first day")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]


class PlanRunQuerySet(models.QuerySet["PlanRun"]):
    def in_full(self) -> Self:
        return self.select_related("asked_by", "lever_unit", "lever_course", "based_on")

    def finished(self) -> Self:
        return self.filter(state__in=PlanRun.MADE)

    def beside(self, run: "PlanRun") -> Self:
        """Other plans made of the same months."""
        return self.finished().filter(from_on=run.from_on, until_on=run.until_on).exclude(pk=run.pk)


class PlanRun(models.Model):
    """The planner was asked for a plan of some months."""

    WAITING, RUNNING, DONE, STOPPED, REFUSED, FAILED, BROKEN = (
        "WAITING", "RUNNING", "DONE", "STOPPED", "REFUSED", "FAILED", "BROKEN",
    )  # fmt: skip
    STATES = [
        (WAITING, _("Waiting")), (RUNNING, _("Planning")), (DONE, _("Made")), (STOPPED, _("Stopped by hand")),
        (REFUSED, _("Refused by the checker")), (FAILED, _("Could not be made")), (BROKEN, _("Broken off")),
    ]  # fmt: skip
    BUSY = (WAITING, RUNNING)
    MADE = (DONE, STOPPED)
    SATURDAY = 5
    WEEKDAYS = range(SATURDAY + 1)
    READING, FIRST, SEARCHING, PROVING, CHECKING = "READING", "FIRST", "SEARCHING", "PROVING", "CHECKING"
    PHASES = [
        (READING, _("Reading duties, minimums, leave and needs")), (FIRST, _("Making a first plan")),
        (SEARCHING, _("Looking for better ones")), (PROVING, _("Proving the limit")),
        (CHECKING, _("Checking every rule")),
    ]  # fmt: skip

    from_on = models.DateField()
    until_on = models.DateField()
    seconds = models.PositiveIntegerField()
    seed = models.PositiveIntegerField(default=1)
    courses = models.ManyToManyField(Course, blank=True, related_name="+", help_text="None: all")
    lever_unit = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+",
        help_text="What if this team kept one fewer on every duty",
    )  # fmt: skip
    lever_course = models.ForeignKey(
        Course, null=True, on_delete=models.PROTECT, related_name="+",
        help_text="What if every session of this course had one more place",
    )  # fmt: skip
    lever_weekday = models.PositiveSmallIntegerField(
        null=True, blank=True,
        help_text="What if there was one more trainer each Tuesday (1), say; of Saturdays (5): sessions then",
    )  # fmt: skip
    based_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="tried")
    input = models.ForeignKey(PlanInput, null=True, on_delete=models.PROTECT, related_name="runs_of_it")
    state = models.CharField(max_length=8, choices=STATES, default=WAITING)
    phase = models.CharField(max_length=9, choices=PHASES, default=READING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    stop_asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    points = models.JSONField(default=list, help_text="Seconds, places given and the limit, as it went")
    rounds = models.PositiveBigIntegerField(default=0)
    wanted = models.PositiveIntegerField(default=0, help_text="Places that are needed")
    placed = models.PositiveIntegerField(default=0)
    bound = models.PositiveIntegerField(default=0, help_text="No plan gives more")
    plan = models.BinaryField(null=True, help_text="In the published form: JSON, compressed")
    figures = models.JSONField(default=dict, help_text="Weeks, teams, reasons and what would help")
    problem = models.CharField(max_length=500, blank=True)

    objects = PlanRunQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="a_plan_has_days"),
            models.CheckConstraint(
                condition=Q(lever_unit=None, lever_course=None)
                | Q(lever_unit=None, lever_weekday=None)
                | Q(lever_course=None, lever_weekday=None),
                name="one_lever_is_tried_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["DONE", "STOPPED"]) | Q(plan__isnull=False),
                name="a_plan_that_is_made_is_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_on} – {self.until_on}"

    @property
    def gap(self) -> float:
        """How far below the limit the plan is, from 0 to 1."""
        return (self.bound - self.placed) / self.bound if self.bound else 0.0

    @property
    def is_made(self) -> bool:
        return self.state in self.MADE

    @property
    def is_stopping(self) -> bool:
        return self.state in self.BUSY and self.stop_asked_at is not None

    def is_broken(self, at: dt.datetime) -> bool:
        """Whether its process is gone: it has not been heard of for half a minute."""
        silent = self.state == self.RUNNING and self.heard_at is not None and at - self.heard_at > SILENT
        return silent or self.state == self.BROKEN

    def is_busy(self, at: dt.datetime) -> bool:
        return self.state in self.BUSY and not self.is_broken(at)

    def lever_in(self, language: str) -> str:
        """What was changed, by name; empty where nothing was."""
        tried: Any = self.lever_unit or self.lever_course
        return str(tried.name_in(language)) if tried is not None else ""


class LeftOut(models.Model):
    """Somebody a plan has no place for, and why."""

    NO_RUN, CLOSED, PATTERN, AWAY, MINIMUM, FIRST, OWN, SKILL, TEAM, FULL, CLASSES = (
        "NO_RUN", "CLOSED", "PATTERN", "AWAY", "MINIMUM", "FIRST", "OWN", "SKILL", "TEAM", "FULL", "CLASSES",
    )  # fmt: skip
    REASONS = [
        (NO_RUN, _("No session of it lies in the time they have")),
        (CLOSED, _("Every room was taken on each session’s days")),
        (PATTERN, _("No session fits their shifts")),
        (AWAY, _("Away on every session: leave, court, sickness or training")),
        (MINIMUM, _("The team is at its minimum on every session")),
        (FIRST, _("What has to come first has no place, or comes too late")),
        (OWN, _("Other training of their own is in the way")),
        (SKILL, _("The team needs those with their skill")),
        (TEAM, _("The team’s slack is used by other training")),
        (FULL, _("Every session is full")),
        (CLASSES, _("No trainer or room is left for another session")),
    ]  # fmt: skip
    INCURABLE = (NO_RUN, CLOSED, PATTERN, AWAY, MINIMUM)

    run = models.ForeignKey(PlanRun, on_delete=models.CASCADE, related_name="left_out")
    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=8, choices=REASONS)
    causes = models.JSONField(default=list, help_text="How many sessions failed for each cause")

    class Meta:
        ordering = ["run", "id"]
        indexes = [models.Index(fields=["run", "reason"], name="left_out_by_reason")]

    def __str__(self) -> str:
        return f"{self.employment_id} {self.version_id} {self.reason}"

    @property
    def is_incurable(self) -> bool:
        """Whether no plan with these sessions could have placed them."""
        return self.reason in self.INCURABLE
