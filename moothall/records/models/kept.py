"""What is kept: documents by content, and the audit of everything done."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models
from django.db.models import Q
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from moothall.records.rules.naming import Named


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


EVERY_VERB = """
with recursive found as (
  (select verb from records_auditevent order by verb limit 1)
  union all
  select (select verb from records_auditevent where verb > found.verb order by verb limit 1)
    from found where found.verb is not null
)
select verb from found where verb is not null
"""


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def about(self, kind: str, id: int) -> Self:
        """What was done to one record, newest first."""
        return self.filter(about_kind=kind, about_id=id).order_by("-id")

    def about_any(self, keys: Iterable[tuple[str, int]]) -> Self:
        """What was done to any of these records; to none of them, when there are none."""
        wanted = [Q(about_kind=kind, about_id=id) for kind, id in keys]
        return self.filter(reduce(or_, wanted)) if wanted else self.none()

    def verbs(self) -> list[str]:
        """Every verb there is, found by jumping from one to the next in the index."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(EVERY_VERB)
            return [verb for (verb,) in cursor.fetchall()]


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

    named: Named | None = None  # what the record is called, once a page has looked it up

    class Meta:
        indexes = [
            models.Index(fields=["about_kind", "about_id", "-id"], name="audit_by_record"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
            models.Index(fields=["verb", "-id"], name="audit_by_verb"),
            models.Index(fields=["at", "id"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.verb}"

    def particulars(self) -> list[tuple[str, str]]:
        """What more is known, as people read it."""
        return [(key.replace("_", " "), plainly(value)) for key, value in self.detail.items()]


def plainly(value: Any) -> str:
    """A particular without brackets, quotes or `None`."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return ", ".join(f"{key.replace('_', ' ')} {plainly(each)}" for key, each in value.items()) or "–"
    if isinstance(value, list):
        return ", ".join(map(plainly, value)) or "–"
    return "–" if value in (None, "") else str(value)
