"""What keeps passengers safe: whom they do not travel with, risks, consents, and whom to ring."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .dated import Dated, DatedQuerySet, ends_later
from .passenger import Passenger, manages


class Separation(Dated):
    """These two do not travel together."""

    one = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300)

    objects = DatedQuerySet["Separation"].as_manager()

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            ends_later("a_separation_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="a_separation_names_the_earlier_passenger_first"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="a_separation_has_a_reason"),
            models.UniqueConstraint(
                fields=["one", "other"],
                condition=Q(until_on=None, withdrawn_at=None),
                name="two_passengers_are_kept_apart_once",
            ),
        ]


class RiskAssessment(Dated):
    """What could go wrong on the way, and what is done about it; looked at again by a day."""

    LOW, MEDIUM, HIGH = "LOW", "MEDIUM", "HIGH"
    LEVELS = [(LOW, _("Low")), (MEDIUM, _("Medium")), (HIGH, _("High"))]

    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="risks")
    level = models.CharField(max_length=6, choices=LEVELS)
    risks = models.TextField()
    controls = models.TextField()
    review_on = models.DateField()

    objects = DatedQuerySet["RiskAssessment"].as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(review_on__gt=F("from_on")), name="a_risk_assessment_is_reviewed_later"
            ),
        ]
        indexes = [
            models.Index(
                fields=["review_on", "id"],
                condition=Q(until_on=None, withdrawn_at=None),
                name="risk_assessment_by_review",
            ),
        ]


class Consent(Dated):
    """Somebody said yes or no to something, for a passenger or for themselves."""

    CREW, MEDICINE, PHOTOGRAPH, MESSAGES = "CREW", "MEDICINE", "PHOTOGRAPH", "MESSAGES"
    KINDS = [
        (CREW, _("The crew may know what they need")), (MEDICINE, _("Emergency medicine may be given")),
        (PHOTOGRAPH, _("A photograph on the crew sheet")), (MESSAGES, _("Messages by text")),
    ]  # fmt: skip

    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=10, choices=KINDS)
    given = models.BooleanField()
    said_by = models.CharField(max_length=160)

    objects = DatedQuerySet["Consent"].as_manager()

    class Meta:
        ordering = ["kind", "-from_on", "-id"]
        constraints = [
            ends_later("a_consent_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["passenger", "kind"],
                condition=Q(until_on=None, withdrawn_at=None),
                name="a_consent_is_said_once_at_a_time",
            ),
        ]


class EmergencyContactQuerySet(DatedQuerySet["EmergencyContact"]):
    def visible_to(self, account: Account) -> Self:
        return self if manages(account) else self.none()


class EmergencyContact(Dated):
    """Whom to ring when something happens, and whether the passenger may be handed over to them."""

    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="emergency_contacts")
    name = models.CharField(max_length=160)
    relationship = models.CharField(max_length=80)
    phone = models.CharField(max_length=40)
    may_receive = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(default=1, help_text="Who is rung first")

    objects = EmergencyContactQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]
        constraints = [ends_later("an_emergency_contact_ends_after_it_begins")]
