"""Changes of personal details: asked for by the person, made at once or once another has approved."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.core.refusals import Words
from moothall.people.models import Account

from .employment import Assignment, Employment
from .file import FileClass, PersonnelDocument
from .named import NamedInTwo


class DetailKind(NamedInTwo):
    """Something about oneself that changes: what of it needs another's word, or a paper that shows it."""

    NAME, KNOWN_AS, ADDRESS, PHONE, EMAIL = "NAME", "KNOWN_AS", "ADDRESS", "PHONE", "EMAIL"
    CHANGES = [
        (NAME, _("Name")), (KNOWN_AS, _("Known as")), (ADDRESS, _("Address")), (PHONE, _("Telephone")),
        (EMAIL, _("Email")),
    ]  # fmt: skip
    AT_ONCE, APPROVAL, EVIDENCE = "AT_ONCE", "APPROVAL", "EVIDENCE"
    WAYS = [
        (AT_ONCE, _("At once")), (APPROVAL, _("Once a colleague has approved it")),
        (EVIDENCE, _("With a paper that shows it, once a colleague has approved it")),
    ]  # fmt: skip

    changes = models.CharField(max_length=8, choices=CHANGES)
    way = models.CharField(max_length=8, choices=WAYS, default=APPROVAL)
    evidence_class = models.ForeignKey(FileClass, null=True, blank=True, on_delete=models.PROTECT)
    report = models.CharField(max_length=300, blank=True, help_text="What else must be reported, and to whom")
    report_cy = models.CharField(max_length=300, blank=True)
    reported_by = ArrayField(models.CharField(max_length=14), default=list, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(way="EVIDENCE") | Q(evidence_class__isnull=False),
                name="a_change_with_evidence_says_where_it_is_filed",
            ),
        ]

    def report_in(self, language: str) -> str:
        return (self.report_cy if language == "cy" else "") or self.report


class DetailChangeQuerySet(models.QuerySet["DetailChange"]):
    def waiting(self) -> Self:
        return self.filter(decided_at=None, withdrawn_at=None)

    def due(self, on: dt.date) -> Self:
        """Approved, and to hold from a day that has come."""
        return self.filter(accepted=True, applied_at=None, undone_at=None, from_on__lte=on)

    def kept_by(self, account: Account, on: dt.date) -> Self:
        """Those on which this account may decide: of the records it keeps, never of its own."""
        standing = account.standing()
        rows = self.exclude(employment__person=account.person_id) if account.person_id else self
        if standing.everywhere_for("workforce.edit"):
            return rows
        held = Assignment.objects.in_force(on).filter(post__team_id__in=standing.teams_for("workforce.edit"))
        return rows.filter(employment__in=held.order_by().values("employment"))


class DetailChange(models.Model):
    """Somebody asks that something about them be changed, from a day on."""

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="detail_changes")
    kind = models.ForeignKey(DetailKind, on_delete=models.PROTECT, related_name="+")
    before = models.TextField(blank=True)
    after = models.TextField()
    said = models.JSONField(default=dict, help_text="Given and family name, where a name is made of them")
    from_on = models.DateField()
    evidence = models.ForeignKey(PersonnelDocument, null=True, blank=True, on_delete=models.PROTECT)
    case = models.OneToOneField(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = DetailChangeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["employment", "-asked_at"], name="detail_change_of_employment"),
            models.Index(
                fields=["asked_at", "id"], condition=Q(decided_at=None, withdrawn_at=None),
                name="detail_change_waiting",
            ),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["employment", "kind"], condition=Q(decided_at=None, withdrawn_at=None),
                name="one_change_of_a_kind_waits",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(asked_by=None) | ~Q(decided_by=F("asked_by"))
                | Q(decided_at=F("asked_at")),
                name="nobody_approves_their_own_change",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, accepted=None)
                | Q(decided_at__isnull=False, accepted__isnull=False),
                name="a_decided_change_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(accepted=False) | ~Q(because=""), name="a_refused_change_says_why"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.kind)

    @property
    def waits(self) -> bool:
        return self.decided_at is None and self.withdrawn_at is None

    def state_words(self) -> Words:
        """How it stands, in words."""
        if self.withdrawn_at or self.undone_at:
            return _("Taken back")
        if self.accepted is None:
            return _("Waits for a colleague")
        if not self.accepted:
            return _("Refused")
        return _("Made") if self.applied_at else _("Made once its day has come")
