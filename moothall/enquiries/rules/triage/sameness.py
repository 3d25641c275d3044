"""Who else wrote this, and which case it repeats or belongs to: found by number, address and wording."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet

from moothall.cases.models import Case
from moothall.enquiries.models import Suggestion
from moothall.enquiries.triage.features import fold, words_of
from moothall.people.models import ContactPoint
from moothall.people.models.contact_folding import fold_email, fold_phone

from .texts import texts_of

TELEPHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d\s().-]{8,20}\d(?!\w)")
ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")
SHORTEST_NUMBER = 10
SAME_PERSON_WITHIN, ANYBODY_WITHIN = dt.timedelta(weeks=8), dt.timedelta(weeks=2)
MOST_SHARING = 3  # a number that more people share is an office's, not a person's
MOST_LOOKED_AT = 2_000  # of a team's newest cases: a day of the largest office
MOST_COMPARED = 12
ALIKE_TITLES = 0.55
SAME, ALIKE, BY_ANYBODY = 0.6, 0.35, 0.75  # of the longer words
LONG_WORD = 4


@dataclass(frozen=True)
class Found:
    """Something likely about a case, before it is written down."""

    kind: str
    value: str
    confidence: float
    reason: dict[str, Any] = field(default_factory=dict)
    other: Case | None = None
    person_id: int | None = None


def same_person(case: Case, text: str) -> list[Found]:
    """Somebody known whose number or address stands in the text, and who is not the one who asked."""
    numbers = {fold_phone(each): each.strip() for each in TELEPHONE.findall(text)}
    wanted = {(ContactPoint.PHONE, folded): said for folded, said in numbers.items() if _is_long(folded)}
    wanted |= {(ContactPoint.EMAIL, fold_email(each)): each for each in ADDRESS.findall(text)}
    if not wanted:
        return []
    matches = Q(pk__in=[])
    for kind, folded in wanted:
        matches |= Q(kind=kind, folded=folded)
    points = ContactPoint.objects.in_use().filter(matches, person__merged_into=None)
    found: dict[tuple[str, str], list[ContactPoint]] = {}
    for point in points.select_related("person").order_by("id")[:50]:
        found.setdefault((point.kind, point.folded), []).append(point)
    return _persons(case, wanted, found)


def _is_long(folded: str) -> bool:
    return len(folded) >= SHORTEST_NUMBER


def _persons(
    case: Case, wanted: dict[tuple[str, str], str], found: dict[tuple[str, str], list[ContactPoint]]
) -> list[Found]:
    made: dict[int, Found] = {}
    for key, points in found.items():
        if len(points) > MOST_SHARING or case.requester_id in {point.person_id for point in points}:
            continue
        for point in points:
            code = "same_phone" if point.kind == ContactPoint.PHONE else "same_email"
            made.setdefault(
                point.person_id,
                Found(
                    Suggestion.PERSON, point.person.reference, 0.9 if len(points) == 1 else 0.6,
                    {"code": code, "said": wanted[key][:80]}, person_id=point.person_id,
                ),
            )  # fmt: skip
    return list(made.values())[:2]


def near_cases(case: Case, text: str) -> list[Found]:
    """Cases that ask the same, or belong together: by the same person, or in nearly the same words."""
    compared = _compared(case)
    texts = texts_of(compared)
    judged = [found for other in compared if (found := _near(case, text, other, texts[other.pk]))]
    judged.sort(key=lambda each: -each.confidence)
    return judged[:2]


def _compared(case: Case) -> list[Case]:
    """A few cases that nobody is kept from by name: of the same person, or with a title like this one's."""
    readable: QuerySet[Case] = Case.objects.filter(
        confidentiality__in=[Case.ANYONE, Case.TEAM], merged_into=None, parent_step=None,
        received_at__lte=case.received_at,
    ).exclude(pk=case.pk)  # fmt: skip
    theirs: Iterable[Case] = []
    if case.requester_id is not None:
        since = case.received_at - SAME_PERSON_WITHIN
        theirs = readable.filter(requester=case.requester_id, received_at__gte=since).order_by(
            "-received_at", "-id"
        )[:MOST_COMPARED]
    since = case.received_at - ANYBODY_WITHIN
    lately = readable.filter(team=case.team_id, received_at__gte=since).order_by("-received_at", "-id")
    alike = (
        readable.filter(pk__in=lately.values("pk")[:MOST_LOOKED_AT])
        .annotate(alike=TrigramSimilarity("title", case.title))
        .filter(alike__gte=ALIKE_TITLES)
        .order_by("-alike", "-received_at", "-id")[:MOST_COMPARED]
    )
    return list({other.pk: other for other in [*theirs, *alike] if other.pk not in _linked(case)}.values())


def _linked(case: Case) -> set[int]:
    there = case.links.filter(ended_at=None).values_list("other_id", flat=True)
    back = case.linked_from.filter(ended_at=None).values_list("case_id", flat=True)
    return {*there, *back}


def _near(case: Case, text: str, other: Case, said: str) -> Found | None:
    likeness = likeness_of(text, said)
    days = max((case.received_at - other.received_at).days, 0)
    by_same = case.requester_id is not None and case.requester_id == other.requester_id
    reason = {"code": "same_person_alike" if by_same else "alike", "days": days}
    if by_same and likeness >= SAME:
        return _found(Suggestion.DUPLICATE, other, likeness, reason)
    if by_same and likeness >= ALIKE:
        return _found(Suggestion.RELATED, other, likeness, reason)
    if not by_same and likeness >= BY_ANYBODY:
        return _found(Suggestion.RELATED, other, likeness, reason)
    return None


def likeness_of(one: str, other: str) -> float:
    """The share of their longer words that two texts have in common, from 0 to 1."""
    first, second = (
        {word for word in words_of(fold(each)) if len(word) >= LONG_WORD} for each in (one, other)
    )
    return len(first & second) / len(first | second) if first and second else 0.0


def _found(kind: str, other: Case, likeness: float, reason: dict[str, Any]) -> Found:
    return Found(kind, other.reference, min(likeness, 1.0), reason, other=other)
