"""Repairs of a schedule, published or consulted on: what changed, and what is proposed for those touched."""

import datetime as dt
from decimal import Decimal
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account, Place
from moothall.workforce.models import Employment

from .nomination import Nomination
from .plan_run import SILENT
from .schedule import ScheduleVersion
from .session import Session


class RepairWeightQuerySet(models.QuerySet["RepairWeight"]):
    def in_force(self, on: dt.date) -> "RepairWeight | None":
        return self.filter(from_on__lte=on).order_by("-from_on").first()


class RepairWeight(models.Model):
    """From a day on: what it costs to ask somebody to move who could have stayed. A place given back is 1."""

    from_on = models.DateField(unique=True)
    moving = models.DecimalField(max_digits=3, decimal_places=2)
    moving_told = models.DecimalField(max_digits=3, decimal_places=2, help_text="Of whoever was told of it")
    why = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = RepairWeightQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(moving__gt=0, moving_told__lte=1, moving_told__gte=F("moving")),
                name="whoever_was_told_costs_no_less_to_move",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="who_weighs_moving_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.from_on} {self.moving} {self.moving_told}"


class RepairQuerySet(models.QuerySet["Repair"]):
    def in_full(self) -> Self:
        return self.select_related("version__schedule", "asked_by", "told", "weighed")


class Repair(models.Model):
    """The planner was asked to mend a version after something changed. Of a published one sessions and places
    are meant, of one that is consulted on its planned sessions, by their keys."""

    WAITING, RUNNING, DONE, REFUSED, FAILED, BROKEN = (
        "WAITING", "RUNNING", "DONE", "REFUSED", "FAILED", "BROKEN",
    )  # fmt: skip
    STATES = [
        (WAITING, _("Waiting")), (RUNNING, _("Looking")), (DONE, _("Made")),
        (REFUSED, _("Refused by the checker")), (FAILED, _("Could not be made")), (BROKEN, _("Broken off")),
    ]  # fmt: skip
    BUSY = (WAITING, RUNNING)
    READING, MENDING, CHECKING = "READING", "MENDING", "CHECKING"
    PHASES = [
        (READING, _("Reading what is planned, and what has changed since")),
        (MENDING, _("Looking for other places, and for the fewest people to ask")),
        (CHECKING, _("Checking every rule")),
    ]  # fmt: skip

    version = models.ForeignKey(ScheduleVersion, on_delete=models.CASCADE, related_name="repairs")
    of_draft = models.BooleanField(
        default=False, help_text="The version was consulted on, and is not published"
    )
    frozen_until = models.DateField(help_text="Until then nobody is asked to come or to move")
    moves_others = models.BooleanField(
        default=True, help_text="Others are asked to move where that gives somebody a place back"
    )
    offers_waiting = models.BooleanField(default=True, help_text="Those who wait are offered what is free")
    state = models.CharField(max_length=8, choices=STATES, default=WAITING)
    phase = models.CharField(max_length=8, choices=PHASES, default=READING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    weighed = models.ForeignKey(
        RepairWeight, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="What moving somebody cost; none is the usual",
    )  # fmt: skip
    figures = models.JSONField(default=dict, help_text="Places lost, given back, moved, and what is left")
    problem = models.CharField(max_length=500, blank=True)
    told = models.ForeignKey(
        ScheduleVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="The version in which what was accepted last was published",
    )  # fmt: skip

    objects = RepairQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.asked_at:%Y-%m-%d}"

    @property
    def is_made(self) -> bool:
        return self.state == self.DONE

    @property
    def stands_on(self) -> int:
        """The version that has to be published still, for its proposals to be accepted."""
        return self.told_id or self.version_id

    def is_broken(self, at: dt.datetime) -> bool:
        """Whether its process is gone: it has not been heard of for half a minute."""
        silent = self.state == self.RUNNING and self.heard_at is not None and at - self.heard_at > SILENT
        return silent or self.state == self.BROKEN

    def is_busy(self, at: dt.datetime) -> bool:
        return self.state in self.BUSY and not self.is_broken(at)


class RepairChange(models.Model):
    """What else has changed, said by hand: somebody is away, a site is closed, a session is not held."""

    STAFF, SITE, SESSION = "STAFF", "SITE", "SESSION"
    SORTS = [
        (STAFF, _("Somebody is away")), (SITE, _("A site is closed")), (SESSION, _("A session is not held")),
    ]  # fmt: skip

    repair = models.ForeignKey(Repair, on_delete=models.CASCADE, related_name="changes")
    sort = models.CharField(max_length=7, choices=SORTS)
    employment = models.ForeignKey(Employment, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=40, blank=True, help_text="The key of a session only planned yet")
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["repair", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sort="STAFF", employment__isnull=False, from_on__isnull=False)
                | Q(sort="SITE", place__isnull=False, from_on__isnull=False)
                | Q(sort="SESSION", session__isnull=False)
                | (Q(sort="SESSION") & ~Q(line="")),
                name="a_change_names_what_changed",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_change_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.repair_id} {self.sort}"


