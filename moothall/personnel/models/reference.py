import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.people.models import Account
from moothall.workforce.models import Employment


class ReferenceRequestQuerySet(models.QuerySet["ReferenceRequest"]):
    def waiting(self) -> Self:
        return self.filter(sent_on=None, declined_on=None)

    def of(self, employments: list[int] | None) -> Self:
        """Those of these employments; None is everybody's."""
        return self if employments is None else self.filter(employment__in=employments)

    def shown(self) -> Self:
        return self.select_related("employment__person", "case")


class SettlementWording(models.Model):
    """The words of a reference agreed with somebody: they are given as they stand, and no others."""

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="settlement_wordings")
    text = models.TextField()
    agreed_on = models.DateField()
    entered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-agreed_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="agreed_words_are_words"),
            models.UniqueConstraint(
                fields=["employment"], condition=Q(ended_at=None), name="one_agreed_wording_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employment_id} {self.agreed_on}"


class ReferenceRequest(models.Model):
    """Another employer asks what we say of somebody who works or worked here."""

    FACTUAL, FULL = "FACTUAL", "FULL"
    ASKS = [(FACTUAL, _("Dates and post")), (FULL, _("More than dates and post"))]
    NOT_ASKED, ASKED, GIVEN, DENIED = "NOT_ASKED", "ASKED", "GIVEN", "DENIED"
    CONSENTS = [
        (NOT_ASKED, _("Not asked yet")),
        (ASKED, _("Asked")),
        (GIVEN, _("Given")),
        (DENIED, _("Not given")),
    ]

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="references_given")
    case = models.OneToOneField(Case, null=True, on_delete=models.SET_NULL, related_name="reference_request")
    received_on = models.DateField()
    due_on = models.DateField()
    organisation = models.CharField(max_length=200)
    contact_name = models.CharField(max_length=160, blank=True)
    address = models.CharField(max_length=500, help_text="An email address, or the lines of a postal one")
    purpose = models.CharField(max_length=300, blank=True)
    is_police = models.BooleanField(default=False)
    asks = models.CharField(max_length=7, choices=ASKS, default=FACTUAL)
    verified_on = models.DateField(null=True)
    verified_how = models.CharField(max_length=300, blank=True)
    consent = models.CharField(max_length=9, choices=CONSENTS, default=NOT_ASKED)
    consent_on = models.DateField(null=True)
    text = models.TextField(blank=True)
    is_settled = models.BooleanField(default=False, help_text="The words are those agreed in a settlement")
    days_absent = models.PositiveSmallIntegerField(null=True)
    protected_left_out = models.BooleanField(default=False)
    drafted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    sent_on = models.DateField(null=True)
    declined_on = models.DateField(null=True)
    declined_because = models.TextField(blank=True)
    entered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = ReferenceRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-id"]
        indexes = [
            models.Index(fields=["employment", "-received_on"], name="reference_of_employment"),
            models.Index(fields=["received_on", "id"], name="reference_by_day"),
            models.Index(
                fields=["due_on", "id"], condition=Q(sent_on=None, declined_on=None), name="reference_due"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("drafted_by")),
                name="a_second_person_checks_a_reference",
            ),
            models.CheckConstraint(
                condition=Q(days_absent=None) | Q(protected_left_out=True),
                name="protected_absence_is_never_told",
            ),
            models.CheckConstraint(
                condition=Q(declined_on=None) | ~Q(declined_because=""),
                name="who_declines_a_reference_says_why",
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None) | Q(verified_on__isnull=False, checked_at__isnull=False),
                name="a_reference_sent_was_checked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employment_id} {self.organisation}"

    @property
    def is_open(self) -> bool:
        return self.sent_on is None and self.declined_on is None

    def is_late(self, on: dt.date) -> bool:
        return self.is_open and self.due_on < on
