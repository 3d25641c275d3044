"""What somebody holds: recorded, verified by another, and never written over."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account, Person
from moothall.records.models import Document
from moothall.workforce.models import Employment

from .kind import CredentialKind


class CredentialQuerySet(models.QuerySet["Credential"]):
    def visible_to(self, account: Account) -> Self:
        """One's own, those of one's people today, and those of whom one keeps the records."""
        if account.standing().everywhere_for("workforce.view"):
            return self
        seen = Employment.objects.visible_to(account)
        return self.filter(person__in=seen.order_by().values("person"))

    def standing(self) -> Self:
        """Neither refused nor withdrawn."""
        return self.filter(withdrawn_at=None, refused_at=None)

    def verified(self) -> Self:
        return self.standing().filter(verified_at__isnull=False)

    def waiting(self) -> Self:
        return self.standing().filter(verified_at=None)

    def current(self) -> Self:
        """The latest of each kind that somebody holds, and what waits to be verified."""
        return self.standing().filter(superseded_by=None)

    def in_force(self, on: dt.date) -> Self:
        return self.verified().filter(Q(expires_on=None) | Q(expires_on__gte=on), issued_on__lte=on)

    def expired(self, on: dt.date) -> Self:
        return self.verified().filter(superseded_by=None, expires_on__lt=on)

    def expiring(self, on: dt.date, *, within: int) -> Self:
        last = on + dt.timedelta(days=within)
        return self.verified().filter(superseded_by=None, expires_on__gte=on, expires_on__lte=last)

    def of_those_who_work_here(self, on: dt.date) -> Self:
        there = Employment.objects.in_force(on).filter(person=OuterRef("person"))
        return self.filter(Exists(there))

    def stating(self, on: dt.date) -> Self:
        """Each with how it stands that day, as `stands`."""
        soon = on + dt.timedelta(days=Credential.SOON)
        return self.annotate(
            stands=Case(
                When(withdrawn_at__isnull=False, then=Value(Credential.WITHDRAWN)),
                When(refused_at__isnull=False, then=Value(Credential.REFUSED)),
                When(verified_at=None, then=Value(Credential.WAITING)),
                When(superseded_by__isnull=False, then=Value(Credential.RENEWED)),
                When(expires_on__lt=on, then=Value(Credential.EXPIRED)),
                When(expires_on__lte=soon, then=Value(Credential.ENDING)),
                default=Value(Credential.HELD),
                output_field=models.CharField(),
            )
        )


class Credential(models.Model):
    """Somebody holds a kind of credential. It counts once it is verified, from its first day to its last."""

    HELD, ENDING, EXPIRED, WAITING = "HELD", "ENDING", "EXPIRED", "WAITING"
    RENEWED, REFUSED, WITHDRAWN = "RENEWED", "REFUSED", "WITHDRAWN"
    STATES = [
        (HELD, _("Held")), (ENDING, _("Runs out soon")), (EXPIRED, _("Has run out")),
        (WAITING, _("Waits to be verified")), (RENEWED, _("Renewed since")), (REFUSED, _("Not accepted")),
        (WITHDRAWN, _("Withdrawn")),
    ]  # fmt: skip
    SOON = 90

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="credentials")
    kind = models.ForeignKey(CredentialKind, on_delete=models.PROTECT, related_name="credentials")
    number = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=160, blank=True)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True, help_text="The last day on which it counts")
    restrictions = models.CharField(max_length=300, blank=True)
    evidence = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    evidence_destroyed_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    refused_because = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_because = models.CharField(max_length=300, blank=True)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )

    objects = CredentialQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "kind", "-issued_on"], name="credential_of_person"),
            models.Index(
                fields=["expires_on", "id"],
                condition=Q(withdrawn_at=None, refused_at=None, superseded_by=None),
                name="credential_by_end",
            ),
            models.Index(
                fields=["recorded_at", "id"],
                condition=Q(withdrawn_at=None, refused_at=None, verified_at=None),
                name="credential_to_verify",
            ),
            models.Index(Upper("number"), name="credential_by_number"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on")),
                name="a_credential_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None) | Q(refused_at=None),
                name="a_credential_is_verified_or_refused",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "number", "issued_on"],
                condition=Q(withdrawn_at=None, refused_at=None),
                name="a_credential_is_recorded_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()

    def state(self, on: dt.date) -> str:
        """How it stands that day."""
        if self.withdrawn_at or self.refused_at:
            return self.WITHDRAWN if self.withdrawn_at else self.REFUSED
        if self.verified_at is None:
            return self.WAITING
        if self.superseded_by_id is not None:
            return self.RENEWED
        if self.expires_on is None or self.expires_on > on + dt.timedelta(days=self.SOON):
            return self.HELD
        return self.EXPIRED if self.expires_on < on else self.ENDING


class RenewalCase(models.Model):
    """The case in which the renewal of a credential is seen to."""

    credential = models.OneToOneField(Credential, on_delete=models.CASCADE, related_name="renewal")
    case = models.OneToOneField(
        "cases.Case", null=True, on_delete=models.SET_NULL, related_name="renewal_of_credential"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.credential_id} {self.case_id}"


class EvidenceSeen(models.Model):
    """Somebody looked at the evidence of a credential. Kept when the evidence itself is destroyed."""

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="seen")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]


class Reminder(models.Model):
    """People were reminded so many days before a credential runs out (0: that it has): once each."""

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["credential", "days"], name="a_credential_is_reminded_of_once_a_rung"
            ),
        ]
