"""When somebody works, when they are away, whether they are in today, and which languages they work in."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import LONDON

from .account import Account

Span = tuple[dt.datetime, dt.datetime]


class WorkHoursQuerySet(models.QuerySet["WorkHours"]):
    def in_force(self, first: dt.date, last: dt.date) -> Self:
        """Those that hold on some day between the two."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=first), from_on__lte=last)


class WorkHours(models.Model):
    """Somebody works on this day of the week, from when until when, since a day."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="work_hours")
    weekday = models.PositiveSmallIntegerField(help_text="Monday is 0")
    begins = models.TimeField()
    ends = models.TimeField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = WorkHoursQuerySet.as_manager()

    class Meta:
        ordering = ["weekday", "begins", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="work_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_week_has_seven_days"),
        ]


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def between(self, first: dt.date, last: dt.date) -> Self:
        return self.standing().filter(from_on__lte=last, until_on__gte=first)


class Absence(models.Model):
    """Somebody does not work on these days, or for a part of one."""

    LEAVE, TRAINING, SICK, OTHER = "LEAVE", "TRAINING", "SICK", "OTHER"
    KINDS = [(LEAVE, _("Leave")), (TRAINING, _("Training")), (SICK, _("Sick")), (OTHER, _("Something else"))]

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="absences")
    kind = models.CharField(max_length=8, choices=KINDS)
    from_on = models.DateField()
    until_on = models.DateField()
    begins = models.TimeField(null=True, help_text="Of a part of one day")
    ends = models.TimeField(null=True)
    entered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "id"]
        indexes = [models.Index(fields=["account", "until_on"], name="absence_of_account")]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="an_absence_ends_later"),
            models.CheckConstraint(
                condition=Q(begins=None, ends=None) | Q(from_on=F("until_on"), ends__gt=F("begins")),
                name="part_of_a_day_is_on_one_day",
            ),
        ]

    def spans(self, day: dt.date) -> Span:
        """What of this day is missed."""
        if self.begins is not None and self.ends is not None:
            return at_on(day, self.begins), at_on(day, self.ends)
        return at_on(day, dt.time(0)), at_on(day + dt.timedelta(days=1), dt.time(0))


class Presence(models.Model):
    """Somebody said that they, or a colleague, are in or out that day; the last word counts."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    is_in = models.BooleanField()
    said_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["day", "account", "-id"], name="presence_of_day")]


class LanguageSkill(models.Model):
    """Somebody works in a language other than English, and how well."""

    SOME, WORKING, FLUENT = 1, 2, 3
    LEVELS = [(SOME, _("A little")), (WORKING, _("Works in it")), (FLUENT, _("Fluent"))]

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=8)
    level = models.PositiveSmallIntegerField(choices=LEVELS)

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["account", "language"], name="a_language_is_known_once"),
        ]


def at_on(day: dt.date, time: dt.time) -> dt.datetime:
    """That time on the wall of that day."""
    return dt.datetime.combine(day, time, tzinfo=LONDON).astimezone(dt.UTC)


def without(spans: list[Span], missed: list[Span]) -> list[Span]:
    """The spans with what is missed cut out of them."""
    for begins, ends in missed:
        kept: list[Span] = []
        for one, other in spans:
            kept += [(one, min(other, begins))] if one < begins else []
            kept += [(max(one, ends), other)] if ends < other else []
        spans = [(one, other) for one, other in kept if one < other]
    return spans


Working = dict[tuple[int, dt.date], list[Span]]


def working_times(accounts: Collection[int], first: dt.date, last: dt.date) -> Working:
    """When each of these works on each day between the two, absences taken out, in three queries' reach.

    Whoever has no hours entered at all is not in the answer for any day: nothing is known of them.
    """
    hours: dict[int, list[WorkHours]] = defaultdict(list)
    for row in WorkHours.objects.in_force(first, last).filter(account__in=accounts).order_by("begins", "id"):
        hours[row.account_id].append(row)
    away = absences_by_account(accounts, first, last)
    found: Working = {}
    for account, rows in hours.items():
        for day in days_between(first, last):
            spans = [(at_on(day, row.begins), at_on(day, row.ends)) for row in rows if _holds(row, day)]
            found[account, day] = without(spans, _missed(away[account], day))
    return found


def absences_by_account(
    accounts: Collection[int], first: dt.date, last: dt.date
) -> defaultdict[int, list[Absence]]:
    found: defaultdict[int, list[Absence]] = defaultdict(list)
    for row in Absence.objects.between(first, last).filter(account__in=accounts):
        found[row.account_id].append(row)
    return found


def _holds(row: WorkHours, day: dt.date) -> bool:
    begun = row.from_on <= day and (row.until_on is None or row.until_on >= day)
    return begun and row.weekday == day.weekday()


def _missed(away: list[Absence], day: dt.date) -> list[Span]:
    return [each.spans(day) for each in away if each.from_on <= day <= each.until_on]


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]


def present_on(day: dt.date) -> dict[int, bool]:
    """Who has said that they are in, or out, on this day; the others have said nothing."""
    rows = Presence.objects.filter(day=day).order_by("id").values_list("account_id", "is_in")
    return dict(rows)
