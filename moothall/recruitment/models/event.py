"""A selection event: what is sat there, on which days, in which rooms and before whom."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Resource
from moothall.credentials.models import CredentialKind
from moothall.people.models import Account
from moothall.people.models.working import at_on

from .campaign import Campaign


class SelectionEventQuerySet(models.QuerySet["SelectionEvent"]):
    def visible_to(self, account: Account) -> Self:
        """Those of campaigns of one's teams."""
        return self.filter(campaign__in=Campaign.objects.visible_to(account).order_by().values("pk"))

    def standing(self) -> Self:
        return self.filter(cancelled_at=None)

    def in_full(self) -> Self:
        return self.select_related("campaign__team", "campaign__profile", "plan")


class SelectionEvent(models.Model):
    """A fitness test, an assessment centre, interviews or a board of one campaign, at one of its stages."""

    FITNESS, CENTRE, INTERVIEW, BOARD = "FITNESS", "CENTRE", "INTERVIEW", "BOARD"
    KINDS = [
        (FITNESS, _("Fitness test")), (CENTRE, _("Assessment centre")), (INTERVIEW, _("Interviews")),
        (BOARD, _("Board")),
    ]  # fmt: skip

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=9, choices=KINDS)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    about = models.TextField(blank=True, help_text="What to bring and to wear, where to come")
    about_cy = models.TextField(blank=True)
    step = models.CharField(max_length=40, help_text="The step of the process that is done by it")
    spare = models.PositiveSmallIntegerField(
        default=0, help_text="Free times, so that candidates can take another one"
    )
    choose_until = models.DateField(null=True, blank=True, help_text="The last day to take another time")
    plan = models.ForeignKey(
        "EventPlan", null=True, on_delete=models.PROTECT, related_name="+", help_text="The one in force"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Results are decided")
    closed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_because = models.CharField(max_length=300, blank=True)

    objects = SelectionEventQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(cancelled_because=""), name="a_cancelled_event_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name

    def about_in(self, language: str) -> str:
        return (self.about_cy if language == "cy" else "") or self.about

    def may_choose(self, on: dt.date) -> bool:
        """Whether candidates may still take another time."""
        return bool(self.spare) and (self.choose_until is None or on <= self.choose_until)


class EventDay(models.Model):
    """A day on which it takes place, and when the house is open for it."""

    event = models.ForeignKey(SelectionEvent, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "on"], name="a_day_of_an_event_stands_once"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="a_day_of_an_event_ends_later"),
        ]

    def __str__(self) -> str:
        return self.on.isoformat()

    @property
    def span(self) -> tuple[dt.datetime, dt.datetime]:
        return at_on(self.on, self.opens), at_on(self.on, self.closes)


class EventExercise(models.Model):
    """Something that is sat: a station of a fitness test, an interview, a written exercise."""

    event = models.ForeignKey(SelectionEvent, on_delete=models.CASCADE, related_name="exercises")
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField()
    size = models.PositiveSmallIntegerField(default=1, help_text="How many sit it together")
    assessors = models.PositiveSmallIntegerField(default=1)
    hold = models.PositiveSmallIntegerField(default=0, help_text="Minutes for notes after it")
    rest = models.PositiveSmallIntegerField(default=0, help_text="Minutes a candidate has before the next")
    after = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="before")
    needs = models.ForeignKey(
        CredentialKind, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="What whoever assesses it has to hold on the day",
    )  # fmt: skip
    best = models.PositiveSmallIntegerField(default=4, help_text="The highest mark")
    least = models.PositiveSmallIntegerField(default=2, help_text="The mark that passes")
    place = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, size__gte=1), name="an_exercise_takes_time_and_people"
            ),
            models.CheckConstraint(
                condition=Q(best__gte=1, least__lte=F("best")), name="a_pass_can_be_reached"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class EventRoom(models.Model):
    """A room taken for the event on all its days, for these exercises; for all where none is named."""

    event = models.ForeignKey(SelectionEvent, on_delete=models.CASCADE, related_name="rooms")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+")
    exercises = models.ManyToManyField(EventExercise, blank=True, related_name="rooms")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "resource"], name="a_room_of_an_event_stands_once"),
        ]

    def __str__(self) -> str:
        return str(self.resource)

    def name_in(self, language: str) -> str:
        return self.resource.name_in(language)


class EventAssessorQuerySet(models.QuerySet["EventAssessor"]):
    def standing(self) -> Self:
        return self.filter(let_go_at=None)

    def of(self, account: Account) -> Self:
        """Those by which somebody assesses, the next event first."""
        rows = self.standing().filter(account=account, event__cancelled_at=None)
        return rows.select_related("event__campaign").order_by("-event_id")


class EventAssessor(models.Model):
    """Somebody who assesses, interprets or both; of all exercises where none is named."""

    event = models.ForeignKey(SelectionEvent, on_delete=models.CASCADE, related_name="assessors")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    exercises = models.ManyToManyField(EventExercise, blank=True, related_name="+")
    assesses = models.BooleanField(default=True, help_text="Not only interprets")
    interprets = models.CharField(max_length=20, blank=True, help_text="A language, such as BSL")
    most_minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="A day, as agreed")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    let_go_at = models.DateTimeField(null=True, blank=True)

    objects = EventAssessorQuerySet.as_manager()

    class Meta:
        ordering = ["account__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "account"], condition=Q(let_go_at=None), name="an_assessor_is_named_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.account)


class AssessorAway(models.Model):
    """Somebody who assesses is ill or otherwise away for a while of the event."""

    assessor = models.ForeignKey(EventAssessor, on_delete=models.CASCADE, related_name="away")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    because = models.CharField(max_length=200)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["begins_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="who_assesses_is_away_for_a_while"
            ),
        ]
