"""What comes in: mailboxes, raw messages kept before they are read, and contacts."""

from .call_back import CallBack, CallBackTry
from .contact import Contact, ContactCase
from .mail import Import, Mailbox, Message, RawMessage

__all__ = [
    "CallBack",
    "CallBackTry",
    "Contact",
    "ContactCase",
    "Import",
    "Mailbox",
    "Message",
    "RawMessage",
]
