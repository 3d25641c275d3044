import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.people.models import Account
from moothall.workforce.models import Employment, WorkPattern


class FlexibleRequestQuerySet(models.QuerySet["FlexibleRequest"]):
    def live(self) -> Self:
        """Not decided for good: asked, tried out, or appealed against."""
        return self.filter(state__in=FlexibleRequest.LIVE)

    def waiting(self) -> Self:
        """Somebody has to decide."""
        return self.filter(state__in=(FlexibleRequest.ASKED, FlexibleRequest.APPEALED))

    def of(self, employments: list[int] | None) -> Self:
        """Those of these employments; None is everybody's."""
        return self if employments is None else self.filter(employment__in=employments)

    def shown(self) -> Self:
        return self.select_related("employment__person", "case", "pattern")


class FlexibleRequest(models.Model):
    """Somebody asks to work otherwise than now: other hours, other times, another place."""

    ASKED, AGREED, TRIAL, REFUSED = "ASKED", "AGREED", "TRIAL", "REFUSED"
    APPEALED, WITHDRAWN = "APPEALED", "WITHDRAWN"
    STATES = [
        (ASKED, _("Being looked at")), (AGREED, _("Agreed")), (TRIAL, _("Being tried out")),
        (REFUSED, _("Refused")), (APPEALED, _("Appealed")), (WITHDRAWN, _("Withdrawn")),
    ]  # fmt: skip
    LIVE = (ASKED, TRIAL, APPEALED)

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="flexible_requests")
    case = models.OneToOneField(Case, null=True, on_delete=models.SET_NULL, related_name="flexible_request")
    received_on = models.DateField()
    is_statutory = models.BooleanField(help_text="Under the law's right, and within its number")
    asks_for = models.TextField(help_text="The change, in the person's own words")
    effect = models.TextField(blank=True, help_text="What it means for the work, and how that may be met")
    wanted_from = models.DateField()
    weekly_hours = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    pattern = models.ForeignKey(WorkPattern, null=True, on_delete=models.PROTECT, related_name="+")
    is_home_based = models.BooleanField(null=True)
    decide_by = models.DateField(null=True, help_text="By law, any appeal included, and as it was extended")
    extended_from = models.DateField(null=True, help_text="The day by law, before it was extended")
    extension_agreed = models.TextField(blank=True, help_text="How the person agreed to the longer time")
    state = models.CharField(max_length=9, choices=STATES, default=ASKED)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_from = models.DateField(null=True)
    trial_until = models.DateField(null=True)
    is_modified = models.BooleanField(default=False, help_text="Agreed otherwise than asked for")
    ground = models.CharField(max_length=30, blank=True)
    reasons = models.TextField(blank=True)
    appealed_on = models.DateField(null=True)
    appeal_words = models.TextField(blank=True)
    appeal_decided_on = models.DateField(null=True)
    appeal_decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    appeal_reasons = models.TextField(blank=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_because = models.TextField(blank=True)
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    objects = FlexibleRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-id"]
        indexes = [
            models.Index(fields=["employment", "-received_on"], name="flexible_of_employment"),
            models.Index(fields=["received_on", "id"], name="flexible_by_day"),
            models.Index(
                fields=["decide_by", "id"], condition=Q(state__in=["ASKED", "APPEALED"]), name="flexible_due"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["employment"], condition=Q(is_statutory=True, state__in=["ASKED", "APPEALED"]),
                name="one_statutory_request_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(asks_for=""), name="a_request_says_what_it_asks"),
            models.CheckConstraint(
                condition=~Q(state="REFUSED") | (~Q(reasons="") & Q(decided_on__isnull=False)),
                name="a_refusal_has_its_reasons",
            ),
            models.CheckConstraint(
                condition=Q(trial_until=None) | Q(agreed_from=None) | Q(trial_until__gte=F("agreed_from")),
                name="a_trial_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(extended_from=None) | ~Q(extension_agreed=""),
                name="a_longer_time_was_agreed",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.employment_id} {self.received_on}"

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @property
    def is_waiting(self) -> bool:
        return self.state in (self.ASKED, self.APPEALED)

    def is_late(self, on: dt.date) -> bool:
        return self.is_waiting and self.decide_by is not None and self.decide_by < on


class FlexibleMeeting(models.Model):
    """The person is met about a request, before it may be refused."""

    PLANNED, HELD, MISSED, EXCUSED = "PLANNED", "HELD", "MISSED", "EXCUSED"
    STATES = [
        (PLANNED, _("Arranged")), (HELD, _("Took place")), (MISSED, _("Missed without a good reason")),
        (EXCUSED, _("Did not take place")),
    ]  # fmt: skip

    request = models.ForeignKey(FlexibleRequest, on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=300)
    companion = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=7, choices=STATES, default=PLANNED)
    notes = models.TextField(blank=True)
    arranged_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "id"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.starts_at:%Y-%m-%d}"
