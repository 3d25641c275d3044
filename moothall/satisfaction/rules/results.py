"""What people said, counted by service, team, channel and month, and how many of those asked answered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format

from moothall.cases.models import Service
from moothall.people.models import Account, Team
from moothall.satisfaction.models import Survey, SurveyAnswer

DIMENSIONS: Final = ("service", "team", "channel", "month")
SCORES: Final = (5, 4, 3, 2, 1)


@dataclass
class Result:
    """One line: how many were asked and answered, and how the answers spread from very good to very poor."""

    name: str
    asked: int = 0
    spread: dict[int, int] = field(default_factory=lambda: dict.fromkeys(SCORES, 0))

    @property
    def answers(self) -> int:
        return sum(self.spread.values())

    @property
    def rate(self) -> int | None:
        """How many of a hundred that were asked have answered."""
        return round(100 * min(self.answers, self.asked) / self.asked) if self.asked else None

    @property
    def average(self) -> float | None:
        many = self.answers
        return round(sum(score * count for score, count in self.spread.items()) / many, 1) if many else None

    @property
    def good(self) -> int | None:
        """How many of a hundred said good or very good."""
        return round(100 * (self.spread[5] + self.spread[4]) / self.answers) if self.answers else None


def results_for(account: Account, *, by: str, language: str) -> tuple[list[Result], Result]:
    """A line for each value of one dimension, the fullest first (months in order), and the whole."""
    answers = SurveyAnswer.objects.visible_to(account)
    latest = answers.standing().values("service_id", "team_id", "channel", "closed_on", "score")
    lines: dict[Any, Result] = defaultdict(lambda: Result(""))
    whole = Result("")
    for row in latest:
        for line in (lines[_key(row, by)], whole):
            line.spread[row["score"]] += 1
    for key, count in _asked(account, by):
        lines[key].asked += count
        whole.asked += count
    _name(lines, by, language)
    if by == "month":
        return [lines[key] for key in sorted(lines)], whole
    return sorted(lines.values(), key=lambda line: (-line.asked, line.name)), whole


def _key(row: Mapping[str, Any], by: str) -> Any:
    return row[{"service": "service_id", "team": "team_id", "channel": "channel", "month": "closed_on"}[by]]


def _asked(account: Account, by: str) -> Iterable[tuple[Any, int]]:
    """How many surveys were sent, for each value."""
    rows = Survey.objects.filter(state=Survey.SENT)
    standing = account.standing()
    if not standing.everywhere_for("satisfaction.view"):
        rows = rows.filter(case__team_id__in=standing.teams_for("satisfaction.view"))
    if by == "month":
        months = rows.annotate(key=TruncMonth("case__closed_at")).values_list("key").annotate(Count("pk"))
        return [(key.date(), count) for key, count in months if key is not None]
    path = {"service": "case__service_id", "team": "case__team_id", "channel": "case__channel"}[by]
    return list(rows.values_list(path).annotate(Count("pk")).order_by())


def _name(lines: dict[Any, Result], by: str, language: str) -> None:
    names: dict[Any, str] = {}
    if by == "service":
        names = {each.pk: each.name_in(language) for each in Service.objects.filter(pk__in=list(lines))}
    elif by == "team":
        names = {each.pk: each.name_in(language) for each in Team.objects.filter(pk__in=list(lines))}
    for key, line in lines.items():
        line.name = date_format(key, "F Y") if by == "month" else names.get(key, str(key))
