"""Who wrote: the person behind an address, found in one query when known and added when not."""

import datetime as dt
import zlib
from collections.abc import Iterable

from django.db import connection, transaction
from rapidfuzz import fuzz, utils

from moothall.core.audit import write_down, write_down_each
from moothall.people.models import ContactPoint, Person
from moothall.people.models.contact_folding import LONGEST, fold_email, tidy

from .persons import LONGEST_NAME, references

SENDERS = 0x5E4D  # the first half of the advisory lock held while a new sender is added
SHARES = 1024  # so many second halves: a file of ten thousand senders asks the server for no more locks


def find_or_add_senders(
    senders: Iterable[tuple[str, str]], *, at: dt.datetime
) -> dict[tuple[str, str], Person]:
    """The persons who have exactly these addresses, however they are capitalised, and new ones where nobody
    has. Given as (name, address); the answer is keyed by (folded address, tidied name).

    When several share an address, the one whose name fits best; equal ones by age of the record. Records are
    never merged. One query whatever the number when all are known. What cannot be an address is left out.
    """
    wanted = {
        (folded, tidy(name, LONGEST_NAME)): tidy(address, LONGEST).strip("<>")
        for name, address in senders
        if (folded := fold_email(address))
    }
    known = _known({folded for folded, _name in wanted})
    unknown = {folded for folded, _name in wanted} - known.keys()
    if unknown:
        known |= _add_unknown({key: value for key, value in wanted.items() if key[0] in unknown}, at=at)
    found = {key: _best(known[key[0]], key[1]) for key in wanted}
    for (folded, name), person in found.items():
        _learn_name(person, name, folded, at=at)
    return found


def _known(addresses: set[str]) -> dict[str, list[Person]]:
    points = ContactPoint.objects.in_use().filter(
        kind=ContactPoint.EMAIL, folded__in=addresses, person__merged_into=None
    )
    found: dict[str, list[Person]] = {}
    for point in points.select_related("person").order_by("person_id"):
        found.setdefault(point.folded, []).append(point.person)
    return found


def _best(persons: list[Person], name: str) -> Person:
    if len(persons) == 1 or not name:
        return persons[0]
    return max(
        persons,
        key=lambda person: fuzz.token_sort_ratio(
            f"{person.full_name}", name, processor=utils.default_process
        ),
    )


def _lock(addresses: set[str]) -> None:
    """Hold the addresses until the transaction ends, so that two intakes at once add each sender once."""
    keys = sorted({zlib.crc32(address.encode()) % SHARES for address in addresses})
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(%s, key) from unnest(%s::int[]) with ordinality as one(key, n)"
            " order by n",
            [SENDERS, keys],
        )


@transaction.atomic
def _add_unknown(wanted: dict[tuple[str, str], str], *, at: dt.datetime) -> dict[str, list[Person]]:
    """Add each sender nobody else has added in the meantime."""
    addresses = {folded for folded, _name in wanted}
    _lock(addresses)
    meanwhile = _known(addresses)
    return meanwhile | _add({key: value for key, value in wanted.items() if key[0] not in meanwhile}, at=at)


def _add(wanted: dict[tuple[str, str], str], *, at: dt.datetime) -> dict[str, list[Person]]:
    """A person and an address for each address nobody has, under the longest of the names it came with."""
    names: dict[str, str] = {}
    shown: dict[str, str] = {}
    for (folded, name), address in wanted.items():
        names[folded] = max(names.get(folded, ""), name, key=len)
        shown[folded] = address
    numbered = zip(names.items(), references(len(names)) if names else [], strict=True)
    persons = Person.objects.bulk_create(
        Person(reference=reference, full_name=name or folded[:LONGEST_NAME], added_at=at)
        for (folded, name), reference in numbered
    )
    ContactPoint.objects.bulk_create(
        ContactPoint(
            person=person,
            kind=ContactPoint.EMAIL,
            value=shown[folded],
            folded=folded,
            preferred=True,
            added_at=at,
        )
        for folded, person in zip(names, persons, strict=True)
    )
    write_down_each("people.add", by=None, at=at, about=persons, detail={"wrote_first": True})
    return {folded: [person] for folded, person in zip(names, persons, strict=True)}


@transaction.atomic
def _rename(person: Person, name: str, *, at: dt.datetime) -> None:
    person.full_name = name
    Person.objects.filter(pk=person.pk).update(full_name=name)
    write_down("people.correct", by=None, at=at, about=person, detail={"changed": ["full_name"]})


def _learn_name(person: Person, name: str, address: str, *, at: dt.datetime) -> None:
    """Somebody known only by an address now gave a name."""
    if name and person.full_name == address[:LONGEST_NAME] and name.lower() != address:
        _rename(person, name, at=at)
