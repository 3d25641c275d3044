"""The fields a letter may mention: some every letter has, others come from the app it is about."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.utils import formats, translation
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import in_london
from moothall.core.refusals import Words
from moothall.letters.models import Letterhead
from moothall.people.models import Account, Person


@dataclass(frozen=True)
class Field:
    """One thing a letter may say, with what it might look like in each language."""

    name: str
    description: Words
    sample_en: str
    sample_cy: str = ""

    def sample(self, language: str) -> str:
        return (self.sample_cy if language == "cy" else "") or self.sample_en


Provider = Callable[[Any, str], Mapping[str, str]]
LANGUAGES = {"en": "en-gb", "cy": "cy"}

EVERYWHERE = (
    Field("person.name", _("Full name of the person written to"), "Siân Okafor"),
    Field("person.greeting", _("The opening line"), "Dear Siân Okafor", "Annwyl Siân Okafor"),
    Field("person.title", _("Their title"), "Dr"),
    Field("person.given_name", _("Their given name"), "Siân"),
    Field("person.family_name", _("Their family name"), "Okafor"),
    Field("sender.name", _("Name of the member of staff who writes"), "Tomos Bielak"),
    Field("letter.date", _("The date of the letter"), "22 November 2026", "22 Tachwedd 2026"),
    Field("office.name", _("Name of the office"), "Moothall Council", "Cyngor Moothall"),
    Field("office.phone", _("Telephone of the office"), "01632 960001"),
    Field("office.email", _("Email address of the office"), "hello@example.org"),
    Field("office.website", _("Website of the office"), "www.example.org"),
)

_declared: dict[str, tuple[Field, ...]] = {"": EVERYWHERE}
_providers: dict[str, Provider] = {}
_more: dict[str, list[Provider]] = {}


def register_fields(kind: str, provider: Provider, *, declared: Iterable[Field]) -> None:
    """Say which fields letters about `kind` (`cases.case`) may mention, and who fills them in.

    The values of `provider(record, language)` are words in that language, ready to be read; an empty one
    counts as not known.
    """
    fields = tuple(declared)
    if kind in _providers and _providers[kind] != provider:
        raise ImproperlyConfigured(f"There are two providers of fields for {kind}.")
    taken = {field.name for other, held in _declared.items() if other != kind for field in held}
    for field in fields:
        if field.name in taken:
            raise ImproperlyConfigured(f"The field {field.name} is declared twice.")
        if not field.sample_en or "." not in field.name:
            raise ImproperlyConfigured(f"The field {field.name!r} needs a name like case.title and a sample.")
    _providers[kind], _declared[kind] = provider, fields


def add_fields(kind: str, provider: Provider, *, declared: Iterable[Field]) -> None:
    """Let letters about a kind of record that another app speaks for say more: what `provider` knows of the
    record, beside what its own app does."""
    fields = tuple(declared)
    taken = {field.name for held in _declared.values() for field in held}
    for field in fields:
        if field.name in taken or not field.sample_en or "." not in field.name:
            raise ImproperlyConfigured(f"The field {field.name!r} is declared twice, or without a sample.")
    _declared[f"{kind} {len(_declared)}"] = fields
    _more.setdefault(kind, []).append(provider)


def declared_fields() -> tuple[Field, ...]:
    """Every field any letter may mention, by name."""
    found = [field for fields in _declared.values() for field in fields]
    return tuple(sorted(found, key=lambda field: field.name))


def samples(language: str) -> dict[str, str]:
    """A sample of every field, for previews."""
    return {field.name: field.sample(language) for field in declared_fields()}


def fields_for(
    about: Model | None, *, language: str, person: Person | None, by: Account | None, at: dt.datetime
) -> dict[str, str]:
    """What is known for a letter about this record: its own fields and those every letter has."""
    found = office_fields(language) | person_fields(person, language)
    found["sender.name"] = by.name if by else ""
    found["letter.date"] = date_in(language, in_london(at).date())
    provider = _providers.get(about._meta.label_lower) if about is not None else None
    if about is not None and provider is not None:
        for each in (provider, *_more.get(about._meta.label_lower, ())):
            found |= each(about, language)
    return found


def date_in(language: str, day: dt.date) -> str:
    """`5 May 2026`, `5 Mai 2026`."""
    with translation.override(LANGUAGES[language]):
        return formats.date_format(day, "j F Y")


def person_fields(person: Person | None, language: str) -> dict[str, str]:
    if person is None:
        return {"person.greeting": "Annwyl Syr neu Fadam" if language == "cy" else "Dear Sir or Madam"}
    formal = f"{person.title} {person.family_name}" if person.title and person.family_name else ""
    return {
        "person.name": person.full_name,
        "person.title": person.title,
        "person.given_name": person.known_as or person.given_name,
        "person.family_name": person.family_name,
        "person.greeting": f"{'Annwyl' if language == 'cy' else 'Dear'} {formal or person.full_name}",
    }


def office_fields(language: str) -> dict[str, str]:
    head = Letterhead.objects.current()
    if head is None:
        return {}
    return {
        "office.name": head.said("name", language),
        "office.phone": head.phone,
        "office.email": head.email,
        "office.website": head.website,
    }
