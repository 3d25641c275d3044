"""Audits of contractors and visits to schools and centres, what was answered, found and done about it."""

import datetime as dt
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moothall.people.models import Account
from moothall.records.models import Document

from .allotment import Sanction
from .centre import Centre
from .checklist import CRITICAL, SEVERITIES, AuditRating, Checklist, ChecklistQuestion
from .contract import ContractorStaff
from .contractor import Contractor
from .fleet import Vehicle

MET, PARTLY, NOT_MET, NOT_ASKED = "MET", "PARTLY", "NOT_MET", "NOT_ASKED"
ANSWERS: Final = [
    (MET, pgettext_lazy("a question", "Met")), (PARTLY, _("Partly met")), (NOT_MET, _("Not met")),
    (NOT_ASKED, _("Not asked")),
]  # fmt: skip
PLANNED, DONE, WITHDRAWN = "PLANNED", "DONE", "WITHDRAWN"


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()

    def audits(self) -> Self:
        return self.filter(contractor__isnull=False)

    def visits(self) -> Self:
        return self.filter(centre__isnull=False)

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def waiting(self) -> Self:
        """Planned, and not carried out yet."""
        return self.standing().filter(finished_at=None)

    def carried_out(self) -> Self:
        return self.standing().filter(finished_at__isnull=False).order_by("-carried_out_on", "-id")

    def in_full(self) -> Self:
        return self.select_related(
            "contractor", "centre", "vehicle", "member__person", "checklist", "auditor", "rating"
        )


