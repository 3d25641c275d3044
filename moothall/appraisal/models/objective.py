"""Objectives: agreed by both, changed with what stood before, and how they are coming along."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .appraisal import Appraisal


class Objective(models.Model):
    """Something to be reached by a day. It holds once both have agreed to these words."""

    MET, PARTLY, NOT_MET = "MET", "PARTLY", "NOT_MET"
    OUTCOMES = [(MET, _("Reached")), (PARTLY, _("Partly reached")), (NOT_MET, _("Not reached"))]

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="objectives")
    text = models.CharField(max_length=300)
    measure = models.CharField(max_length=300, blank=True)
    due_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    employee_agreed_at = models.DateTimeField(null=True, blank=True)
    manager_agreed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=OUTCOMES, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="an_objective_says_what_it_is")]

    def __str__(self) -> str:
        return self.text

    @property
    def is_agreed(self) -> bool:
        return self.employee_agreed_at is not None and self.manager_agreed_at is not None


class ObjectiveChange(models.Model):
    """How an objective was worded before."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="changes")
    text = models.CharField(max_length=300)
    measure = models.CharField(max_length=300, blank=True)
    due_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]


class ProgressNote(models.Model):
    """How an objective is coming along."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="notes")
    text = models.CharField(max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
