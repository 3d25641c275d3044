"""How people come on: plans, mentors, and the first weeks of interns and volunteers."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account
from moothall.workforce.models import Employment, Skill


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    def open(self) -> Self:
        return self.filter(done_at=None, dropped_at=None)

    def wishes(self) -> Self:
        """What somebody who books training has to know: asked for, and neither done nor dropped."""
        return self.open().filter(kind__in=(PlanItem.TRAINING, PlanItem.QUALIFICATION))


class PlanItem(models.Model):
    """Something somebody wants to learn or become, how and by when; their manager agrees to it."""

    TRAINING, QUALIFICATION, EXPERIENCE, OTHER = "TRAINING", "QUALIFICATION", "EXPERIENCE", "OTHER"
    KINDS = [
        (TRAINING, _("Training")), (QUALIFICATION, _("A qualification")),
        (EXPERIENCE, _("Experience at work")), (OTHER, _("Something else")),
    ]  # fmt: skip

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="plan_items")
    aim = models.CharField(max_length=300)
    how = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=13, choices=KINDS, default=TRAINING)
    by_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        ordering = ["by_on", "id"]
        indexes = [models.Index(fields=["employment", "by_on"], name="plan_of_employment")]
        constraints = [
            models.CheckConstraint(condition=~Q(aim=""), name="a_plan_says_what_it_aims_at"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(dropped_at=None), name="a_plan_is_reached_or_given_up"
            ),
        ]


class MentoringQuerySet(models.QuerySet["Mentoring"]):
    def going_on(self) -> Self:
        return self.filter(ended_at=None)

    def in_full(self) -> Self:
        return self.select_related("mentee__person", "mentor__person", "skill")


class Mentoring(models.Model):
    """Somebody asks for a mentor, is matched with one, and it ends."""

    mentee = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="mentored")
    mentor = models.ForeignKey(
        Employment, null=True, blank=True, on_delete=models.PROTECT, related_name="mentors"
    )
    skill = models.ForeignKey(Skill, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    wants = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    matched_at = models.DateTimeField(null=True, blank=True)
    matched_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)

    objects = MentoringQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mentor=None) | ~Q(mentor=F("mentee")), name="nobody_mentors_themselves"
            ),
            models.CheckConstraint(
                condition=Q(mentor=None, matched_at=None) | Q(mentor__isnull=False, matched_at__isnull=False),
                name="a_mentor_was_matched",
            ),
            models.UniqueConstraint(
                fields=["mentee"], condition=Q(ended_at=None), name="one_mentoring_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.wants


class InductionItem(models.Model):
    """Something to be done with a newcomer, within so many days of their first."""

    EMPLOYEE, MANAGER = "EMPLOYEE", "MANAGER"
    OWNERS = [(EMPLOYEE, _("The newcomer")), (MANAGER, _("Their manager"))]

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    name_cy = models.CharField(max_length=200, blank=True)
    workforces = ArrayField(models.CharField(max_length=14))
    owner = models.CharField(max_length=8, choices=OWNERS)
    days = models.PositiveSmallIntegerField(help_text="After the first day")
    position = models.PositiveSmallIntegerField()
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["days", "position", "id"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class InductionTaskQuerySet(models.QuerySet["InductionTask"]):
    def overdue(self, on: dt.date) -> Self:
        return self.filter(done_at=None, due_on__lt=on)


class InductionTask(models.Model):
    """One item of one newcomer's induction, and who saw to it when."""

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="induction")
    item = models.ForeignKey(InductionItem, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = InductionTaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "item__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["employment", "item"], name="an_induction_item_stands_once")
        ]
