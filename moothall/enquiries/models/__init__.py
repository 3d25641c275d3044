"""What comes in: mailboxes, raw messages kept before they are read, contacts, and where to send people."""

from .contact import Contact, ContactCase, Signpost
from .mail import Import, Mailbox, Message, RawMessage

__all__ = ["Contact", "ContactCase", "Import", "Mailbox", "Message", "RawMessage", "Signpost"]