class RepairProposalQuerySet(models.QuerySet["RepairProposal"]):
    def open(self) -> Self:
        return self.filter(state=RepairProposal.OPEN)

    def to_tell(self) -> Self:
        """Accepted, and nobody was told yet."""
        return self.filter(state=RepairProposal.ACCEPTED, told_in=None)


class RepairProposal(models.Model):
    """Something to accept as a whole: people get other places, a session other trainers or rooms, or is not
    held."""

    PEOPLE, TRAINERS, ROOMS, OFF, LEAVE = "PEOPLE", "TRAINERS", "ROOMS", "OFF", "LEAVE"
    SORTS = [
        (PEOPLE, _("Another place")), (TRAINERS, _("Another trainer")), (ROOMS, _("Another room")),
        (OFF, _("Not held")), (LEAVE, _("No place now")),
    ]  # fmt: skip
    OPEN, ACCEPTED = "OPEN", "ACCEPTED"
    STATES = [(OPEN, _("Open")), (ACCEPTED, _("Accepted"))]

    repair = models.ForeignKey(Repair, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField()
    sort = models.CharField(max_length=8, choices=SORTS)
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=40, blank=True, help_text="The key of a session only planned yet")
    trainers = ArrayField(models.PositiveBigIntegerField(), default=list, blank=True)
    trainers_before = ArrayField(models.PositiveBigIntegerField(), default=list, blank=True)
    rooms = ArrayField(
        models.PositiveBigIntegerField(), default=list, blank=True,
        help_text="What it takes instead: rooms and equipment",
    )  # fmt: skip
    rooms_before = ArrayField(models.PositiveBigIntegerField(), default=list, blank=True)
    needs = ArrayField(
        models.PositiveIntegerField(), default=list, blank=True, help_text="Proposals to accept before"
    )
    places = models.IntegerField(default=0, help_text="How many places it gives")
    touched = models.PositiveIntegerField(default=0, help_text="People moved who could have stayed")
    before = models.JSONField(
        default=dict, blank=True, help_text="A planned session that was taken out, for putting it back"
    )
    cost = models.DecimalField(
        max_digits=7, decimal_places=2, default=Decimal(0), help_text="Of moving those who could have stayed"
    )
    state = models.CharField(max_length=8, choices=STATES, default=OPEN)
    said = models.CharField(max_length=500, blank=True, help_text="What stopped it last")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    told_in = models.ForeignKey(
        ScheduleVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RepairProposalQuerySet.as_manager()

    class Meta:
        ordering = ["repair", "number"]
        constraints = [
            models.UniqueConstraint(fields=["repair", "number"], name="proposals_of_a_repair_are_counted"),
            models.CheckConstraint(
                condition=Q(state="OPEN", told_in=None) | Q(state="ACCEPTED", decided_at__isnull=False),
                name="what_is_accepted_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.repair_id} {self.number}"


class RepairMove(models.Model):
    """Somebody's place in a proposal: out of one session, into another, and why."""

    LOST, CLOSED, SHUT, AWAY, PATTERN, TEAM, TRAINERS, ROOM, WAITED, LEFT = (
        "LOST", "CLOSED", "SHUT", "AWAY", "PATTERN", "TEAM", "TRAINERS", "ROOM", "WAITED", "LEFT",
    )  # fmt: skip
    WHYS = [
        (LOST, _("The session is not held")), (CLOSED, _("The site is closed")),
        (SHUT, _("Its room is shut, and no other is free")),
        (AWAY, _("Away on a day of the session")), (PATTERN, _("The session no longer fits their shifts")),
        (TEAM, _("The team would be below its minimum")), (TRAINERS, _("The session has fewer places")),
        (ROOM, _("Makes room for somebody who lost a place")),
        (WAITED, _("Waited, and there is a place now")), (LEFT, _("Does not work here then")),
    ]  # fmt: skip

    FROZEN = "FROZEN"
    LEFT_WHYS = [(FROZEN, _("Every other session is before the day until which nobody is asked"))]

    proposal = models.ForeignKey(RepairProposal, on_delete=models.CASCADE, related_name="moves")
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="+")
    out_of = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="+")
    out_of_line = models.CharField(max_length=40, blank=True, help_text="By key, where it is only planned")
    into_line = models.CharField(max_length=40, blank=True)
    told_on = models.DateField(null=True, blank=True, help_text="When they were told of the place they leave")
    why = models.CharField(max_length=8, choices=WHYS)
    left_because = models.CharField(max_length=8, blank=True, help_text="Why there is no other place")
    given = models.ForeignKey(Nomination, null=True, on_delete=models.PROTECT, related_name="+")
    freed = models.ForeignKey(Nomination, null=True, on_delete=models.PROTECT, related_name="+")
    took = ArrayField(
        models.PositiveBigIntegerField(), default=list, blank=True,
        help_text="The lines of the ledger that the freed place took from",
    )  # fmt: skip

    class Meta:
        ordering = ["proposal", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(out_of__isnull=False)
                | Q(into__isnull=False)
                | ~Q(out_of_line="")
                | ~Q(into_line=""),
                name="a_move_leads_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.employment_id}"
