"""Adding and correcting persons, and the language to write to them in."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.audit import write_down
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account, ContactPoint, Organisation, Person
from moothall.people.models.contact_folding import tidy

from .contact_points import add_contact_point

LONGEST_NAME = 250
CORRECTABLE = {
    "title": 30,
    "given_name": 120,
    "family_name": 120,
    "full_name": LONGEST_NAME,
    "known_as": 120,
}


class NameMissing(Refusal):
    sentence = _("A person needs a name.")
    next_step = _("Enter the name the person uses, even if it is only one word.")


class NoSuchLanguage(Refusal):
    sentence = _("Letters are written in English or Welsh.")
    next_step = _("Choose English, Welsh, or not known.")


class PersonIsMerged(Refusal):
    sentence = _("This record has been merged into another.")
    next_step = _("Open the record that was kept, and make the change there.")


@transaction.atomic
def add_person(
    *,
    full_name: str,
    by: Account | None,
    at: dt.datetime,
    title: str = "",
    given_name: str = "",
    family_name: str = "",
    known_as: str = "",
    born_on: dt.date | None = None,
    language: str = "",
    language_source: str = "",
    organisation: Organisation | None = None,
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
    post: str = "",
) -> Person:
    """Add somebody nobody has met. The first address and number of each kind is the preferred one."""
    _check_language(language)
    person = Person.objects.create(
        reference=references(1)[0],
        **_names(title, given_name, family_name, full_name, known_as),
        born_on=born_on,
        language=language,
        language_source=tidy(language_source, 120) if language else "",
        language_set_on=in_london(at).date() if language else None,
        organisation=organisation,
        added_at=at,
    )
    write_down("people.add", by=by, at=at, about=person)
    posts = [post] if post.strip() else []
    for kind, values in (
        (ContactPoint.EMAIL, emails),
        (ContactPoint.PHONE, phones),
        (ContactPoint.POST, posts),
    ):
        for value in values:
            add_contact_point(person, kind=kind, value=value, by=by, at=at)
    return person


@transaction.atomic
def correct_person(person: Person, *, by: Account, at: dt.datetime, **changes: Any) -> Person:
    """Change what is written about somebody: names, day of birth, organisation. Language has its own verb."""
    fresh = locked(person)
    unknown = changes.keys() - CORRECTABLE.keys() - {"born_on", "organisation"}
    if unknown:
        raise TypeError(f"correct_person() cannot change {', '.join(sorted(unknown))}.")
    values = {
        key: tidy(value, CORRECTABLE[key]) if key in CORRECTABLE else value for key, value in changes.items()
    }
    if not values.get("full_name", fresh.full_name):
        raise NameMissing
    changed = [key for key, value in values.items() if getattr(fresh, key) != value]
    for key in changed:
        setattr(fresh, key, values[key])
    if changed:
        fresh.save(update_fields=changed)
        write_down("people.correct", by=by, at=at, about=fresh, detail={"changed": sorted(changed)})
        fresh.refresh_from_db(fields=["folded_name"])
    return fresh


@transaction.atomic
def set_language(
    person: Person, *, language: str, source: str, by: Account | None, at: dt.datetime
) -> Person:
    """Note the language somebody wants to be written to in, how we know, and since when."""
    _check_language(language)
    fresh = locked(person)
    fresh.language = language
    fresh.language_source = tidy(source, 120)
    fresh.language_set_on = in_london(at).date()
    fresh.save(update_fields=["language", "language_source", "language_set_on"])
    detail = {"language": language, "source": fresh.language_source}
    write_down("people.set_language", by=by, at=at, about=fresh, detail=detail)
    return fresh


def locked(person: Person) -> Person:
    """The person's row, held until the end of the transaction; a merged record is refused."""
    fresh: Person = Person.objects.select_for_update(of=("self",)).order_by("pk").get(pk=person.pk)
    if fresh.is_merged:
        raise PersonIsMerged
    return fresh


def references(count: int) -> list[str]:
    """New references, each given out once."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('person_reference') from generate_series(1, %s)", [count])
        return [f"P-{number:06d}" for (number,) in cursor.fetchall()]


def _check_language(language: str) -> None:
    if language not in {"", "en", "cy"}:
        raise NoSuchLanguage


def _names(title: str, given_name: str, family_name: str, full_name: str, known_as: str) -> dict[str, str]:
    given, family = tidy(given_name, 120), tidy(family_name, 120)
    whole = tidy(full_name, LONGEST_NAME) or f"{given} {family}".strip()[:LONGEST_NAME]
    if not whole:
        raise NameMissing
    return {
        "title": tidy(title, 30),
        "given_name": given,
        "family_name": family,
        "full_name": whole,
        "known_as": tidy(known_as, 120),
    }
