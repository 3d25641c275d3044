"""Ranks, what is asked of whoever wants to go up to one, and how long things last: dated, sourced rows."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.credentials.models import CredentialKind
from moothall.recruitment.models import Route


class RankQuerySet(models.QuerySet["Rank"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None).order_by("place", "id")

    def to_be_reached(self) -> Self:
        """Those to which people are promoted by a board."""
        return self.in_use().filter(route__isnull=False, below__isnull=False)


class Rank(models.Model):
    """A rank or grade: from which one people come, by which route, and which examination it asks for."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    place = models.PositiveSmallIntegerField(default=1)
    titles = ArrayField(
        models.CharField(max_length=160), default=list, help_text="Titles of the posts that are of this rank"
    )
    below = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="above",
        help_text="The one from which people are promoted to it",
    )  # fmt: skip
    route = models.ForeignKey(Route, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    exam = models.ForeignKey(
        CredentialKind, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = RankQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class RankDatedQuerySet(models.QuerySet["PromotionRule"]):
    def in_force(self, on: dt.date, *, rank: Rank) -> Self:
        """Those of that day, of this rank and of every rank."""
        dated = self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)
        return dated.filter(Q(rank=None) | Q(rank=rank)).order_by("place", "id")


class PromotionRule(models.Model):
    """One thing asked of everybody who wants to go up to a rank, on which day, and what they read who do not
    meet it."""

    RANK, CONFIRMED, SERVICE, EXAM = "RANK", "CONFIRMED", "SERVICE", "EXAM"
    CONDUCT, RATING, SUPPORT = "CONDUCT", "RATING", "SUPPORT"
    KINDS = [
        (RANK, _("Holds the rank below for good")), (CONFIRMED, _("Is past probation")),
        (SERVICE, _("At least so many months of service")), (EXAM, _("Holds a pass of the examination")),
        (CONDUCT, _("No formal outcome is live")), (RATING, _("The last appraisal speaks for it")),
        (SUPPORT, _("Their manager recommends them")),
    ]  # fmt: skip
    CLOSING, CHECKING = "CLOSING", "CHECKING"
    DAYS = [(CLOSING, _("On the last day to apply")), (CHECKING, _("On the day it is checked"))]

    key = models.SlugField(max_length=60)
    rank = models.ForeignKey(
        Rank, null=True, blank=True, on_delete=models.PROTECT, related_name="rules", help_text="None: of all"
    )
    kind = models.CharField(max_length=9, choices=KINDS)
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    looked_at_on = models.CharField(max_length=8, choices=DAYS, default=CLOSING)
    told = models.CharField(max_length=400, help_text="What somebody reads who does not meet it")
    told_cy = models.CharField(max_length=400, blank=True)
    stops = models.BooleanField(default=True, help_text="Otherwise the desk is told and decides")
    place = models.PositiveSmallIntegerField(default=1)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)
    confirmed = models.BooleanField(default=False, help_text="Somebody has read the source")

    objects = RankDatedQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "from_on"], name="a_promotion_rule_changes_once_a_day"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_promotion_rule_ends_later"
            ),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(told=""), name="a_promotion_rule_has_a_source_and_a_sentence"
            ),
            models.CheckConstraint(
                condition=~Q(kind="SERVICE") | Q(amount__isnull=False), name="service_is_so_many_months"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def told_in(self, language: str) -> str:
        return (self.told_cy if language == "cy" else "") or self.told


class PeriodQuerySet(models.QuerySet["Period"]):
    def of_day(self, what: str, on: dt.date) -> "Period | None":
        """The one that holds for what begins that day."""
        dated = self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)
        return dated.filter(what=what).order_by("-from_on", "-id").first()


class Period(models.Model):
    """How long something lasts or how far ahead it is told, for what begins between two days."""

    POOL, TEMPORARY, REVIEW, POOL_WARNING, END_WARNING = (
        "POOL", "TEMPORARY", "REVIEW", "POOL_WARNING", "END_WARNING",
    )  # fmt: skip
    WHAT = [
        (POOL, _("Months somebody stays in the pool")), (TEMPORARY, _("Months of assessment at work")),
        (REVIEW, _("Months until a promotion for a while is looked at")),
        (POOL_WARNING, _("Days before the end that people in the pool are told")),
        (END_WARNING, _("Days before the end that managers are told")),
    ]  # fmt: skip

    what = models.CharField(max_length=12, choices=WHAT)
    length = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)
    confirmed = models.BooleanField(default=False, help_text="Somebody has read the source")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["what", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["what", "from_on"], name="a_promotion_period_changes_once_a_day"),
            models.CheckConstraint(
                condition=Q(length__gte=1) & ~Q(source=""), name="a_promotion_period_lasts_and_has_a_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.length}"
