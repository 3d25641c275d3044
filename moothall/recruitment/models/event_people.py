"""Candidates of a selection event: what would help them, whether they came, and what they were told."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .application import Application
from .event import EventAssessor, SelectionEvent


class EventCandidateQuerySet(models.QuerySet["EventCandidate"]):
    def standing(self) -> Self:
        """Not taken out, and still applying."""
        return self.filter(removed_at=None, application__withdrawn_at=None)

    def in_full(self) -> Self:
        rows = self.select_related("application__applicant__person", "application__campaign", "event")
        return rows.order_by("application__applicant__person__full_name", "id")


class EventCandidate(models.Model):
    """One application that has come as far as the event, with what was agreed would help."""

    PRESENT, LATE, ABSENT = "PRESENT", "LATE", "ABSENT"
    ATTENDED = [(PRESENT, _("Came")), (LATE, _("Came late")), (ABSENT, _("Did not come"))]

    event = models.ForeignKey(SelectionEvent, on_delete=models.PROTECT, related_name="candidates")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="events")
    longer = models.PositiveSmallIntegerField(default=0, help_text="Per cent of each exercise")
    rest = models.PositiveSmallIntegerField(default=0, help_text="Minutes between exercises at least")
    step_free = models.BooleanField(default=False)
    companion = models.BooleanField(default=False, help_text="Somebody who supports them comes along")
    interpreter = models.CharField(max_length=20, blank=True)
    welsh = models.BooleanField(default=False, help_text="Is assessed in Welsh")
    helped_at = models.DateTimeField(null=True, blank=True, help_text="What would help them was settled")
    helped_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    brought_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    attended = models.CharField(max_length=7, choices=ATTENDED, blank=True)
    help_given = models.BooleanField(null=True, blank=True, help_text="What was agreed was there")
    attended_note = models.CharField(max_length=300, blank=True)
    attended_at = models.DateTimeField(null=True, blank=True)
    attended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = EventCandidateQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "application"], name="a_candidate_is_brought_once"),
        ]

    def __str__(self) -> str:
        return str(self.application)

    @property
    def has_help(self) -> bool:
        return bool(
            self.longer or self.rest or self.step_free or self.companion or self.interpreter or self.welsh
        )

    @property
    def waits_for_help(self) -> bool:
        """They said what would help, and nobody has settled it."""
        return bool(self.application.adjustments.strip()) and self.helped_at is None


class Conflict(models.Model):
    """Somebody does not assess somebody, because they know them."""

    DECLARED, MANAGER, REFEREE = "DECLARED", "MANAGER", "REFEREE"
    KINDS = [
        (DECLARED, _("They know each other")), (MANAGER, _("Is or was their line manager")),
        (REFEREE, _("Is their referee")),
    ]  # fmt: skip

    assessor = models.ForeignKey(EventAssessor, on_delete=models.CASCADE, related_name="conflicts")
    candidate = models.ForeignKey(EventCandidate, on_delete=models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=8, choices=KINDS, default=DECLARED)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessor", "candidate"], condition=Q(undone_at=None),
                name="a_conflict_is_declared_once",
            ),
        ]  # fmt: skip


class EventNotice(models.Model):
    """What a candidate was told last, and what their calendar has: each message to it has a higher number."""

    candidate = models.OneToOneField(EventCandidate, on_delete=models.CASCADE, related_name="notice")
    sequence = models.PositiveIntegerField(default=0)
    stands = models.BooleanField(default=True, help_text="It is in their calendar")
    said = models.CharField(max_length=64, blank=True, help_text="The fingerprint of when and where")
    result = models.CharField(max_length=64, blank=True, help_text="The result they were told")
    told_at = models.DateTimeField()


class AssessorNotice(models.Model):
    """The same of somebody who assesses."""

    assessor = models.OneToOneField(EventAssessor, on_delete=models.CASCADE, related_name="notice")
    sequence = models.PositiveIntegerField(default=0)
    stands = models.BooleanField(default=True)
    said = models.CharField(max_length=64, blank=True)
    told_at = models.DateTimeField()
