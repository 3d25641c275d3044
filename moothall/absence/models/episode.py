"""Somebody is off sick, from a day until another, and what became of the record."""

import datetime as dt
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _

from clocks import sickness
from moothall.cases.models import Case
from moothall.people.models import Account
from moothall.workforce.models import Assignment, Employment

from .setting import Reason

DAY = dt.timedelta(days=1)


class EpisodeQuerySet(models.QuerySet["Episode"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def recorded_for(self, account: Account, *, on: dt.date) -> Self:
        """Those of people whose absence this account records."""
        standing = account.standing()
        if standing.everywhere_for("absence.record"):
            return self
        teams = standing.teams_for("absence.record")
        if not teams:
            return self.none()
        there = Assignment.objects.in_force(on).filter(employment=OuterRef("employment"))
        return self.filter(Exists(there.filter(post__team_id__in=teams)))

    def of_team(self, account: Account, *, on: dt.date) -> Self:
        """Those of one's own people, as they are today."""
        return self.of(Employment.objects.managed_by(account, on=on))

    def of(self, employments: "models.QuerySet[Employment]") -> Self:
        return self.filter(employment__in=employments)

    def visible_to(self, account: Account, *, on: dt.date) -> Self:
        """One's own, those of one's people, and those one's roles record."""
        ids = self.recorded_for(account, on=on).order_by().values("pk")
        seen = Q(pk__in=ids) if account.may("absence.record") else Q(pk__in=[])
        if account.person_id:
            seen |= Q(employment__person_id=account.person_id)
            led = Assignment.objects.in_force(on).filter(manager__person_id=account.person_id)
            seen |= Q(employment__in=led.order_by().values("employment"))
        return self.filter(seen)

    def off(self, on: dt.date) -> Self:
        """Away that day."""
        return self.standing().filter(Q(last_day=None) | Q(last_day__gte=on), first_day__lte=on)

    def between(self, first: dt.date, last: dt.date) -> Self:
        return self.standing().filter(Q(last_day=None) | Q(last_day__gte=first), first_day__lte=last)

    def without_evidence(self, on: dt.date, *, self_days: int) -> Self:
        """A day has passed that no certificate covers, and it is too late for it to be on its way."""
        own_over = Q(first_day__lte=on - dt.timedelta(days=self_days)) | Q(last_day__lt=on)
        return self.standing().filter(own_over, lacking_from__lte=on)

    def running_out(self, on: dt.date, *, warn_days: int) -> Self:
        """Still away, and what covers them ends within so many days."""
        soon = on + dt.timedelta(days=warn_days + 1)
        return self.off(on).filter(lacking_from__gt=on, lacking_from__lte=soon)

    def to_interview(self) -> Self:
        return self.standing().filter(interview_due_on__isnull=False)

    def with_a_trigger(self) -> Self:
        """Those that reached a trigger that nobody has settled."""
        waiting = Episode.objects.filter(
            pk=OuterRef("pk"), hits__isnull=False, hits__settled_at=None, hits__lapsed_at=None
        )
        return self.standing().filter(Exists(waiting))

    def for_the_manager(self) -> Self:
        """What waits for the manager: the talk, a decision on a note, a trigger."""
        undecided = Episode.objects.filter(
            pk=OuterRef("pk"), certificates__fitness="MAY_BE_FIT", certificates__decision="",
            certificates__withdrawn_at=None,
        )  # fmt: skip
        found = self.standing().annotate(undecided=Exists(undecided))
        waiting = Q(interview_due_on__isnull=False) | Q(undecided=True)
        return found.filter(waiting | Q(pk__in=Episode.objects.with_a_trigger().values("pk")))

    def shown(self) -> Self:
        """With what a line about each needs."""
        return self.select_related("employment__person", "reason", "case")


class Episode(models.Model):
    """One absence through sickness: one unbroken time away, which is one spell."""

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="absences")
    reason = models.ForeignKey(Reason, null=True, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True, help_text="The last day away; empty while it goes on")
    half_first = models.BooleanField(default=False, help_text="They worked until midday of the first day")
    half_last = models.BooleanField(default=False, help_text="They were back at midday of the last day")
    expected_back_on = models.DateField(null=True, blank=True)
    on_duty_injury = models.BooleanField(default=False)
    accident_on = models.DateField(null=True, blank=True)
    counts = models.BooleanField(default=True)
    left_out_because = models.CharField(max_length=300, blank=True)
    keep_in_touch = models.CharField(max_length=300, blank=True, help_text="How they want to be contacted")
    note = models.CharField(max_length=1000, blank=True)
    lacking_from = models.DateField(
        null=True, blank=True, help_text="The first day that no certificate covers; empty when all are"
    )
    note_until = models.DateField(null=True, blank=True, help_text="The last day a fit note covers")
    interview_due_on = models.DateField(null=True, blank=True, help_text="Empty once it is held, or not yet")
    case = models.OneToOneField(Case, null=True, on_delete=models.SET_NULL, related_name="absence")
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day", "-id"]
        indexes = [
            models.Index(fields=["employment", "-first_day"], name="absence_of_employment"),
            models.Index(fields=["first_day", "id"], condition=Q(withdrawn_at=None), name="absence_by_start"),
            models.Index(
                fields=["first_day", "id"], condition=Q(last_day=None, withdrawn_at=None), name="absence_open"
            ),
            models.Index(
                fields=["lacking_from", "id"], condition=Q(lacking_from__isnull=False), name="absence_lacking"
            ),
            models.Index(
                fields=["interview_due_on", "id"],
                condition=Q(interview_due_on__isnull=False), name="absence_to_interview",
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="an_absence_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="nobody_is_off_sick_twice_at_once",
                expressions=[
                    ("employment", RangeOperators.EQUAL),
                    (
                        Func(
                            "first_day", "last_day", Value("[]"), function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(withdrawn_at=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.employment_id} from {self.first_day}"

    @property
    def is_open(self) -> bool:
        return self.last_day is None

    @property
    def spell(self) -> sickness.Spell:
        return sickness.Spell(
            self.pk, self.first_day, self.last_day, self.counts, self.half_first, self.half_last
        )

    def evidence(self, on: dt.date, *, self_days: int, warn_days: int) -> str:
        """The rung of `clocks.sickness` on which its evidence stands, from what is kept beside it."""
        last_own = self.first_day + dt.timedelta(days=self_days - 1)
        lacking = self.lacking_from
        if lacking is None or (lacking > on and (not self.is_open or (lacking - on).days > warn_days + 1)):
            return sickness.COVERED
        noted = self.note_until is not None and self.note_until == lacking - DAY
        if lacking > on:
            return sickness.EXPIRING if noted else sickness.NOTE_WANTED
        if lacking <= last_own:
            if self.is_open and on > last_own and (self.note_until is None or self.note_until < on):
                return sickness.NOTE_MISSING
            over = on > last_own or (self.last_day is not None and self.last_day < on)
            return sickness.SELF_LATE if over else sickness.SELF_WANTED
        return sickness.EXPIRED if noted else sickness.NOTE_MISSING

    def calendar_days(self, on: dt.date) -> int:
        return (self.spell.until(on) - self.first_day).days + 1


class EpisodeChange(models.Model):
    """What was done to the record of an absence, and how it stood before: what an undo puts back."""

    BEGUN, RETURNED, REOPENED = "BEGUN", "RETURNED", "REOPENED"
    CORRECTED, SPLIT, WITHDRAWN = "CORRECTED", "SPLIT", "WITHDRAWN"
    KINDS = [
        (BEGUN, _("Recorded")),
        (RETURNED, _("Back at work")),
        (REOPENED, _("Not back after all")),
        (CORRECTED, _("Corrected")),
        (SPLIT, _("Split in two")),
        (WITHDRAWN, _("Withdrawn")),
    ]

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=9, choices=KINDS)
    because = models.CharField(max_length=300, blank=True)
    before: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    other = models.ForeignKey(Episode, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.kind
