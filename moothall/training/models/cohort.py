"""Cohorts: everybody who begins together, their groups, and which group has which module in which weeks."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from moothall.people.models import Account
from moothall.workforce.models import Employment

from .pathway import Pathway, PathwayModule


class CohortQuerySet(models.QuerySet["Cohort"]):
    def in_full(self) -> Self:
        return self.select_related("pathway").order_by("-starts_on", "-id")


class Cohort(models.Model):
    """An intake of a pathway. Planned first, and then told to everybody concerned."""

    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=80, unique=True)
    starts_on = models.DateField(help_text="A Monday")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="Hosts and students were written to")
    told_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    without = models.JSONField(default=list, help_text="Modules of groups that found no weeks, and why")

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["pathway", "starts_on"], name="cohort_of_pathway")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_cohort_has_a_name"),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(planned_at__isnull=False), name="a_cohort_is_planned_first"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def has_begun(self, on: dt.date) -> bool:
        return self.starts_on <= on


class CohortGroup(models.Model):
    """Students who go through the modules together."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["cohort", "number"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="groups_of_a_cohort_are_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort.name}/{self.number}"


class CohortClass(models.Model):
    """A group has a module, from a Monday until a Friday, and a trainer where it is taught."""

    BEGINS, ENDS = dt.time(9), dt.time(17)

    group = models.ForeignKey(CohortGroup, on_delete=models.CASCADE, related_name="classes")
    module = models.ForeignKey(PathwayModule, on_delete=models.PROTECT, related_name="classes")
    weeks = ArrayField(models.DateField(), help_text="Their Mondays")
    first_on = models.DateField()
    last_on = models.DateField()
    trainer = models.ForeignKey(
        Employment, null=True, blank=True, on_delete=models.PROTECT, related_name="cohort_classes"
    )
    by_hand = models.BooleanField(default=False)

    class Meta:
        ordering = ["group", "first_on", "id"]
        indexes = [models.Index(fields=["first_on", "last_on"], name="class_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["group", "module"], name="a_group_has_a_module_once"),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on"), weeks__len__gte=1), name="a_class_has_weeks"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.module_id}"


class TrainerWeek(models.Model):
    """Somebody teaches one group in a week, and no other."""

    held = models.ForeignKey(CohortClass, on_delete=models.CASCADE, related_name="trainer_weeks")
    trainer = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="+")
    week = models.DateField()

    class Meta:
        ordering = ["week", "id"]
        constraints = [
            models.UniqueConstraint(fields=["trainer", "week"], name="a_trainer_has_one_group_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.trainer_id} {self.week}"
