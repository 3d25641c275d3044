"""Finding a person while somebody types: by name in any order, mail, phone, postcode or reference."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Self

from django.db import connections, models
from django.db.models import Case, IntegerField, Value, When

from moothall.core.folding import Concat, Fold

from .contact_folding import fold_phone, postcode_of

if TYPE_CHECKING:
    from .account import Account
    from .person import Person  # noqa: F401  (the base class below names it)

REFERENCE = re.compile(r"p-?\s*\d{1,9}|\d{1,9}", re.IGNORECASE)
NUMBER = re.compile(r"\+?[\d\s().-]+")
SHORTEST = 2
FEWEST_DIGITS = 3
MOST_WORDS = 6
LONGEST = 120
ENOUGH = 300  # of the rows that fit, so many are ranked: the first letters of a common name fit thousands

# Every way in gives rows of (person's id, rank, second rank), the lowest first. They are plain SQL
# because they run at every key somebody presses: put together by the ORM they took three times as long.
BY_REFERENCE = """
select id, 0, 0 from people_person where reference = %(reference)s and merged_into_id is null"""
BY_WHOLE_NAME = """(
select id, 0, 0 from people_person
 where folded_name = moothall_fold(%(words)s) and merged_into_id is null order by id limit %(limit)s)"""
BY_NAME = """(
select id, case when starts_with(folded_name, moothall_fold(%(words)s)) then 1 else 2 end,
       length(folded_name)
  from (select id, folded_name from people_person
         where merged_into_id is null and {each} limit %(enough)s) one
 order by 2, 3, 1 limit %(limit)s)"""
EACH = "folded_name ~ ('(^| )' || moothall_fold(%(word{n})s))"
BY_CONTACT_POINT = """(
select person_id,
       case when folded = %({part})s then 0 when starts_with(folded, %({part})s) then 3 else 5 end,
       length(folded)
  from (select c.person_id, c.folded from people_contactpoint c
         where c.kind = '{kind}' and c.ended_at is null and c.folded like %({part}_inside)s
         limit %(enough)s) one
  join people_person p on p.id = one.person_id and p.merged_into_id is null
 order by 2, 3, 1 limit %(limit)s)"""
BY_POSTCODE = """(
select c.person_id, 1, 0 from people_contactpoint c
  join people_person p on p.id = c.person_id and p.merged_into_id is null
 where c.kind = 'POST' and c.ended_at is null and c.folded like %(postcode_first)s
   and (%(sees_all)s or not exists (
         select from people_protectedaddress x where x.person_id = c.person_id and x.lifted_at is null))
 order by 1 limit %(limit)s)"""
ALIKE = """
select id, 9, 0 from (
  select id, folded_name from people_person
   where merged_into_id is null
     and (folded_name like '%%' || moothall_fold(%(together)s) || '%%'
          or folded_name %%> moothall_fold(%(words)s))
   limit %(enough)s) one
 order by folded_name <->> moothall_fold(%(words)s), id limit %(limit)s"""


# Two letters the wrong way round still leave half of a short name's trigrams. The planner thinks likeness
# is as cheap to compare as a number, and would compare everybody.
LOOSELY = """
select set_config('pg_trgm.word_similarity_threshold', '0.5', true),
       set_config('enable_seqscan', 'off', true)"""
AS_BEFORE = "select set_config('enable_seqscan', 'on', true)"


class PersonQuerySet(models.QuerySet["Person"]):
    def current(self) -> Self:
        """Persons that stand for themselves: not merged into another."""
        return self.filter(merged_into=None)

    def visible_to(self, account: "Account") -> Self:
        """Everybody to those who may look people up, and nobody to anybody else."""
        return self if account.may("people.view") else self.none()

    def named_like(self, words: str) -> Self:
        """Each of the words begins a word of the name, in any order, whatever the accents and capitals."""
        found = self
        for word in _parts_of_name(words):
            found = found.filter(folded_name__regex=Concat(Value("(^| )"), Fold(Value(word))))
        return found

    def looked_up(self, words: str, limit: int = 8, *, by: "Account | None" = None) -> Self:
        """The few persons that fit what was typed so far, the best first.

        `by` is who looks: a postcode finds nobody whose address is protected from them, and without
        `by` postcodes find nobody at all.
        """
        ids = Seeking(words, limit, by).ids(using=self.db)
        place = Case(*(When(pk=pk, then=n) for n, pk in enumerate(ids)), output_field=IntegerField())
        return self.filter(pk__in=ids).order_by(place if len(ids) > 1 else "pk")


class Seeking:
    """One look-up: what was typed, how many to find, and for whom."""

    def __init__(self, words: str, limit: int, by: "Account | None") -> None:
        self.words = " ".join(words.replace("\0", "").encode("utf-8", "replace").decode().split())[:LONGEST]
        self.by = by
        self.values: dict[str, str | int | bool] = {"words": self.words, "limit": limit, "enough": ENOUGH}

    def ids(self, *, using: str) -> list[int]:
        """The ids of the best, by exact signs first; only if nothing fits, by likeness of the name."""
        if len(self.words) < SHORTEST and self.words.isascii():
            return []
        branches = list(self.branches())
        found = self.ask(using, "\nunion all\n".join(branches)) if branches else []
        if not found and not NUMBER.fullmatch(self.words) and "@" not in self.words and self.names:
            self.values["together"] = "".join(self.names)
            found = self.ask(using, ALIKE)
        return list(dict.fromkeys(found))[: int(self.values["limit"])]

    def ask(self, using: str, statement: str) -> list[int]:
        with connections[using].cursor() as cursor:
            if statement is ALIKE:
                cursor.execute(LOOSELY)
            cursor.execute(statement, self.values)
            rows = list(cursor.fetchall())
            if statement is ALIKE:
                cursor.execute(AS_BEFORE)
        return [row[0] for row in (rows if statement is ALIKE else sorted(rows, key=_best_first))]

    @property
    def names(self) -> list[str]:
        return _parts_of_name(self.words)

    def branches(self) -> Iterator[str]:
        """The ways in that what was typed opens."""
        if REFERENCE.fullmatch(self.words):
            self.values["reference"] = f"P-{int(re.sub(r'[^0-9]', '', self.words)):06d}"
            yield BY_REFERENCE
            if not self.words.isdigit():
                return
        if NUMBER.fullmatch(self.words):
            yield from self.by_number(fold_phone(self.words))
            return
        if " " not in self.words and len(self.words) >= FEWEST_DIGITS:
            part = self.words.lower()
            self.values |= {"mail": part, "mail_inside": f"%{_literally(part)}%"}
            yield BY_CONTACT_POINT.format(kind="EMAIL", part="mail")
        if "@" not in self.words:
            yield from self.by_postcode(postcode_of(self.words))
            yield from self.by_names(self.names)

    def by_number(self, digits: str) -> Iterator[str]:
        if len(digits) >= FEWEST_DIGITS:
            self.values |= {"digits": digits, "digits_inside": f"%{digits}%"}
            yield BY_CONTACT_POINT.format(kind="PHONE", part="digits")

    def by_postcode(self, postcode: str) -> Iterator[str]:
        if postcode and self.by is not None:
            sees_all = self.by.may("people.caution")
            self.values |= {"postcode_first": f"{postcode} %", "sees_all": sees_all}
            yield BY_POSTCODE

    def by_names(self, names: list[str]) -> Iterator[str]:
        if names:
            self.values |= {f"word{n}": word for n, word in enumerate(names)}
            yield BY_WHOLE_NAME
            yield BY_NAME.format(each=" and ".join(EACH.format(n=n) for n in range(len(names))))


def _best_first(row: tuple[int, int, int]) -> tuple[int, int, int]:
    person, rank, second = row
    return rank, second, person


def _literally(part: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", part)


def _parts_of_name(words: str) -> list[str]:
    """The words that may be parts of a name, at most six of them."""
    parts = re.split(r"[\s,;/]+", words)
    return [part for part in parts if any(letter.isalnum() for letter in part)][:MOST_WORDS]
