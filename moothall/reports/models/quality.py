"""How good staff records are: what is looked for, what was found, and the score of each unit day by day."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account, Organisation, Team
from moothall.workforce.models import Employment


class QualityRule(models.Model):
    """Something that is wrong with a record, or likely to be: which team sees to it, and whether it is looked
    for. How it is found stands in `rules/quality.py` under the same key."""

    WRONG, LIKELY, LOOK = "WRONG", "LIKELY", "LOOK"
    SEVERITIES = [(WRONG, _("Wrong")), (LIKELY, _("Likely wrong")), (LOOK, _("Worth a look"))]

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    advice = models.CharField(max_length=300)
    advice_cy = models.CharField(max_length=300, blank=True)
    severity = models.CharField(max_length=6, choices=SEVERITIES, default=LIKELY)
    owner = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_looked_for = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=50)

    class Meta:
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name

    def advice_in(self, language: str) -> str:
        return (self.advice_cy if language == "cy" else "") or self.advice


class FindingQuerySet(models.QuerySet["Finding"]):
    def open(self) -> Self:
        """Not put right, whether or not somebody has said that it may stay so for a while."""
        return self.filter(closed_at=None)

    def waiting(self, on: dt.date) -> Self:
        """To be seen to now."""
        return self.open().filter(Q(waived_until=None) | Q(waived_until__lt=on))

    def waived(self, on: dt.date) -> Self:
        return self.open().filter(waived_until__gte=on)

    def shown(self) -> Self:
        return self.select_related("rule__owner", "employment__person", "unit", "assigned_to")


class Finding(models.Model):
    """A rule found something on a record. It closes by itself once the rule finds it no more."""

    rule = models.ForeignKey(QualityRule, on_delete=models.PROTECT, related_name="findings")
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="quality_findings")
    unit = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    said: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        default=dict, help_text="What there is to say of it: a key of `rules/finding_words.py`, and values"
    )
    before: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        default=dict, help_text="The record as it was found"
    )
    after: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        default=dict, help_text="The record once it was put right"
    )
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="+",
        help_text="Whoever changed the record last before it was found no more",
    )  # fmt: skip
    assigned_to = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    waived_until = models.DateField(null=True, help_text="The last day on which it may stay so")
    waived_because = models.CharField(max_length=300, blank=True)
    waived_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    waived_at = models.DateTimeField(null=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-id"]
        indexes = [
            models.Index(fields=["found_at", "id"], condition=Q(closed_at=None), name="finding_open"),
            models.Index(fields=["closed_at", "id"], name="finding_by_closing"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "employment"], condition=Q(closed_at=None), name="a_fault_is_found_once"
            ),
            models.CheckConstraint(
                condition=Q(waived_until=None) | ~Q(waived_because=""), name="who_waives_a_fault_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.employment}"

    def is_waived(self, on: dt.date) -> bool:
        return self.waived_until is not None and self.waived_until >= on

    def changes(self) -> list[tuple[str, Any, Any]]:
        """What was put right: the field, what it was, what it became."""
        if self.closed_at is None:
            return []
        keys = sorted(self.before.keys() | self.after.keys())
        return [
            (key, self.before.get(key), self.after.get(key))
            for key in keys
            if self.before.get(key) != self.after.get(key)
        ]


class QualityScore(models.Model):
    """How many records of a unit had nothing wrong with them on a day."""

    day = models.DateField()
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    records = models.PositiveIntegerField()
    faulty = models.PositiveIntegerField()

    class Meta:
        ordering = ["-day", "unit_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "unit", "team"], nulls_distinct=False, name="a_unit_is_scored_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.unit_id}"
