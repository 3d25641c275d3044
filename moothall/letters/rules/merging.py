"""The merge language of letters: `{person.name}`, `{person.title|friend}`, `[[ left out when empty ]]`.

A template is read into parts by this file alone; nothing in it is ever evaluated. Curly brackets are for
fields only. What comes from a record is never read as formatting.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moothall.letters.models import LetterText

from .formatting import plain_words
from .refusals import LetterRefused

PIECE = re.compile(
    r"\[\[|\]\]"
    r"|\{\s*(?P<name>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)\s*(?:\|(?P<fallback>[^{}\n]*))?\}"
    r"|[{}]"
)
GONE = "\x01"


class CannotRead(LetterRefused):
    """A text that breaks the rules of the merge language."""

    next_step = gettext_lazy("Correct the text, then save it again.")


class MissingFields(LetterRefused):
    """Fields that the text needs and the record does not have."""

    next_step = gettext_lazy("Fill them in on the record, or write this letter without the template.")

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        sentence = ngettext(
            "The letter needs something that is not known: %(names)s.",
            "The letter needs things that are not known: %(names)s.",
            len(names),
        )
        super().__init__(sentence % {"names": ", ".join(names)})


@dataclass(frozen=True)
class Words:
    text: str


@dataclass(frozen=True)
class FieldPart:
    name: str
    fallback: str | None = None


@dataclass(frozen=True)
class Optional:
    """Left out altogether when a field in it is empty."""

    parts: tuple[Words | FieldPart, ...]


Part = Words | FieldPart | Optional


@dataclass(frozen=True)
class Merged:
    """A letter's words, and the language they are in: English when there was no Welsh to use."""

    subject: str
    body: str
    language: str


def merge(text: LetterText, language: str, fields: Mapping[str, Any]) -> Merged:
    """The text with its fields filled in; if a needed one is not known, all those missing are named."""
    welsh = language == "cy" and text.body_cy.strip() and text.subject_cy.strip()
    subject, body = (text.subject_cy, text.body_cy) if welsh else (text.subject_en, text.body_en)
    known = {name: str(value).strip() for name, value in fields.items() if value is not None}
    missing = tuple(dict.fromkeys([*missing_from(subject, known), *missing_from(body, known)]))
    if missing:
        raise MissingFields(missing)
    return Merged(
        subject=" ".join(filled(subject, known).split()),
        body=filled(body, {name: plain_words(value) for name, value in known.items()}).strip(),
        language="cy" if welsh else "en",
    )


@lru_cache(maxsize=512)
def read_parts(text: str) -> tuple[Part, ...]:
    """The parts of a text; a bracket that is not closed, or a block within a block, is refused."""
    parts: list[Part] = []
    block: list[Words | FieldPart] | None = None
    for piece in pieces(text):
        if piece == "[[":
            if block is not None:
                raise CannotRead(_("One block in double square brackets is inside another."))
            block = []
        elif piece == "]]":
            if block is None:
                raise CannotRead(_("A block is closed with ]] that was never opened with [[."))
            parts.append(Optional(tuple(block)))
            block = None
        elif not isinstance(piece, str):
            (parts if block is None else block).append(piece)
    if block is not None:
        raise CannotRead(_("A block is opened with [[ and never closed with ]]."))
    return tuple(parts)


def pieces(text: str) -> Iterator[Words | FieldPart | str]:
    """Words and fields, and the marks [[ and ]] as they stand."""
    start = 0
    for found in PIECE.finditer(text):
        if found.start() > start:
            yield Words(text[start : found.start()])
        start = found.end()
        mark = found[0]
        if found["name"]:
            yield FieldPart(found["name"], found["fallback"])
        elif mark in {"[[", "]]"}:
            yield mark
        else:
            near = text[max(0, found.start() - 15) : found.end() + 25].strip().replace("\n", " ")
            raise CannotRead(_("A curly bracket does not belong to a field, near “%s”.") % near)
    if start < len(text):
        yield Words(text[start:])


def field_names(text: str) -> tuple[str, ...]:
    """Every field a text mentions, once each, in order."""
    found: list[str] = []
    for part in read_parts(text):
        inner = part.parts if isinstance(part, Optional) else (part,)
        found += [one.name for one in inner if isinstance(one, FieldPart)]
    return tuple(dict.fromkeys(found))


def missing_from(text: str, known: Mapping[str, str]) -> list[str]:
    return [
        part.name
        for part in read_parts(text)
        if isinstance(part, FieldPart) and part.fallback is None and not known.get(part.name)
    ]


def filled(text: str, known: Mapping[str, str]) -> str:
    """The text with its fields; a line that held nothing but a dropped block goes with it."""
    whole = "".join(part_words(part, known) for part in read_parts(text))
    whole = re.sub(rf"(?m)^[ \t]*{GONE}[ \t]*(\n|\Z)", "", whole).replace(GONE, "")
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", whole))


def part_words(part: Part, known: Mapping[str, str]) -> str:
    if isinstance(part, Words):
        return part.text
    if isinstance(part, FieldPart):
        return known.get(part.name) or (part.fallback or "").strip()
    lacking = [
        one
        for one in part.parts
        if isinstance(one, FieldPart) and one.fallback is None and not known.get(one.name)
    ]
    return GONE if lacking else "".join(part_words(one, known) for one in part.parts)
