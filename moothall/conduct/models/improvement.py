"""What somebody was asked to improve, with what help, and until when: a notice comes with an outcome."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .outcome import Outcome


class ImprovementNoticeQuerySet(models.QuerySet["ImprovementNotice"]):
    def standing(self) -> Self:
        """Not reviewed yet, and not set aside on appeal."""
        return self.filter(result="", outcome__set_aside_on=None)

    def to_review(self, until: dt.date) -> Self:
        """Those whose window closes by that day, the soonest first."""
        return self.standing().filter(until_on__lte=until).order_by("until_on", "id")


class ImprovementNotice(models.Model):
    """One stage of improving: what has to get better, the help given, and the window for it."""

    IMPROVED, NOT_IMPROVED = "IMPROVED", "NOT_IMPROVED"
    RESULTS = [(IMPROVED, _("Improved enough")), (NOT_IMPROVED, _("Not improved enough"))]

    outcome = models.OneToOneField(Outcome, on_delete=models.CASCADE, related_name="notice")
    stage = models.PositiveSmallIntegerField()
    targets = models.TextField(help_text="What has to get better, one a line, and how that is seen")
    support = models.TextField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField(help_text="The last day of the window")
    exceptional_because = models.TextField(blank=True, help_text="Why it is longer than usual")
    result = models.CharField(max_length=12, blank=True, choices=RESULTS)
    result_because = models.TextField(blank=True)
    reviewed_on = models.DateField(null=True)
    reviewed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ImprovementNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["stage", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(targets=""), name="a_notice_says_what_has_to_improve"),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="an_improvement_window_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(result="", reviewed_on=None)
                | (~Q(result="") & ~Q(result_because="") & Q(reviewed_on__isnull=False)),
                name="an_improvement_is_judged_with_a_reason_and_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}"

    def wanted(self) -> list[str]:
        return [line.strip() for line in self.targets.splitlines() if line.strip()]


class WindowExtension(models.Model):
    """A window was made longer, why, and what it was before."""

    notice = models.ForeignKey(ImprovementNotice, on_delete=models.CASCADE, related_name="extensions")
    before_on = models.DateField()
    until_on = models.DateField()
    because = models.TextField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gt=F("before_on")), name="an_extension_makes_a_window_longer"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="an_extension_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.before_on}–{self.until_on}"
