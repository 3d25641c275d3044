"""A course on its days, at its site, with its trainers and so many places."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account, Place
from moothall.workforce.models import Employment

from .course import CourseVersion


class SessionQuerySet(models.QuerySet["Session"]):
    def standing(self) -> Self:
        return self.filter(cancelled_at=None)

    def to_come(self, on: dt.date) -> Self:
        return self.standing().filter(first_on__gte=on).order_by("first_on", "id")

    def with_room(self) -> Self:
        return self.filter(taken__lt=F("capacity"))

    def in_full(self) -> Self:
        return self.select_related("version__course", "place")


class Session(models.Model):
    """One time that a course is held. `taken` is counted with the places, in the same transaction."""

    BEGINS, ENDS = dt.time(9), dt.time(17)  # where nobody says otherwise
    ENGLISH, WELSH = "en", "cy"
    LANGUAGES = [(ENGLISH, _("English")), (WELSH, _("Welsh"))]

    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="sessions")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    room = models.CharField(
        max_length=300, blank=True, help_text="In words, also of the rooms that are taken"
    )
    room_cy = models.CharField(max_length=300, blank=True, default="", db_default="")
    language = models.CharField(max_length=2, choices=LANGUAGES, default=ENGLISH)
    days = ArrayField(models.DateField())
    first_on = models.DateField()
    last_on = models.DateField()
    begins = models.TimeField(default=BEGINS)
    ends = models.TimeField(default=ENDS)
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_because = models.CharField(max_length=300, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["first_on", "id"]
        indexes = [
            models.Index(fields=["first_on", "id"], name="session_by_day"),
            models.Index(fields=["version", "first_on"], name="session_of_course"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity")), name="no_more_than_there_are_places"
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on"), days__len__gte=1), name="a_session_has_days"
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="a_session_ends_later"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(cancelled_because=""), name="who_cancels_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.first_on}"

    def room_in(self, language: str) -> str:
        return (self.room_cy if language == "cy" else "") or self.room

    @property
    def left(self) -> int:
        return self.capacity - self.taken

    @property
    def is_standing(self) -> bool:
        return self.cancelled_at is None

    def is_over(self, on: dt.date) -> bool:
        return self.last_on < on


class TrainerDay(models.Model):
    """Somebody teaches that day, at a session or a group of students, and so nowhere else."""

    session = models.ForeignKey(Session, null=True, on_delete=models.CASCADE, related_name="trainer_days")
    held = models.ForeignKey(
        "training.CohortClass", null=True, on_delete=models.CASCADE, related_name="trainer_days"
    )
    trainer = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="teaching_days")
    day = models.DateField()

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["trainer", "day"], name="a_trainer_teaches_once_a_day"),
            models.CheckConstraint(
                condition=Q(session__isnull=False, held=None) | Q(session=None, held__isnull=False),
                name="a_day_of_teaching_is_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainer_id} {self.day}"
