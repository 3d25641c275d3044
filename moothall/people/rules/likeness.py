"""How like two records are, and which records of the office look like one person. A person decides."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from moothall.core.folding import Fold
from moothall.core.refusals import Words
from moothall.people.models import ContactPoint, LikelyDuplicate, Person, ProtectedAddress, ToldApart

LIKELY = 50
MOST = 20
CANDIDATES = 200
LARGEST_GROUP = 6  # an address that more people share than this is an office, not a person
REASONS: dict[str, Words] = {
    "same_email": _("Same email address"),
    "same_phone": _("Same telephone number"),
    "same_name": _("Same name"),
    "alike_name": _("Similar name"),
    "initials": _("Same family name and initials"),
    "same_birth": _("Same date of birth"),
    "same_postcode": _("Same postcode"),
    "other_birth": _("Different date of birth"),
}


@dataclass(frozen=True)
class Likeness:
    """Somebody who may be the same person, how likely from 0 to 100, and why (keys of `REASONS`)."""

    person: Person
    score: int
    reasons: tuple[str, ...]

    @property
    def reasons_in_words(self) -> list[Words]:
        return [REASONS[reason] for reason in self.reasons]


@dataclass
class Facts:
    """What of one record is compared."""

    name: str
    born_on: dt.date | None
    emails: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    postcodes: set[str] = field(default_factory=set)


def likely_duplicates(person: Person) -> list[Likeness]:
    """Records that may be the same person, the likeliest first.

    Told-apart and merged ones are left out, and so are the postcodes of protected addresses.
    """
    if person.is_merged:
        return []
    ids = _candidates(person, facts_of({person.pk})[person.pk]) - _told_apart_from(person) - {person.pk}
    facts = facts_of({person.pk, *ids})
    scored = {pk: score(facts[person.pk], facts[pk]) for pk in ids if pk in facts}
    chosen = sorted((pk for pk in scored if scored[pk][0] >= LIKELY), key=lambda pk: (-scored[pk][0], pk))
    found = Person.objects.current().select_related("organisation").in_bulk(chosen[:MOST])
    return [Likeness(found[pk], *scored[pk]) for pk in chosen[:MOST] if pk in found]


def score(one: Facts, other: Facts) -> tuple[int, tuple[str, ...]]:
    """How like two records are, from 0 to 100, and why.

    An address or number shared under quite different names counts little: families and offices share.
    """
    likeness, reason = alike(one.name, other.name)
    found = {reason: {"same_name": 45, "alike_name": 30, "initials": 25}[reason]} if reason else {}
    shared = 1.0 if reason or likeness >= 60 else 0.4
    if one.emails & other.emails:
        found["same_email"] = round(55 * shared)
    if one.phones & other.phones:
        found["same_phone"] = round(40 * shared)
    if one.postcodes & other.postcodes:
        found["same_postcode"] = 20
    if one.born_on and other.born_on:
        found |= {"same_birth": 35} if one.born_on == other.born_on else {"other_birth": -50}
    total = max(0, min(100, sum(found.values())))
    return total, tuple(sorted(found, key=lambda key: -found[key]))


def alike(one: str, other: str) -> tuple[float, str]:
    """How like two folded names are, from 0 to 100, and in which way if they are."""
    likeness = fuzz.token_sort_ratio(one, other)
    if sorted(one.split()) == sorted(other.split()):
        return 100.0, "same_name"
    if _initials_fit(one.split(), other.split()):
        return likeness, "initials"
    return likeness, "alike_name" if likeness >= 85 else ""


def _initials_fit(one: list[str], other: list[str]) -> bool:
    """`j smith` and `john smith`: the last word is the same and the first letters of the others are."""
    if len(one) < 2 or len(other) < 2 or one[-1] != other[-1]:
        return False
    short, long = sorted((one[:-1], other[:-1]), key=lambda words: sum(map(len, words)))
    if any(len(word) > 1 for word in short):
        return False
    return all(a == b[0] for a, b in zip(short, long, strict=False))


CANDIDATE_SQL = """
(select c.person_id from people_contactpoint c join people_contactpoint mine
    on mine.person_id = %(person)s and mine.ended_at is null and mine.kind in ('EMAIL', 'PHONE')
   and c.kind = mine.kind and c.folded = mine.folded and c.ended_at is null limit %(most)s)
union
(select c.person_id from people_contactpoint c
  where c.kind = 'POST' and c.ended_at is null and c.folded like any (%(postcodes)s) limit %(most)s)
union
(select id from people_person
  where merged_into_id is null and folded_name %% %(name)s
  order by similarity(folded_name, %(name)s) desc limit %(most)s)
