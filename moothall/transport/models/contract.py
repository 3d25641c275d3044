"""What a contractor was promised: contracts, prices from a day on, and the crew they bring."""

import datetime as dt
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Person

from .contractor import Contractor
from .dated import Dated, DatedQuerySet, ends_later, once_at_a_time


class Contract(Dated):
    """They take passengers for us under this contract, from its first day to its last."""

    contractor = models.ForeignKey(Contractor, on_delete=models.PROTECT, related_name="contracts")
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=160, help_text="What it is for")

    objects = DatedQuerySet["Contract"].as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            ends_later("a_contract_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["contractor", "number"],
                condition=Q(withdrawn_at=None),
                name="a_contract_has_its_own_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"


class ContractPrice(Dated):
    """So much a day, an hour, a mile or a run, of one job or of all that have no price of their own."""

    DAY, HOUR, MILE, RUN = "DAY", "HOUR", "MILE", "RUN"
    UNITS = [(DAY, _("a day")), (HOUR, _("an hour")), (MILE, _("a mile")), (RUN, _("a run"))]

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="prices")
    job = models.CharField(max_length=40, blank=True, help_text="Empty: every job without its own price")
    unit = models.CharField(max_length=4, choices=UNITS)
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    objects = DatedQuerySet["ContractPrice"].as_manager()

    class Meta:
        ordering = ["job", "unit", "-from_on", "-id"]
        constraints = [
            ends_later("a_contract_price_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(amount__gt=Decimal(0)), name="a_contract_price_is_more_than_nothing"
            ),
            once_at_a_time("a_job_has_one_price_a_unit_at_a_time", "contract", "job", "unit"),
        ]


class ContractorStaff(Dated):
    """Somebody who drives for a contractor or looks after passengers on the way, known by their badge."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="crew_places")
    contractor = models.ForeignKey(Contractor, on_delete=models.PROTECT, related_name="crew")
    badge = models.CharField(max_length=40, help_text="The number of their identity badge")
    drives = models.BooleanField(default=False)
    assists = models.BooleanField(default=False)

    objects = DatedQuerySet["ContractorStaff"].as_manager()

    class Meta:
        ordering = ["person__folded_name", "id"]
        constraints = [
            ends_later("a_place_in_a_crew_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(drives=True) | Q(assists=True), name="a_contractor_staff_drives_or_assists"
            ),
            models.CheckConstraint(condition=~Q(badge=""), name="a_contractor_staff_has_a_badge"),
            once_at_a_time("somebody_is_in_a_crew_once_at_a_time", "person", "contractor"),
            once_at_a_time("a_badge_is_worn_by_one_at_a_time", "badge"),
        ]

    def __str__(self) -> str:
        return self.person.full_name

    def works(self, on: dt.date) -> bool:
        return (
            self.withdrawn_at is None
            and self.from_on <= on
            and (self.until_on is None or self.until_on >= on)
        )
