"""What is kept: documents by content, and the audit of everything done."""

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
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="sha256_is_hexadecimal"),
            models.CheckConstraint(condition=Q(size__gte=0), name="size_is_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name


class AuditEvent(models.Model):
    """One thing somebody did, written in the transaction that did it; never changed, never removed."""

    at = models.DateTimeField()
    actor = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=160)
    verb = models.CharField(max_length=80)
    about_kind = models.CharField(max_length=60)
    about_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["about_kind", "about_id", "-id"], name="audit_by_record"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
        ]
