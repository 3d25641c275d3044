"""Where passengers go: schools and centres, when they open, and the days on which they do not."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .dated import Dated, DatedQuerySet, ends_later
from .passenger import NATIONS


class TermCalendar(models.Model):
    """The term dates that several schools share."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class Term(models.Model):
    """From its first day to its last, schools on this calendar are open on weekdays."""

    calendar = models.ForeignKey(TermCalendar, on_delete=models.PROTECT, related_name="terms")
    name = models.CharField(max_length=80)
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        ordering = ["first_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="a_term_ends_later"),
            models.UniqueConstraint(fields=["calendar", "first_on"], name="a_term_begins_once"),
        ]


class Centre(models.Model):
    """A school, a college or a day centre. Without a term calendar it is open all year."""

    PRIMARY, SECONDARY, SPECIAL, COLLEGE, DAY = "PRIMARY", "SECONDARY", "SPECIAL", "COLLEGE", "DAY"
    KINDS = [
        (PRIMARY, _("Primary school")), (SECONDARY, _("Secondary school")), (SPECIAL, _("Special school")),
        (COLLEGE, _("College")), (DAY, _("Day centre")),
    ]  # fmt: skip

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=9, choices=KINDS)
    nation = models.CharField(max_length=3, choices=NATIONS, default="ENG")
    calendar = models.ForeignKey(TermCalendar, null=True, blank=True, on_delete=models.PROTECT)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(max_length=254, blank=True, help_text="Where what changes on a day is told")
    language = models.CharField(max_length=2, default="en", help_text="In which it is written to")
    latitude = models.FloatField()
    longitude = models.FloatField()
    closed_on = models.DateField(null=True, blank=True, help_text="The last day it was open for good")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class Bell(Dated):
    """When a session begins and ends on these days of the week: one is there before, and waits after."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="bells")
    session = models.SlugField(max_length=30, default="day")
    name = models.CharField(max_length=80, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), help_text="Monday is 0")
    begins = models.TimeField()
    ends = models.TimeField()
    early_minutes = models.PositiveSmallIntegerField(default=20, help_text="Nobody arrives earlier than this")
    wait_minutes = models.PositiveSmallIntegerField(default=15, help_text="Nobody waits longer afterwards")

    objects = DatedQuerySet["Bell"].as_manager()

    class Meta:
        ordering = ["session", "-from_on", "id"]
        constraints = [
            ends_later("a_bell_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="a_session_ends_after_it_begins"),
        ]


class CentreClosureQuerySet(models.QuerySet["Closure"]):
    def between(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(withdrawn_at=None, first_on__lte=last, last_on__gte=first).order_by(
            "first_on", "id"
        )


class Closure(models.Model):
    """A centre, or every one on a calendar, does not open on these days, or closes early."""

    HOLIDAY, INSET, SHUT, EARLY = "HOLIDAY", "INSET", "SHUT", "EARLY"
    KINDS = [
        (HOLIDAY, _("Holiday")), (INSET, _("Inset day")), (SHUT, _("Closed")), (EARLY, _("Closes early")),
    ]  # fmt: skip

    calendar = models.ForeignKey(
        TermCalendar, null=True, blank=True, on_delete=models.PROTECT, related_name="closures"
    )
    centre = models.ForeignKey(
        Centre, null=True, blank=True, on_delete=models.PROTECT, related_name="closures"
    )
    kind = models.CharField(max_length=7, choices=KINDS)
    first_on = models.DateField()
    last_on = models.DateField()
    closes_at = models.TimeField(null=True, blank=True)
    because = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CentreClosureQuerySet.as_manager()

    class Meta:
        ordering = ["first_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(calendar=None, centre__isnull=False) | Q(calendar__isnull=False, centre=None),
                name="a_closure_is_of_a_calendar_or_a_centre",
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="a_closure_of_centres_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(kind="EARLY", closes_at__isnull=False) | ~Q(kind="EARLY") & Q(closes_at=None),
                name="an_early_closing_has_a_time",
            ),
        ]
