"""Marks at a selection event, each given without sight of the others', and what came of them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .event import EventAssessor, EventExercise
from .event_people import EventCandidate
from .reason import Reason, ReasonQuerySet


class Score(models.Model):
    """What one assessor gave one candidate in one exercise, and why."""

    assessor = models.ForeignKey(EventAssessor, on_delete=models.PROTECT, related_name="scores")
    candidate = models.ForeignKey(EventCandidate, on_delete=models.PROTECT, related_name="scores")
    exercise = models.ForeignKey(EventExercise, on_delete=models.PROTECT, related_name="scores")
    mark = models.PositiveSmallIntegerField()
    because = models.CharField(max_length=1000)
    handed_in_at = models.DateTimeField()

    class Meta:
        ordering = ["exercise__place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessor", "candidate", "exercise"], name="a_score_is_handed_in_once"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="a_score_says_why"),
        ]


class EventReason(Reason):
    """Why somebody passed an event or did not."""

    objects = ReasonQuerySet["EventReason"].as_manager()

    class Meta(Reason.Meta):
        constraints = [
            models.UniqueConstraint(fields=["key", "from_on"], name="an_event_reason_changes_once_a_day"),
        ]


class EventResultQuerySet(models.QuerySet["EventResult"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)


class EventResult(models.Model):
    """What came of the event for one candidate, and why."""

    PASSED, NOT_PASSED, ABSENT = "PASSED", "NOT_PASSED", "ABSENT"
    OUTCOMES = [(PASSED, _("Passed")), (NOT_PASSED, _("Not passed")), (ABSENT, _("Did not come"))]

    candidate = models.ForeignKey(EventCandidate, on_delete=models.PROTECT, related_name="results")
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    reason = models.ForeignKey(EventReason, on_delete=models.PROTECT, related_name="+")
    total = models.DecimalField(max_digits=7, decimal_places=2)
    step = models.BigIntegerField(null=True, help_text="The step of their case that was done by it")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = EventResultQuerySet.as_manager()

    class Meta:
        ordering = ["-total", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"], condition=Q(undone_at=None), name="a_candidate_has_one_result"
            ),
        ]
