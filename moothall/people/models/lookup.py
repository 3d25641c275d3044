"""Finding a person while somebody types: by name in any order, mail, phone, postcode or reference."""

import re
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.search import TrigramWordDistance
from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Length

from moothall.core.folding import Concat, Fold

from .contact_folding import fold_phone, postcode_of

if TYPE_CHECKING:
    from .account import Account
    from .person import ContactPoint

REFERENCE = re.compile(r"p-?\s*\d+", re.IGNORECASE)
NUMBER = re.compile(r"\+?[\d\s().-]+")
SHORTEST = 2
MOST_WORDS = 6
LONGEST = 250


class PersonQuerySet(models.QuerySet["Person"]):
    def current(self) -> Self:
        """Persons that stand for themselves: not merged into another."""
        return self.filter(merged_into=None)

    def visible_to(self, account: "Account") -> Self:
        """Everybody to those who may look people up, and nobody to anybody else."""
        return self if account.may("people.view") else self.none()

    def in_order_of_name(self) -> Self:
        return self.order_by("folded_name", "id")

    def named_like(self, words: str) -> Self:
        """Each of the words begins a word of the name, in any order, whatever the accents and capitals."""
        found = self
        for word in _names(words):
            found = found.filter(folded_name__regex=Concat(Value("(^| )"), Fold(Value(word))))
        return found

    def looked_up(self, words: str, limit: int = 8, *, by: "Account | None" = None) -> Self:
        """The few persons that fit what was typed so far, the best first.

        `by` is who looks: a postcode finds nobody whose address is protected from them, and without
        `by` postcodes find nobody at all.
        """
        ids = Seeking(" ".join(words.replace("\0", "").split())[:LONGEST], limit, by).ids()
        place = Case(*(When(pk=pk, then=n) for n, pk in enumerate(ids)), output_field=IntegerField())
        found = self.filter(pk__in=ids)
        return found.order_by(place) if len(ids) > 1 else found.order_by("pk")


class Seeking:
    """One look-up: what was typed, how many to find, and for whom."""

    def __init__(self, words: str, limit: int, by: "Account | None") -> None:
        self.words, self.limit, self.by = words, limit, by

    def ids(self) -> list[int]:
        """The ids of the best, by exact signs first; only if nothing fits, by likeness of the name."""
        branches = self.branches()
        if not branches:
            return []
        first, *others = branches
        rows = list(first.union(*others, all=True) if others else first)
        if not rows and self.is_a_name():
            rows = list(self.alike())
        ranked = sorted(rows, key=lambda row: (row[1], row[2], row[0]))
        return list(dict.fromkeys(row[0] for row in ranked))[: self.limit]

    def is_a_name(self) -> bool:
        return not NUMBER.fullmatch(self.words) and "@" not in self.words

    def branches(self) -> list[Any]:
        """The ways in that what was typed opens, each giving rows of (id, rank, second rank)."""
        if len(self.words) < SHORTEST and self.words.isascii():
            return []
        found = []
        if REFERENCE.fullmatch(self.words) or self.words.isdigit():
            found.append(self.by_reference())
        if NUMBER.fullmatch(self.words):
            digits = fold_phone(self.words)
            if len(digits) >= 3:
                found.append(self.by_phone(digits))
            return found
        if postcode_of(self.words) and self.by is not None:
            found.append(self.by_postcode(self.by))
        if " " not in self.words and len(self.words) >= 3:
            found.append(self.by_email())
        if "@" not in self.words and _names(self.words):
            found.append(self.by_name())
        return found

    def persons(self) -> "PersonQuerySet":
        from .person import Person

        return Person.objects.current()

    def contact_points(self, kind: str) -> "models.QuerySet[ContactPoint]":
        from .person import ContactPoint

        return ContactPoint.objects.filter(kind=kind, ended_at=None, person__merged_into=None)

    def by_reference(self) -> Any:
        number = re.sub(r"\D", "", self.words)
        exactly = self.persons().filter(reference=f"P-{int(number):06d}")
        return exactly.order_by("id").values_list("id", Value(0), Value(0))[:1]

    def by_phone(self, digits: str) -> Any:
        rank = Case(When(folded=digits, then=0), When(folded__startswith=digits, then=2), default=4)
        rows = self.contact_points("PHONE").filter(folded__contains=digits)
        return self.ranked(rows, rank)

    def by_email(self) -> Any:
        part = self.words.lower()
        rank = Case(When(folded=part, then=0), When(folded__startswith=part, then=3), default=5)
        return self.ranked(self.contact_points("EMAIL").filter(folded__contains=part), rank)

    def by_postcode(self, account: "Account") -> Any:
        from .person import ContactPoint

        rows = ContactPoint.objects.visible_to(account).filter(
            kind="POST", ended_at=None, person__merged_into=None
        )
        return self.ranked(rows.filter(folded__startswith=f"{postcode_of(self.words)} "), Value(1))

    def ranked(self, rows: "models.QuerySet[ContactPoint]", rank: Any) -> Any:
        ordered = rows.annotate(rank=rank, length=Length("folded")).order_by("rank", "length", "person_id")
        return ordered.values_list("person_id", "rank", "length")[: self.limit * 2]

    def by_name(self) -> Any:
        whole = Fold(Value(self.words))
        rank = Case(
            When(folded_name=whole, then=0),
            When(folded_name__startswith=whole, then=1),
            default=2,
            output_field=IntegerField(),
        )
        rows = self.persons().named_like(self.words).annotate(rank=rank, length=Length("folded_name"))
        return rows.order_by("rank", "length", "id").values_list("id", "rank", "length")[: self.limit]

    def alike(self) -> Any:
        """Names with the letters somewhere inside, or misspelt."""
        together = Fold(Value("".join(_names(self.words))))
        rows = self.persons().filter(
            Q(folded_name__contains=together) | Q(folded_name__trigram_word_similar=Fold(Value(self.words)))
        )
        distance = TrigramWordDistance(self.words, F("folded_name"))
        ordered = rows.annotate(distance=distance).order_by("distance", "id")
        return ordered.values_list("id", Value(9), "distance")[: self.limit]


def _names(words: str) -> list[str]:
    """The words that may be parts of a name, at most six of them."""
    parts = re.split(r"[\s,;/]+", words)
    return [part for part in parts if any(letter.isalnum() for letter in part)][:MOST_WORDS]
