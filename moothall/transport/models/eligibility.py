"""Who is entitled, by the law and policy in force on a day, and what ways of travelling cost."""

import datetime as dt
from decimal import Decimal
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .passenger import NATIONS

PRIMARY, SECONDARY, POST16, ADULT = "PRIMARY", "SECONDARY", "POST16", "ADULT"
PHASES = [
    (PRIMARY, _("Primary")), (SECONDARY, _("Secondary")), (POST16, _("After 16")), (ADULT, _("Adult")),
]  # fmt: skip
FACTS = [
    ("nearest", _("It is the nearest suitable school or centre")),
    ("low_income", _("Free school meals, or the most working tax credit")),
    ("one_of_three", _("It is one of the three nearest suitable schools")),
    ("belief", _("It is the nearest school preferred for religion or belief")),
    ("cannot_walk", _("Cannot reasonably walk there, by disability, special needs or mobility")),
    ("unsafe_route", _("There is no safe walking route, even accompanied")),
    ("plan", _("Has an education, health and care plan, or an individual development plan")),
    ("care_need", _("A care assessment found that they need to be taken")),
    ("looked_after", _("Looked after by the council")),
    ("policy", _("Meets the council’s policy for students over 16")),
]


class DatedFigureQuerySet(models.QuerySet["EligibilityRule"]):
    def in_force(self, on: dt.date, *, nation: str) -> Self:
        found = self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on, nation=nation)
        return found.order_by("place", "id")


class EligibilityRule(models.Model):
    """One way to be entitled in one nation: ages, distances and facts that must all be met, and why."""

    key = models.SlugField(max_length=60)
    nation = models.CharField(max_length=3, choices=NATIONS)
    place = models.PositiveSmallIntegerField(default=1, help_text="In which order they are looked at")
    name = models.CharField(max_length=200)
    name_cy = models.CharField(max_length=200, blank=True)
    phases = ArrayField(models.CharField(max_length=9), default=list, blank=True)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_below = models.PositiveSmallIntegerField(null=True, blank=True)
    miles_from = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    miles_included = models.BooleanField(default=False, help_text="The distance itself is far enough")
    miles_until = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    needs = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    is_law = models.BooleanField(default=True, help_text="False: the office’s own policy")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)
    confirmed = models.BooleanField(default=False, help_text="Somebody has read the source")

    objects = DatedFigureQuerySet.as_manager()

    class Meta:
        ordering = ["nation", "place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "from_on"], name="an_eligibility_rule_changes_once_a_day"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="an_eligibility_rule_ends_later",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="an_eligibility_rule_has_a_source"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class Rates(dict[str, Decimal]):
    """What things cost on a day, by their key."""


class TransportRateQuerySet(models.QuerySet["TransportRate"]):
    def on(self, day: dt.date) -> Rates:
        rows = self.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day).order_by("from_on")
        return Rates({each.key: each.amount for each in rows})


class TransportRate(models.Model):
    """What one way of travelling costs the council, from a day on, and who says so."""

    PLACE, ESCORT, TAXI_START, TAXI_MILE = "place-day", "escort-day", "taxi-start", "taxi-mile"
    MILEAGE, PASS, DAYS = "mileage-mile", "pass-year", "school-days"
    BUDGET_NEAR, BUDGET_MIDDLE, BUDGET_FAR = "budget-to-5", "budget-to-10", "budget-over-10"
    KEYS = [
        (PLACE, _("A place on our own run, a day")), (ESCORT, _("A passenger escort, a day")),
        (TAXI_START, _("A taxi, before the first mile")), (TAXI_MILE, _("A taxi, a mile")),
        (MILEAGE, _("Mileage paid to a family, a mile")), (PASS, _("A bus pass, a year")),
        (DAYS, _("Days of travel in a year")), (BUDGET_NEAR, _("Travel budget up to 5 miles, a year")),
        (BUDGET_MIDDLE, _("Travel budget up to 10 miles, a year")),
        (BUDGET_FAR, _("Travel budget over 10 miles, a year")),
    ]  # fmt: skip

    key = models.CharField(max_length=20, choices=KEYS)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)
    confirmed = models.BooleanField(default=False)

    objects = TransportRateQuerySet.as_manager()

    class Meta:
        ordering = ["key", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["key", "from_on"], name="a_transport_rate_changes_once_a_day"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="a_transport_rate_is_not_negative"),
            models.CheckConstraint(condition=~Q(source=""), name="a_transport_rate_has_a_source"),
        ]

    def __str__(self) -> str:
        return str(dict(self.KEYS)[self.key])
