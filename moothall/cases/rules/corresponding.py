"""Where a case is answered to and from: known to the floor that reads its mail, asked by any other."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

from moothall.cases.models import Case
from moothall.people.models import Account


@dataclass(frozen=True)
class Correspondence:
    """Whom a letter on a case goes to, whom it comes from, and the message it answers."""

    to_address: str
    to_name: str
    from_address: str
    from_name: str
    language: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()


Provider = Callable[[Case], Correspondence | None]
Words = Callable[[Account, Case, str, str], str]
_providers: list[Provider] = []
_words: dict[str, Words] = {}


def register_correspondence(provider: Provider) -> None:
    """Say who knows how a case is answered; there is one."""
    if _providers and _providers != [provider]:
        raise ImproperlyConfigured("Two floors say how a case is answered.")
    _providers[:] = [provider]


def correspondence_of(case: Case) -> Correspondence | None:
    """How to write to whoever asked; None where no address of theirs is known."""
    return _providers[0](case) if _providers else None


def register_words(kind: str, words: Words) -> None:
    """Say what `words(account, case, id, language)` puts into a reply for records of this kind, such as what
    to do about a known problem meanwhile."""
    if _words.setdefault(kind, words) != words:
        raise ImproperlyConfigured(f"Two floors give words of the kind {kind!r}.")


def words_named(named: str, *, account: Account, case: Case, language: str) -> str:
    """The words for a reply that `problem:12` stands for, or nothing."""
    kind, _colon, id = named.partition(":")
    return _words[kind](account, case, id, language) if kind in _words else ""
