"""A cycle of appraisals: for whom, by which framework, and what is to be done by which day."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.people.models import Account, Organisation
from moothall.workforce.models import Employment

from .framework import Framework


class CycleQuerySet(models.QuerySet["Cycle"]):
    def running(self) -> Self:
        return self.filter(opened_at__isnull=False, closed_at=None)


class Cycle(models.Model):
    """A year of appraisals, say. Nobody is in it until it is opened."""

    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="cycles")
    from_on = models.DateField()
    until_on = models.DateField()
    workforces = ArrayField(models.CharField(max_length=14), default=list, blank=True)
    units = models.ManyToManyField(Organisation, blank=True, related_name="+")
    starters_until = models.DateField(help_text="Whoever began later is left out")
    away_days = models.PositiveSmallIntegerField(default=90, help_text="Away longer than this: left out")
    objectives_by = models.DateField()
    mid_year_by = models.DateField(null=True, blank=True)
    self_by = models.DateField()
    rating_by = models.DateField()
    second_by = models.DateField(null=True, blank=True, help_text="Empty: nobody looks a second time")
    sign_by = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="a_cycle_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=(
                    Q(objectives_by__gte=F("from_on"))
                    & Q(self_by__gte=F("objectives_by"))
                    & Q(rating_by__gte=F("self_by"))
                    & Q(sign_by__gte=F("rating_by"))
                    & (Q(second_by=None) | Q(second_by__gte=F("rating_by"), second_by__lte=F("sign_by")))
                ),
                name="the_stages_of_a_cycle_follow_each_other",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__isnull=False), name="only_an_open_cycle_is_closed"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name

    @property
    def is_running(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    def due_on(self, stage: str) -> dt.date | None:
        """The day by which a stage is to be done."""
        days = {
            "OBJECTIVES": self.objectives_by, "SELF": self.self_by, "RATING": self.rating_by,
            "SECOND": self.second_by, "SIGN": self.sign_by, "MID_YEAR": self.mid_year_by,
        }  # fmt: skip
        return days.get(stage)


class CycleCase(models.Model):
    """The case a cycle hangs on, apart from it: what leads to a case is shown by who may see the case."""

    cycle = models.OneToOneField(Cycle, on_delete=models.CASCADE, related_name="+")
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="appraisal_cycle")

    def __str__(self) -> str:
        return f"{self.cycle_id}"


class Reminder(models.Model):
    """Somebody was written to about a cycle: once for each stage, rung and round."""

    LAUNCH, SOON, LATE, OUTCOME, WEEKLY = "LAUNCH", "SOON", "LATE", "OUTCOME", "WEEKLY"
    KINDS = [
        (LAUNCH, _("It has begun")), (SOON, _("A stage is due soon")), (LATE, _("A stage is late")),
        (OUTCOME, _("The outcome")), (WEEKLY, _("What is late, each week")),
    ]  # fmt: skip

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="reminders")
    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=KINDS)
    stage = models.CharField(max_length=10, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employment", "cycle", "kind", "stage", "round"],
                name="nobody_is_written_to_twice_about_a_stage",
            )
        ]
