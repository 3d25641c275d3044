"""A campaign: vacancies filled together, by one or several routes, between two days."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from moothall.cases.models.worklists import sight_of
from moothall.people.models import Account, Team

from .profile import RoleProfile
from .route import Route
from .vacancy import Vacancy


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, account: Account) -> Self:
        """Those of the teams whose cases one sees. What is not here does not exist for them."""
        sight = sight_of(account)
        if sight is None:
            return self.none()
        return self if sight.teams is None else self.filter(team__in=sight.teams)

    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def advertised(self, on: dt.date) -> Self:
        """Those that anybody can apply to that day; not those for the office’s own people alone."""
        open_now = self.standing().filter(published_at__isnull=False, opens_on__lte=on, closes_on__gte=on)
        inside = Places.objects.filter(campaign=OuterRef("pk"), route__facts__internal=True)
        return open_now.exclude(Exists(inside)).order_by("closes_on", "id")


class Campaign(models.Model):
    """Drawn up by recruitment, published once its vacancies are approved, and open between two days."""

    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    about = models.TextField(blank=True, help_text="The advertisement")
    about_cy = models.TextField(blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    profile = models.ForeignKey(RoleProfile, on_delete=models.PROTECT, related_name="campaigns")
    vacancies = models.ManyToManyField(Vacancy, blank=True, related_name="campaigns")
    opens_on = models.DateField()
    closes_on = models.DateField(help_text="The last day to apply")
    starts_on = models.DateField(null=True, blank=True, help_text="When the first of them would start")
    again_after_days = models.PositiveSmallIntegerField(
        default=0, help_text="How long after an attempt failed or was withdrawn somebody may apply again"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-id"]
        indexes = [
            models.Index(fields=["-opens_on", "-id"], name="campaign_by_opening"),
            models.Index(fields=["closes_on", "id"], name="campaign_by_closing"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="a_campaign_closes_later"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(ended_because=""), name="an_ended_campaign_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name

    def about_in(self, language: str) -> str:
        return (self.about_cy if language == "cy" else "") or self.about

    def is_open(self, on: dt.date) -> bool:
        published = self.published_at is not None and self.ended_at is None
        return published and self.opens_on <= on <= self.closes_on


class Places(models.Model):
    """So many places by one route in a campaign, for those who start on one day: a cohort."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="places")
    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="places")
    starts_on = models.DateField(null=True, blank=True)
    places = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["route__place", "starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "route", "starts_on"], nulls_distinct=False,
                name="a_cohort_of_a_route_stands_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.route}: {self.places}"


class CampaignStage(models.Model):
    """A stage of a campaign by one route: a step of its process, and the days the clocks give it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="stages")
    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    begins_on = models.DateField()
    target_on = models.DateField()

    class Meta:
        ordering = ["route__place", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "route", "key"], name="a_stage_stands_once"),
            models.CheckConstraint(condition=Q(target_on__gte=F("begins_on")), name="a_stage_ends_later"),
        ]
