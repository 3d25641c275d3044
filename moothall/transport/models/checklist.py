"""What is looked at in an audit or a visit, what its result is called, and how soon it is looked at again."""

import datetime as dt
from typing import Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

FIRM, VEHICLE, CREW, RUN, CENTRE = "CONTRACTOR", "VEHICLE", "CREW", "RUN", "CENTRE"
SUBJECTS: Final = [
    (FIRM, _("Contractor")), (VEHICLE, _("Vehicle")), (CREW, _("Crew member")), (RUN, _("Run")),
    (CENTRE, _("School or centre")),
]  # fmt: skip
CRITICAL, MAJOR, MINOR = "CRITICAL", "MAJOR", "MINOR"
SEVERITIES: Final = [(CRITICAL, _("Critical")), (MAJOR, _("Major")), (MINOR, _("Minor"))]


class Sourced(models.Model):
    """It holds from a day on, and somebody says so."""

    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)
    confirmed = models.BooleanField(default=False, help_text="Somebody has read the source")

    class Meta:
        abstract = True


def holds_together(what: str) -> list[models.BaseConstraint]:
    """It ends later than it begins, and has a source."""
    return [
        models.CheckConstraint(
            condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name=f"{what}_ends_later"
        ),
        models.CheckConstraint(condition=~Q(source=""), name=f"{what}_has_a_source"),
    ]


class ChecklistQuerySet(models.QuerySet["Checklist"]):
    def in_force(self, on: dt.date) -> Self:
        held = self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)
        return held.order_by("of", "name", "id")


class Checklist(Sourced):
    """The questions that are asked, as they stood from a day on."""

    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    of = models.CharField(max_length=10, choices=SUBJECTS)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        ordering = ["of", "name", "-from_on", "id"]
        constraints = [
            *holds_together("a_checklist"),
            models.UniqueConstraint(fields=["key", "from_on"], name="a_checklist_changes_once_a_day"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class ChecklistQuestion(models.Model):
    """One question: how much it counts, and whether nobody may travel where it is not met."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="questions")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    name_cy = models.CharField(max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    is_critical = models.BooleanField(default=False)

    class Meta:
        ordering = ["checklist", "place"]
        constraints = [
            models.UniqueConstraint(fields=["checklist", "place"], name="a_question_has_its_own_place"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="a_question_counts_for_something"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class AuditRatingQuerySet(models.QuerySet["AuditRating"]):
    def in_force(self, on: dt.date) -> Self:
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on).order_by("place", "id")


class AuditRating(Sourced):
    """From this share of what could be met, and with so many critical questions not met at most, a contractor
    has this rating, and is audited again after so many days."""

    key = models.SlugField(max_length=40)
    place = models.PositiveSmallIntegerField(help_text="They are looked at in this order, the best first")
    name = models.CharField(max_length=80)
    name_cy = models.CharField(max_length=80, blank=True)
    score_from = models.PositiveSmallIntegerField(help_text="Per cent")
    critical_most = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: any number")
    again_days = models.PositiveSmallIntegerField()

    objects = AuditRatingQuerySet.as_manager()

    class Meta:
        ordering = ["place", "-from_on", "id"]
        constraints = [
            *holds_together("a_rating_of_audits"),
            models.UniqueConstraint(fields=["key", "from_on"], name="a_rating_of_audits_changes_once_a_day"),
            models.CheckConstraint(condition=Q(score_from__lte=100), name="a_rating_begins_at_a_share"),
            models.CheckConstraint(condition=Q(again_days__gte=1), name="a_rating_asks_to_look_again"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class AuditFigureQuerySet(models.QuerySet["AuditFigure"]):
    def in_force(self, on: dt.date) -> Self:
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on).order_by("key", "from_on")

    def days(self, on: dt.date) -> dict[str, int]:
        """So many days, by what they are for."""
        return {each.key: each.amount for each in self.in_force(on)}


class AuditFigure(Sourced):
    """So many days from a day on: until a finding is put right, until a first audit, between visits."""

    FIRST = "first-audit"
    KEYS = [
        (FIRST, _("A new contractor is audited within, days")),
        ("finding-critical", _("A critical finding is put right within, days")),
        ("finding-major", _("A major finding is put right within, days")),
        ("finding-minor", _("A minor finding is put right within, days")),
        ("visit-primary", _("Between two visits to a primary school, days")),
        ("visit-secondary", _("Between two visits to a secondary school, days")),
        ("visit-special", _("Between two visits to a special school, days")),
        ("visit-college", _("Between two visits to a college, days")),
        ("visit-day", _("Between two visits to a day centre, days")),
    ]  # fmt: skip

    key = models.CharField(max_length=20, choices=KEYS)
    amount = models.PositiveSmallIntegerField(help_text="Days")

    objects = AuditFigureQuerySet.as_manager()

    class Meta:
        ordering = ["key", "-from_on"]
        constraints = [
            *holds_together("a_figure_of_audits"),
            models.UniqueConstraint(fields=["key", "from_on"], name="a_figure_of_audits_changes_once_a_day"),
        ]

    def __str__(self) -> str:
        return str(dict(self.KEYS)[self.key])


def finding_key(severity: str) -> str:
    return f"finding-{severity.lower()}"


def visit_key(kind: str) -> str:
    """Which figure says how often centres of a kind are visited."""
    return f"visit-{kind.lower()}"
