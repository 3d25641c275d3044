"""What comes in: mailboxes, raw messages kept before they are read, and contacts."""

from .call_back import CallBack, CallBackTry
from .connection import Connection, MailboxState, RemoteMessage, mailboxes_for
from .contact import Contact, ContactCase
from .mail import Import, Mailbox, Message, RawMessage
from .table import TableImport, TableMapping, TableRow
from .triage import LearnedModel, Measure, Suggestion, Triaged

__all__ = [
    "CallBack",
    "CallBackTry",
    "Connection",
    "Contact",
    "ContactCase",
    "Import",
    "LearnedModel",
    "Mailbox",
    "MailboxState",
    "Measure",
    "Message",
    "RawMessage",
    "RemoteMessage",
    "Suggestion",
    "TableImport",
    "TableMapping",
    "TableRow",
    "Triaged",
    "mailboxes_for",
]
