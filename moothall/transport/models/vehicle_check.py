"""What is looked at on a vehicle before its first run of a day, what was found, what is to be mended."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .dated import Dated, DatedQuerySet, ends_later
from .fleet import OffRoad, Vehicle, VehicleKind


class CheckItem(Dated):
    """One thing that is looked at, from a day on, of every vehicle or of one kind."""

    key = models.SlugField(max_length=40)
    place = models.PositiveSmallIntegerField(help_text="In which order it is asked")
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    kind = models.ForeignKey(VehicleKind, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    critical = models.BooleanField(default=False, help_text="A vehicle does not go out with it")
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)
    confirmed = models.BooleanField(default=False)

    objects = DatedQuerySet["CheckItem"].as_manager()

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            ends_later("something_to_look_at_ends_later"),
            models.CheckConstraint(condition=~Q(source=""), name="something_to_look_at_has_a_source"),
            models.UniqueConstraint(
                fields=["key", "from_on"], name="something_to_look_at_changes_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class VehicleCheckQuerySet(models.QuerySet["VehicleCheck"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()

    def of_day(self, day: dt.date) -> Self:
        return self.filter(day=day, undone_at=None)


class VehicleCheck(models.Model):
    """A vehicle was looked over on a day, by whom, and with what: each thing, fine or not."""

    key = models.UUIDField(unique=True, help_text="Made where it was pressed")
    vehicle = models.ForeignKey(Vehicle, on_delete=models.PROTECT, related_name="checks")
    day = models.DateField()
    at = models.DateTimeField(help_text="By the phone, and never later than it came")
    received_at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(help_text="What was asked, in the words of that day, and what was answered")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_because = models.CharField(max_length=200, blank=True)

    objects = VehicleCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["vehicle", "day"], condition=Q(undone_at=None), name="a_vehicle_is_checked_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | ~Q(undone_because=""), name="a_check_taken_back_says_why"
            ),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="vehicle_check_by_time")]

    def __str__(self) -> str:
        return f"{self.vehicle}, {self.day:%d/%m/%Y}"


class DefectQuerySet(models.QuerySet["Defect"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()

    def open(self) -> Self:
        return self.filter(mended_at=None, check_of__undone_at=None).order_by("deadline_on", "id")


class Defect(models.Model):
    """Something was not as it should be: the vehicle is off the road, or somebody has it mended by a day."""

    check_of = models.ForeignKey(VehicleCheck, on_delete=models.PROTECT, related_name="defects")
    item = models.ForeignKey(CheckItem, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    critical = models.BooleanField()
    off_road = models.ForeignKey(OffRoad, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    deadline_on = models.DateField()
    mended_at = models.DateTimeField(null=True, blank=True)
    mended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    mended_how = models.CharField(max_length=200, blank=True)

    objects = DefectQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "item"], name="a_defect_is_found_once_in_a_check"),
            models.CheckConstraint(
                condition=Q(critical=False) | Q(off_road__isnull=False),
                name="a_critical_defect_takes_a_vehicle_off_the_road",
            ),
            models.CheckConstraint(
                condition=Q(mended_at=None) | ~Q(mended_how=""), name="a_defect_that_is_mended_says_how"
            ),
        ]

    @property
    def state_words(self) -> str:
        return str(_("Mended") if self.mended_at is not None else _("To be mended"))
