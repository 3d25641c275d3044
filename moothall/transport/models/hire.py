"""Private hire: jobs that somebody pays for, on the vehicles and the people that runs go with."""

import datetime as dt
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import in_london
from moothall.people.models import Account

from .fleet import Depot, Vehicle, VehicleKind


class HireJobQuerySet(models.QuerySet["HireJob"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()

    def in_full(self) -> Self:
        return self.select_related("kind", "depot", "vehicle__kind", "asked_by")

    def going(self, first: dt.date, last: dt.date) -> Self:
        """Those that go out on these days: booked, whether or not they are on an invoice yet."""
        return self.filter(state__in=HireJob.GOING, day__range=(first, last)).order_by("begins_at", "id")


class HireJob(models.Model):
    """One job on one day. What it costs us is worked out; what the customer pays is agreed.

    The database holds that no vehicle goes with two of them at once."""

    QUOTED, BOOKED, INVOICED, CANCELLED = "QUOTED", "BOOKED", "INVOICED", "CANCELLED"
    STATES = [
        (QUOTED, _("Quoted")), (BOOKED, _("Booked")), (INVOICED, _("Invoiced")), (CANCELLED, _("Cancelled")),
    ]  # fmt: skip
    GOING = (BOOKED, INVOICED)

    customer = models.CharField(max_length=120)
    contact = models.CharField(max_length=200, blank=True, help_text="Whom we speak to, and how")
    what = models.CharField(max_length=200)
    from_place = models.CharField(max_length=200)
    to_place = models.CharField(max_length=200)
    day = models.DateField()
    begins_at = models.DateTimeField(help_text="Leaves the depot")
    ends_at = models.DateTimeField(help_text="Back at the depot")
    driving = models.PositiveSmallIntegerField(help_text="Minutes at the wheel; the rest is waiting")
    miles = models.DecimalField(max_digits=7, decimal_places=1)
    people = models.PositiveSmallIntegerField()
    in_wheelchairs = models.PositiveSmallIntegerField(default=0, help_text="Who stay in them on the way")
    escorts = models.PositiveSmallIntegerField(default=0)
    kind = models.ForeignKey(VehicleKind, on_delete=models.PROTECT, related_name="+")
    depot = models.ForeignKey(Depot, on_delete=models.PROTECT, related_name="+")
    vehicle = models.ForeignKey(
        Vehicle, null=True, blank=True, on_delete=models.PROTECT, related_name="hire_jobs"
    )
    price = models.DecimalField(max_digits=10, decimal_places=2)
    state = models.CharField(max_length=9, choices=STATES, default=QUOTED)
    because = models.CharField(max_length=200, blank=True, help_text="Why it was cancelled")
    invoice = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = HireJobQuerySet.as_manager()

    class Meta:
        ordering = ["begins_at", "id"]
        indexes = [models.Index(fields=["day", "begins_at"], name="hire_job_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="a_hire_job_takes_time"),
            models.CheckConstraint(condition=Q(price__gte=0), name="a_hire_job_has_no_negative_price"),
            models.CheckConstraint(
                condition=~Q(customer="") & ~Q(what=""), name="a_hire_job_says_for_whom_and_what"
            ),
            models.CheckConstraint(
                condition=~Q(state="CANCELLED") | ~Q(because=""), name="a_cancelled_hire_job_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state="INVOICED") & ~Q(invoice="") | ~Q(state="INVOICED") & Q(invoice=""),
                name="an_invoiced_hire_job_says_on_which",
            ),
            models.CheckConstraint(
                condition=Q(in_wheelchairs__lte=F("people"), people__gte=1),
                name="a_hire_job_takes_somebody",
            ),
            ExclusionConstraint(
                name="a_vehicle_goes_with_one_hire_job_at_a_time",
                expressions=[
                    ("vehicle", RangeOperators.EQUAL),
                    (
                        Func(
                            "begins_at", "ends_at", Value("[)"), function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(vehicle__isnull=False, state__in=("BOOKED", "INVOICED")),
                deferrable=Deferrable.DEFERRED,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.called} {self.customer}"

    @property
    def called(self) -> str:
        """As the board and crews call it."""
        return f"H{self.pk}"

    @property
    def leaves_at(self) -> dt.time:
        return in_london(self.begins_at).time()

    @property
    def back_at(self) -> dt.time:
        return in_london(self.ends_at).time()

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.begins_at).total_seconds() // 60)

    @property
    def is_going(self) -> bool:
        return self.state in self.GOING
