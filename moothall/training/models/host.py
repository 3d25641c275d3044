"""Who takes students on: hosts of placements in the community, and tutors in the office."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from moothall.bookings.models import Feature
from moothall.people.models import Account
from moothall.workforce.models import Employment

from .pathway import District


class PlacementHostQuerySet(models.QuerySet["PlacementHost"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None).select_related("district").order_by("name", "id")

    def assessed(self, on: dt.date) -> Self:
        """Those whose risk assessment holds on that day."""
        return self.filter(Q(assessed_until=None) | Q(assessed_until__gte=on))


class PlacementHost(models.Model):
    """A body that takes so many students at once."""

    name = models.CharField(max_length=160, unique=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="hosts")
    places = models.PositiveSmallIntegerField(default=2, help_text="Students at once")
    features = models.ManyToManyField(Feature, blank=True, related_name="+")
    contact_name = models.CharField(max_length=160, blank=True)
    contact_email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("cy", "Cymraeg")], default="en")
    about = models.CharField(max_length=300, blank=True, help_text="What students do there")
    assessed_until = models.DateField(null=True, blank=True, help_text="Its risk assessment holds until")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = PlacementHostQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & Q(places__gte=1), name="a_host_has_places"),
        ]

    def __str__(self) -> str:
        return self.name


class PathwayTutorQuerySet(models.QuerySet["PathwayTutor"]):
    def standing(self) -> Self:
        return self.filter(stopped_at=None).order_by("employment__person__folded_name", "id")


class PathwayTutor(models.Model):
    """Somebody who goes out with students, at most so many at once, and signs off what they can do."""

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="tutoring")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="tutors")
    most = models.PositiveSmallIntegerField(default=2, help_text="Students at once")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PathwayTutorQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employment"], condition=Q(stopped_at=None), name="somebody_is_a_tutor_once"
            ),
            models.CheckConstraint(condition=Q(most__gte=1), name="a_tutor_has_students"),
        ]

    def __str__(self) -> str:
        return str(self.employment.person)
