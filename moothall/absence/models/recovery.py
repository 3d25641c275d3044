"""Getting well and coming back: occupational health is asked, and hours grow week by week."""

import datetime as dt
from decimal import Decimal
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clocks.phased_return import hours_not_worked, week_of
from moothall.people.models import Account

from .episode import Episode


class ReferralQuerySet(models.QuerySet["Referral"]):
    def waiting(self) -> Self:
        return self.filter(answered_on=None, withdrawn_at=None)


class Referral(models.Model):
    """Occupational health was asked, with the person's consent. What it answers is about work, never about
    what somebody suffers from."""

    FIT, ADJUSTED, NOT_YET, LONG, NOT_SEEN = "FIT", "ADJUSTED", "NOT_YET", "LONG", "NOT_SEEN"
    OUTCOMES = [
        (FIT, _("Fit for their work")),
        (ADJUSTED, _("Fit with adjustments")),
        (NOT_YET, _("Not fit yet")),
        (LONG, _("Not likely to be fit for this work for a long time")),
        (NOT_SEEN, _("They were not seen")),
    ]

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="referrals")
    asked_on = models.DateField()
    asks = models.TextField(help_text="What we want to know about their work; nothing medical")
    provider = models.CharField(max_length=160, blank=True)
    consent_on = models.DateField(help_text="When they agreed to it")
    consent_how = models.CharField(max_length=200, blank=True)
    seen_on = models.DateField(null=True, help_text="When they are or were seen")
    answered_on = models.DateField(null=True)
    outcome = models.CharField(max_length=8, blank=True, choices=OUTCOMES)
    advice = models.TextField(blank=True, help_text="What would help at work; nothing medical")
    review_on = models.DateField(null=True)
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(answered_on=None, withdrawn_at=None),
                name="occupational_health_is_asked_one_thing_at_once",
            ),
            models.CheckConstraint(
                condition=Q(consent_on__lte=F("asked_on")), name="consent_comes_before_the_referral"
            ),
            models.CheckConstraint(condition=~Q(asks=""), name="a_referral_asks_something"),
            models.CheckConstraint(
                condition=Q(answered_on=None, outcome="") | (Q(answered_on__isnull=False) & ~Q(outcome="")),
                name="an_answer_has_its_outcome_and_its_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.episode_id} {self.asked_on}"

    @property
    def waits(self) -> bool:
        return self.answered_on is None and self.withdrawn_at is None


class PhasedPlanQuerySet(models.QuerySet["PhasedPlan"]):
    def in_force(self, on: dt.date) -> Self:
        """By its days alone: it ends by itself."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=on), from_on__lte=on, until_on__gte=on)


class PhasedPlan(models.Model):
    """So many hours in each week from a day on, until they work their usual week again."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="plans")
    from_on = models.DateField()
    until_on = models.DateField(help_text="The last day of its last week; worked out, never typed")
    weeks = ArrayField(models.DecimalField(max_digits=5, decimal_places=2), help_text="Hours of each week")
    usual_hours = models.DecimalField(max_digits=5, decimal_places=2, help_text="Of a week, as agreed then")
    note = models.CharField(max_length=500, blank=True)
    ended_on = models.DateField(null=True, help_text="Its last day, where it ended early")
    ended_because = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PhasedPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(ended_on=None), name="one_phased_return_of_an_absence"
            ),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")), name="a_phased_return_lasts_some_days"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | ~Q(ended_because=""), name="a_phased_return_ended_early_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.episode_id} {self.from_on}"

    @property
    def last_on(self) -> dt.date:
        return min(self.ended_on or self.until_on, self.until_on)

    def week(self, on: dt.date) -> int | None:
        """Which week it is in that day, if it is."""
        return week_of(self.from_on, on) if self.from_on <= on <= self.last_on else None

    def hours_left_out(self, until: dt.date) -> Decimal:
        """The hours of the usual weeks that were not worked until the end of that day."""
        days = (min(until, self.last_on) - self.from_on).days + 1
        return hours_not_worked(self.weeks, self.usual_hours, days=max(days, 0))
