"""What a mail is once read: frozen records that hold no bytes of the wire except attachments."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Unreadable(Exception):
    """Nothing in these bytes can be shown; the caller keeps them and says why."""

    def __init__(self, reason_key: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason_key = reason_key
        self.sentence = sentence


class MailKind(StrEnum):
    PERSON = "person"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    DELIVERY_REPORT = "delivery_report"
    LIST = "list"
    BULK = "bulk"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one mail is read. More than this is kept in the original, and a warning says so."""

    bytes: int = 50_000_000
    header_bytes: int = 256_000
    parts: int = 200
    depth: int = 30
    boundary_lines: int = 100_000
    text_bytes: int = 1_000_000
    html_chars: int = 2_000_000
    html_depth: int = 250
    html_tags: int = 60_000
    attachments: int = 200
    forwards: int = 20
    forward_depth: int = 5
    recipients: int = 500
    references: int = 100


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox as written: the name decoded, the domain in small letters."""

    name: str
    address: str

    @property
    def key(self) -> str:
        """The address to compare by."""
        return self.address.casefold()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail. `name` is safe to store and to offer for download."""

    name: str
    media_type: str
    declared_type: str
    content: bytes
    inline: bool = False
    content_id: str | None = None


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A message carried inside a mail; its whole bytes are the attachment of the same place in the mail."""

    attachment: int
    message_id: str | None
    sender: Address | None
    subject: str
    sent_at: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class ReadMail:
    """One mail, read. `new_text + quoted_text == text` always holds."""

    message_id: str | None
    references: tuple[str, ...]
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    sent_at: datetime | None
    received_at: datetime | None
    text: str
    html: str | None
    blocked_images: int
    new_text: str
    quoted_text: str
    attachments: tuple[Attachment, ...]
    forwarded: tuple[Forwarded, ...]
    kind: MailKind
    may_answer: bool
    why_not: str
    failed_recipients: tuple[str, ...]
    original_message_id: str | None
    language: str | None
    case_references: tuple[str, ...]
    plus_tokens: tuple[str, ...]
    warnings: tuple[str, ...]
    fingerprint: str
    body_fingerprint: str

    @property
    def answer_to(self) -> tuple[Address, ...]:
        """Where a reply by a person goes: Reply-To if given, else the sender."""
        if self.reply_to:
            return self.reply_to
        return (self.sender,) if self.sender else ()


class Notes:
    """Collects warnings while a mail is read: each sentence once, in the order met."""

    def __init__(self) -> None:
        self._sentences: dict[str, None] = {}

    def add(self, sentence: str) -> None:
        self._sentences[sentence] = None

    def as_tuple(self) -> tuple[str, ...]:
        return tuple(self._sentences)
