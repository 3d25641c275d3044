"""What a record is called where only its kind and number are known: each upper app tells its own."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured

from moothall.people.models import Account, Person
from moothall.records.models import AuditEvent

Key = tuple[str, int]


@dataclass(frozen=True)
class Named:
    """A record in words, and where it is, if it has a page."""

    words: str
    address: str = ""
    seen: bool = field(default=True, compare=False)
    """False where its kind is known, and the record is not one the account may see."""


@dataclass(frozen=True)
class Kind:
    names: Callable[[Account, Collection[int]], Mapping[int, Named]]
    find: Callable[[Account, str], Collection[int]]


_kinds: dict[str, Kind] = {}


def register(
    kind: str,
    names: Callable[[Account, Collection[int]], Mapping[int, Named]],
    find: Callable[[Account, str], Collection[int]],
) -> None:
    """Say how records of `kind` (`cases.case`) are called and found by what people type.

    Both answer only for what the account may see: a record it may not see keeps its bare number.
    """
    app, dot, model = kind.partition(".")
    if not (app and dot and model) or kind != kind.lower():
        raise ImproperlyConfigured(f"A kind of record is written app.model, not {kind!r}.")
    _kinds[kind] = Kind(names, find)


def names_of(account: Account, keys: Iterable[Key]) -> dict[Key, Named]:
    """The names of many records, in one query a kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, id in keys:
        wanted[kind].add(id)
    found = {
        (kind, id): Named(f"{kind} {id}", seen=kind not in _kinds)
        for kind, ids in wanted.items()
        for id in ids
    }
    for kind, ids in wanted.items():
        if kind in _kinds:
            found |= {(kind, id): named for id, named in _kinds[kind].names(account, ids).items()}
    return found


def withhold(account: Account, events: Iterable[AuditEvent]) -> None:
    """Call each event's record by its name; what this account may not see loses its particulars."""
    rows = [event for event in events if event.about_id is not None]
    names = names_of(account, [(row.about_kind, row.about_id) for row in rows if row.about_id is not None])
    for row in rows:
        if row.about_id is not None:
            row.named = names[row.about_kind, row.about_id]
            row.detail = row.detail if row.named.seen else {}


def find(account: Account, words: str) -> list[Key]:
    """The records that these words may mean: a reference, or a kind and a number."""
    kind, _gap, number = words.strip().rpartition(" ")
    if kind and number.isdecimal() and len(number) < 19:
        return [(kind.lower(), int(number))]
    return [(kind, id) for kind, known in _kinds.items() for id in known.find(account, words.strip())]


def name_persons(account: Account, ids: Collection[int]) -> dict[int, Named]:
    """Persons by reference and name, for those who may look people up."""
    seen = Person.objects.visible_to(account).filter(pk__in=ids)
    rows = seen.order_by("pk").values_list("pk", "reference", "full_name")
    return {id: Named(f"{reference} {name}") for id, reference, name in rows}


def find_persons(account: Account, words: str) -> list[int]:
    found = Person.objects.visible_to(account).filter(reference__iexact=words)
    return list(found.order_by("pk").values_list("pk", flat=True))


def name_accounts(_account: Account, ids: Collection[int]) -> dict[int, Named]:
    return {id: Named(name) for id, name in Account.objects.filter(pk__in=ids).values_list("pk", "name")}


def find_accounts(_account: Account, words: str) -> list[int]:
    return list(Account.objects.filter(email__iexact=words).values_list("pk", flat=True))
