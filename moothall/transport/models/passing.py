"""What happened on a run: each press on a phone as it came, and what it says of a stop or a passenger."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.people.models import Account

from .passenger import Passenger
from .plan import Call, Run


class PressQuerySet(models.QuerySet["Press"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()

    def to_look_at(self) -> Self:
        """Those that count for nothing, until somebody of the desk has seen them."""
        return self.filter(seen_at=None, found__in=Press.ODD).order_by("-received_at", "-id")


class Press(models.Model):
    """Somebody pressed something on the phone page, kept as it came. The same press twice is one."""

    COUNTED, SAME, OTHERWISE, NOT_THEIRS, UNCLEAR = "COUNTED", "SAME", "OTHERWISE", "NOT_THEIRS", "UNCLEAR"
    FINDINGS = [
        (COUNTED, _("Counted")), (SAME, _("Said already")), (OTHERWISE, _("Somebody said otherwise before")),
        (NOT_THEIRS, _("The run was not theirs any more")), (UNCLEAR, _("It fits no stop of the run")),
    ]  # fmt: skip
    ODD = (OTHERWISE, NOT_THEIRS, UNCLEAR)

    key = models.UUIDField(unique=True, help_text="Made where it was pressed")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="presses")
    day = models.DateField(null=True)
    said = models.JSONField(help_text="What was sent, word for word")
    pressed_at = models.DateTimeField(help_text="By the phone, and never later than it came")
    received_at = models.DateTimeField()
    found = models.CharField(max_length=10, choices=FINDINGS)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PressQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(
                fields=["-received_at", "-id"],
                condition=Q(seen_at=None, found__in=("OTHERWISE", "NOT_THEIRS", "UNCLEAR")),
                name="press_to_look_at",
            ),
        ]


class PassingQuerySet(models.QuerySet["Passing"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def of_run(self, run: Run, day: dt.date) -> Self:
        return self.standing().filter(run=run, day=day).order_by("at", "id")

    def absent(self) -> Self:
        return self.standing().filter(what=Passing.ABSENT)


class Passing(models.Model):
    """A run was at a stop, or a passenger got on, got off, was not there or would not come.

    Planned beside actual: what figures of punctuality and the speeds of streets are learned from.
    """

    ARRIVED, ABOARD, SET_DOWN, ABSENT, REFUSED = "ARRIVED", "ABOARD", "SET_DOWN", "ABSENT", "REFUSED"
    WHATS = [
        (ARRIVED, _("Arrived")), (ABOARD, _("On board")), (SET_DOWN, _("Set down")), (ABSENT, _("Not there")),
        (REFUSED, _("Would not come")),
    ]  # fmt: skip
    AT_PICKUP = (ABOARD, ABSENT, REFUSED)

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="passings")
    day = models.DateField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="passings")
    passenger = models.ForeignKey(Passenger, null=True, on_delete=models.PROTECT, related_name="passings")
    what = models.CharField(max_length=8, choices=WHATS)
    at = models.DateTimeField(help_text="When it was pressed")
    planned_at = models.DateTimeField(help_text="When the run was to be there")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    press = models.OneToOneField(Press, on_delete=models.PROTECT, related_name="passing")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PassingQuerySet.as_manager()

    class Meta:
        ordering = ["day", "run", "at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what="ARRIVED", passenger=None)
                | ~Q(what="ARRIVED") & Q(passenger__isnull=False),
                name="a_run_arrives_and_a_passenger_gets_on_or_off",
            ),
            models.UniqueConstraint(
                fields=["run", "day", "call"], condition=Q(what="ARRIVED", undone_at=None),
                name="a_run_arrives_once_at_a_stop",
            ),
            models.UniqueConstraint(
                fields=["run", "day", "passenger"],
                condition=Q(what__in=("ABOARD", "ABSENT", "REFUSED"), undone_at=None),
                name="a_passenger_gets_on_or_does_not",
            ),
            models.UniqueConstraint(
                fields=["run", "day", "passenger"], condition=Q(what="SET_DOWN", undone_at=None),
                name="a_passenger_is_set_down_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["day", "run", "at"], name="passing_of_day"),
            models.Index(
                fields=["passenger", "day"], condition=Q(what="ABSENT", undone_at=None), name="passing_absent"
            ),
        ]

    @property
    def minutes_late(self) -> int:
        """Whole minutes after the plan; below nought before it."""
        return int((self.at - self.planned_at).total_seconds() // 60)


class NoShowTask(models.Model):
    """Somebody was not there so often that it is looked into: the case, and the last time that counted."""

    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="no_show_tasks")
    through = models.OneToOneField(Passing, on_delete=models.PROTECT, related_name="task")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
