"""Somebody was written to about a certificate or about pay, once for each day it is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from moothall.letters.models import Letter
from moothall.people.models import Account

from .episode import Episode


class Prompt(models.Model):
    """A letter about an absence: what it is about, and the day it speaks of."""

    SELF, ENDING, MISSING, HALF_PAY = "SELF", "ENDING", "MISSING", "HALF_PAY"
    REFERRED = "REFERRED"
    KINDS = [
        (SELF, _("Asked for a self-certificate")),
        (ENDING, _("Told that a fit note will be needed")),
        (MISSING, _("Asked for a fit note")),
        (HALF_PAY, _("Warned of half pay")),
        (REFERRED, _("Told what occupational health is asked")),
    ]

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="prompts")
    kind = models.CharField(max_length=8, choices=KINDS)
    for_day = models.DateField()
    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "kind", "for_day"], name="somebody_off_is_written_to_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.for_day}"
