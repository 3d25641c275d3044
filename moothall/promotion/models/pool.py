"""The pool: who has passed a board and waits to be posted."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account
from moothall.recruitment.models import Application

from .rank import Rank


class PoolQuerySet(models.QuerySet["PoolPlace"]):
    def visible_to(self, account: Account) -> Self:
        """Of those whose application one sees."""
        return self.filter(application__in=Application.objects.visible_to(account).order_by().values("pk"))

    def standing(self) -> Self:
        return self.filter(left_at=None)

    def over(self, on: dt.date) -> Self:
        """Still there after their last day."""
        return self.standing().filter(until_on__lt=on).order_by("until_on", "id")

    def in_full(self) -> Self:
        return self.select_related("application__applicant__person", "application__campaign", "rank")


class PoolPlace(models.Model):
    """Somebody waits to be posted, in the order of merit, until a day."""

    POSTED, EXPIRED, WITHDRAWN = "POSTED", "EXPIRED", "WITHDRAWN"
    WAYS = [(POSTED, _("Posted")), (EXPIRED, _("Time is over")), (WITHDRAWN, _("Withdrawn"))]

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="pool_place")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="pool")
    place = models.PositiveSmallIntegerField(help_text="In the order of merit of the board")
    marks = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    entered_on = models.DateField()
    until_on = models.DateField(help_text="The last day in the pool, by the row in force when they entered")
    warned_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    left_as = models.CharField(max_length=9, choices=WAYS, blank=True)
    left_because = models.CharField(max_length=300, blank=True)

    objects = PoolQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "entered_on", "place", "id"]
        indexes = [
            models.Index(fields=["until_on", "id"], condition=Q(left_at=None), name="promotion_pool_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("entered_on")), name="a_place_in_the_pool_lasts"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None, left_as="") | (Q(left_at__isnull=False) & ~Q(left_as="")),
                name="who_leaves_the_pool_leaves_it_somehow",
            ),
            models.CheckConstraint(
                condition=~Q(left_as="WITHDRAWN") | ~Q(left_because=""),
                name="a_withdrawal_from_the_pool_says_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.application_id)
