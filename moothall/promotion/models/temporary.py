"""Promotions for a while: in which post, until when, at what allowance, and how each ended."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account, Organisation, Post
from moothall.workforce.models import Employment

from .pool import PoolPlace
from .rank import Rank


class TemporaryQuerySet(models.QuerySet["TemporaryPromotion"]):
    def visible_to(self, account: Account) -> Self:
        """Of those whose staff record one sees."""
        return self.filter(employment__in=Employment.objects.visible_to(account).order_by().values("pk"))

    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def in_force(self, on: dt.date) -> Self:
        """Those of that day. One whose end nobody has settled goes on."""
        return self.not_over(on).filter(from_on__lte=on)

    def not_over(self, on: dt.date) -> Self:
        """Those of that day and those to come; one that was ended runs to its last day."""
        return self.filter(Q(ended_at=None) | Q(ended_on__gte=on))

    def in_full(self) -> Self:
        return self.select_related(
            "employment__person", "rank", "post", "unit", "post_before", "unit_before",
            "pool_place__application__case",
        )  # fmt: skip


class TemporaryPromotion(models.Model):
    """Somebody does the work of a higher rank for a while; what they did before is kept to go back to."""

    CONFIRMED, REVERTED = "CONFIRMED", "REVERTED"
    ENDS = [(CONFIRMED, _("Promoted for good")), (REVERTED, _("Back to the rank before"))]

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="promotions")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+")
    pool_place = models.OneToOneField(
        PoolPlace, null=True, blank=True, on_delete=models.PROTECT, related_name="promotion"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    post_before = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    unit_before = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    manager_before = models.ForeignKey(
        Employment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_on = models.DateField()
    until_on = models.DateField(help_text="The last day, as agreed")
    review_on = models.DateField(help_text="By when it is looked at, by the row in force on the first day")
    because = models.CharField(max_length=300)
    allowance = models.CharField(max_length=160, blank=True, help_text="What is paid for it")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    warned_for = models.DateField(null=True, blank=True, help_text="The end of which the manager was told")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    review = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True, help_text="The last day of it being for a while")
    ended_as = models.CharField(max_length=9, choices=ENDS, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    objects = TemporaryQuerySet.as_manager()

    class Meta:
        ordering = ["until_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")) & ~Q(because=""),
                name="a_promotion_for_a_while_lasts_and_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_as="", ended_on=None)
                | (Q(ended_at__isnull=False, ended_on__isnull=False) & ~Q(ended_as="")),
                name="a_promotion_for_a_while_ends_somehow",
            ),
            models.UniqueConstraint(
                fields=["employment"], condition=Q(ended_at=None), name="somebody_is_promoted_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employment_id} {self.from_on}"


class Prolonging(models.Model):
    """A promotion for a while goes on longer than was agreed, and why."""

    promotion = models.ForeignKey(TemporaryPromotion, on_delete=models.CASCADE, related_name="prolonged")
    until_before = models.DateField()
    until_on = models.DateField()
    because = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gt=F("until_before")) & ~Q(because=""),
                name="a_prolonging_goes_on_later_and_says_why",
            ),
        ]
