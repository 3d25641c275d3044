"""Ways out: most letters leave by the mail server of the installation, some by one of their sender's own.

A floor above that knows such senders hands them over in its `apps.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.db.models import Q

from moothall.letters.models import Letter

USUAL = ""


def nobody(_letter: Letter) -> None:
    """Who has to hear that a letter has left by the usual way."""


@dataclass(frozen=True)
class Carrier:
    """One way out: whose letters leave by it, how a connection is made, and who hears that one has left.

    `connect` gives a mail backend of Django and may refuse; `sent` is called in the transaction that writes
    down that the letter has left.
    """

    key: str
    letters: Q
    carries: Callable[[str], bool]
    connect: Callable[[], Any]
    sent: Callable[[Letter], None] = nobody


_finders: list[Callable[[], Sequence[Carrier]]] = []


def register_carriers(finder: Callable[[], Sequence[Carrier]]) -> None:
    """Say who knows the senders that have a mail server of their own; there is only one that does."""
    if _finders and _finders != [finder]:
        raise ImproperlyConfigured("Two say by which way letters leave.")
    _finders[:] = [finder]


class Carriers:
    """Every way out as it is now, and which of them did not answer in this run."""

    def __init__(self) -> None:
        self.own = [each for finder in _finders for each in finder()]
        of_others = Q(pk__in=[])
        for each in self.own:
            of_others |= each.letters
        self.usual = Carrier(USUAL, ~of_others, lambda _address: True, get_connection)
        self.away: set[str] = set()

    def of(self, sender: str) -> Carrier:
        """The way out for letters from this sender, given as it stands in the message or as an address."""
        address = parseaddr(sender)[1].lower()
        return next((each for each in self.own if each.carries(address)), self.usual)

    def open_to(self) -> Q | None:
        """The letters that may leave now; None when every way is shut."""
        ways = [each for each in (*self.own, self.usual) if each.key not in self.away]
        if not ways:
            return None
        if not self.away:
            return Q()
        open_ = Q(pk__in=[])
        for each in ways:
            open_ |= each.letters
        return open_
