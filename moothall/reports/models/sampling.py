"""Records drawn by lot and checked field by field by a second person."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from moothall.people.models import Account, Organisation
from moothall.workforce.models import Employment


class QualitySample(models.Model):
    """So many records, drawn by a seed: the same seed on the same day draws the same."""

    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    drawn_on = models.DateField(help_text="Of those who worked here that day")
    unit = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    seed = models.PositiveIntegerField()
    size = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-drawn_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=1, size__lte=200), name="a_sample_has_a_size"),
        ]

    def __str__(self) -> str:
        return f"{self.drawn_on} / {self.seed}"


class SampledRecordQuerySet(models.QuerySet["SampledRecord"]):
    def to_check(self) -> Self:
        return self.filter(checked_at=None)


class SampledRecord(models.Model):
    """One record of a sample: what it said of each field, and whether that was right."""

    sample = models.ForeignKey(QualitySample, on_delete=models.CASCADE, related_name="records")
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="+")
    said: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        default=dict, help_text="What stood on the record as it was checked"
    )
    wrong: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(
        default=dict, help_text="Of each field that was wrong, what is right"
    )
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SampledRecordQuerySet.as_manager()

    class Meta:
        ordering = ["sample_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "employment"], name="a_record_is_drawn_once"),
            models.CheckConstraint(
                condition=Q(checked_at=None) | Q(checked_by__isnull=False),
                name="who_checked_a_record_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sample}: {self.employment}"
