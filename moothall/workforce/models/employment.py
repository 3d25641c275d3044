"""Who works for the office: one employment after another, and what each assignment of it is."""

import datetime as dt
from decimal import Decimal
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, OuterRef, Prefetch, Q, Value
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import today
from moothall.people.models import Account, Organisation, Person, Place, Post

from .pattern import WorkPattern


class LeavingReason(models.Model):
    """Why an employment ends: rows, because the list grows and old records keep theirs."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def in_force(self, on: dt.date) -> Self:
        """Those who work here that day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=on), started_on__lte=on)

    def not_over(self, on: dt.date) -> Self:
        """Those who work here that day or will begin later."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=on))

    def of_account(self, account: Account) -> Self:
        return self.filter(person_id=account.person_id) if account.person_id else self.none()

    def managed_by(self, account: Account, *, on: dt.date) -> Self:
        """The direct reports of this account that day: a mover is seen by the old manager until then."""
        return self.led_by(account.person_id, on=on) if account.person_id else self.none()

    def led_by(self, person: int, *, on: dt.date) -> Self:
        """The direct reports of a person that day: found first, then what is asked of them."""
        led = Assignment.objects.in_force(on).filter(manager__person_id=person)
        return self.filter(pk__one_of=ArraySubquery(led.order_by().values("employment_id")))

    def visible_to(self, account: Account) -> Self:
        """One's own record, those of whom one is the manager today, and the records one's roles keep."""
        standing = account.standing()
        if standing.everywhere_for("workforce.view"):
            return self
        day = today()
        seen = Q(pk__in=[])
        if account.person_id:
            seen |= Q(person_id=account.person_id)
            led = Assignment.objects.in_force(day).filter(manager__person_id=account.person_id)
            seen |= Q(pk__in=led.order_by().values("employment"))
        if teams := standing.teams_for("workforce.view"):
            held = Assignment.objects.in_force(day).filter(post__team_id__in=teams)
            seen |= Q(pk__in=held.order_by().values("employment"))
        return self.filter(seen)

    def with_assignment(self, on: dt.date) -> Self:
        """Each with its assignment of that day as `assigned`: a list of one, or of none."""
        there = Assignment.objects.in_force(on).filter(is_main=True).in_full()
        return self.select_related("person").prefetch_related(
            Prefetch("assignments", there, to_attr="assigned")
        )


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Employment(models.Model):
    """Somebody works for the office, from a day until another. Who comes back has another."""

    EMPLOYEE, OFFICER, SPECIAL, WORKER = "employee", "police_officer", "special", "worker"
    VOLUNTEER, INTERN = "volunteer", "intern"
    WORKFORCES = [
        (EMPLOYEE, _("Employee")), (OFFICER, _("Police officer")), (SPECIAL, _("Special constable")),
        (WORKER, _("Worker")), (VOLUNTEER, _("Volunteer")), (INTERN, _("Intern")),
    ]  # fmt: skip
    ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND = "ENG", "WLS", "SCT", "NIR"
    NATIONS = [
        (ENGLAND, _("England")), (WALES, _("Wales")), (SCOTLAND, _("Scotland")),
        (NORTHERN_IRELAND, _("Northern Ireland")),
    ]  # fmt: skip

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="employments")
    number = models.CharField(max_length=20, unique=True)
    workforce = models.CharField(max_length=14, choices=WORKFORCES, default=EMPLOYEE)
    nation = models.CharField(max_length=3, choices=NATIONS, default=WALES)
    started_on = models.DateField()
    continuous_from = models.DateField(help_text="From when service counts, with service elsewhere")
    probation_until = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="The last day")
    ended_because = models.ForeignKey(LeavingReason, null=True, blank=True, on_delete=models.PROTECT)
    ni_number = models.CharField(max_length=9, blank=True)
    added_at = models.DateTimeField()

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-started_on"], name="employment_of_person"),
            models.Index(fields=["started_on", "id"], name="employment_by_start"),
            models.Index(
                fields=["ended_on", "id"], condition=Q(ended_on__isnull=False), name="employment_by_end"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="an_employment_has_a_number"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="an_employment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(continuous_from__lte=F("started_on")),
                name="service_counts_from_the_start_at_last",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_because__isnull=False),
                name="an_ended_employment_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def main(self) -> "Assignment | None":
        """What they are assigned to, where `with_assignment` was asked for."""
        held: list[Assignment] = getattr(self, "assigned", [])
        return held[0] if held else None


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def standing(self) -> Self:
        """What holds as far as is known now: a row that was put right is there, but holds no longer."""
        return self.filter(withdrawn_at=None)

    def in_force(self, on: dt.date) -> Self:
        return self.standing().filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)

    def between(self, first: dt.date, last: dt.date) -> Self:
        """What holds on some day between the two, oldest first."""
        found = self.standing().filter(Q(until_on=None) | Q(until_on__gte=first), from_on__lte=last)
        return found.order_by("employment", "from_on", "id")

    def in_full(self) -> Self:
        return self.select_related("post", "unit", "place", "pattern", "manager__person")

    def units(self) -> models.QuerySet[Organisation]:
        """The units in which any of these is. Of most of what there is: each unit is asked for its first one,
        instead of looking at all rows for the few units they are in."""
        here = self.order_by().filter(unit=OuterRef("pk")).annotate(is_there=Value(True))
        found = models.Subquery(here.values("is_there")[:1], output_field=models.BooleanField())
        return Organisation.objects.filter(Q(found)).order_by("name", "pk")


class Assignment(models.Model):
    """What somebody does, where, how much and under whom, from a day until another. It is never overwritten:
    what changes begins a new row, and a row that was wrong is withdrawn."""

    PERMANENT, FIXED_TERM, TEMPORARY, CASUAL = "PERMANENT", "FIXED_TERM", "TEMPORARY", "CASUAL"
    CONTRACTS = [
        (PERMANENT, _("Permanent")), (FIXED_TERM, _("Fixed term")), (TEMPORARY, _("Temporary")),
        (CASUAL, _("Casual")),
    ]  # fmt: skip

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="assignments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="assignments")
    manager = models.ForeignKey(Employment, null=True, on_delete=models.PROTECT, related_name="reports")
    contract = models.CharField(max_length=10, choices=CONTRACTS, default=PERMANENT)
    contract_ends_on = models.DateField(null=True, blank=True)
    fte = models.DecimalField(max_digits=5, decimal_places=4, default=Decimal(1))
    weekly_hours = models.DecimalField(max_digits=5, decimal_places=2)
    pattern = models.ForeignKey(WorkPattern, null=True, blank=True, on_delete=models.PROTECT)
    pattern_from = models.DateField(null=True, blank=True, help_text="A day on which its cycle begins")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT)
    is_home_based = models.BooleanField(default=False)
    is_main = models.BooleanField(default=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day")
    because = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["manager", "employment"], condition=Q(withdrawn_at=None), name="assignment_by_manager"
            ),
            models.Index(
                fields=["unit", "employment"], condition=Q(withdrawn_at=None), name="assignment_by_unit"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="an_assignment_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(fte__gte=0, fte__lte=1), name="nobody_is_more_than_one_whole"),
            models.CheckConstraint(
                condition=Q(weekly_hours__gte=0, weekly_hours__lte=168), name="a_week_has_168_hours"
            ),
            models.CheckConstraint(
                condition=Q(manager=None) | ~Q(manager=F("employment")), name="nobody_is_their_own_manager"
            ),
            models.CheckConstraint(
                condition=Q(pattern=None) | Q(pattern_from__isnull=False), name="a_pattern_begins_on_a_day"
            ),
            ExclusionConstraint(
                name="one_main_assignment_at_a_time",
                expressions=[
                    ("employment", RangeOperators.EQUAL),
                    (
                        Func(
                            "from_on", "until_on", Value("[]"), function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(is_main=True, withdrawn_at=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.employment_id} from {self.from_on}"

    def hours_on(self, day: dt.date) -> Decimal:
        """The hours they are to work that day: by the pattern, else the week shared over its working days."""
        if self.pattern is not None and self.pattern_from is not None:
            return self.pattern.hours_on(day, begun=self.pattern_from)
        return self.weekly_hours / 5 if day.weekday() < 5 else Decimal(0)
