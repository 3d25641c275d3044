from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .meeting import Meeting
from .outcome import Outcome


class Appeal(models.Model):
    """They appeal against an outcome: when, why, and what somebody who had no part in it decided."""

    UPHELD, VARIED, DISMISSED = "UPHELD", "VARIED", "DISMISSED"
    DECISIONS = [
        (UPHELD, _("Upheld: the outcome is set aside")),
        (VARIED, _("Varied: another outcome takes its place")),
        (DISMISSED, _("Dismissed: the outcome stands")),
    ]

    outcome = models.OneToOneField(Outcome, on_delete=models.CASCADE, related_name="appeal")
    lodged_on = models.DateField()
    grounds = models.TextField()
    late_because = models.TextField(blank=True, help_text="Why one out of time is heard all the same")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=9, blank=True, choices=DECISIONS)
    reasons = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    instead = models.ForeignKey(Outcome, null=True, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField(null=True)
    letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(grounds=""), name="an_appeal_has_its_grounds"),
            models.CheckConstraint(
                condition=Q(decision="") | ~Q(reasons=""), name="an_appeal_is_decided_with_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}"
