from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from moothall.people.models import Account

if TYPE_CHECKING:
    from .connection import MailboxState, StateInWords


class Mailbox(models.Model):
    """An address people write to, the team that reads it, and the service its mail begins as."""

    key = models.SlugField(max_length=60, unique=True)
    address = models.EmailField(unique=True)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="mailboxes")
    service = models.ForeignKey("cases.Service", on_delete=models.PROTECT, related_name="+")
    acknowledge = models.BooleanField(default=True)

    class Meta:
        ordering = ["key"]

    shown: "StateInWords | None" = None  # how it goes, once a page has asked

    def __str__(self) -> str:
        return self.address

    def state_or_none(self) -> "MailboxState | None":
        """How fetching goes, once it has been connected."""
        return getattr(self, "state", None)

    def went(self, name: str) -> Any:
        """One particular of how fetching goes; nothing for a mailbox that was never connected."""
        return getattr(self.state_or_none(), name, "")


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, account: Account) -> Self:
        """Those into the mailboxes of the teams in which this account may import."""
        standing = account.standing()
        if standing.everywhere_for("enquiries.import"):
            return self
        return self.filter(mailbox__team_id__in=standing.teams_for("enquiries.import"))


class Import(models.Model):
    """One run of bringing mail in from files, counted as it goes."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="imports")
    source = models.CharField(max_length=300)
    path = models.CharField(max_length=600, blank=True)
    started_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    read = models.PositiveIntegerField(default=0)
    new_cases = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    answer = models.BooleanField(
        default=False, help_text="Whether messages that open a case are acknowledged"
    )
    problem = models.TextField(blank=True)

    objects = ImportQuerySet.as_manager()


class RawMessageQuerySet(models.QuerySet["RawMessage"]):
    def visible_to(self, account: Account) -> Self:
        """Those in the mailboxes of the teams in which this account settles what cannot be read."""
        standing = account.standing()
        if standing.everywhere_for("enquiries.quarantine"):
            return self
        return self.filter(mailbox__team_id__in=standing.teams_for("enquiries.quarantine"))

    def quarantined(self) -> Self:
        return self.filter(state=RawMessage.QUARANTINED).order_by("-id")


class RawMessage(models.Model):
    """The bytes of a message exactly as they came, on disk and fsynced before anybody reads them."""

    KEPT, READ, COPY, QUARANTINED, SETTLED = "KEPT", "READ", "COPY", "QUARANTINED", "SETTLED"
    STATES = [
        (KEPT, "kept"),
        (READ, "read"),
        (COPY, "a copy"),
        (QUARANTINED, "quarantined"),
        (SETTLED, "settled by hand"),
    ]

    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="raw_messages")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    came_from = models.CharField(max_length=300)
    kept_at = models.DateTimeField()
    state = models.CharField(max_length=11, choices=STATES, default=KEPT)
    copy_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies"
    )
    reason = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0)
    whole = models.BooleanField(
        default=True, help_text="No: it was too large, and only its first lines were kept"
    )
    answer = models.BooleanField(
        default=False, help_text="Whether it is acknowledged if it opens a case, whoever reads it in the end"
    )

    settled_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_because = models.CharField(max_length=300, blank=True)
    settled_as = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")

    objects = RawMessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["sha256"], name="raw_message_by_content"),
            models.Index(
                fields=["state", "-id"], condition=Q(state__in=["KEPT", "QUARANTINED"]), name="raw_unsettled"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "mailbox"], name="the_same_bytes_are_kept_once_a_mailbox"
            ),
            models.CheckConstraint(
                condition=~Q(state="QUARANTINED") | ~Q(reason=""), name="a_quarantined_message_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="SETTLED") | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="a_settled_message_says_who_and_when",
            ),
        ]


class Message(models.Model):
    """A message as read: who wrote, about what, in which thread, and the case it belongs to."""

    raw = models.OneToOneField(RawMessage, on_delete=models.PROTECT, related_name="message")
    message_id = models.CharField(max_length=998, db_index=True)
    body_fingerprint = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    may_answer = models.BooleanField()
    why_not = models.CharField(max_length=200, blank=True)
    sender_name = models.CharField(max_length=400, blank=True)
    sender_address = models.CharField(max_length=320, blank=True)
    reply_address = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=1000, blank=True)
    sent_at = models.DateTimeField(null=True)
    references = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    contact = models.ForeignKey(
        "enquiries.Contact", null=True, on_delete=models.PROTECT, related_name="messages"
    )
    entry = models.OneToOneField("cases.Entry", null=True, on_delete=models.PROTECT, related_name="message")

    class Meta:
        indexes = [
            models.Index(fields=["sender_address", "-id"], name="message_by_sender"),
        ]
