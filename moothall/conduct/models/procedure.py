"""How each kind of matter runs, as dated rows: a matter keeps to the row in force on the day it began."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

WORKING, CALENDAR = "wd", "cd"
UNITS = [(WORKING, "working days"), (CALENDAR, "calendar days")]


def in_force_on(on: dt.date) -> Q:
    return Q(from_on__lte=on) & (Q(until_on=None) | Q(until_on__gte=on))


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def in_force(self, on: dt.date) -> Self:
        return self.filter(in_force_on(on))


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    def in_force(self, on: dt.date) -> Self:
        return self.filter(in_force_on(on))


class SanctionLevelQuerySet(models.QuerySet["SanctionLevel"]):
    def in_force(self, on: dt.date) -> Self:
        return self.filter(in_force_on(on))


class MatterKind(models.Model):
    """A kind of matter and the service its cases run on."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    service = models.ForeignKey("cases.Service", on_delete=models.PROTECT, related_name="+")
    workforces = ArrayField(
        models.CharField(max_length=14), default=list, help_text="Whom it is for; empty is everybody"
    )
    kept = models.CharField(max_length=400, blank=True, help_text="How long its papers are kept, and by what")
    kept_cy = models.CharField(max_length=400, blank=True)
    invitations = ArrayField(
        models.CharField(max_length=60), default=list, help_text="Letter templates of its hearings, by stage"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name

    def said(self, field: str, language: str) -> str:
        welsh = str(getattr(self, f"{field}_cy")) if language == "cy" else ""
        return welsh or str(getattr(self, field))


class Procedure(models.Model):
    """The days and limits of a kind of matter that begins from one day until another."""

    objects = ProcedureQuerySet.as_manager()

    kind = models.ForeignKey(MatterKind, on_delete=models.CASCADE, related_name="procedures")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    calendar = models.CharField(max_length=4, default="EW")
    notice_days = models.PositiveSmallIntegerField(help_text="Of a formal meeting")
    notice_unit = models.CharField(max_length=2, choices=UNITS, default=WORKING)
    has_companion = models.BooleanField(default=True)
    postpone_times = models.PositiveSmallIntegerField(default=1)
    postpone_days = models.PositiveSmallIntegerField(help_text="Working days from the first date, at most")
    appeal_days = models.PositiveSmallIntegerField()
    appeal_unit = models.CharField(max_length=2, choices=UNITS, default=WORKING)
    reply_days = models.PositiveSmallIntegerField(null=True, help_text="Working days for a written answer")
    witness_days = models.PositiveSmallIntegerField(
        null=True, help_text="Working days for lists of witnesses"
    )
    suspension_days = models.PositiveSmallIntegerField(null=True, help_text="Between reviews of a suspension")
    suspension_unit = models.CharField(max_length=2, choices=UNITS, default=WORKING)
    window_months = models.PositiveSmallIntegerField(null=True, help_text="Longest improvement period")
    window_most = models.PositiveSmallIntegerField(null=True, help_text="The same in exceptional cases")
    stages = models.PositiveSmallIntegerField(default=1)
    unconfirmed = ArrayField(
        models.CharField(max_length=30),
        default=list,
        help_text="Figures nobody has confirmed at the source yet",
    )
    source = models.CharField(max_length=400)
    source_read_on = models.DateField(null=True)

    class Meta:
        ordering = ["kind", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "from_on"], name="one_procedure_begins_on_a_day"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_procedure_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_procedure_says_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} from {self.from_on}"


class SanctionLevel(models.Model):
    """How a matter may end, and for how many months it stays live; 0 is nothing live, NULL never lapses."""

    objects = SanctionLevelQuerySet.as_manager()

    kind = models.ForeignKey(MatterKind, on_delete=models.CASCADE, related_name="levels")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    live_months = models.PositiveSmallIntegerField(null=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    is_unconfirmed = models.BooleanField(default=False)
    notice_stage = models.PositiveSmallIntegerField(
        null=True, help_text="It is the improvement notice of this stage, and has a window"
    )
    letter_key = models.CharField(max_length=60, blank=True, help_text="The letter template that tells it")
    source = models.CharField(max_length=400)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["kind", "position", "key"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "from_on"], name="a_level_begins_once_on_a_day"),
        ]

    def __str__(self) -> str:
        return self.name

    def said(self, field: str, language: str) -> str:
        welsh = str(getattr(self, f"{field}_cy")) if language == "cy" else ""
        return welsh or str(getattr(self, field))


class Exemption(models.Model):
    """For whom a kind of matter is not, though their workforce is: a rank, or whoever is in probation."""

    objects = ExemptionQuerySet.as_manager()

    kind = models.ForeignKey(MatterKind, on_delete=models.CASCADE, related_name="exemptions")
    in_probation = models.BooleanField(default=False, help_text="Only while somebody is in probation")
    titles = ArrayField(
        models.CharField(max_length=80), default=list,
        help_text="How the titles of the posts begin that it is about; empty is any",
    )  # fmt: skip
    but_titles = ArrayField(
        models.CharField(max_length=80), default=list, help_text="How those begin that it is not about"
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    sentence = models.CharField(max_length=300, help_text="For whom it is not")
    sentence_cy = models.CharField(max_length=300, blank=True)
    instead = models.CharField(max_length=400, help_text="What is done instead")
    instead_cy = models.CharField(max_length=400, blank=True)
    is_unconfirmed = models.BooleanField(default=False)
    source = models.CharField(max_length=400)
    source_read_on = models.DateField(null=True)

    class Meta:
        ordering = ["kind", "from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(in_probation=True) | ~Q(titles=[]), name="an_exemption_is_not_for_everybody"
            ),
            models.CheckConstraint(
                condition=~Q(sentence="") & ~Q(instead="") & ~Q(source=""),
                name="an_exemption_says_why_and_what_instead",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="an_exemption_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    def is_about(self, title: str) -> bool:
        """By how the title of a post begins, word by word: a constable is no chief constable."""
        named = any(_begins(title, each) for each in self.titles) or not self.titles
        return named and not any(_begins(title, each) for each in self.but_titles)

    def said(self, field: str, language: str) -> str:
        welsh = str(getattr(self, f"{field}_cy")) if language == "cy" else ""
        return welsh or str(getattr(self, field))


def _begins(title: str, with_: str) -> bool:
    """The words of the one begin those of the other; "Commander's aide" does not begin with "Commander"."""
    words, wanted = title.casefold().replace(",", " ").split(), with_.casefold().split()
    return words[: len(wanted)] == wanted
