"""What figures of recruitment go by: stages of the funnel, and rules of counting, each with its source."""

import datetime as dt
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .route import Route


class FunnelStage(models.Model):
    """One stage that all ways in have, and by which steps of which process somebody is through it."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    steps = models.JSONField(
        default=dict, help_text="Key of a process -> step -> outcomes that pass; none named: any outcome"
    )
    place = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class FigureRuleQuerySet(models.QuerySet["FigureRule"]):
    def in_force(self, on: dt.date) -> Self:
        dated = self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)
        return dated.select_related("route").order_by("key", "scope", "from_on", "id")


class FigureRule(models.Model):
    """A number by which figures are made, such as below which one is hidden, with its days and source."""

    HIDE_BELOW, ROUND_TO, ADVERSE, FEWEST = "HIDE_BELOW", "ROUND_TO", "ADVERSE", "FEWEST"
    HIRE, START = "HIRE", "START"
    KEYS = [
        (HIDE_BELOW, _("Fewer people than this are hidden")), (ROUND_TO, _("Numbers are rounded to this")),
        (ADVERSE, _("A lower ratio is looked at")), (FEWEST, _("With fewer people no ratio is said")),
        (HIRE, _("Working days from the closing day to the offer")),
        (START, _("Working days from the application to the start")),
    ]  # fmt: skip

    key = models.CharField(max_length=10, choices=KEYS)
    scope = models.SlugField(max_length=40, blank=True, help_text="A return; empty: everything else")
    route = models.ForeignKey(Route, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=7, decimal_places=2)
    caveat = models.CharField(max_length=400, blank=True)
    caveat_cy = models.CharField(max_length=400, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)
    confirmed = models.BooleanField(default=False, help_text="Somebody has read the source")

    objects = FigureRuleQuerySet.as_manager()

    class Meta:
        ordering = ["key", "scope", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "scope", "route", "from_on"], nulls_distinct=False,
                name="a_rule_of_figures_changes_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_rule_of_figures_ends_later",
            ),
            models.CheckConstraint(
                condition=~Q(source="") & Q(amount__gte=Decimal(0)), name="a_rule_of_figures_has_a_source"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_key_display()}: {self.amount.normalize():f}"

    def caveat_in(self, language: str) -> str:
        return (self.caveat_cy if language == "cy" else "") or self.caveat
