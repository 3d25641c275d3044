"""Something happened on the way: an incident, an accident, a safeguarding concern, hung on its case."""

import datetime as dt
from typing import Final, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, CaseAccess, Reading
from moothall.people.models import Account, Person
from moothall.records.models import Document

from .contractor import Contractor
from .fleet import Vehicle
from .plan import Run

INCIDENT, ACCIDENT, CONCERN = "INCIDENT", "ACCIDENT", "CONCERN"
KINDS = [
    (INCIDENT, _("Incident")), (ACCIDENT, _("Accident")), (CONCERN, _("Safeguarding concern")),
]  # fmt: skip
SERVICES: Final = {
    INCIDENT: "transport-incident",
    ACCIDENT: "transport-accident",
    CONCERN: "transport-safeguarding",
}


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, account: Account) -> Self:
        """For those who work with transport, of cases that they see; for anybody else there is none."""
        if not account.may("transport.use"):
            return self.none()
        return self.filter(case__in=Case.objects.visible_to(account).order_by().values("pk"))

    def open_to(self, account: Account) -> Self:
        """The same, and of sealed ones those alone that this account has said just now why it reads them."""
        said = Reading.objects.filter(case=OuterRef("case"), account=account.pk, until__gt=Now())
        return self.visible_to(account).filter(~Q(case__confidentiality=Case.SEALED) | Exists(said))

    def sealed_from(self, account: Account) -> Self:
        """Those that name this account, and that it has not said why it reads."""
        said = Reading.objects.filter(case=OuterRef("case"), account=account.pk, until__gt=Now())
        named = CaseAccess.objects.letting_in().filter(case=OuterRef("case"), account=account.pk)
        sealed = self.visible_to(account).filter(Exists(named), case__confidentiality=Case.SEALED)
        return sealed.exclude(case__status=Case.CLOSED).exclude(Exists(said))

    def of_person(self, person_id: int) -> Self:
        """Those at which somebody was."""
        there = Involved.objects.filter(person=person_id, withdrawn_at=None).values("incident")
        return self.filter(pk__in=there)

    def in_full(self) -> Self:
        return self.select_related("case", "run", "vehicle__kind", "contractor", "reported_by")

    def unfinished(self) -> Self:
        return self.exclude(case__status=Case.CLOSED)


class Incident(models.Model):
    """What happened, when and where, as whoever reported it told it. What was found out stands beside it."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="transport_incident")
    kind = models.CharField(max_length=8, choices=KINDS)
    happened_at = models.DateTimeField()
    where = models.CharField(max_length=300)
    what = models.TextField()
    run = models.ForeignKey(Run, null=True, blank=True, on_delete=models.SET_NULL, related_name="incidents")
    run_called = models.CharField(max_length=20, blank=True, help_text="The number of the run, or the job")
    vehicle = models.ForeignKey(
        Vehicle, null=True, blank=True, on_delete=models.PROTECT, related_name="incidents"
    )
    contractor = models.ForeignKey(
        Contractor, null=True, blank=True, on_delete=models.PROTECT, related_name="incidents"
    )
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    by_crew = models.BooleanField(default=False, help_text="Reported on the way, not at the desk")

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at", "-id"]
        indexes = [
            models.Index(fields=["-happened_at", "-id"], name="incident_by_day"),
            models.Index(fields=["vehicle", "-happened_at"], name="incident_of_vehicle"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="an_incident_says_what_happened"),
            models.CheckConstraint(condition=~Q(where=""), name="an_incident_says_where"),
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("reported_at")),
                name="an_incident_happened_before_it_is_reported",
            ),
        ]

    def __str__(self) -> str:
        return self.case.reference


class Involved(models.Model):
    """Somebody was there: a passenger, one of the crew, anybody else; and whether they came to harm."""

    PASSENGER, CREW, OTHER = "PASSENGER", "CREW", "OTHER"
    PARTS = [(PASSENGER, _("Passenger")), (CREW, _("Crew")), (OTHER, _("Somebody else"))]
    NONE, FIRST_AID, HOSPITAL, DIED = "NONE", "AID", "HOSPITAL", "DIED"
    HARMS = [
        (NONE, _("Not hurt")), (FIRST_AID, _("First aid")), (HOSPITAL, _("Taken to hospital")),
        (DIED, _("Died")),
    ]  # fmt: skip

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="involved")
    part = models.CharField(max_length=9, choices=PARTS)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    harm = models.CharField(max_length=8, choices=HARMS, default=NONE)
    injuries = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "involved"
        ordering = ["part", "id"]
        indexes = [models.Index(fields=["person", "incident"], name="incident_of_person")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="somebody_who_was_there_has_a_name"),
            models.UniqueConstraint(
                fields=["incident", "person"], condition=Q(withdrawn_at=None),
                name="somebody_was_there_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class IncidentPhoto(models.Model):
    """A photograph of what happened, seen through the page of the incident alone."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="photos")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]


class ReportingDutyQuerySet(models.QuerySet["ReportingDuty"]):
    def for_kind(self, kind: str, *, on: dt.date) -> Self:
        """What held for such a thing on the day it happened."""
        found = self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)
        return found.filter(kinds__contains=[kind]).order_by("place", "id")


class ReportingDuty(models.Model):
    """Somebody outside may have to be told, within so many days, from a day on; and where that is written."""

    key = models.SlugField(max_length=40)
    kinds = ArrayField(models.CharField(max_length=8), help_text="Of what: INCIDENT, ACCIDENT, CONCERN")
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    when = models.CharField(max_length=400, help_text="In which case they have to be told")
    when_cy = models.CharField(max_length=400, blank=True)
    days = models.PositiveSmallIntegerField(help_text="Calendar days after the day it happened; 0 is at once")
    place = models.PositiveSmallIntegerField(default=1)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)
    confirmed = models.BooleanField(default=False)

    objects = ReportingDutyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "reporting duties"
        ordering = ["place", "-from_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "from_on"], name="a_duty_to_report_changes_once_a_day"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_duty_to_report_ends_later"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_duty_to_report_has_a_source"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name

    def when_in(self, language: str) -> str:
        return (self.when_cy if language == "cy" else "") or self.when


class OutsideReport(models.Model):
    """Whether somebody outside has to be told of an incident, who decided it and why, and when they were."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="outside_reports")
    duty = models.ForeignKey(ReportingDuty, on_delete=models.PROTECT, related_name="+")
    needed = models.BooleanField()
    because = models.CharField(max_length=300)
    due_on = models.DateField()
    told_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=80, blank=True, help_text="What they gave us")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["duty__place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "duty"], condition=Q(withdrawn_at=None),
                name="a_duty_to_report_is_decided_once",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="a_report_outside_says_why"),
            models.CheckConstraint(
                condition=Q(needed=True) | Q(told_on=None), name="nobody_is_told_what_they_need_not_be"
            ),
        ]  # fmt: skip

    @property
    def is_waiting(self) -> bool:
        return self.needed and self.told_on is None
