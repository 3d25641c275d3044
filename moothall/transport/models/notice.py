"""What is told on the day, and to whom: a run is late, somebody was not there, what the desk has to say."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.letters.models import Letter
from moothall.people.models import Account, Person

from .centre import Centre
from .plan import Run


class LateRunQuerySet(models.QuerySet["LateRun"]):
    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def of_run(self, run: Run, day: dt.date) -> "LateRun | None":
        """How late it is, if it is."""
        return self.standing().filter(run=run, day=day).first()


class LateRun(models.Model):
    """A run is so many minutes late, said by somebody or seen from when it was at its stops."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="late")
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    because = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="+", help_text="Nobody: it was seen"
    )
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Another word, or back on time")
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = LateRunQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "day"], condition=Q(ended_at=None), name="a_run_is_so_late_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(minutes__range=(1, 600)), name="a_late_run_is_so_late"),
        ]


class DayMessageQuerySet(models.QuerySet["DayMessage"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()


class DayMessage(models.Model):
    """Something was told to everybody whom it concerns, once: its key says what makes it the same."""

    LATE, ON_TIME, ABSENT, WORDS = "LATE", "ON_TIME", "ABSENT", "WORDS"
    KINDS = [
        (LATE, _("Running late")), (ON_TIME, _("Back on time")), (ABSENT, _("Not there")),
        (WORDS, _("From the desk")),
    ]  # fmt: skip

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=7, choices=KINDS)
    day = models.DateField()
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="messages")
    minutes = models.PositiveSmallIntegerField(null=True)
    about = models.CharField(max_length=200, blank=True, help_text="The runs, the school or the cover")
    words = models.TextField(blank=True)
    words_cy = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DayMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at", "-id"], name="day_message_by_time")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.day:%d/%m/%Y}"


class DayNotice(models.Model):
    """One of those who are told: a family, one of a crew, a school. By letter, or to be rung."""

    FAMILY, CREW, CENTRE = "FAMILY", "CREW", "CENTRE"
    WHOS = [(FAMILY, _("Family")), (CREW, _("Crew")), (CENTRE, _("School or centre"))]

    message = models.ForeignKey(DayMessage, on_delete=models.PROTECT, related_name="notices")
    who = models.CharField(max_length=6, choices=WHOS)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey(Centre, null=True, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=300, blank=True, help_text="For whom of theirs")
    language = models.CharField(max_length=2, default="en")
    phone = models.CharField(max_length=40, blank=True)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="+")
    by_telephone = models.BooleanField(default=False, help_text="There is no address to write to")
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["message", "who", "id"]
        constraints = [
            models.UniqueConstraint(fields=["message", "person"], name="a_person_is_told_of_a_message_once"),
            models.UniqueConstraint(fields=["message", "centre"], name="a_centre_is_told_of_a_message_once"),
            models.CheckConstraint(
                condition=Q(person=None, centre__isnull=False) | Q(person__isnull=False, centre=None),
                name="a_person_or_a_centre_is_told",
            ),
            models.CheckConstraint(
                condition=Q(by_telephone=True, letter=None) | Q(by_telephone=False, letter__isnull=False),
                name="somebody_is_told_by_letter_or_rung",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(by_telephone=True, told_at=None), name="day_notice_to_ring"
            ),
        ]

    @property
    def name(self) -> str:
        """Who it is; ask with `person` and `centre` brought along."""
        if self.centre is not None:
            return self.centre.name_in(self.language)
        return self.person.full_name if self.person is not None else ""
