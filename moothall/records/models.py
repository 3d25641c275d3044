"""What is kept: documents by content, and the audit of everything done."""

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q


class Document(models.Model):
    """A file, stored once by its sha256; where it belongs is said by the record that holds it."""

    UNSCANNED, CLEAN, INFECTED = "UNSCANNED", "CLEAN", "INFECTED"
    STATES = [(UNSCANNED, "not scanned"), (CLEAN, "clean"), (INFECTED, "infected")]

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    state = models.CharField(max_length=9, choices=STATES, default=UNSCANNED)
    scan_note = models.CharField(max_length=200, blank=True)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="next")
    added_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="document_by_content")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="sha256_is_hexadecimal"
            ),
            models.CheckConstraint(condition=Q(size__gte=0), name="size_is_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def about(self, kind: str, id: int) -> Self:
        """What was done to one record, newest first."""
        return self.filter(about_kind=kind, about_id=id).order_by("-id")


class AuditEvent(models.Model):
    """One thing somebody did, written in the transaction that did it; never changed, never removed."""

    at = models.DateTimeField()
    actor = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=160)
    verb = models.CharField(max_length=80)
    about_kind = models.CharField(max_length=60)
    about_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["about_kind", "about_id", "-id"], name="audit_by_record"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
            models.Index(fields=["verb", "-id"], name="audit_by_verb"),
            models.Index(fields=["at", "id"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.verb}"
