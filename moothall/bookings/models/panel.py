"""Boards and panels: who sits on them, who comes instead, and the times and journeys that meetings heed."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account, Place

from .named import NamedInTwo


class PanelQuerySet(models.QuerySet["Panel"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None).order_by("name", "id")


class Panel(NamedInTwo):
    """People who meet again and again: a board, a panel, a working group."""

    minutes = models.PositiveSmallIntegerField(default=60)
    quorum = models.PositiveSmallIntegerField(
        default=0, help_text="So many of those needed, in person or by deputy"
    )
    papers_days = models.PositiveSmallIntegerField(
        default=0, help_text="Working days before the meeting on which its papers go out"
    )
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = PanelQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(retired_at=None), name="a_panel_is_named_once"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=15, minutes__lte=600), name="a_panel_meets_a_while"
            ),
        ]


class PanelMember(models.Model):
    """Somebody sits on a panel, and perhaps has somebody who comes instead."""

    CHAIR, NEEDED, WELCOME = "CHAIR", "NEEDED", "WELCOME"
    ROLES = [(CHAIR, _("Takes the chair")), (NEEDED, _("Is needed")), (WELCOME, _("Is welcome"))]

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="members")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=7, choices=ROLES, default=NEEDED)
    deputy = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["account__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "account"], name="nobody_sits_on_a_panel_twice"),
            models.UniqueConstraint(
                fields=["panel"], condition=Q(role="CHAIR"), name="a_panel_has_one_chair"
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=F("account")), name="nobody_is_their_own_deputy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"


class ProtectedTime(models.Model):
    """Time in every week that nobody is asked to a meeting, such as lunch."""

    weekday = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Monday is 0; none is every day"
    )
    begins = models.TimeField()
    ends = models.TimeField()
    why = models.CharField(max_length=120)

    class Meta:
        ordering = ["weekday", "begins", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="protected_time_ends_later"),
            models.CheckConstraint(
                condition=Q(weekday=None) | Q(weekday__lte=6), name="protected_time_is_in_a_week"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="protected_time_says_why"),
        ]

    def __str__(self) -> str:
        return self.why


class SiteJourney(models.Model):
    """How long it takes from one site to another, either way."""

    one = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["one__name", "other__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="a_journey_is_known_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_journey_is_told_one_way_round"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id} {self.minutes}"
