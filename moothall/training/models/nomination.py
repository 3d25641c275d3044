"""Who is put forward for a session, what became of it, and what they said of it afterwards."""

import datetime as dt
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import today
from moothall.core.ready_queries import ready_query
from moothall.credentials.models import Credential
from moothall.leave.models import decided_by
from moothall.leave.models.request import decided_for
from moothall.people.models import Account
from moothall.workforce.models import Employment

from .session import Session


class NominationQuerySet(models.QuerySet["Nomination"]):
    def standing(self) -> Self:
        return self.filter(state__in=Nomination.STANDING)

    def placed(self) -> Self:
        return self.filter(state=Nomination.PLACED)

    def in_turn(self) -> Self:
        """Those who wait, in the order in which they were approved."""
        return self.filter(state=Nomination.WAITING).order_by("decided_at", "id")

    def waiting_for(self, account: Account, *, on: dt.date) -> Self:
        """What this account is to decide, the first session first."""
        return self.waiting_among(decided_by(account, on=on))

    def waiting_among(self, employments: "models.QuerySet[Employment]") -> Self:
        found = self.filter(state=Nomination.ASKED, session__cancelled_at=None, employment__in=employments)
        return found.order_by("session__first_on", "id")

    def visible_to(self, account: Account) -> Self:
        """One's own, those of one's people, and all for whoever looks after training."""
        if account.may("training.manage"):
            return self
        return self.filter(
            Q(employment__in=Employment.objects.of_account(account).values("pk"))
            | Q(employment__in=decided_by(account, on=today()).values("pk"))
        )

    def in_full(self) -> Self:
        return self.select_related("employment__person", "session__version__course", "session__place")


class Nomination(models.Model):
    """Somebody is put forward for a session: asked for, approved, placed or waiting, attended, passed."""

    ASKED, PLACED, WAITING, REFUSED, WITHDRAWN = "ASKED", "PLACED", "WAITING", "REFUSED", "WITHDRAWN"
    STATES = [
        (ASKED, _("Waits for the manager")), (PLACED, _("Has a place")), (WAITING, _("On the waiting list")),
        (REFUSED, _("Refused")), (WITHDRAWN, _("Withdrawn")),
    ]  # fmt: skip
    STANDING = (ASKED, PLACED, WAITING)
    FULL, TEAM, FIRST, CLASH, AWAY, NIGHT = "FULL", "TEAM", "FIRST", "CLASH", "AWAY", "NIGHT"
    WHYS = [
        (FULL, _("The session is full")), (TEAM, _("The team would be below its minimum")),
        (FIRST, _("Another course comes first")), (CLASH, _("Other training on the same day")),
        (AWAY, _("Away on one of the days")), (NIGHT, _("Too little rest between a duty and the session")),
    ]  # fmt: skip
    PASSED, FAILED, REFERRED = "PASSED", "FAILED", "REFERRED"
    RESULTS = [(PASSED, _("Passed")), (FAILED, _("Not passed")), (REFERRED, _("To be seen again"))]

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="training")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="nominations")
    state = models.CharField(max_length=9, choices=STATES, default=ASKED)
    waits_because = models.CharField(max_length=5, choices=WHYS, blank=True)
    waits_for = models.CharField(max_length=300, blank=True, help_text="The day, the course, the team")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300, blank=True, help_text="Why refused or withdrawn")
    placed_at = models.DateTimeField(null=True, blank=True)
    needs = models.CharField(
        max_length=300, blank=True, default="", db_default="",
        help_text="What they need to take part: access, an interpreter, a diet",
    )  # fmt: skip
    attended = models.BooleanField(null=True, blank=True)
    absent_because = models.CharField(max_length=300, blank=True)
    recharge = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    result = models.CharField(max_length=8, choices=RESULTS, blank=True)
    result_on = models.DateField(null=True, blank=True)
    result_at = models.DateTimeField(null=True, blank=True)
    result_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    credential = models.ForeignKey(
        Credential, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["employment", "state"], name="nomination_of_employment"),
            models.Index(fields=["session", "state"], name="nomination_of_session"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["employment", "session"],
                condition=Q(state__in=["ASKED", "PLACED", "WAITING"]),
                name="nobody_is_put_forward_twice",
            ),
            models.CheckConstraint(
                condition=Q(state="WAITING", waits_because__gt="")
                | (~Q(state="WAITING") & Q(waits_because="")),
                name="who_waits_is_told_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="REFUSED") | ~Q(because=""), name="who_refuses_training_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(attended=False) | ~Q(absent_because=""), name="who_did_not_come_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(result="") | Q(attended=True), name="only_who_came_has_a_result"
            ),
            models.CheckConstraint(condition=Q(recharge__gte=0), name="a_recharge_is_never_below_nought"),
        ]

    def __str__(self) -> str:
        return f"{self.employment_id} {self.session_id}"

    @property
    def stands(self) -> bool:
        return self.state in self.STANDING


class PlaceDay(models.Model):
    """Somebody is at a session that day, and so at no other."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="days")
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="training_days")
    day = models.DateField()

    class Meta:
        ordering = ["day", "id"]
        indexes = [models.Index(fields=["day", "employment"], name="training_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["employment", "day"], name="nobody_is_trained_twice_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.employment_id} {self.day}"


class Evaluation(models.Model):
    """What somebody said of a session afterwards."""

    nomination = models.OneToOneField(Nomination, on_delete=models.CASCADE, related_name="evaluation")
    useful = models.PositiveSmallIntegerField(help_text="From 1, not at all, to 5, very")
    taught = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(useful__gte=1, useful__lte=5, taught__gte=1, taught__lte=5),
                name="an_evaluation_goes_from_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.useful}"


@ready_query("account", "person", "on")
def training_to_decide(*, account: int, person: int, on: dt.date, most: int) -> "models.QuerySet[Nomination]":
    """What waits for this account's decision on that day."""
    return Nomination.objects.waiting_among(decided_for(account, person, on)).in_full()[:most]
