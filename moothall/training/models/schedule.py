"""The Planning Schedule: what is taught where and when over months, in versions that can be compared."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import BedKind
from moothall.people.models import Account, Place
from moothall.workforce.models import Employment

from .course import CourseVersion
from .nomination import Nomination
from .session import Session


class Schedule(models.Model):
    """A stretch of months that is planned together."""

    name = models.CharField(max_length=120)
    from_on = models.DateField()
    until_on = models.DateField()
    bed_kind = models.ForeignKey(
        BedKind, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Of which beds are taken for sessions of several days; none where nobody stays overnight",
    )  # fmt: skip
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="a_schedule_ends_later"),
            models.CheckConstraint(condition=~Q(name=""), name="a_schedule_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ScheduleVersionQuerySet(models.QuerySet["ScheduleVersion"]):
    def published(self) -> Self:
        return self.filter(state=ScheduleVersion.PUBLISHED)

    def open(self) -> Self:
        """Those that are still worked on."""
        return self.filter(state__in=ScheduleVersion.OPEN)


class ScheduleVersion(models.Model):
    """A schedule as it was drafted, consulted on and published. A published one is replaced by the next."""

    DRAFT, CONSULTED, PUBLISHED, CHANGED, DISCARDED = (
        "DRAFT",
        "CONSULTED",
        "PUBLISHED",
        "CHANGED",
        "DISCARDED",
    )
    STATES = [
        (DRAFT, _("Draft")), (CONSULTED, _("Consulted on")), (PUBLISHED, _("Published")),
        (CHANGED, _("Replaced")), (DISCARDED, _("Discarded")),
    ]  # fmt: skip
    OPEN = (DRAFT, CONSULTED)

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=STATES, default=DRAFT)
    note = models.CharField(max_length=300, blank=True)
    plan = models.JSONField(
        default=dict, blank=True, help_text="What the planner said of it: placed, bound, gap, reasons"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    consulted_at = models.DateTimeField(null=True, blank=True)
    consulted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Replaced, or discarded")
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.JSONField(default=dict, blank=True, help_text="What publishing did, in numbers")

    objects = ScheduleVersionQuerySet.as_manager()

    class Meta:
        ordering = ["schedule", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "number"], name="versions_of_a_schedule_are_counted"),
            models.UniqueConstraint(
                fields=["schedule"], condition=Q(state="PUBLISHED"), name="one_version_is_published"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["PUBLISHED", "CHANGED"]) | Q(published_at__isnull=False),
                name="what_is_published_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id} version {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class ScheduleLineQuerySet(models.QuerySet["ScheduleLine"]):
    def in_full(self) -> Self:
        return self.select_related("course_version__course", "course_version__skill", "place")

    def between(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(first_on__lte=last, last_on__gte=first)


class ScheduleLine(models.Model):
    """One session as it is planned. `key` tells that a line of two versions is the same session."""

    version = models.ForeignKey(ScheduleVersion, on_delete=models.CASCADE, related_name="lines")
    key = models.CharField(max_length=40)
    course_version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, choices=Session.LANGUAGES, default=Session.ENGLISH)
    days = ArrayField(models.DateField())
    first_on = models.DateField()
    last_on = models.DateField()
    begins = models.TimeField(default=dt.time(9))
    ends = models.TimeField(default=dt.time(17))
    places = models.PositiveSmallIntegerField()
    trainers = ArrayField(models.PositiveBigIntegerField(), default=list, blank=True)
    planned = models.PositiveSmallIntegerField(default=0, help_text="How many people are planned in")
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.PROTECT, related_name="schedule_lines"
    )

    objects = ScheduleLineQuerySet.as_manager()

    class Meta:
        ordering = ["first_on", "id"]
        indexes = [models.Index(fields=["version", "first_on", "last_on"], name="schedule_line_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="a_line_is_in_a_version_once"),
            models.CheckConstraint(
                condition=Q(days__len__gte=1, last_on__gte=F("first_on")), name="a_planned_session_has_days"
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="a_planned_session_ends_later"),
            models.CheckConstraint(condition=Q(places__gte=1), name="a_planned_session_has_places"),
            models.CheckConstraint(
                condition=Q(planned__lte=F("places")), name="no_more_are_planned_than_there_are_places"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.first_on}"


class PlannedPerson(models.Model):
    """Somebody is planned to be at a session of a version."""

    line = models.ForeignKey(ScheduleLine, on_delete=models.CASCADE, related_name="people")
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "employment"], name="nobody_is_planned_twice_in_a_line"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.employment_id}"


class ScheduleReaderQuerySet(models.QuerySet["ScheduleReader"]):
    def standing(self) -> Self:
        return self.filter(ended_at=None).select_related("place").order_by("sort", "name", "id")


class ScheduleReader(models.Model):
    """Somebody who is sent the differences of each published version: duty planning, a site, catering."""

    DUTY, SITE, CATERING = "DUTY", "SITE", "CATERING"
    SORTS = [(DUTY, _("Duty planning")), (SITE, _("A site")), (CATERING, _("Catering"))]
    ENGLISH, WELSH = "en", "cy"

    sort = models.CharField(max_length=8, choices=SORTS)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    language = models.CharField(max_length=2, choices=Session.LANGUAGES, default=ENGLISH)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Only what is there",
    )  # fmt: skip
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScheduleReaderQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "sort", "place"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="a_reader_is_told_once",
            ),
            models.CheckConstraint(
                condition=~Q(sort="SITE") | Q(place__isnull=False), name="a_site_that_reads_is_named"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScheduleNotice(models.Model):
    """The differences of a version that concern a reader, as they are sent: once when it is published, and
    once each time they are asked about it."""

    version = models.ForeignKey(ScheduleVersion, on_delete=models.CASCADE, related_name="notices")
    reader = models.ForeignKey(ScheduleReader, on_delete=models.PROTECT, related_name="notices")
    asked = models.PositiveSmallIntegerField(default=0, help_text="Which time they are asked; 0 is for good")
    headings = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True, help_text="The letter is in the outbox")

    class Meta:
        ordering = ["version", "reader"]
        constraints = [
            models.UniqueConstraint(fields=["version", "reader", "asked"], name="differences_are_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.reader_id}"


class PlaceNews(models.Model):
    """What publishing did for somebody's place; they are written to about it once, after it stands."""

    version = models.ForeignKey(ScheduleVersion, on_delete=models.CASCADE, related_name="news")
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="schedule_news")
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["version"], condition=Q(told_at=None), name="news_to_tell")]
        constraints = [
            models.UniqueConstraint(fields=["version", "nomination"], name="publishing_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.nomination_id}"
