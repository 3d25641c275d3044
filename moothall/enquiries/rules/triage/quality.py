"""What the manager reads: how good the suggestions were on cases held back, and what people made of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import get_language

from moothall.cases.models import Service
from moothall.enquiries.models import LearnedModel, Measure, Suggestion

RECENT = dt.timedelta(weeks=12)
SHOWN_MODELS = 12
FEWEST_FOR_A_LANGUAGE = 20
WORKS_FROM = 0.7


@dataclass(frozen=True)
class Line:
    """One row of a table: shares in per cent, or nothing where nothing was asked."""

    name: str
    asked: int
    accuracy: int | None
    coverage: int | None
    precision: int | None
    top_three: int | None

    @property
    def unsure(self) -> int | None:
        return None if self.coverage is None else 100 - self.coverage


@dataclass(frozen=True)
class Made:
    """What people made of one kind of suggestion."""

    kind: str
    suggested: int
    accepted: int
    rejected: int
    overtaken: int

    @property
    def share(self) -> int | None:
        decided = self.accepted + self.rejected
        return round(100 * self.accepted / decided) if decided else None


@dataclass(frozen=True)
class Quality:
    model: LearnedModel | None
    questions: list[Line]
    services: list[Line]
    languages: list[Line]
    over_time: list[tuple[LearnedModel, Line]]
    made: list[Made]
    welsh_works: bool


def quality_now(*, at: dt.datetime) -> Quality:
    models = list(LearnedModel.objects.newest_first()[:SHOWN_MODELS])
    rows = list(Measure.objects.filter(model__in=models).order_by("question", "part", "-asked", "name"))
    newest = [row for row in rows if models and row.model_id == models[0].pk]
    by_service = [row for row in newest if row.question == "service"]
    whole = {row.model_id: row for row in rows if row.question == "service" and row.part == Measure.ALL}
    languages = [_line(row, row.name) for row in by_service if row.part == Measure.LANGUAGE]
    return Quality(
        model=models[0] if models else None,
        questions=[_line(row, row.question) for row in newest if row.part == Measure.ALL],
        services=_named([row for row in by_service if row.part == Measure.LABEL]),
        languages=languages,
        over_time=[(model, _line(whole[model.pk], "")) for model in models if model.pk in whole],
        made=_made_since(at - RECENT),
        welsh_works=any(_works(line) for line in languages if line.name == "cy"),
    )


def _works(line: Line) -> bool:
    return line.asked >= FEWEST_FOR_A_LANGUAGE and (line.accuracy or 0) >= WORKS_FROM * 100


def _line(row: Measure, name: str) -> Line:
    def share(part: int, of: int) -> int | None:
        return round(100 * part / of) if of else None

    return Line(
        name, row.asked, share(row.right, row.asked), share(row.sure, row.asked),
        share(row.sure_right, row.sure), share(row.among_three, row.asked),
    )  # fmt: skip


def _named(rows: Sequence[Measure]) -> list[Line]:
    language = get_language() or "en"
    names = {
        each.key: each.name_in(language) for each in Service.objects.filter(key__in=[r.name for r in rows])
    }
    return [_line(row, names.get(row.name, row.name)) for row in rows]


def _made_since(since: dt.datetime) -> list[Made]:
    """Counts only: which cases they were about is nobody's to learn here."""
    counted = (
        Suggestion.objects.filter(made_at__gte=since)
        .values("kind", "kind_order")
        .annotate(
            suggested=Count("pk"),
            accepted=Count("pk", filter=Q(decision=Suggestion.ACCEPTED)),
            rejected=Count("pk", filter=Q(decision=Suggestion.REJECTED)),
            overtaken=Count("pk", filter=Q(decision=Suggestion.PASSED)),
        )
        .order_by("kind_order")
    )
    return [
        Made(row["kind"], row["suggested"], row["accepted"], row["rejected"], row["overtaken"])
        for row in counted
    ]
