"""What comes in: mailboxes, raw messages kept before they are read, and contacts."""

from .call_back import CallBack, CallBackTry
from .connection import Connection, MailboxState, RemoteMessage, mailboxes_for
from .contact import Contact, ContactCase
from .mail import Import, Mailbox, Message, RawMessage

__all__ = [
    "CallBack",
    "CallBackTry",
    "Connection",
    "Contact",
    "ContactCase",
    "Import",
    "Mailbox",
    "MailboxState",
    "Message",
    "RawMessage",
    "RemoteMessage",
    "mailboxes_for",
]
