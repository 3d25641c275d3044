from typing import Self

from django.db import models
from django.db.models import Q

from moothall.people.models import Account

from .case import Case


class EntryQuerySet(models.QuerySet["Entry"]):
    def timeline(self) -> Self:
        """Newest first, with what a timeline shows of each."""
        return self.select_related("by", "person", "letter").order_by("-at", "-id")


class Entry(models.Model):
    """One line of a case's timeline: a message, a call, a note, a decision or a change."""

    NOTE, CALL, COUNTER, MAIL_IN, MAIL_OUT = "NOTE", "CALL", "COUNTER", "MAIL_IN", "MAIL_OUT"
    DECISION, CHANGE, STEP, DIFFERENCE = "DECISION", "CHANGE", "STEP", "DIFFERENCE"
    KINDS = [
        (NOTE, "note"),
        (CALL, "call"),
        (COUNTER, "at the counter"),
        (MAIL_IN, "mail in"),
        (MAIL_OUT, "mail out"),
        (DECISION, "decision"),
        (CHANGE, "change"),
        (STEP, "step"),
        (DIFFERENCE, "a copy that differs"),
    ]

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=KINDS)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sender = models.CharField(max_length=400, blank=True)
    recipients = models.TextField(blank=True)
    subject = models.CharField(max_length=1000, blank=True)
    text = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    html = models.TextField(blank=True, help_text="Cleaned; shown only in a sandboxed frame")
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    letter = models.ForeignKey("letters.Letter", null=True, blank=True, on_delete=models.PROTECT)
    detail = models.JSONField(default=dict, help_text="Of a change: the verb, before and after")
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "-at", "-id"], name="entry_timeline"),
            models.Index(fields=["letter"], condition=Q(letter__isnull=False), name="entry_by_letter"),
        ]


class EntryDocument(models.Model):
    """A file that came or went with an entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="attached")
    document = models.ForeignKey("records.Document", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    inline = models.BooleanField(default=False)
    content_id = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["id"]
