"""A promotion board is a campaign of the office's own people for a rank. What is settled of each candidate
before the panel meets hangs on their application."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account
from moothall.recruitment.models import Application, Campaign

from .rank import Rank


class BoardQuerySet(models.QuerySet["Board"]):
    def visible_to(self, account: Account) -> Self:
        """Those of campaigns of one's teams. What is not here does not exist for them."""
        return self.filter(campaign__in=Campaign.objects.visible_to(account).order_by().values("pk"))

    def in_full(self) -> Self:
        return self.select_related("campaign__team", "campaign__profile", "rank__below", "rank__route")


class Board(models.Model):
    """So many are promoted to the next rank; applications, shortlist and board day are its campaign's."""

    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="promotion_board")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="boards")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    sift_told = ArrayField(
        models.BigIntegerField(), default=list, help_text="Applications that heard how their marking went"
    )
    results_at = models.DateTimeField(null=True, blank=True, help_text="When results were last given")

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.campaign)

    def name_in(self, language: str) -> str:
        return self.campaign.name_in(language)


class CheckQuerySet(models.QuerySet["EligibilityCheck"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)


class EligibilityCheck(models.Model):
    """Whether a candidate may go before the board, as it was decided, with what the rules said that day."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="promotion_checks")
    eligible = models.BooleanField()
    found = models.JSONField(default=list, help_text="Each rule, its day, and whether it was met")
    because = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(undone_at=None), name="a_candidate_is_checked_once"
            ),
            models.CheckConstraint(
                condition=Q(eligible=True) | ~Q(because=""), name="whoever_is_not_eligible_reads_why"
            ),
        ]


class Endorsement(models.Model):
    """What somebody's manager says of their promotion."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="endorsement")
    supported = models.BooleanField()
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="a_recommendation_has_words"),
        ]


class Appeal(models.Model):
    """A candidate asks for the result to be looked at again, and what came of it."""

    UPHELD, DISMISSED = "upheld", "dismissed"
    OUTCOMES = [(UPHELD, _("Upheld: the candidate goes into the pool")), (DISMISSED, _("Dismissed"))]

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="promotion_appeal")
    because = models.TextField()
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=9, choices=OUTCOMES, blank=True)
    reasons = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="a_promotion_appeal_says_why"),
            models.CheckConstraint(
                condition=Q(decided_at=None, outcome="") | (Q(decided_at__isnull=False) & ~Q(reasons="")),
                name="a_decided_promotion_appeal_has_reasons",
            ),
        ]
