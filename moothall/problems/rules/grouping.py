"""Finding groups: cases of one desk that came in within a fortnight and say nearly the same.

Restricted and sealed cases are never looked at. The numbers are worked out by scikit-learn, which is loaded
only here, in the job of the night.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from moothall.cases.models import Case, Entry
from moothall.knowledge.rules.suggesting import COMMON_WELSH, words_of
from moothall.problems.models import Candidate, CandidateCase, ProblemCase
from moothall.records.rules.audit import append_audit

LOOKED_BACK = dt.timedelta(weeks=6)
WITHIN = dt.timedelta(days=14)
REMEMBERED = dt.timedelta(days=180)
MOST_CASES = 4000
MOST_LETTERS = 600
MOST_GROUPS = 20
FEWEST = 4
ALIKE = 0.32
TELLING = 5
SAME = 0.5
ASKING = (Entry.MAIL_IN, Entry.CALL, Entry.COUNTER)


@dataclass(frozen=True)
class Text:
    """What one case says, and when it came."""

    case_id: int
    received_at: dt.datetime
    words: str


@dataclass(frozen=True)
class Group:
    """Cases that say nearly the same, and the words they share, the most telling first."""

    cases: tuple[int, ...]
    words: tuple[str, ...]


def find_candidates(*, at: dt.datetime) -> int:
    """Look at every desk's recent cases; the answer is how many groups are offered."""
    desks = Case.objects.filter(received_at__gte=at - LOOKED_BACK).order_by("service__desk")
    found = 0
    for desk in desks.values_list("service__desk", flat=True).distinct():
        texts = texts_of(desk, at=at)
        found += keep_groups(desk, groups_in(texts), texts, at=at)
    return found


def texts_of(desk: str, *, at: dt.datetime) -> list[Text]:
    """Recent cases of a desk that belong to no problem yet, with what was first said to us."""
    linked = ProblemCase.objects.filter(case=OuterRef("pk"), ended_at=None)
    cases = (
        Case.objects.filter(service__desk=desk, received_at__gte=at - LOOKED_BACK, merged_into=None)
        .filter(confidentiality__in=(Case.ANYONE, Case.TEAM)).filter(~Exists(linked))
        .order_by("-received_at", "-id")[:MOST_CASES]
    )  # fmt: skip
    rows = {case.pk: case for case in cases}
    first = Entry.objects.filter(case__in=list(rows), kind__in=ASKING).order_by("case_id", "at", "id")
    said = dict(first.distinct("case_id").values_list("case_id", "text"))
    return [
        Text(id, case.received_at, f"{case.title} {case.title} {said.get(id, '')[:MOST_LETTERS]}")
        for id, case in rows.items()
    ]


def telling_words(text: str) -> list[str]:
    return [word for word in words_of(text) if word not in COMMON_WELSH]


def groups_in(texts: Sequence[Text]) -> list[Group]:
    """The groups among these texts, the largest first; no case stands in two."""
    if len(texts) < FEWEST:
        return []
    matrix, names = _weighed([each.words for each in texts])
    if matrix is None:
        return []
    alike = (matrix @ matrix.T).tocsr()
    near = {
        row: [
            int(column)
            for column, value in zip(
                alike.indices[alike.indptr[row] : alike.indptr[row + 1]],
                alike.data[alike.indptr[row] : alike.indptr[row + 1]],
                strict=True,
            )
            if value >= ALIKE
        ]
        for row in range(len(texts))
    }
    return _largest_first(texts, near, matrix, names)


def _weighed(texts: Sequence[str]) -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

    stop = [*ENGLISH_STOP_WORDS, *COMMON_WELSH]
    vectorizer = TfidfVectorizer(
        tokenizer=telling_words, token_pattern=None, stop_words=None, lowercase=True, min_df=2,
        max_df=0.6 if len(texts) > 20 else 1.0, sublinear_tf=True,
    )  # fmt: skip
    kept = [" ".join(word for word in telling_words(text) if word not in stop) for text in texts]
    if not any(kept):
        return None, None
    try:
        return vectorizer.fit_transform(kept), vectorizer.get_feature_names_out()
    except ValueError:  # no word stands in two of the texts
        return None, None


def _largest_first(texts: Sequence[Text], near: dict[int, list[int]], matrix: Any, names: Any) -> list[Group]:
    left, found = set(near), list[Group]()
    for leader in sorted(near, key=lambda row: (-len(near[row]), row)):
        members = _within_a_fortnight([row for row in near[leader] if row in left], texts)
        if leader not in left or len(members) < FEWEST or len(found) >= MOST_GROUPS:
            continue
        weights = matrix[members].mean(axis=0).A1
        best = [str(names[index]) for index in weights.argsort()[::-1][:TELLING] if weights[index] > 0]
        found.append(Group(tuple(texts[row].case_id for row in members), tuple(best)))
        left -= set(members)
    return found


def _within_a_fortnight(rows: list[int], texts: Sequence[Text]) -> list[int]:
    """Of these, the most that came in within a fortnight of each other."""
    ordered = sorted(rows, key=lambda row: (texts[row].received_at, row))
    best: list[int] = []
    for start, row in enumerate(ordered):
        end = texts[row].received_at + WITHIN
        span = [each for each in ordered[start:] if texts[each].received_at <= end]
        best = span if len(span) > len(best) else best
    return best


@transaction.atomic
def keep_groups(desk: str, groups: Sequence[Group], texts: Sequence[Text], *, at: dt.datetime) -> int:
    """Write down what was found afresh; a group that was settled before is not offered again."""
    settled = Candidate.objects.exclude(state=Candidate.NEW).filter(
        desk=desk, settled_at__gte=at - REMEMBERED
    )
    known = [set(words) for words in settled.values_list("words", flat=True)]
    Candidate.objects.filter(desk=desk, state=Candidate.NEW).delete()
    said = {text.case_id: set(telling_words(text.words)) for text in texts}
    offered = 0
    for group in groups:
        if any(_overlap(set(group.words), words) >= SAME for words in known):
            continue
        candidate = Candidate.objects.create(desk=desk, words=list(group.words), found_at=at)
        CandidateCase.objects.bulk_create(
            CandidateCase(
                candidate=candidate, case_id=id, words=[word for word in group.words if word in said[id]]
            )
            for id in group.cases
        )
        offered += 1
    append_audit("problems.find", by=None, at=at, detail={"desk": desk, "offered": offered})
    return offered


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def shared_words(members: Sequence[CandidateCase]) -> list[str]:
    """The words that most of these very cases share, the commonest first."""
    counts: dict[str, int] = defaultdict(int)
    for member in members:
        for word in member.words:
            counts[word] += 1
    return sorted((word for word in counts if counts[word] > 1), key=lambda word: (-counts[word], word))
