"""Complaints and compliments about transport: on whose case, and whom or what each concerns."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.people.models import Account

from .centre import Centre
from .contract import ContractorStaff
from .contractor import Contractor
from .crew import CrewMember
from .fleet import Vehicle
from .passenger import Passenger


class TransportVoiceQuerySet(models.QuerySet["TransportVoice"]):
    def visible_to(self, account: Account) -> Self:
        """For those who work with transport, of cases that they see."""
        if not account.may("transport.use"):
            return self.none()
        return self.filter(case__in=Case.objects.visible_to(account).order_by().values("pk"))

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def in_full(self) -> Self:
        return self.select_related(
            "case", "contractor", "vehicle", "member__person", "crew_member__employment__person", "centre",
            "passenger__person",
        )  # fmt: skip


class TransportVoice(models.Model):
    """What a complaint or a compliment is about. How it is dealt with is told by its case."""

    COMPLAINT, COMPLIMENT = "COMPLAINT", "COMPLIMENT"
    KINDS = [(COMPLAINT, _("Complaint")), (COMPLIMENT, _("Compliment"))]

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="transport_voices")
    kind = models.CharField(max_length=10, choices=KINDS)
    happened_on = models.DateField()
    contractor = models.ForeignKey(
        Contractor, null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
    )
    vehicle = models.ForeignKey(
        Vehicle, null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
    )
    member = models.ForeignKey(
        ContractorStaff, null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
    )
    crew_member = models.ForeignKey(
        CrewMember, null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
    )
    centre = models.ForeignKey(Centre, null=True, blank=True, on_delete=models.PROTECT, related_name="voices")
    passenger = models.ForeignKey(
        Passenger, null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
    )
    job = models.CharField(max_length=40, blank=True, help_text="The run or the contractor’s job")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = TransportVoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contractor__isnull=False) | Q(vehicle__isnull=False) | Q(centre__isnull=False)
                | Q(crew_member__isnull=False) | Q(passenger__isnull=False) | ~Q(job=""),
                name="a_voice_concerns_something",
            ),
            models.CheckConstraint(
                condition=Q(member=None) | Q(contractor__isnull=False), name="their_crew_is_a_contractors"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["-happened_on", "-id"], name="voice_by_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.case.reference}"