class Inspection(models.Model):
    """An audit of a contractor, or a visit to a centre: planned for a day, carried out by a checklist as it
    stood that day. What it came to is worked out once it is finished."""

    contractor = models.ForeignKey(
        Contractor, null=True, blank=True, on_delete=models.PROTECT, related_name="audits"
    )
    centre = models.ForeignKey(Centre, null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    vehicle = models.ForeignKey(
        Vehicle, null=True, blank=True, on_delete=models.PROTECT, related_name="audits"
    )
    member = models.ForeignKey(
        ContractorStaff, null=True, blank=True, on_delete=models.PROTECT, related_name="audits"
    )
    job = models.CharField(max_length=40, blank=True, help_text="The run that was looked at")
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="inspections")
    planned_on = models.DateField()
    auditor = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    carried_out_on = models.DateField(null=True, blank=True)
    summary = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    critical = models.PositiveSmallIntegerField(default=0, help_text="Critical questions not met")
    rating = models.ForeignKey(
        AuditRating, null=True, blank=True, on_delete=models.PROTECT, related_name="inspections"
    )
    again_on = models.DateField(null=True, blank=True, help_text="By when it is looked at again")
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_because = models.CharField(max_length=200, blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contractor=None, centre__isnull=False) | Q(contractor__isnull=False, centre=None),
                name="an_inspection_is_of_a_contractor_or_a_centre",
            ),
            models.CheckConstraint(
                condition=Q(member=None, vehicle=None)
                | Q(contractor__isnull=False, member=None)
                | Q(contractor__isnull=False, vehicle=None),
                name="an_audit_is_of_one_of_theirs",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, score=None, rating=None)
                | Q(finished_at__isnull=False, carried_out_on__isnull=False, score__isnull=False),
                name="what_is_finished_has_a_result",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(contractor=None) | Q(rating__isnull=False),
                name="a_finished_audit_has_a_rating",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""),
                name="a_withdrawn_inspection_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["planned_on", "id"], name="inspection_by_day"),
            models.Index(fields=["contractor", "-carried_out_on", "-id"], name="audit_of_contractor"),
            models.Index(fields=["centre", "-carried_out_on", "-id"], name="visit_to_centre"),
            models.Index(
                fields=["auditor", "planned_on"],
                condition=Q(finished_at=None, withdrawn_at=None),
                name="inspection_of_auditor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checklist}: {self.subject}"

    @property
    def is_visit(self) -> bool:
        return self.centre_id is not None

    @property
    def subject(self) -> Contractor | Centre | ContractorStaff | Vehicle:
        """Whom or what exactly it looks at."""
        found = self.vehicle or self.member or self.contractor or self.centre
        assert found is not None  # noqa: S101  the database holds it
        return found

    @property
    def firm_or_centre(self) -> Contractor | Centre:
        found = self.contractor or self.centre
        assert found is not None  # noqa: S101  the database holds it
        return found

    @property
    def looked_at(self) -> str:
        """The run, the vehicle or the crew member; the contractor as a whole goes without saying."""
        found = self.vehicle or self.member
        return ", ".join(part for part in (self.job, str(found) if found else "") if part)

    @property
    def is_open(self) -> bool:
        """It can still be filled in."""
        return self.finished_at is None and self.withdrawn_at is None

    @property
    def stands(self) -> str:
        if self.withdrawn_at is not None:
            return WITHDRAWN
        return PLANNED if self.finished_at is None else DONE


class InspectionAnswer(models.Model):
    """What was seen of one question."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(ChecklistQuestion, on_delete=models.PROTECT, related_name="+")
    said = models.CharField(max_length=9, choices=ANSWERS)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["inspection", "question__place"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "question"], name="a_question_is_answered_once"),
        ]


class AuditFindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()

    def counting(self) -> Self:
        """Of audits and visits that were not withdrawn."""
        return self.filter(inspection__withdrawn_at=None)

    def unresolved(self) -> Self:
        """Nobody has said yet that it is put right."""
        return self.counting().filter(state=Finding.OPEN)

    def late(self, on: dt.date) -> Self:
        return self.unresolved().filter(deadline_on__lt=on)

    def in_full(self) -> Self:
        return self.select_related(
            "inspection__contractor", "inspection__centre", "inspection__vehicle",
            "inspection__member__person", "inspection__checklist", "question", "owner", "sanction",
        )  # fmt: skip


class Finding(models.Model):
    """Something that has to be put right: how grave, by when, by whom of us it is followed, what was done.
    It is never removed; what was wrong about it is said when it is closed."""

    OPEN, DONE, CLOSED = "OPEN", "DONE", "CLOSED"
    STATES = [(OPEN, _("Open")), (DONE, _("Said to be put right")), (CLOSED, _("Closed"))]

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    question = models.ForeignKey(
        ChecklistQuestion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    severity = models.CharField(max_length=8, choices=SEVERITIES)
    words = models.TextField(blank=True)
    deadline_on = models.DateField()
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, choices=STATES, default=OPEN)
    sanction = models.ForeignKey(
        Sanction, null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )

    objects = AuditFindingQuerySet.as_manager()

    class Meta:
        ordering = ["deadline_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") | Q(question__isnull=False), name="a_finding_says_what_was_found"
            ),
        ]
        indexes = [
            models.Index(fields=["deadline_on", "id"], name="finding_by_deadline"),
            models.Index(
                fields=["owner", "deadline_on"], condition=~Q(state="CLOSED"), name="finding_of_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.said_in("en")

    def said_in(self, language: str) -> str:
        """The question that was not met, and what was seen."""
        asked = self.question.name_in(language) if self.question is not None else ""
        return f"{asked} – {self.words}" if asked and self.words else asked or self.words

    @property
    def is_critical(self) -> bool:
        return self.severity == CRITICAL

    @property
    def is_sanctioned(self) -> bool:
        """A sanction followed, and was not taken back as a mistake."""
        return self.sanction is not None and self.sanction.withdrawn_at is None

    def is_late(self, on: dt.date) -> bool:
        return self.state == self.OPEN and self.deadline_on < on


class FindingStep(models.Model):
    """What became of a finding: put right, closed, opened again, changed. Only ever added to."""

    DONE, CLOSED, REOPENED, CHANGED, SANCTIONED = "DONE", "CLOSED", "REOPENED", "CHANGED", "SANCTIONED"
    WHATS = [
        (DONE, _("Said to be put right")), (CLOSED, _("Closed")), (REOPENED, _("Opened again")),
        (CHANGED, _("Changed")), (SANCTIONED, _("A sanction")),
    ]  # fmt: skip

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=10, choices=WHATS)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_step_of_a_finding_has_words")]


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class Evidence(models.Model):
    """A photo or paper that shows what was seen, or what was done about a finding."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="evidence")
    question = models.ForeignKey(
        ChecklistQuestion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    step = models.ForeignKey(
        FindingStep, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(question=None) | Q(step=None), name="evidence_shows_one_thing"
            ),
        ]