union
(select id from people_person where born_on = %(born_on)s and merged_into_id is null limit %(most)s)
union
(select id from people_person where folded_name = any (%(short)s) and merged_into_id is null limit %(most)s)
union
(select id from people_person
  where merged_into_id is null and %(initial)s <> '' and folded_name ~ %(initial)s limit %(most)s)
"""


def _candidates(person: Person, facts: Facts) -> set[int]:
    """Everybody who shares something with this person, by indexes; most are then found unlike."""
    words = facts.name.split()
    short, initial = [], ""
    if len(words) > 1 and len(words[0]) > 1:
        short = [f"{words[0][0]} {words[-1]}"]
    elif len(words) > 1:
        initial = f"^{words[0]}[^ ]* ([^ ]+ )*{words[-1]}( |$)"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('pg_trgm.similarity_threshold', '0.55', true)")
        cursor.execute(
            CANDIDATE_SQL,
            {
                "person": person.pk,
                "postcodes": [f"{code} %" for code in facts.postcodes],
                "name": facts.name,
                "born_on": person.born_on,
                "short": short,
                "initial": initial,
                "most": CANDIDATES,
            },
        )
        return {row[0] for row in cursor.fetchall()}


def facts_of(ids: Iterable[int]) -> dict[int, Facts]:
    """What is compared, for many records in three queries."""
    wanted = set(ids)
    rows = Person.objects.current().filter(pk__in=wanted).order_by("pk")
    named = rows.annotate(name=Fold("full_name")).values_list("pk", "name", "born_on")
    facts = {pk: Facts(name, born) for pk, name, born in named}
    protected = set(
        ProtectedAddress.objects.standing().filter(person__in=wanted).values_list("person_id", flat=True)
    )
    points = ContactPoint.objects.in_use().filter(person__in=facts).order_by("pk")
    for pk, kind, folded in points.values_list("person_id", "kind", "folded"):
        if kind == ContactPoint.EMAIL:
            facts[pk].emails.add(folded)
        elif kind == ContactPoint.PHONE:
            facts[pk].phones.add(folded)
        elif pk not in protected and folded.split(" ", 1)[0].isupper():
            facts[pk].postcodes.add(folded.split(" ", 1)[0])
    return facts


def _told_apart_from(person: Person) -> set[int]:
    rows = ToldApart.objects.filter(one=person).values_list("other_id", flat=True)
    return set(rows) | set(ToldApart.objects.filter(other=person).values_list("one_id", flat=True))


PAIRS_SQL = """
with shared as (
  select kind, folded, array_agg(distinct person_id order by person_id) as persons
    from people_contactpoint where ended_at is null and kind in ('EMAIL', 'PHONE')
   group by kind, folded having count(distinct person_id) between 2 and %(largest)s)
select a, b from shared, unnest(persons) a, unnest(persons) b where a < b
union
select one.id, other.id from people_person one join people_person other
    on other.folded_name = one.folded_name and other.born_on = one.born_on and other.id > one.id
 where one.merged_into_id is null and other.merged_into_id is null
union
select one_id, other_id from people_likelyduplicate
limit %(most)s
"""


def find_likely_duplicates(*, at: dt.datetime, added_since: dt.datetime, most: int = 50_000) -> int:
    """Look through the whole office, and more closely at who was added lately; the answer is how many
    likely pairs there are."""
    with connection.cursor() as cursor:
        cursor.execute(PAIRS_SQL, {"largest": LARGEST_GROUP, "most": most})
        pairs = set(cursor.fetchall())
    recent = list(Person.objects.current().filter(added_at__gte=added_since).order_by("-id")[:2000])
    facts = facts_of(person.pk for person in recent)
    for person in recent:
        alike_ones = _candidates(person, facts[person.pk])
        pairs |= {_pair(person.pk, pk) for pk in alike_ones if pk != person.pk}
    return _keep_pairs(sorted(pairs), at=at)


@transaction.atomic
def _keep_pairs(pairs: list[tuple[int, int]], *, at: dt.datetime) -> int:
    found = []
    for start in range(0, len(pairs), 1000):
        some = pairs[start : start + 1000]
        facts = facts_of({pk for pair in some for pk in pair})
        for one, other in some:
            if one in facts and other in facts:
                total, reasons = score(facts[one], facts[other])
                if total >= LIKELY:
                    row = LikelyDuplicate(
                        one_id=one, other_id=other, score=total, reasons=list(reasons), found_at=at
                    )
                    found.append(row)
    LikelyDuplicate.objects.bulk_create(
        found,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["one", "other"],
        update_fields=["score", "reasons", "found_at"],
    )
    LikelyDuplicate.objects.filter(found_at__lt=at).delete()
    return len(found)


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
