import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from moothall.people.models import Account

from .matter import Matter
from .meeting import Meeting
from .procedure import SanctionLevel


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def live(self, on: dt.date) -> Self:
        """What still counts that day: by its date alone, whatever a job has done or not."""
        stands = self.filter(set_aside_on=None, decided_on__lte=on).exclude(level__live_months=0)
        return stands.filter(Q(live_until=None) | Q(live_until__gte=on))

    def to_lapse(self, on: dt.date) -> Self:
        return self.filter(live_until__lt=on, lapsed_at=None, set_aside_on=None)


class Outcome(models.Model):
    """How a matter was decided, why, and until when it counts."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="outcomes")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(SanctionLevel, on_delete=models.PROTECT, related_name="+")
    reasons = models.TextField()
    decided_on = models.DateField()
    live_until = models.DateField(null=True, help_text="The last day it counts; worked out, never typed")
    told_on = models.DateField(null=True)
    appeal_by = models.DateField(null=True)
    letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.PROTECT, related_name="+")
    tells_when_lapsed = models.BooleanField(default=False, help_text="Write to them when it lapses")
    lapsed_at = models.DateTimeField(null=True, help_text="When it was written down that it had lapsed")
    lapse_letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.PROTECT, related_name="+")
    set_aside_on = models.DateField(null=True)
    set_aside_because = models.TextField(blank=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["decided_on", "id"]
        indexes = [
            models.Index(
                fields=["live_until"], condition=Q(lapsed_at=None, set_aside_on=None), name="outcome_to_lapse"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="an_outcome_has_its_reasons"),
            models.CheckConstraint(
                condition=Q(live_until=None) | Q(live_until__gte=F("decided_on")),
                name="an_outcome_counts_from_its_day",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_on=None) | ~Q(set_aside_because=""),
                name="an_outcome_set_aside_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level}"

    def is_live(self, on: dt.date) -> bool:
        if self.set_aside_on is not None or self.level.live_months == 0:
            return False
        return self.live_until is None or self.live_until >= on
