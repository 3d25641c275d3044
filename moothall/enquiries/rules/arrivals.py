"""A kept message on its way to a case."""

import datetime as dt
from dataclasses import dataclass

from moothall.cases.models import Case, Entry
from moothall.enquiries.models import RawMessage
from moothall.enquiries.reading import MailKind, ReadMail
from moothall.letters.rules.calendar_answers import Heard
from moothall.people.models import Person

from .copies import Original
from .threading import Place

NEW, ADDED, DUPLICATE, QUARANTINED = "new_cases", "added", "duplicates", "quarantined"
BY_MACHINE = {MailKind.AUTO_REPLY, MailKind.BOUNCE, MailKind.DELIVERY_REPORT}


@dataclass
class Arrival:
    """What it says, of what it is a copy, or to which case it goes."""

    row: RawMessage
    raw: bytes | None = None
    mail: ReadMail | None = None
    original: Original | None = None
    place: Place | None = None
    opens: bool = False
    person: Person | None = None
    entry: Entry | None = None
    heard: Heard | None = None
    result: str = ""

    @property
    def said(self) -> ReadMail:
        if self.mail is None:
            raise ValueError("This message has not been read.")
        return self.mail

    @property
    def by_machine(self) -> bool:
        """No person wrote this: it asks for nothing and is never answered."""
        return self.said.kind in BY_MACHINE or self.said.kind == MailKind.OWN

    def case(self) -> Case:
        """The case it goes to, once that is open."""
        if self.place is None:
            raise ValueError("This message has no place yet.")
        return self.place.opened

    def came_at(self, at: dt.datetime) -> dt.datetime:
        """When it reached us: as our server stamped it, else as it was dated; never later than now."""
        return min(self.said.received_at or self.said.sent_at or at, at)

    def begin_again(self) -> None:
        """Forget where it was to go: that came to nothing."""
        self.original = self.place = self.person = self.entry = self.heard = None
        self.opens = False

    @property
    def named(self) -> str:
        """Who wrote, as a timeline shows it."""
        sender = self.said.sender
        if sender is None:
            return ""
        return (f"{sender.name} <{sender.address}>" if sender.name else sender.address)[:400]
