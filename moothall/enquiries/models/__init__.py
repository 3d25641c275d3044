"""What comes in: mailboxes, raw messages kept before they are read, and contacts."""

from .call_back import CallBack, CallBackTry
from .connection import Connection, MailboxState, RemoteMessage, mailboxes_for
from .contact import Contact, ContactCase
from .incoming import Incoming, IncomingFile, KeyLife
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
    "Incoming",
    "IncomingFile",
    "KeyLife",
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
