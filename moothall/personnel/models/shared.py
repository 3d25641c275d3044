"""Notices of shared parental leave, and the blocks each asks for."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account
from moothall.workforce.models import Employment

from .family import FamilyLeave


class SharedNoticeQuerySet(models.QuerySet["SharedNotice"]):
    def counting(self) -> Self:
        """Those that count among the three: all but what was withdrawn in time."""
        return self.exclude(state=SharedNotice.WITHDRAWN)

    def of_child(self, employment: Employment, event_on: dt.date) -> Self:
        return self.filter(employment=employment, event_on=event_on)

    def undecided(self) -> Self:
        """No agreement, and the person has not chosen yet what to do instead."""
        return self.filter(state__in=(SharedNotice.WAITING, SharedNotice.REFUSED))

    def shown(self) -> Self:
        return self.select_related("employment__person", "decided_by").prefetch_related("blocks__leave")


class SharedNotice(models.Model):
    """One notice that books blocks of shared parental leave, or asks for others in place of an earlier one.

    One block cannot be refused. Several are talked about for two weeks: they are agreed, or all their weeks
    are taken as one block, or the notice is withdrawn.
    """

    WAITING, HELD, REFUSED, ONE, WITHDRAWN = "WAITING", "HELD", "REFUSED", "ONE", "WITHDRAWN"
    STATES = [
        (WAITING, _("To be agreed")), (HELD, _("Agreed")), (REFUSED, _("Not agreed")),
        (ONE, _("Taken as one block")), (WITHDRAWN, _("Withdrawn")),
    ]  # fmt: skip

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="shared_notices")
    event_on = models.DateField(help_text="The day the child is born or placed, as far as it is known")
    weeks = models.PositiveSmallIntegerField(help_text="How many weeks the parents have left to this person")
    received_on = models.DateField()
    state = models.CharField(max_length=9, choices=STATES, default=WAITING)
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by", help_text="What it varies"
    )
    answer_by = models.DateField()
    withdraw_by = models.DateField()
    choose_by = models.DateField()
    late_because = models.CharField(
        max_length=300, blank=True, help_text="Why notice that came too late was accepted"
    )
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=1000, blank=True)
    entered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = SharedNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-id"]
        indexes = [
            models.Index(fields=["employment", "event_on"], name="shared_notice_of_child"),
            models.Index(
                fields=["choose_by", "id"], condition=Q(state__in=("WAITING", "REFUSED")),
                name="shared_notice_undecided",
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="REFUSED") | ~Q(because=""), name="a_refused_shared_notice_says_why"
            ),
            models.CheckConstraint(condition=Q(weeks__gte=1), name="shared_leave_is_a_week_or_more"),
        ]

    def __str__(self) -> str:
        return f"{self.employment_id} {self.received_on}"

    @property
    def spans(self) -> list[tuple[dt.date, dt.date]]:
        """Its blocks as they were asked for; fetched along by `shown`."""
        return [(each.starts_on, each.ends_on) for each in self.blocks.all()]

    @property
    def is_undecided(self) -> bool:
        return self.state in (self.WAITING, self.REFUSED)


class SharedBlock(models.Model):
    """Some weeks that a notice asks for; once they hold, the leave they are."""

    notice = models.ForeignKey(SharedNotice, on_delete=models.CASCADE, related_name="blocks")
    starts_on = models.DateField()
    ends_on = models.DateField()
    leave = models.OneToOneField(
        FamilyLeave, null=True, on_delete=models.SET_NULL, related_name="shared_block"
    )

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="a_block_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} {self.ends_on}"
