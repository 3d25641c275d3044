"""The ways into the organisation, each with its process, and who may come in by it."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Service


class RouteQuerySet(models.QuerySet["Route"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None).select_related("service").order_by("place", "id")


class Route(models.Model):
    """A way in: the service that an application by it is a case of, and the step at which people apply."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    about = models.CharField(max_length=300, blank=True)
    about_cy = models.CharField(max_length=300, blank=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    entry_step = models.CharField(max_length=40, help_text="The step that is done once they have applied")
    facts = models.JSONField(default=dict, help_text="What conditions of its process may speak of")
    place = models.PositiveSmallIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_internal(self) -> bool:
        """Whether only those who work here come in by it."""
        return self.facts.get("internal") is True

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name

    def about_in(self, language: str) -> str:
        return (self.about_cy if language == "cy" else "") or self.about


class EligibilityRuleQuerySet(models.QuerySet["EligibilityRule"]):
    def in_force(self, on: dt.date, *, route: Route) -> Self:
        """Those of that day, of this route and of every route."""
        dated = self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)
        return dated.filter(Q(route=None) | Q(route=route)).order_by("place", "id")


class EligibilityRule(models.Model):
    """One thing asked of everybody who applies by a route, and what somebody is told who does not meet it."""

    AGE_FROM, AGE_BELOW, YES, NO, AT_LEAST = "AGE_FROM", "AGE_BELOW", "YES", "NO", "AT_LEAST"
    KINDS = [
        (AGE_FROM, _("At least so old on the day they would start")),
        (AGE_BELOW, _("Younger than so many years on the day they would start")),
        (YES, _("The answer has to be yes")), (NO, _("The answer has to be no")),
        (AT_LEAST, _("A number, at least so many")),
    ]  # fmt: skip
    ABOUT_AGE = (AGE_FROM, AGE_BELOW)

    key = models.SlugField(max_length=60)
    route = models.ForeignKey(
        Route, null=True, blank=True, on_delete=models.PROTECT, related_name="rules", help_text="None: of all"
    )
    place = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=9, choices=KINDS)
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    asks = models.CharField(max_length=300, blank=True, help_text="The question; none where the age is asked")
    asks_cy = models.CharField(max_length=300, blank=True)
    told = models.CharField(max_length=400, help_text="What somebody reads who does not meet it")
    told_cy = models.CharField(max_length=400, blank=True)
    stops = models.BooleanField(
        default=True, help_text="They cannot apply; otherwise the desk is told and looks at it"
    )
    is_law = models.BooleanField(default=False, help_text="False: the office’s own policy")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)
    confirmed = models.BooleanField(default=False, help_text="Somebody has read the source")

    objects = EligibilityRuleQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "from_on"], name="a_rule_of_entry_changes_once_a_day"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_rule_of_entry_ends_later"
            ),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(told=""), name="a_rule_of_entry_has_a_source_and_a_sentence"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("YES", "NO")) | Q(amount__isnull=False),
                name="a_rule_of_entry_with_a_number_has_one",
            ),
        ]

    def __str__(self) -> str:
        return self.told

    def asks_in(self, language: str) -> str:
        return (self.asks_cy if language == "cy" else "") or self.asks

    def told_in(self, language: str) -> str:
        return (self.told_cy if language == "cy" else "") or self.told
