"""What might answer a text: articles and entries that share its rarer words or have answered the like.

Pure questions: nothing here writes. Every suggestion says why it is made.
"""

import datetime as dt
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moothall.cases.models import Case, Service
from moothall.knowledge.models import AnsweredWith, Article, Signpost
from moothall.people.models import Account

LETTERS = re.compile(r"[^\W\d_]{3,}")
MOST_WORDS = 200
LATELY = dt.timedelta(days=365)
ENOUGH = 3.0  # two rare words, or one that stands in a title
TOLD_WORDS = 4
# Welsh has no stemmer here, so that its commonest words are left out by name.
WELSH = (
    "alla allwch annwyl arall atoch beth ble bod bore byddaf byddai byddwn cael chi chwi cofion dan "
    "diolch dros drwy dymuniadau eich ein eto felly fod fory gael gallwch gan gennyf gennym gorau gyda "
    "heddiw hefyd helo hoffem hoffwn hon honno hyn hynny mae mewn nad nawr neu nid oedd oes ond pam pan "
    "pryd prynhawn pwy rhai roedd rwyf sut sydd unrhyw wedi wedyn ydi ydw ydy ydych "
)
COMMON_WELSH = frozenset(WELSH.split())
HITS = """
SELECT held.article_id, held.signpost_id, asked.word, held.language || ':' || held.lexeme, held.weight
FROM (
  SELECT word, 'en' AS language, unnest(tsvector_to_array(to_tsvector('moothall_en', word))) AS lexeme
  FROM unnest(%(words)s::text[]) AS word WHERE 'en' = ANY(%(languages)s)
  UNION
  SELECT word, 'cy', unnest(tsvector_to_array(to_tsvector('moothall_cy', word)))
  FROM unnest(%(welsh)s::text[]) AS word WHERE 'cy' = ANY(%(languages)s)
) AS asked
JOIN knowledge_word held USING (language, lexeme)
WHERE held.{column} IS NOT NULL
"""
T = TypeVar("T", Article, Signpost)


@dataclass(frozen=True)
class Suggestion(Generic[T]):
    """An article or an entry, how well it fits, and why: the words it shares, how many cases of the service
    it has answered, and whether it was written for the service."""

    found: T
    score: float
    words: tuple[str, ...] = ()
    answered: int = 0
    own: bool = False

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(reasons_in_words(self.words, self.answered, own=self.own))


@dataclass
class _Fit:
    """How well one of them fits."""

    score: float = 0.0
    words: dict[str, float] = field(default_factory=dict)
    titled: bool = False


def suggestions_for(
    text: str, *, language: str, service: Service | None, account: Account | None, on: dt.date, most: int = 3
) -> list[Suggestion[Article]]:
    """The articles that might answer this text, best first; none rather than a guess. Without an account, by
    its words alone: how many cases were answered is told only to whoever may see them."""
    fits = _fits(text, language, "article_id", Article.objects.published().count())
    own = set()
    if service is not None:
        own = set(Article.objects.published().filter(services=service).values_list("pk", flat=True))
    answered = _answered(account, service, on, {"article_id__in": [*fits, *own]}, "article_id")
    rows = Article.objects.published().select_related("current").in_bulk({*fits, *own})
    return _ranked(rows, fits, answered, own, most)


def signposts_for(
    text: str, *, language: str, service: Service | None, account: Account | None, on: dt.date, most: int = 3
) -> list[Suggestion[Signpost]]:
    """Whom the writer might be sent to, best first; only those who can be sent to on this day."""
    offered = Signpost.objects.in_force(on)
    fits = _fits(text, language, "signpost_id", offered.count())
    answered = _answered(account, service, on, {"signpost_id__in": list(fits)}, "signpost_id")
    return _ranked(offered.in_bulk(fits), fits, answered, set(), most)


def words_of(text: str) -> list[str]:
    """The words of a text, each once, in the order they come."""
    return list(dict.fromkeys(found.lower() for found in LETTERS.findall(text)))[:MOST_WORDS]


def _fits(text: str, language: str, column: str, many: int) -> dict[int, _Fit]:
    """For each that shares words: the words, weighed by how few others have them."""
    words = words_of(text)
    if not words:
        return {}
    asked = {
        "words": words,
        "welsh": [word for word in words if word not in COMMON_WELSH],
        "languages": [language] if language in {"en", "cy"} else ["en", "cy"],
    }
    with connection.cursor() as cursor:
        cursor.execute(HITS.format(column=column), asked)
        hits = [(article or signpost, *rest) for article, signpost, *rest in cursor.fetchall()]
    return _weighed(hits, many)


def _weighed(hits: Sequence[tuple[int, str, str, int]], many: int) -> dict[int, _Fit]:
    holders: dict[str, set[int]] = defaultdict(set)
    for id, _word, lexeme, _weight in hits:
        holders[lexeme].add(id)
    rarity = {lexeme: math.log(1 + max(many, 1) / len(ids)) for lexeme, ids in holders.items()}
    fits: dict[int, _Fit] = defaultdict(_Fit)
    counted: set[tuple[int, str]] = set()
    for id, word, lexeme, weight in sorted(hits):
        if (id, lexeme) in counted:
            continue
        counted.add((id, lexeme))
        fit = fits[id]
        value = rarity[lexeme] * (0.5 + 0.5 * weight)
        fit.score += value
        fit.words[word] = max(value, fit.words.get(word, 0.0))
        fit.titled = fit.titled or weight == 3
    return dict(fits)


def _answered(
    account: Account | None,
    service: Service | None,
    on: dt.date,
    narrowed: dict[str, list[int]],
    column: str,
) -> dict[int, int]:
    """How many cases of this service each answered lately, of those the account may see."""
    if account is None or service is None or not next(iter(narrowed.values())):
        return {}
    cases = Case.objects.visible_to(account).filter(service=service)
    rows = AnsweredWith.objects.filter(case__in=cases, at__date__gte=on - LATELY, **narrowed)
    return dict(rows.order_by().values_list(column).annotate(many=Count("case", distinct=True)))


def _ranked(
    rows: dict[int, T], fits: dict[int, _Fit], answered: dict[int, int], own: set[int], most: int
) -> list[Suggestion[T]]:
    found = []
    for id, row in rows.items():
        fit, many = fits.get(id, _Fit()), answered.get(id, 0)
        by_words = fit.score >= ENOUGH and (len(fit.words) > 1 or fit.titled)
        if not by_words and not many:
            continue
        score = fit.score + 1.5 * math.log1p(many) + (2.0 if id in own else 0.0)
        found.append(Suggestion(row, round(score, 3), _telling(fit) if by_words else (), many, id in own))
    found.sort(key=lambda each: (-each.score, each.found.pk))
    return found[:most]


def _telling(fit: _Fit) -> tuple[str, ...]:
    return tuple(sorted(fit.words, key=lambda word: (-fit.words[word], word))[:TOLD_WORDS])


def reasons_in_words(words: Sequence[str], answered: int, *, own: bool) -> Iterable[str]:
    """Why something is suggested, in the language of the page."""
    if words:
        said = ", ".join(f"“{word}”" for word in words)
        shared = ngettext("shares the word %(words)s", "shares the words %(words)s", len(words))
        yield shared % {"words": said}
    if answered:
        many = ngettext(
            "answered %(many)d case of this service", "answered %(many)d cases of this service", answered
        )
        yield many % {"many": answered}
    if own:
        yield _("written for this service")
