"""Many more sample people for a larger office: the names and employers of those there, mixed anew."""

import datetime as dt
import unicodedata
from collections.abc import Sequence
from random import Random

from moothall.core.audit import write_down
from moothall.core.clock import in_london
from moothall.people.models import ContactPoint, Person, PersonRole

from .persons import references

AT_ONCE = 2000


def add_crowd(like: Sequence[PersonRole], count: int, *, rng: Random, at: dt.datetime) -> int:
    """Add so many people, each with the role, employer and language of somebody in `like`; how many."""
    domains = {
        point.person_id: point.folded.partition("@")[2]
        for point in ContactPoint.objects.filter(
            person__in=[role.person_id for role in like], kind=ContactPoint.EMAIL
        ).order_by("-id")
    }
    left = count if like else 0
    while left:
        size = min(left, AT_ONCE)
        _add([rng.choice(like) for _number in range(size)], like, domains, rng=rng, at=at)
        left -= size
    return count if like else 0


def _add(
    patterns: Sequence[PersonRole],
    like: Sequence[PersonRole],
    domains: dict[int, str],
    *,
    rng: Random,
    at: dt.datetime,
) -> None:
    day = in_london(at).date()
    persons = []
    for reference, pattern in zip(references(len(patterns)), patterns, strict=True):
        given = rng.choice(like).person.given_name
        family = rng.choice(like).person.family_name
        persons.append(
            Person(
                reference=reference,
                given_name=given,
                family_name=family,
                full_name=f"{given} {family}",
                language=pattern.person.language,
                language_source=pattern.person.language_source,
                language_set_on=day if pattern.person.language else None,
                organisation_id=pattern.person.organisation_id,
                added_at=at,
            )
        )
    Person.objects.bulk_create(persons)
    PersonRole.objects.bulk_create(
        PersonRole(
            person=person, kind_id=pattern.kind_id, organisation_id=pattern.organisation_id, started_on=day
        )
        for person, pattern in zip(persons, patterns, strict=True)
    )
    ContactPoint.objects.bulk_create(
        _address(person, domains.get(pattern.person_id, "post.example"), at)
        for person, pattern in zip(persons, patterns, strict=True)
    )
    write_down("people.add_crowd", by=None, at=at, detail={"count": len(persons)})


def _address(person: Person, domain: str, at: dt.datetime) -> ContactPoint:
    name = f"{person.given_name}.{person.family_name}.{person.reference.lower()}"
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    address = "".join(letter for letter in plain if letter.isalnum() or letter in ".-") + f"@{domain}"
    return ContactPoint(
        person=person, kind=ContactPoint.EMAIL, value=address, folded=address, preferred=True, added_at=at
    )
