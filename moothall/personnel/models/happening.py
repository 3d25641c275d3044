from django.db import models
from django.db.models import Q

from moothall.letters.models import Letter
from moothall.people.models import Account

from .family import FamilyLeave
from .flexible import FlexibleRequest
from .reference import ReferenceRequest
from .shared import SharedNotice


class Happening(models.Model):
    """What was done about a request, a leave or a reference: by whom, when, and in which words."""

    flexible = models.ForeignKey(
        FlexibleRequest, null=True, on_delete=models.CASCADE, related_name="happenings"
    )
    family = models.ForeignKey(FamilyLeave, null=True, on_delete=models.CASCADE, related_name="happenings")
    reference = models.ForeignKey(
        ReferenceRequest, null=True, on_delete=models.CASCADE, related_name="happenings"
    )
    shared = models.ForeignKey(SharedNotice, null=True, on_delete=models.CASCADE, related_name="happenings")
    kind = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(flexible__isnull=False, family=None, reference=None, shared=None)
                | Q(flexible=None, family__isnull=False, reference=None, shared=None)
                | Q(flexible=None, family=None, reference__isnull=False, shared=None)
                | Q(flexible=None, family=None, reference=None, shared__isnull=False),
                name="something_happens_to_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.kind


class SentOnce(models.Model):
    """A letter about one day of a request, a leave or a reference: it is sent once."""

    flexible = models.ForeignKey(FlexibleRequest, null=True, on_delete=models.CASCADE, related_name="letters")
    family = models.ForeignKey(FamilyLeave, null=True, on_delete=models.CASCADE, related_name="letters")
    reference = models.ForeignKey(
        ReferenceRequest, null=True, on_delete=models.CASCADE, related_name="letters"
    )
    shared = models.ForeignKey(SharedNotice, null=True, on_delete=models.CASCADE, related_name="letters")
    key = models.CharField(max_length=40)
    about_on = models.DateField()
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+")
    not_sent_at = models.DateTimeField(
        null=True, help_text="It was recalled or refused, and may be written anew"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=[about, "key", "about_on"],
                condition=Q(not_sent_at=None),
                name=f"a_{about}_letter_once",
            )
            for about in ("flexible", "family", "reference", "shared")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.about_on}"
