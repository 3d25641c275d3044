import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import in_london
from moothall.people.models import Account

from .matter import Matter, Party


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def standing(self) -> Self:
        return self.filter(cancelled_at=None)

    def to_come(self, at: dt.datetime) -> Self:
        return self.standing().filter(starts_at__gte=at).order_by("starts_at", "id")


class Meeting(models.Model):
    """Somebody is met about a matter: when, where, by whom, with what notice and which companion."""

    INVESTIGATION, HEARING, APPEAL = "INVESTIGATION", "HEARING", "APPEAL"
    WELFARE, HOME_VISIT, IMPROVEMENT = "WELFARE", "HOME_VISIT", "IMPROVEMENT"
    KINDS = [
        (INVESTIGATION, _("Investigation meeting")), (HEARING, _("Hearing")), (APPEAL, _("Appeal hearing")),
        (WELFARE, _("Welfare review")), (HOME_VISIT, _("Home visit")),
        (IMPROVEMENT, _("Improvement review")),
    ]  # fmt: skip
    FORMAL = {HEARING, APPEAL}
    NOT_ASKED, NONE, ASKED, NAMED = "NOT_ASKED", "NONE", "ASKED", "NAMED"
    COMPANIONS = [
        (NOT_ASKED, _("Not asked yet")), (ASKED, _("Wants one, not named yet")), (NAMED, _("Named")),
        (NONE, _("Wants none")),
    ]  # fmt: skip

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(max_length=13, choices=KINDS)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=300)
    chair = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    safety = models.TextField(blank=True, help_text="How whoever visits alone stays safe")
    companion_state = models.CharField(max_length=9, choices=COMPANIONS, default=NOT_ASKED)
    companion = models.CharField(max_length=160, blank=True)
    notice_on = models.DateField(null=True, help_text="The day notice was given")
    notice_agreed = models.TextField(blank=True, help_text="How a shorter notice was agreed in writing")
    letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.PROTECT, related_name="+")
    first_starts_at = models.DateTimeField(null=True, help_text="When it was to be, before it was postponed")
    postponed_at = models.DateTimeField(null=True)
    postponed_because = models.TextField(blank=True)
    held_at = models.DateTimeField(null=True, help_text="When it was written down that it was held")
    was_attended = models.BooleanField(null=True)
    notes = models.TextField(blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_because = models.TextField(blank=True)
    edition = models.PositiveSmallIntegerField(default=1, help_text="Counts its moves, for calendars")
    arranged_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_meeting_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(kind="HOME_VISIT") | ~Q(safety=""), name="a_home_visit_says_how_it_is_safe"
            ),
            models.CheckConstraint(
                condition=Q(postponed_at=None) | ~Q(postponed_because=""), name="a_meeting_postponed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(cancelled_because=""), name="a_meeting_cancelled_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(companion_state="NAMED") | ~Q(companion=""), name="a_named_companion_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {date_format(self.day, 'j F Y')}"

    @property
    def is_formal(self) -> bool:
        return self.kind in self.FORMAL

    @property
    def day(self) -> dt.date:
        return in_london(self.starts_at).date()

    @property
    def is_open(self) -> bool:
        return self.held_at is None and self.cancelled_at is None
