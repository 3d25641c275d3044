"""How a mailbox is reached over the network, how that goes, and what has been fetched from it."""

import datetime as dt
from typing import NamedTuple, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Words
from moothall.people.models import Account

from .mail import Mailbox, RawMessage

TLS, STARTTLS, OPEN = "TLS", "STARTTLS", "NONE"
SECURITY: list[tuple[str, Words]] = [
    (TLS, _("Encrypted from the start (TLS)")),
    (STARTTLS, _("Encrypted after the greeting (STARTTLS)")),
    (OPEN, _("Not encrypted: only on this machine itself")),
]
PASSWORD, REFRESH, CLIENT = "PASSWORD", "REFRESH", "CLIENT"
SIGN_IN: list[tuple[str, Words]] = [
    (PASSWORD, _("User name and password")),
    (CLIENT, _("OAuth2: the application signs in by itself (client credentials)")),
    (REFRESH, _("OAuth2: a refresh token that somebody gave")),
]
LEAVE, SEEN, MOVE = "LEAVE", "SEEN", "MOVE"
AFTERWARDS: list[tuple[str, Words]] = [
    (SEEN, _("Mark it as read")),
    (MOVE, _("Move it to another folder")),
    (LEAVE, _("Leave it as it is")),
]


class Connection(models.Model):
    """How mail is fetched from a mailbox and sent from its address. What is secret is sealed."""

    mailbox = models.OneToOneField(Mailbox, on_delete=models.PROTECT, related_name="connection")
    imap_host = models.CharField(max_length=250)
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=8, choices=SECURITY, default=TLS)
    user_name = models.CharField(max_length=250)
    sign_in = models.CharField(max_length=8, choices=SIGN_IN, default=PASSWORD)
    sealed_password = models.TextField(blank=True)
    folder = models.CharField(max_length=250, default="INBOX")
    afterwards = models.CharField(max_length=5, choices=AFTERWARDS, default=SEEN)
    done_folder = models.CharField(max_length=250, blank=True)
    since = models.DateField(help_text="Messages that came before this day are left alone")
    sent_folder = models.CharField(max_length=250, blank=True)

    smtp_host = models.CharField(max_length=250, blank=True)
    smtp_port = models.PositiveIntegerField(default=587)
    smtp_security = models.CharField(max_length=8, choices=SECURITY, default=STARTTLS)
    smtp_user_name = models.CharField(max_length=250, blank=True)
    sealed_smtp_password = models.TextField(blank=True)

    token_url = models.CharField(max_length=400, blank=True)
    client_id = models.CharField(max_length=250, blank=True)
    scope = models.CharField(max_length=400, blank=True)
    sealed_client_secret = models.TextField(blank=True)
    sealed_refresh_token = models.TextField(blank=True)
    sealed_token = models.TextField(blank=True)
    token_until = models.DateTimeField(null=True, blank=True)

    changed_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(afterwards="MOVE") | ~Q(done_folder=""), name="what_is_moved_is_moved_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_name} on {self.imap_host}"

    @property
    def by_token(self) -> bool:
        return self.sign_in != PASSWORD

    @property
    def can_send(self) -> bool:
        """Whether letters from this address leave by a mail server of its own."""
        return bool(self.smtp_host)


class MailboxStateQuerySet(models.QuerySet["MailboxState"]):
    def connected(self) -> Self:
        return self.filter(mailbox__connection__isnull=False)

    def due(self, *, at: dt.datetime) -> Self:
        """Those to be looked into now."""
        waited = Q(due_at=None) | Q(due_at__lte=at)
        return self.connected().filter(waited, paused_at=None).order_by("due_at", "pk")

    def unreachable(self, *, since: dt.datetime) -> Self:
        """Those that nobody could look into since before then, though somebody should."""
        return self.connected().filter(failing_since__lte=since, paused_at=None)


class MailboxState(models.Model):
    """How the fetching from a mailbox goes, since when, and when it is tried again."""

    mailbox = models.OneToOneField(Mailbox, on_delete=models.PROTECT, related_name="state")
    folder = models.CharField(max_length=250, blank=True)
    uid_validity = models.BigIntegerField(default=0)
    seen_up_to = models.BigIntegerField(default=0)
    read_only = models.BooleanField(default=False)
    tried_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True, help_text="When it was last looked into to the end")
    due_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    waiting = models.PositiveIntegerField(default=0)
    oldest_waiting_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    objects = MailboxStateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(failing_since=None) | ~Q(problem=""), name="a_failing_mailbox_says_why"
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None) | Q(paused_by__isnull=False), name="a_paused_mailbox_says_by_whom"
            ),
        ]


class RemoteMessageQuerySet(models.QuerySet["RemoteMessage"]):
    def in_folder(self, state: MailboxState) -> Self:
        """Those of the folder as it is now: a folder made anew counts its messages anew."""
        return self.filter(
            mailbox=state.mailbox_id, folder=state.folder, uid_validity=state.uid_validity
        ).order_by("uid")

    def to_put_away(self, state: MailboxState) -> Self:
        """Kept, but not yet marked or moved on the server."""
        return self.in_folder(state).filter(put_away_at=None, raw__whole=True)

    def not_fetched(self) -> Self:
        return self.filter(raw=None).order_by("-id")


class RemoteMessage(models.Model):
    """A message as the mail server counts it, so that it is never fetched twice nor forgotten."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="remote_messages")
    folder = models.CharField(max_length=250)
    uid_validity = models.BigIntegerField()
    uid = models.BigIntegerField()
    size = models.BigIntegerField()
    arrived_at = models.DateTimeField(null=True)
    raw = models.ForeignKey(RawMessage, null=True, on_delete=models.PROTECT, related_name="remote_messages")
    kept_at = models.DateTimeField(null=True)
    put_away_at = models.DateTimeField(null=True, help_text="Marked or moved on the server")
    attempts = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    retry_at = models.DateTimeField(null=True)

    objects = RemoteMessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["mailbox", "uid"],
                condition=Q(put_away_at=None),
                name="remote_message_in_place",
            ),
            models.Index(fields=["mailbox", "-id"], condition=Q(raw=None), name="remote_message_not_fetched"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "folder", "uid_validity", "uid"], name="a_message_is_fetched_once"
            ),
            models.CheckConstraint(
                condition=~Q(raw=None) | ~Q(problem=""), name="a_message_not_fetched_says_why"
            ),
        ]


class StateInWords(NamedTuple):
    """How a mailbox is, in a word or two and the colour that repeats them."""

    words: Words
    colour: str


def state_in_words(mailbox: Mailbox) -> StateInWords:
    state = mailbox.state_or_none()
    if state is None or not hasattr(mailbox, "connection"):
        return StateInWords(_("Not connected"), "grey")
    if state.paused_at is not None:
        return StateInWords(_("Paused"), "yellow")
    if state.failing_since is not None:
        return StateInWords(_("Cannot be reached"), "red")
    if state.looked_at is None:
        return StateInWords(_("Not looked into yet"), "blue")
    return StateInWords(_("Fetching"), "green")


def mailboxes_for(account: Account) -> models.QuerySet[Mailbox]:
    """The mailboxes whose set-up and state this account may see."""
    standing = account.standing()
    boxes = Mailbox.objects.select_related("team", "service", "connection", "state").order_by("key")
    if standing.everywhere_for("enquiries.mailboxes"):
        return boxes
    return boxes.filter(team_id__in=standing.teams_for("enquiries.mailboxes"))
