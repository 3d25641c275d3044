"""The funnel by what was said for monitoring. Rows that lead to nobody are counted, small numbers are hidden
with whatever would give them away, and a ratio is only said of enough people. Reads only."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.recruitment.models import (
    Campaign,
    FigureRule,
    FunnelStage,
    Monitoring,
    MonitoringQuestion,
    Route,
)

from .choosing import Rules
from .hiding import hide, rounded

UNSAID: Final = ("", "unsaid")
NOT_SAID: Final = "unsaid"
Said = Counter[tuple[str, int]]


@dataclass(frozen=True)
class Asked:
    """A whole business year, or a campaign from its beginning: of days chosen freely, two choices would give
    away whoever applied between them."""

    year: int
    campaign: Campaign | None = None
    route: Route | None = None

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, 4, 1)

    @property
    def query(self) -> str:
        said = [f"year={self.year}", *([f"campaign={self.campaign.pk}"] if self.campaign else [])]
        return "&".join(said + ([f"route={self.route.key}"] if self.route else []))

    @property
    def last(self) -> dt.date:
        return dt.date(self.year + 1, 3, 31)


@dataclass(frozen=True)
class Number:
    """One number as it is shown; `of_applied` of a hundred, `ratio` against the group that does best."""

    shown: int | None
    of_applied: int | None = None
    ratio: Decimal | None = None
    too_few: bool = False
    adverse: bool = False


@dataclass(frozen=True)
class Group:
    key: str
    words: str
    numbers: list[Number]

    @property
    def ends(self) -> list[Number]:
        """Who applied, and who was successful."""
        return [self.numbers[0], self.numbers[-1]]


@dataclass(frozen=True)
class Characteristic:
    """One question: its groups, each with a number for every stage from having applied on."""

    key: str
    words: str
    groups: list[Group]
    any_hidden: bool


def any_counted(found: Sequence[Characteristic]) -> bool:
    """Whether anything was said at all: whatever is not nothing is shown or hidden."""
    return any(each.any_hidden or any(group.numbers[0].shown for group in each.groups) for each in found)


def year_of(day: dt.date) -> int:
    """The business year, from April: named by the year in which it begins."""
    return day.year if day.month >= 4 else day.year - 1


@for_the_office()
def counts_of(asked: Asked, account: Account, keys: Sequence[str]) -> dict[str, Said]:
    """How many said what and came how far, by question, of campaigns that the account may see."""
    seen = Campaign.objects.visible_to(account).order_by().values("pk")
    rows = Monitoring.objects.filter(campaign__in=seen, month__isnull=False)
    if asked.campaign is not None:
        rows = rows.filter(campaign=asked.campaign)
    else:
        rows = rows.filter(month__gte=asked.first, month__lte=asked.last)
    rows = rows.filter(route=asked.route) if asked.route else rows
    found: dict[str, Said] = {key: Counter() for key in keys}
    for said, passed in rows.order_by().values_list("said", "passed"):
        for key in keys:
            found[key][str(said.get(key) or ""), passed] += 1
    return found


def characteristics(
    asked: Asked, account: Account, ladder: Sequence[FunnelStage], rules: Rules, *, language: str,
    scope: str = "",
) -> list[Characteristic]:  # fmt: skip
    """Every question that is or was asked. Whoever left one open has not said."""
    questions = list(MonitoringQuestion.objects.order_by("place", "id"))
    counted = counts_of(asked, account, [each.key for each in questions])
    return [
        _one(each, counted[each.key], ladder, rules, language, scope)
        for each in questions
        if each.retired_at is None or any(said for said, _passed in counted[each.key])
    ]


def _one(
    question: MonitoringQuestion, counts: Said, ladder: Sequence[FunnelStage], rules: Rules, language: str,
    scope: str,
) -> Characteristic:  # fmt: skip
    words = _words(question.question, language)
    groups = {key: key for key in words} | dict.fromkeys(UNSAID, NOT_SAID)
    table = {key: [0] * (len(ladder) + 1) for key in words}
    for (said, passed), many in counts.items():
        line = table.setdefault(groups.get(said, said), [0] * (len(ladder) + 1))
        for place in range(1 + sum(stage.place <= passed for stage in ladder)):
            line[place] += many
    lines = list(table.values())
    hidden = hide(lines, below=int(rules.amount(FigureRule.HIDE_BELOW, scope)))
    numbers = _numbers(lines, hidden, rules, scope)
    shown = [Group(key, words.get(key, key), each) for key, each in zip(table, numbers, strict=True)]
    title = str(question.question.get("title_cy" if language == "cy" else "title") or question.key)
    return Characteristic(question.key, title, shown, any(any(line) for line in hidden))


def _words(question: Mapping[str, Any], language: str) -> dict[str, str]:
    name = "title_cy" if language == "cy" else "title"
    said = {str(each["const"]): str(each.get(name) or each["title"]) for each in question.get("oneOf", [])}
    return said | ({} if NOT_SAID in said else {NOT_SAID: str(_("Not said"))})


def _numbers(
    lines: Sequence[Sequence[int]], hidden: list[list[bool]], rules: Rules, scope: str
) -> list[list[Number]]:
    to = int(rules.amount(FigureRule.ROUND_TO, scope))
    fewest, least = rules.amount(FigureRule.FEWEST, scope), rules.amount(FigureRule.ADVERSE, scope)
    best = [_best(lines, hidden, stage, fewest) for stage in range(len(lines[0]))]
    return [
        [
            _number(line, mask, stage, best[stage], to=to, fewest=fewest, least=least)
            for stage in range(len(line))
        ]
        for line, mask in zip(lines, hidden, strict=True)
    ]  # fmt: skip


def _best(lines: Sequence[Sequence[int]], hidden: list[list[bool]], stage: int, fewest: Decimal) -> Decimal:
    """The highest rate of a group of enough people whose numbers are shown."""
    rates = [
        Decimal(line[stage]) / line[0]
        for line, mask in zip(lines, hidden, strict=True)
        if line[0] and line[0] >= fewest and not mask[0] and not mask[stage]
    ]
    return max(rates, default=Decimal(0)) if len(rates) > 1 else Decimal(0)


def _number(
    line: Sequence[int], mask: Sequence[bool], stage: int, best: Decimal,
    *, to: int, fewest: Decimal, least: Decimal,
) -> Number:  # fmt: skip
    if mask[stage]:
        return Number(None, too_few=stage > 0)
    shown = rounded(line[stage], to)
    if stage == 0:
        return Number(shown)
    if mask[0] or not line[0] or line[0] < fewest:
        return Number(shown, too_few=True)
    rate = Decimal(line[stage]) / line[0]
    ratio = (rate / best).quantize(Decimal("0.01")) if best else None
    return Number(
        shown,
        round(100 * rate),
        ratio,
        too_few=ratio is None,
        adverse=bool(ratio is not None and ratio < least),
    )
