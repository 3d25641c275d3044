"""Shortlisting: who marks a campaign's applications without knowing whose they are, and what was decided."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .application import Application
from .campaign import Campaign
from .profile import Criterion
from .reason import Reason, ReasonQuerySet

BEST = 4


class MarkerQuerySet(models.QuerySet["Marker"]):
    def standing(self) -> Self:
        return self.filter(let_go_at=None)

    def of(self, account: Account) -> Self:
        """Those by which somebody marks, in campaigns that go on."""
        rows = self.standing().filter(account=account, campaign__ended_at=None)
        return rows.select_related("campaign").order_by("campaign__closes_on", "id")


class Marker(models.Model):
    """Somebody who marks the applications of a campaign, and sees of each only what was written."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="markers")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    let_go_at = models.DateTimeField(null=True, blank=True)

    objects = MarkerQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "account"], condition=Q(let_go_at=None), name="a_marker_is_named_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.account)


class Sheet(models.Model):
    """What one marker gave one application, handed in at once."""

    marker = models.ForeignKey(Marker, on_delete=models.PROTECT, related_name="sheets")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="sheets")
    handed_in_at = models.DateTimeField()

    class Meta:
        ordering = ["marker_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["marker", "application"], name="a_sheet_is_handed_in_once"),
        ]


class Mark(models.Model):
    """What a marker gave for one criterion, from nothing to four, and why."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    mark = models.PositiveSmallIntegerField()
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["criterion__place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="a_criterion_is_marked_once_a_sheet"),
            models.CheckConstraint(condition=Q(mark__lte=BEST), name="a_mark_is_four_at_most"),
        ]


class Agreed(models.Model):
    """The mark that holds after markers who were far apart have spoken; theirs stay as they were."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="agreed")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    mark = models.PositiveSmallIntegerField()
    because = models.CharField(max_length=300)
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["criterion__place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="a_mark_is_agreed_once"),
            models.CheckConstraint(condition=Q(mark__lte=BEST), name="an_agreed_mark_is_four_at_most"),
            models.CheckConstraint(condition=~Q(because=""), name="an_agreed_mark_says_why"),
        ]


class SiftReason(Reason):
    """Why somebody is on a shortlist or is not."""

    objects = ReasonQuerySet["SiftReason"].as_manager()

    class Meta(Reason.Meta):
        constraints = [
            models.UniqueConstraint(fields=["key", "from_on"], name="a_sift_reason_changes_once_a_day"),
        ]


class SiftedQuerySet(models.QuerySet["Sifted"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)


class Sifted(models.Model):
    """One application decided: on the shortlist or not, with what mark and why."""

    SHORTLISTED, NOT = "SHORTLISTED", "NOT"
    OUTCOMES = [(SHORTLISTED, _("On the shortlist")), (NOT, _("Not on the shortlist"))]

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="sifted")
    outcome = models.CharField(max_length=11, choices=OUTCOMES)
    reason = models.ForeignKey(SiftReason, on_delete=models.PROTECT, related_name="+")
    total = models.DecimalField(max_digits=7, decimal_places=2)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SiftedQuerySet.as_manager()

    class Meta:
        ordering = ["-total", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(undone_at=None), name="an_application_is_sifted_once"
            ),
        ]
