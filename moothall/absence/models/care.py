"""What is done for somebody who is off or was: contact, the talk on coming back, triggers."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .episode import Episode
from .setting import TriggerRule


class Contact(models.Model):
    """Somebody was in touch with whoever is off; nothing medical is written down."""

    HOWS = [
        ("PHONE", _("Telephone")), ("VIDEO", _("Video call")), ("TEXT", _("Message")), ("VISIT", _("Visit")),
        ("MEETING", _("Meeting here")), ("TRIED", _("Tried, not reached")),
    ]  # fmt: skip

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="contacts")
    held_on = models.DateField()
    how = models.CharField(max_length=7, choices=HOWS)
    note = models.CharField(max_length=1000, blank=True)
    next_on = models.DateField(null=True, blank=True, help_text="When they agreed to be in touch again")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["held_on", "id"]

    def __str__(self) -> str:
        return f"{self.how} {self.held_on}"


class Interview(models.Model):
    """The talk with whoever is back, in the words of the questions as they were asked."""

    OUTCOMES = [
        ("NO_ACTION", _("Nothing more is needed")),
        ("SUPPORT", _("Support was agreed")),
        ("REFERRAL", _("Occupational health is to be asked")),
        ("ATTENDANCE", _("Attendance is to be looked at formally")),
    ]

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="interviews")
    held_on = models.DateField()
    answers: "models.JSONField[list[Any], list[Any]]" = models.JSONField(default=list)
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(undone_at=None), name="whoever_is_back_is_talked_with_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}: {self.outcome}"


class HitQuerySet(models.QuerySet["TriggerHit"]):
    def waiting(self) -> Self:
        return self.filter(settled_at=None, lapsed_at=None)


class TriggerHit(models.Model):
    """A trigger was reached, once for the absence that reached it, with the absences that made it."""

    rule = models.ForeignKey(TriggerRule, on_delete=models.PROTECT, related_name="hits")
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="hits")
    value = models.DecimalField(max_digits=9, decimal_places=1)
    made_by: "models.JSONField[list[Any], list[Any]]" = models.JSONField(
        default=list, help_text="The absences: number, first and last day, days lost"
    )
    raised_on = models.DateField()
    raised_at = models.DateTimeField()
    outcome = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    lapsed_at = models.DateTimeField(null=True, blank=True, help_text="The absence was put right since")

    objects = HitQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-id"]
        indexes = [
            models.Index(
                fields=["episode"], condition=Q(settled_at=None, lapsed_at=None), name="trigger_waiting"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["rule", "episode"], name="an_absence_reaches_a_trigger_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.value}"

    @property
    def days(self) -> Decimal:
        return sum((Decimal(str(each["days"])) for each in self.made_by), Decimal(0))
