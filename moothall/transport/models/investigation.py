"""What was found out about an incident, who said what, and what is done so that it does not happen again."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from moothall.cases.models import Case
from moothall.people.models import Account

from .incident import Incident


class Investigation(models.Model):
    """Somebody looks into an incident: the facts, and why it came about."""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="investigation")
    investigator = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    facts = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | ~Q(facts="") & ~Q(cause=""),
                name="a_finished_investigation_has_facts_and_cause",
            ),
        ]


class Statement(models.Model):
    """What somebody who was there says they saw. It is kept as they said it, or taken back as a mistake."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="statements")
    name = models.CharField(max_length=250)
    said = models.TextField()
    taken_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["taken_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_statement_is_somebodys"),
            models.CheckConstraint(condition=~Q(said=""), name="a_statement_says_something"),
        ]


class IncidentActionQuerySet(models.QuerySet["IncidentAction"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None).order_by("due_on", "id")

    def open(self) -> Self:
        return self.standing().filter(done_at=None)

    def of_owner(self, account: Account) -> Self:
        """Those that somebody has still to do; of sealed cases no words are shown outside them."""
        found = self.open().filter(owner=account).exclude(incident__case__status=Case.CLOSED)
        return found.select_related("incident__case")


class IncidentAction(models.Model):
    """Something that is done because of what happened, by somebody, by a day."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="actions")
    what = models.TextField()
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    done_how = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = IncidentActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["owner", "due_on", "id"], condition=Q(done_at=None, withdrawn_at=None),
                name="incident_action_to_do",
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="an_action_after_an_incident_says_what"),
            models.CheckConstraint(
                condition=Q(done_at=None) | ~Q(done_how=""), name="an_action_that_is_done_says_how"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(done_at__gte=F("added_at")), name="an_action_is_done_later"
            ),
        ]

    def is_late(self, on: dt.date) -> bool:
        return self.done_at is None and self.withdrawn_at is None and self.due_on < on
