import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import in_london
from moothall.people.models import Account

from .term import Term


class HearingQuerySet(models.QuerySet["Hearing"]):
    def planned(self) -> Self:
        return self.filter(state=Hearing.PLANNED)

    def took_place(self) -> Self:
        """They were heard, or stayed away though they were asked."""
        return self.filter(state__in=(Hearing.HELD, Hearing.STAYED_AWAY))


class Hearing(models.Model):
    """Somebody is met about their probation before it is ended, with a companion if they wish."""

    PLANNED, HELD, STAYED_AWAY, MOVED, OFF = "PLANNED", "HELD", "STAYED_AWAY", "MOVED", "OFF"
    STATES = [
        (PLANNED, _("Arranged")), (HELD, _("Took place")), (STAYED_AWAY, _("They stayed away")),
        (MOVED, _("Moved to another day")), (OFF, _("Called off")),
    ]  # fmt: skip

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="hearings")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=300)
    chair = models.CharField(max_length=160, help_text="Who hears them")
    companion = models.CharField(max_length=160, blank=True)
    shorter_agreed = models.CharField(
        max_length=300, blank=True, help_text="How they agreed to a shorter notice"
    )
    state = models.CharField(max_length=11, choices=STATES, default=PLANNED)
    said = models.TextField(blank=True, help_text="What was said, in short")
    leads_to = models.CharField(max_length=10, choices=Term.OUTCOMES, blank=True)
    arranged_at = models.DateTimeField()
    arranged_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = HearingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["term"], condition=Q(state="PLANNED"), name="one_hearing_is_arranged_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="HELD") | ~Q(said=""), name="what_was_said_at_a_hearing_is_written_down"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}"

    @property
    def day(self) -> dt.date:
        return in_london(self.starts_at).date()
