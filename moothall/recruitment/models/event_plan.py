"""Plans of a selection event, and the sittings of the one in force: nobody and no room twice at once."""

import datetime as dt
from typing import Any, Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Resource
from moothall.people.models import Account

from .application import Applicant
from .event import EventAssessor, EventExercise, SelectionEvent
from .event_people import EventCandidate

SILENT: Final = dt.timedelta(seconds=30)  # a living search is heard of every second


class EventPlan(models.Model):
    """The planner was asked for the days of an event: made anew, or mended with the least change."""

    WAITING, RUNNING, DONE, FAILED, BROKEN = "WAITING", "RUNNING", "DONE", "FAILED", "BROKEN"
    STATES = [
        (WAITING, _("Waiting")), (RUNNING, _("Planning")), (DONE, _("Made")),
        (FAILED, _("Could not be made")), (BROKEN, _("Broken off")),
    ]  # fmt: skip
    BUSY = (WAITING, RUNNING)

    event = models.ForeignKey(SelectionEvent, on_delete=models.CASCADE, related_name="plans")
    mends = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="mended_by")
    because = models.CharField(max_length=200, blank=True)
    seconds = models.PositiveSmallIntegerField(default=10)
    seed = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=STATES, default=WAITING)
    points = models.JSONField(default=list, help_text="Seconds, points and who has no time, as it went")
    digest = models.CharField(max_length=64, blank=True, help_text="Of what it was made from")
    sittings = models.JSONField(default=list, help_text="As the planner says them, by number")
    unseated = models.JSONField(default=list, help_text="Who has no time, on which exercise it fails, why")
    changes = models.JSONField(default=list, help_text="Of a mending: what differs for whom, and why")
    figures = models.JSONField(default=dict)
    before = models.JSONField(default=list, help_text="What stood when it came into force, to go back to")
    problem = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    heard_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.event_id} {self.pk}"

    @property
    def is_made(self) -> bool:
        return self.state == self.DONE

    def is_broken(self, at: dt.datetime) -> bool:
        """Whether its process is gone: it has not been heard of for half a minute."""
        silent = self.state == self.RUNNING and self.heard_at is not None and at - self.heard_at > SILENT
        return silent or self.state == self.BROKEN

    def is_busy(self, at: dt.datetime) -> bool:
        return self.state in self.BUSY and not self.is_broken(at)

    @property
    def moved(self) -> list[Any]:
        """Changes that a candidate has to be told of."""
        return [each for each in self.changes if each["moved"]]


class EventSitting(models.Model):
    """One exercise sat once, in a room. The room is kept for notes a while longer."""

    event = models.ForeignKey(SelectionEvent, on_delete=models.CASCADE, related_name="sittings")
    exercise = models.ForeignKey(EventExercise, on_delete=models.PROTECT, related_name="sittings")
    room = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    taken = DateTimeRangeField(help_text="With the time for notes")

    class Meta:
        ordering = ["begins_at", "room", "id"]
        indexes = [models.Index(fields=["event", "begins_at"], name="event_sitting_by_time")]
        constraints = [
            ExclusionConstraint(
                name="a_room_has_one_sitting_at_a_time",
                expressions=[("room", RangeOperators.EQUAL), ("taken", RangeOperators.OVERLAPS)],
            ),
        ]


class EventSeat(models.Model):
    """A place in a sitting. Those with the same `place` are one candidate's day; without one it is free."""

    sitting = models.ForeignKey(EventSitting, on_delete=models.CASCADE, related_name="seats")
    place = models.PositiveSmallIntegerField()
    candidate = models.ForeignKey(
        EventCandidate, null=True, on_delete=models.PROTECT, related_name="seats", help_text="None: free"
    )
    applicant = models.ForeignKey(
        Applicant, null=True, on_delete=models.PROTECT, related_name="+", help_text="Who never sits two"
    )
    span = DateTimeRangeField()

    class Meta:
        ordering = ["sitting__begins_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "place"], name="a_place_is_in_a_sitting_once"),
            ExclusionConstraint(
                name="a_candidate_sits_one_thing_at_a_time",
                expressions=[("applicant", RangeOperators.EQUAL), ("span", RangeOperators.OVERLAPS)],
                condition=Q(applicant__isnull=False),
            ),
        ]


class Assessing(models.Model):
    """Somebody assesses a sitting, or interprets for somebody in it."""

    sitting = models.ForeignKey(EventSitting, on_delete=models.CASCADE, related_name="panel")
    assessor = models.ForeignKey(EventAssessor, on_delete=models.PROTECT, related_name="duties")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    interprets_for = models.ForeignKey(
        EventCandidate, null=True, on_delete=models.PROTECT, related_name="+", help_text="None: assesses"
    )
    span = DateTimeRangeField()

    class Meta:
        ordering = ["sitting__begins_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "assessor"], name="an_assessor_is_in_a_sitting_once"),
            ExclusionConstraint(
                name="an_assessor_has_one_sitting_at_a_time",
                expressions=[("account", RangeOperators.EQUAL), ("span", RangeOperators.OVERLAPS)],
            ),
        ]
