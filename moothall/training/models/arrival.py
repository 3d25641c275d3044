"""Duty files that come by themselves each night, and when such a file waits for a person."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account
from moothall.records.models import Document

from .duty import DutyFile


class DutyRule(models.Model):
    """When a file that came by itself is not carried out without a person. The newest row counts."""

    fewer = models.PositiveSmallIntegerField(default=20, help_text="Per cent fewer lines than the last file")
    unreadable = models.PositiveSmallIntegerField(default=5, help_text="Per cent of its lines")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fewer__lte=100, unreadable__lte=100), name="a_share_of_a_file_is_of_a_hundred"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fewer}/{self.unreadable}"


class DutyArrivalQuerySet(models.QuerySet["DutyArrival"]):
    def understood(self) -> Self:
        """Those whose lines count for the next one: carried out, at once or by a person, or nothing new."""
        known = Q(state__in=[DutyArrival.DONE, DutyArrival.SAME]) | Q(file__state=DutyFile.DONE)
        return self.filter(known).order_by("-arrived_at", "-id")


class DutyArrival(models.Model):
    """A file as it came: kept first, then read, and carried out unless something about it is odd."""

    KEPT, DONE, SAME, WAITS, REFUSED = "KEPT", "DONE", "SAME", "WAITS", "REFUSED"
    STATES = [
        (KEPT, _("Kept, to be read")), (DONE, _("Carried out")), (SAME, _("Nothing new in it")),
        (WAITS, _("Waits for a person")), (REFUSED, _("Refused: what was known stands")),
    ]  # fmt: skip
    FOLDER, API = "FOLDER", "API"
    SOURCES = [(FOLDER, _("Folder")), (API, _("Another system"))]

    name = models.CharField(max_length=200)
    source = models.CharField(max_length=6, choices=SOURCES)
    digest = models.CharField(max_length=64)
    raw = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=STATES, default=KEPT)
    said = models.CharField(max_length=400, blank=True, help_text="Why it waits or was refused")
    file = models.OneToOneField(
        DutyFile, null=True, on_delete=models.SET_NULL, related_name="arrival", help_text="What differs"
    )
    arrived_at = models.DateTimeField()
    arrived_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    understood_at = models.DateTimeField(null=True)

    objects = DutyArrivalQuerySet.as_manager()

    class Meta:
        ordering = ["-arrived_at", "-id"]
        indexes = [models.Index(fields=["digest"], name="duty_arrival_by_digest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["WAITS", "REFUSED"]) | ~Q(said=""),
                name="a_duty_file_that_is_not_taken_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name
