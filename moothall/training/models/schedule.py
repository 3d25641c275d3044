"""The Planning Schedule: what is taught where and when over months, in versions that can be compared."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account, Place

from .course import CourseVersion
from .session import Session


class Schedule(models.Model):
    """A stretch of months that is planned together."""

    name = models.CharField(max_length=120)
    from_on = models.DateField()
    until_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="a_schedule_ends_later"),
        ]

    def __str__(self) -> str:
        return self.name


class ScheduleVersion(models.Model):
    """A schedule as it was drafted, consulted on and published. A published one is replaced by the next."""

    DRAFT, CONSULTED, PUBLISHED, CHANGED = "DRAFT", "CONSULTED", "PUBLISHED", "CHANGED"
    STATES = [
        (DRAFT, _("Draft")), (CONSULTED, _("Consulted on")), (PUBLISHED, _("Published")),
        (CHANGED, _("Replaced")),
    ]  # fmt: skip

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=STATES, default=DRAFT)
    note = models.CharField(max_length=300, blank=True)
    plan = models.JSONField(
        default=dict, help_text="What the planner said of it: placed, bound, gap, reasons"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    consulted_at = models.DateTimeField(null=True, blank=True)
    consulted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["schedule", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "number"], name="versions_of_a_schedule_are_counted"),
            models.UniqueConstraint(
                fields=["schedule"], condition=Q(state="PUBLISHED"), name="one_version_is_published"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id} version {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in {self.DRAFT, self.CONSULTED}


class ScheduleLineQuerySet(models.QuerySet["ScheduleLine"]):
    def in_full(self) -> Self:
        return self.select_related("course_version__course", "place")


class ScheduleLine(models.Model):
    """One session as it is planned. `key` tells that a line of two versions is the same session."""

    version = models.ForeignKey(ScheduleVersion, on_delete=models.CASCADE, related_name="lines")
    key = models.CharField(max_length=40)
    course_version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    days = ArrayField(models.DateField())
    first_on = models.DateField()
    places = models.PositiveSmallIntegerField()
    trainers = ArrayField(models.PositiveBigIntegerField(), default=list, blank=True)
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="schedule_lines")

    objects = ScheduleLineQuerySet.as_manager()

    class Meta:
        ordering = ["first_on", "id"]
        indexes = [models.Index(fields=["version", "first_on"], name="schedule_line_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="a_line_is_in_a_version_once"),
            models.CheckConstraint(condition=Q(days__len__gte=1), name="a_planned_session_has_days"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.first_on}"


class ScheduleReader(models.Model):
    """Somebody who is sent the differences of each published version: duty planning, a site, catering."""

    DUTY, SITE, CATERING, OTHER = "DUTY", "SITE", "CATERING", "OTHER"
    SORTS = [
        (DUTY, _("Duty planning")), (SITE, _("A site")), (CATERING, _("Catering")), (OTHER, _("Others")),
    ]  # fmt: skip

    sort = models.CharField(max_length=8, choices=SORTS)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    language = models.CharField(max_length=2, default="en")
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Only what is there",
    )  # fmt: skip
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sort", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "place"], condition=Q(ended_at=None), nulls_distinct=False,
                name="a_reader_is_told_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class ScheduleNotice(models.Model):
    """The differences of a version were sent to a reader: once."""

    version = models.ForeignKey(ScheduleVersion, on_delete=models.CASCADE, related_name="notices")
    reader = models.ForeignKey(ScheduleReader, on_delete=models.PROTECT, related_name="notices")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "reader"], name="differences_are_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.reader_id}"
