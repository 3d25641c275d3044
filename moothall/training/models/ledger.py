"""How many of every team have to be left, and how many training has taken: a ledger the database keeps."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account, Organisation
from moothall.workforce.models import Skill

from .nomination import Nomination

EARLY, LATE, NIGHT, DAY = "E", "L", "N", "D"
PARTS = [(EARLY, _("Early")), (LATE, _("Late")), (NIGHT, _("Night")), (DAY, _("Day"))]


class TeamMinimumQuerySet(models.QuerySet["TeamMinimum"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def between(self, first: dt.date, last: dt.date) -> Self:
        return self.standing().filter(Q(until_on=None) | Q(until_on__gte=first), from_on__lte=last)


class TeamMinimum(models.Model):
    """So many of a team have to be left on duty, whoever is trained; who set it, from when, and why."""

    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="training_minimums")
    part = models.CharField(max_length=1, choices=PARTS, blank=True, help_text="Empty: every part of the day")
    skill = models.ForeignKey(
        Skill, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Only those who have it are counted",
    )  # fmt: skip
    percent = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Of those rostered")
    least = models.PositiveSmallIntegerField(null=True, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = TeamMinimumQuerySet.as_manager()

    class Meta:
        ordering = ["unit__name", "from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least__isnull=False, percent=None) | Q(least=None, percent__isnull=False),
                name="a_minimum_is_a_number_or_a_share",
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gte=1, percent__lte=100),
                name="a_minimum_is_of_a_hundred",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_minimum_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="who_sets_a_minimum_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.part}"

    def holds(self, day: dt.date, part: str) -> bool:
        within = self.from_on <= day and (self.until_on is None or day <= self.until_on)
        return within and (not self.part or self.part == part)

    def needed(self, rostered: int) -> int:
        """Of so many; a share of a person is a person."""
        return self.least if self.least is not None else -(-rostered * (self.percent or 0) // 100)


class TeamDayQuerySet(models.QuerySet["TeamDay"]):
    def of(self, units: "list[int]", first: dt.date, last: dt.date) -> Self:
        return self.filter(unit_id__in=units, day__gte=first, day__lte=last)


class TeamDay(models.Model):
    """One team, one part of one day, everybody or those with one skill: how many training has taken."""

    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="training_ledger")
    day = models.DateField()
    part = models.CharField(max_length=1, choices=PARTS)
    skill = models.ForeignKey(Skill, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rostered = models.PositiveSmallIntegerField(help_text="Who would be on duty if nobody was away")
    present = models.PositiveSmallIntegerField(help_text="Rostered, less leave, court and sickness")
    minimum = models.PositiveSmallIntegerField()
    out = models.PositiveSmallIntegerField(default=0, help_text="In training")
    beyond = models.PositiveSmallIntegerField(
        default=0, help_text="Let through below the minimum by name, or since more are away than were"
    )
    source = models.ForeignKey(TeamMinimum, null=True, on_delete=models.PROTECT, related_name="+")
    counted_at = models.DateTimeField()

    objects = TeamDayQuerySet.as_manager()

    class Meta:
        ordering = ["day", "part", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "day", "part", "skill"], nulls_distinct=False,
                name="a_team_has_one_line_a_part_of_a_day",
            ),
            models.CheckConstraint(
                condition=Q(out__lte=Greatest(F("present") - F("minimum"), 0) + F("beyond")),
                name="training_leaves_the_minimum",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.part}"

    @property
    def left(self) -> int:
        """How many more can go to training."""
        return max(self.present - self.minimum, 0) + self.beyond - self.out


class SparedRow(models.Model):
    """A place takes one from a line of the ledger."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="spared")
    line = models.ForeignKey(TeamDay, on_delete=models.PROTECT, related_name="spared")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nomination", "line"], name="a_place_takes_a_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.line_id}"


class MinimumOverride(models.Model):
    """Somebody let a place through below a minimum, by name and with a reason."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="overrides")
    line = models.ForeignKey(TeamDay, on_delete=models.PROTECT, related_name="overrides")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="who_goes_below_a_minimum_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.at:%Y-%m-%d}"
