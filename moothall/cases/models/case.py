import datetime as dt
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from moothall.people.models import Account

from .worklists import CaseQuerySet


class Case(models.Model):
    """One thing asked for, on one service, from the day it was received until it is closed."""

    OPEN, WAITING, CLOSED = "OPEN", "WAITING", "CLOSED"
    STATUSES = [(OPEN, "open"), (WAITING, "waiting"), (CLOSED, "closed")]
    US, PERSON, THIRD = "US", "PERSON", "THIRD"
    TURNS = [(US, "us"), (PERSON, "the person"), (THIRD, "somebody else")]
    URGENT, HIGH, NORMAL, LOW = 1, 2, 3, 4
    PRIORITIES = [(URGENT, "urgent"), (HIGH, "high"), (NORMAL, "normal"), (LOW, "low")]
    ANYONE, TEAM, RESTRICTED, SEALED = "OPEN", "TEAM", "RESTRICTED", "SEALED"
    LEVELS = [(ANYONE, "open"), (TEAM, "team"), (RESTRICTED, "restricted"), (SEALED, "sealed")]

    reference = models.CharField(max_length=20, unique=True)
    service = models.ForeignKey("cases.Service", on_delete=models.PROTECT, related_name="cases")
    version = models.ForeignKey("cases.ServiceVersion", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    requester = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    subject = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="cases_about"
    )
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="cases")
    assignee = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    seen_by_teams = ArrayField(
        models.BigIntegerField(), default=list, help_text="The owning team, and teams that have a part in it"
    )
    status = models.CharField(max_length=7, choices=STATUSES, default=OPEN)
    waiting_on = models.CharField(max_length=6, choices=TURNS, default=US)
    priority = models.SmallIntegerField(choices=PRIORITIES, default=NORMAL)
    confidentiality = models.CharField(max_length=10, choices=LEVELS, default=TEAM)
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=2, blank=True, default="")
    answers = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(
        null=True, blank=True, help_text="The nearest running clock; recomputed, never edited"
    )
    amber_on = models.DateField(null=True, blank=True)
    held_until = models.DateField(null=True, blank=True)
    hold_reason = models.CharField(max_length=200, blank=True)
    came_back_at = models.DateTimeField(
        null=True, blank=True, help_text="Last message in that nobody has answered"
    )
    handed_at = models.DateTimeField(null=True, blank=True)
    handed_because = models.TextField(blank=True)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=60, blank=True)
    closing_reason = models.TextField(blank=True)
    parent_step = models.ForeignKey(
        "cases.Step", null=True, blank=True, on_delete=models.PROTECT, related_name="sub_cases"
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField(default=1, help_text="Counts changes, to notice two people at once")

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="case_by_received"),
            models.Index(fields=["team", "-received_at", "-id"], name="case_by_team"),
            models.Index(fields=["requester", "-received_at", "-id"], name="case_by_requester"),
            models.Index(
                fields=["assignee", "due_on", "id"], condition=~Q(status="CLOSED"), name="case_mine_open"
            ),
            models.Index(
                fields=["team", "due_on", "id"], condition=~Q(status="CLOSED"), name="case_team_open"
            ),
            models.Index(
                fields=["team", "-received_at", "-id"],
                condition=~Q(status="CLOSED"),
                name="case_team_open_by_received",
            ),
            models.Index(
                fields=["-received_at", "-id"], condition=~Q(status="CLOSED"), name="case_open_by_received"
            ),
            models.Index(
                fields=["team", "-received_at", "-id"],
                condition=Q(assignee=None) & ~Q(status="CLOSED"),
                name="case_unassigned",
            ),
            models.Index(fields=["due_on", "id"], condition=~Q(status="CLOSED"), name="case_open_by_due"),
            models.Index(
                fields=["team", "received_at"],
                condition=~Q(status="CLOSED") & (Q(first_answered_at=None) | Q(came_back_at__isnull=False)),
                name="case_team_to_answer",
            ),
            models.Index(
                fields=["team", "first_answered_at"],
                condition=Q(first_answered_at__isnull=False),
                name="case_team_answered",
            ),
            models.Index(fields=["held_until"], condition=Q(held_until__isnull=False), name="case_held"),
            GinIndex(fields=["seen_by_teams"], condition=~Q(status="CLOSED"), name="case_open_seen_by"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="CLOSED") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="a_closed_case_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(held_until=None) | ~Q(hold_reason=""), name="a_held_case_says_why"
            ),
            models.CheckConstraint(
                condition=Q(received_at__lte=models.F("logged_at")),
                name="a_case_is_received_before_it_is_logged",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def is_closed(self) -> bool:
        return self.status == self.CLOSED

    def is_late(self, on: dt.date) -> bool:
        return not self.is_closed and self.due_on is not None and self.due_on < on


FOLLOWED = [
    "reference",
    "title",
    "service",
    "team",
    "assignee",
    "requester",
    "status",
    "priority",
    "confidentiality",
    "received_at",
    "outcome",
    "merged_into",
]
pghistory.track(
    pghistory.UpdateEvent(condition=pghistory.AnyChange(*FOLLOWED), row=pghistory.Old),
    fields=FOLLOWED,
    model_name="CaseEvent",
)(Case)


class CaseSearch(models.Model):
    """The words of an open or team case, apart from it so that a change of the case need not rewrite them.
    A restricted case has an empty row here."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="search")
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="case_by_words")]


class NamedSearch(models.Model):
    """The words of a restricted case. They stand behind the wall, where PostgreSQL uses no index of words;
    those of other cases need no wall, and keep theirs."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="named_search")
    words = SearchVectorField()


class CaseAccessQuerySet(models.QuerySet["CaseAccess"]):
    def in_force(self) -> Self:
        """Those who are named, and stay so until somebody ends it."""
        return self.filter(ended_at=None, until=None).order_by("id")

    def letting_in(self) -> Self:
        """The same, and whoever an emergency lets in just now: by the database's clock, as its wall does."""
        return self.filter(Q(until=None) | Q(until__gt=Now()), ended_at=None).order_by("id")


class CaseAccess(models.Model):
    """A named person may see a restricted or sealed case, and why; in an emergency until a moment only."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="access")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    given_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    until = models.DateTimeField(null=True, help_text="Set in an emergency: not named, and let in until then")
    ended_at = models.DateTimeField(null=True)

    objects = CaseAccessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "account"], condition=Q(ended_at=None), name="access_is_given_once"
            ),
        ]


class Reading(models.Model):
    """Somebody opened a sealed case, with the reason they gave."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="readings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_reading_has_a_reason")]


class CaseLink(models.Model):
    """Two cases belong together, and how; undone by ending the row."""

    RELATED, DUPLICATE, MERGED, SPLIT = "RELATED", "DUPLICATE", "MERGED", "SPLIT"
    KINDS = [(RELATED, "related"), (DUPLICATE, "duplicate"), (MERGED, "merged"), (SPLIT, "split off")]

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=9, choices=KINDS)
    detail = models.JSONField(default=dict, help_text="What a merge moved, so that it can be moved back")
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "other", "kind"], condition=Q(ended_at=None), name="two_cases_are_linked_once"
            ),
            models.CheckConstraint(
                condition=~Q(case=models.F("other")), name="a_case_is_not_linked_to_itself"
            ),
        ]
