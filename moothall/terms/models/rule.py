"""How long a probation lasts and which years of service are honoured: rows that say where they stand."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from moothall.workforce.models import Employment


class ProbationRuleQuerySet(models.QuerySet["ProbationRule"]):
    def for_those_who_started(self, on: dt.date) -> Self:
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class ProbationRule(models.Model):
    """Whoever of a workforce begins between two days, by this route, is in probation for so many months."""

    workforce = models.CharField(max_length=14, choices=Employment.WORKFORCES)
    route = models.SlugField(max_length=40, blank=True, help_text="Empty: for everybody of the workforce")
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    months = models.PositiveSmallIntegerField()
    hearing_days = models.PositiveSmallIntegerField(
        default=5, help_text="Working days between the letter and a hearing"
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)
    is_confirmed = models.BooleanField(default=False)

    objects = ProbationRuleQuerySet.as_manager()

    class Meta:
        ordering = ["workforce", "route", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["workforce", "route", "from_on"], name="a_probation_changes_once_a_day"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_probation_has_a_source"),
            models.CheckConstraint(condition=Q(months__gt=0), name="a_probation_lasts"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_probation_rule_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class ServiceAward(models.Model):
    """So many years of service are honoured."""

    years = models.PositiveSmallIntegerField(unique=True)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["years"]

    def __str__(self) -> str:
        return str(self.years)
