"""Checks after an offer: which kinds there are, and until when somebody is cleared."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Service
from moothall.cases.models.worklists import CaseQuerySet
from moothall.credentials.models import Credential
from moothall.people.models import Account, Team

from .application import Application

CLEARED, NOT_CLEARED = "CLEARED", "NOT"


class CheckKindQuerySet(models.QuerySet["CheckKind"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None).order_by("place", "id")

    def of_departments(self) -> Self:
        """Those that another department does on a case of its own."""
        return self.in_use().exclude(service="").filter(is_set=False)


class CheckKind(models.Model):
    """A kind of check: the steps of processes at which it stands, the service on which its department does
    it, and which of its outcomes say that somebody is cleared."""

    key = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120)
    steps = ArrayField(
        models.CharField(max_length=40), help_text="Of an application, or of its set of checks"
    )
    service = models.CharField(max_length=80, blank=True, help_text="Of the case on which it is done")
    dated_at = models.CharField(max_length=40, blank=True, help_text="The step that says until when")
    is_set = models.BooleanField(default=False, help_text="Its case holds other checks, and is none itself")
    is_private = models.BooleanField(
        default=False, help_text="Nothing leaves its department but whether somebody is cleared, and when"
    )
    clears = ArrayField(models.CharField(max_length=60), default=list, help_text="Outcomes that clear")
    becomes = models.JSONField(
        default=dict, help_text="How its case ended -> how its step may end, the first that the step knows"
    )
    credentials = models.JSONField(
        default=dict,
        help_text="Key of the credential it becomes when somebody starts, by the level of the job; * of any",
    )
    place = models.PositiveSmallIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = CheckKindQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def too_short(self) -> Self:
        """Those that run out before the day somebody is to start, where a day is known."""
        return self.standing().filter(
            result=CLEARED, runs_out_on__lt=F("application__campaign__starts_on")
        )  # fmt: skip


class Clearance(models.Model):
    """What reaches recruitment of a check: cleared or not, on which day, and until when. Nothing else."""

    RESULTS = [(CLEARED, _("Cleared")), (NOT_CLEARED, _("Not cleared"))]

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="clearances")
    kind = models.ForeignKey(CheckKind, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=7, choices=RESULTS)
    decided_on = models.DateField()
    runs_out_on = models.DateField(null=True, blank=True, help_text="The last day on which it counts")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    credential = models.ForeignKey(
        Credential, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="What it became on the record of whoever started",
    )  # fmt: skip

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        ordering = ["kind__place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind"], condition=Q(undone_at=None), name="a_clearance_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(runs_out_on=None) | Q(runs_out_on__gte=F("decided_on")),
                name="a_clearance_runs_out_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_result_display()}"

    def ends_before(self, day: dt.date | None) -> bool:
        cleared = self.result == CLEARED
        return cleared and day is not None and self.runs_out_on is not None and self.runs_out_on < day


class CheckWeek(models.Model):
    """A department was written to about the checks it is late with: once a week at most."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(help_text="The Monday")
    late = models.PositiveIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["team", "on"], name="a_department_is_chased_once_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.on}"


def check_cases(account: Account, kinds: list[str]) -> CaseQuerySet:
    """The cases on which departments do checks, for those who may see them: those of the department."""
    services = list(Service.objects.filter(key__in=kinds).order_by("id").values_list("pk", flat=True))
    rows = Case.objects.visible_to(account).filter(service__in=services, parent_step__isnull=False)
    return rows.select_related("subject", "service", "team", "parent_step").prefetch_related("version")
