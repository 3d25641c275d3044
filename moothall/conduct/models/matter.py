"""A matter about one employment, hung on a restricted case; who has a part in it, and what is in question."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, CaseAccess
from moothall.people.models import Account

from .procedure import MatterKind, Procedure


class MatterQuerySet(models.QuerySet["Matter"]):
    def visible_to(self, account: Account) -> Self:
        """Whom the case names, and never whom it is about. To everybody else there is no such matter."""
        named = CaseAccess.objects.letting_in().filter(case=OuterRef("case"), account=account.pk)
        seen = self.filter(Exists(named)).exclude(case__confidentiality=Case.SEALED)
        return seen.exclude(employment__person=account.person_id) if account.person_id else seen

    def open(self) -> Self:
        return self.exclude(case__status=Case.CLOSED)

    def in_full(self) -> Self:
        return self.select_related(
            "case__service", "case__team", "case__version", "employment__person", "kind", "procedure"
        )


class Matter(models.Model):
    """Something about the conduct, grievance or capability of one employee that is dealt with formally."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="matter")
    employment = models.ForeignKey(
        "workforce.Employment", on_delete=models.PROTECT, related_name="matters", db_index=True
    )
    kind = models.ForeignKey(MatterKind, on_delete=models.PROTECT, related_name="matters")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    began_on = models.DateField(help_text="The day whose rules hold")
    summary = models.TextField()
    opened_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    objects = MatterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-began_on", "-id"], name="matter_by_day")]
        constraints = [
            models.CheckConstraint(condition=~Q(summary=""), name="a_matter_says_what_it_is_about")
        ]

    def __str__(self) -> str:
        return self.case.reference


class Party(models.Model):
    """Somebody has a part in a matter: who has an account sees it while the part lasts."""

    INVESTIGATOR, CHAIR, PANEL, ADVISER = "INVESTIGATOR", "CHAIR", "PANEL", "ADVISER"
    MANAGER, WELFARE, NOTES = "MANAGER", "WELFARE", "NOTES"
    WITNESS, COMPANION, COMPLAINANT = "WITNESS", "COMPANION", "COMPLAINANT"
    PARTS = [
        (INVESTIGATOR, _("Investigator")), (CHAIR, _("Chair")), (PANEL, _("Panel member")),
        (ADVISER, _("Adviser")), (MANAGER, _("Manager")), (WELFARE, _("Welfare contact")),
        (NOTES, _("Takes notes")), (WITNESS, _("Witness")), (COMPANION, _("Companion")),
        (COMPLAINANT, _("Whoever complained")),
    ]  # fmt: skip
    SEES_THE_FILE = {INVESTIGATOR, CHAIR, PANEL, ADVISER, MANAGER, WELFARE, NOTES}

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="parties")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    part = models.CharField(max_length=12, choices=PARTS)
    given_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "parties"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_party_has_a_name"),
            models.UniqueConstraint(
                fields=["matter", "account", "part"], condition=Q(ended_at=None),
                name="somebody_has_a_part_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def is_same_as(self, other: "Party") -> bool:
        """By the account where both have one, else by the name."""
        if self.account_id is not None and other.account_id is not None:
            return self.account_id == other.account_id
        return self.name.casefold().split() == other.name.casefold().split()


class Issue(models.Model):
    """One allegation, or one point of a grievance, and what was found of it."""

    FOUND, PARTLY, NOT_FOUND = "FOUND", "PARTLY", "NOT_FOUND"
    FINDINGS = [(FOUND, _("Upheld")), (PARTLY, _("Upheld in part")), (NOT_FOUND, _("Not upheld"))]

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="issues")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    finding = models.CharField(max_length=9, blank=True, choices=FINDINGS)
    finding_reason = models.TextField(blank=True)
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="issues_are_counted"),
            models.CheckConstraint(condition=~Q(text=""), name="an_issue_says_something"),
            models.CheckConstraint(
                condition=Q(finding="") | ~Q(finding_reason=""), name="a_finding_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
