"""Where knowledge falls short: articles that fail to answer, and questions that no article answers."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, F, Max, OuterRef, Q, Sum, Value

from moothall.cases.models import Case, Entry
from moothall.knowledge.models import AnsweredWith, Article, Opinion, Question, Word
from moothall.people.models import Account

from .suggesting import COMMON_WELSH, words_of

AGAIN_WITHIN = dt.timedelta(days=14)
LOOKED_BACK = dt.timedelta(days=180)
MOST_CASES = 2000
MOST_GROUPS = 20
FEWEST = 2
WROTE = (Entry.MAIL_IN, Entry.CALL, Entry.COUNTER)


@dataclass(frozen=True)
class Failing:
    """An article that was used, after which people wrote again or said that it did not help."""

    article: Article
    used: int
    came_back: int
    helped: int
    not_helped: int

    @property
    def failed(self) -> int:
        return self.came_back + self.not_helped


@dataclass(frozen=True)
class Asked:
    """Closed cases that share words, and were answered with no article."""

    words: tuple[str, ...]
    cases: tuple[Case, ...]

    @property
    def title(self) -> str:
        return " ".join(self.words).capitalize()


def failing_articles(account: Account, *, on: dt.date) -> list[Failing]:
    """Articles that failed somebody in the last half year, the worst first."""
    since = on - LOOKED_BACK
    window = ExpressionWrapper(OuterRef("at") + Value(AGAIN_WITHIN), output_field=DateTimeField())
    again = Entry.objects.filter(case=OuterRef("case"), kind__in=WROTE, at__gt=OuterRef("at"), at__lte=window)
    visible = Case.objects.visible_to(account)
    used = (
        AnsweredWith.objects.filter(article__isnull=False, at__date__gte=since, case__in=visible)
        .annotate(again=Exists(again)).order_by().values_list("article_id")
        .annotate(used=Count("pk"), back=Count("pk", filter=Q(again=True)))
    )  # fmt: skip
    said = (
        Opinion.objects.filter(on__gte=since).order_by().values_list("article_id")
        .annotate(yes=Count("pk", filter=Q(helped=True)), no=Count("pk", filter=Q(helped=False)))
    )  # fmt: skip
    uses = {id: (many, back) for id, many, back in used}
    words = {id: (yes, no) for id, yes, no in said}
    articles = Article.objects.exclude(state=Article.DRAFT).in_bulk({*uses, *words})
    found = [
        Failing(article, *uses.get(id, (0, 0)), *words.get(id, (0, 0))) for id, article in articles.items()
    ]
    return sorted(
        (each for each in found if each.failed), key=lambda each: (-each.failed, each.article.title)
    )


def unanswered_questions(account: Account, *, on: dt.date) -> list[Asked]:
    """Cases of the last half year that were closed and answered with no article, grouped by their words."""
    cases = list(
        Case.objects.visible_to(account)
        .filter(status=Case.CLOSED, merged_into=None, received_at__date__gte=on - LOOKED_BACK)
        .filter(~Exists(AnsweredWith.objects.filter(case=OuterRef("pk"))))
        .exclude(confidentiality=Case.SEALED)
        .order_by("-received_at", "-id")[:MOST_CASES]
    )
    return grouped(cases)


def grouped(cases: Sequence[Case]) -> list[Asked]:
    """The largest group first: each by the words that most cases share and no article's title has."""
    stems = _stems(cases)
    answered = set(Word.objects.filter(article__isnull=False, weight=3).values_list("lexeme", flat=True))
    words_in = {
        case.pk: {stems[word]: word for word in _telling(case) if stems.get(word, "") not in {"", *answered}}
        for case in cases
    }
    left = {case.pk: case for case in cases if words_in[case.pk]}
    found: list[Asked] = []
    while left and len(found) < MOST_GROUPS:
        group = _largest(left, words_in)
        if len(group.cases) < FEWEST:
            break
        found.append(group)
        for case in group.cases:
            del left[case.pk]
    return found


def _telling(case: Case) -> list[str]:
    return [word for word in words_of(case.title) if word not in COMMON_WELSH]


def _largest(left: dict[int, Case], words_in: dict[int, dict[str, str]]) -> Asked:
    holders: dict[str, list[int]] = defaultdict(list)
    for id in left:
        for stem in words_in[id]:
            holders[stem].append(id)
    first = max(sorted(holders), key=lambda stem: len(holders[stem]))
    ids = holders[first]
    others = Counter(stem for id in ids for stem in words_in[id] if stem != first)
    second = [stem for stem, many in sorted(others.items(), key=lambda one: (-one[1], one[0])) if many > 1][
        :1
    ]
    shown = [words_in[ids[0]][first], *(word for stem in second for word in _as_written(stem, ids, words_in))]
    return Asked(tuple(shown), tuple(left[id] for id in ids))


def _as_written(stem: str, ids: list[int], words_in: dict[int, dict[str, str]]) -> list[str]:
    return [words_in[id][stem] for id in ids if stem in words_in[id]][:1]


def _stems(cases: Sequence[Case]) -> dict[str, str]:
    """What each word of the titles is compared by; the commonest words of English have none."""
    words = sorted({word for case in cases for word in words_of(case.title)})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, (tsvector_to_array(to_tsvector('moothall_en', word)))[1] "
            "FROM unnest(%s::text[]) AS word",
            [words],
        )
        return {word: stem for word, stem in cursor.fetchall() if stem}


@dataclass(frozen=True)
class Missed:
    """Words that readers of the help pages found nothing for."""

    words: str
    times: int
    latest: dt.date


def missed_searches(*, on: dt.date) -> list[Missed]:
    rows = (
        Question.objects.filter(settled_at=None, on__gte=on - LOOKED_BACK).order_by().values_list("words")
        .annotate(times_in_all=Sum("times"), latest=Max("on")).order_by("-times_in_all", F("words"))[:50]
    )  # fmt: skip
    return [Missed(*row) for row in rows]
