"""Which contractor does which job with which vehicle and crew, and what keeps them from it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .contract import Contract, ContractorStaff
from .contractor import Contractor
from .dated import Dated, DatedQuerySet, ends_later, once_at_a_time
from .fleet import Vehicle


class Allotment(Dated):
    """A job is done by a contractor's vehicle and crew, from a day until another.

    The database itself takes none whose papers do not count on its first day. A paper that runs out later
    bars the days after it.
    """

    job = models.CharField(max_length=40, help_text="The number of the job or the run")
    contractor = models.ForeignKey(Contractor, on_delete=models.PROTECT, related_name="allotments")
    contract = models.ForeignKey(Contract, null=True, on_delete=models.PROTECT, related_name="allotments")
    vehicle = models.ForeignKey(Vehicle, on_delete=models.PROTECT, related_name="allotments")
    driver = models.ForeignKey(ContractorStaff, on_delete=models.PROTECT, related_name="driving")
    assistant = models.ForeignKey(
        ContractorStaff, null=True, blank=True, on_delete=models.PROTECT, related_name="assisting"
    )

    objects = DatedQuerySet["Allotment"].as_manager()

    class Meta:
        ordering = ["job", "-from_on", "-id"]
        constraints = [
            ends_later("an_allotment_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(job=""), name="an_allotment_names_its_job"),
            models.CheckConstraint(
                condition=Q(assistant=None) | ~Q(assistant=F("driver")),
                name="nobody_drives_and_assists_at_once",
            ),
            once_at_a_time("a_job_is_allotted_once_at_a_time", "job", "contractor"),
        ]
        indexes = [
            models.Index(fields=["driver", "-from_on"], name="allotment_of_driver"),
            models.Index(fields=["assistant", "-from_on"], name="allotment_of_assistant"),
            models.Index(fields=["vehicle", "-from_on"], name="allotment_of_vehicle"),
        ]

    def __str__(self) -> str:
        return self.job


class Sanction(Dated):
    """What a contractor or one of their crew was told or kept from, because of what was found."""

    WARNING, IMPROVE, SUSPENDED, REMOVED = "WARNING", "IMPROVE", "SUSPENDED", "REMOVED"
    KINDS = [
        (WARNING, _("Warning")), (IMPROVE, _("Has to improve")), (SUSPENDED, _("Suspended")),
        (REMOVED, _("Works for us no more")),
    ]  # fmt: skip
    BARRING = (SUSPENDED, REMOVED)

    contractor = models.ForeignKey(Contractor, on_delete=models.PROTECT, related_name="sanctions")
    member = models.ForeignKey(
        ContractorStaff, null=True, blank=True, on_delete=models.PROTECT, related_name="sanctions"
    )
    vehicle = models.ForeignKey(
        Vehicle, null=True, blank=True, on_delete=models.PROTECT, related_name="sanctions"
    )
    kind = models.CharField(max_length=9, choices=KINDS)
    because = models.TextField()

    objects = DatedQuerySet["Sanction"].as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            ends_later("a_sanction_of_contractors_ends_later"),
            models.CheckConstraint(condition=~Q(because=""), name="a_sanction_of_contractors_has_a_reason"),
            models.CheckConstraint(
                condition=Q(member=None) | Q(vehicle=None), name="a_sanction_is_of_one_of_them"
            ),
        ]
