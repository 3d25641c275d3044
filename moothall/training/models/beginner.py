"""Who began by a route that leads onto a pathway, and whether they are on it yet."""

from typing import Self

from django.db import models

from moothall.workforce.models import Employment

from .pathway import District, Pathway
from .student import Student


class BeginnerQuerySet(models.QuerySet["Beginner"]):
    def waiting(self) -> Self:
        """Those who are in no cohort, nor were ever put into one by hand."""
        rows = self.filter(student=None, employment__studies=None, employment__ended_on=None)
        return rows.order_by("employment__started_on", "id")

    def in_full(self) -> Self:
        return self.select_related("employment__person", "pathway", "district")


class Beginner(models.Model):
    """Somebody is on record as starting by a route of a pathway: in a cohort now, or once there is one."""

    employment = models.OneToOneField(Employment, on_delete=models.PROTECT, related_name="way_in")
    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="beginners")
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    student = models.OneToOneField(
        Student, null=True, blank=True, on_delete=models.SET_NULL, related_name="way_in"
    )
    entered_at = models.DateTimeField()

    objects = BeginnerQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.employment.person)
