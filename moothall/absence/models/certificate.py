"""What certifies that somebody is unfit: their own word for the first days, then fit notes."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clocks import sickness
from moothall.people.models import Account
from moothall.records.models import Document

from .episode import Episode
from .setting import Issuer


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def in_order(self) -> Self:
        return self.order_by("from_on", "id")


class Certificate(models.Model):
    """One certificate: the person's own, or a fit note. It says nothing of what they suffer from."""

    SELF, NOTE = sickness.SELF, sickness.NOTE
    KINDS = [(SELF, _("Self-certificate")), (NOTE, _("Fit note"))]
    NOT_FIT, MAY_BE_FIT = "NOT_FIT", "MAY_BE_FIT"
    FITNESS = [(NOT_FIT, _("Not fit for work")), (MAY_BE_FIT, _("May be fit for work"))]
    MADE, CANNOT = "MADE", "CANNOT"
    ADJUSTMENTS = [
        ("phased_return", _("A phased return")),
        ("altered_hours", _("Altered hours")),
        ("amended_duties", _("Amended duties")),
        ("workplace_adaptations", _("Workplace adaptations")),
    ]

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="certificates")
    kind = models.CharField(max_length=4, choices=KINDS)
    from_on = models.DateField()
    until_on = models.DateField(help_text="The last day it covers")
    issued_on = models.DateField()
    issuer = models.ForeignKey(Issuer, null=True, on_delete=models.PROTECT, related_name="+")
    fitness = models.CharField(max_length=10, choices=FITNESS, default=NOT_FIT)
    phased_return = models.BooleanField(default=False)
    altered_hours = models.BooleanField(default=False)
    amended_duties = models.BooleanField(default=False)
    workplace_adaptations = models.BooleanField(default=False)
    decision = models.CharField(
        max_length=6, blank=True, choices=[(MADE, _("Adjusted")), (CANNOT, _("Cannot be adjusted"))]
    )
    decision_note = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "id"]
        indexes = [
            models.Index(fields=["recorded_by", "-recorded_at"], name="certificate_by_who_entered"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="a_certificate_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(from_on__lte=F("issued_on")), name="a_certificate_is_not_dated_forward"
            ),
            models.CheckConstraint(
                condition=Q(kind="SELF", issuer=None) | Q(kind="NOTE", issuer__isnull=False),
                name="a_fit_note_says_who_signed_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_on} – {self.until_on}"

    @property
    def cover(self) -> sickness.Cover:
        return sickness.Cover(self.pk, self.kind, self.from_on, self.until_on)

    @property
    def waits_for_manager(self) -> bool:
        """It says they may be fit with adjustments, and nobody has said whether those can be made."""
        return self.fitness == self.MAY_BE_FIT and not self.decision

    @property
    def means_not_fit(self) -> bool:
        """Not fit, or fit only with what cannot be done: then the note counts as one that says not fit."""
        return self.fitness == self.NOT_FIT or self.decision == self.CANNOT

    @property
    def adjustments(self) -> list[str]:
        """The keys of the boxes that are ticked."""
        return [key for key, _words in self.ADJUSTMENTS if getattr(self, key)]
