"""Who may come in: what somebody answered held against the rules of a route, each with its sentence. Nothing
here writes."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from moothall.recruitment.models import Campaign, EligibilityRule, Route

BORN_ON: Final = "born_on"


@dataclass(frozen=True)
class Unmet:
    """A rule that somebody does not meet, and what they are told."""

    rule: EligibilityRule
    told: str

    @property
    def stops(self) -> bool:
        return self.rule.stops


def rules_of(route: Route, *, on: dt.date) -> list[EligibilityRule]:
    return list(EligibilityRule.objects.in_force(on, route=route))


def question_of(rule: EligibilityRule) -> Mapping[str, Any]:
    """A rule as a question of the form."""
    kind = "integer" if rule.kind == EligibilityRule.AT_LEAST else "boolean"
    found: dict[str, Any] = {"type": kind, "title": rule.asks, "title_cy": rule.asks_cy}
    return found | ({"minimum": 0, "maximum": 999} if kind == "integer" else {})


def questions_of(rules: list[EligibilityRule]) -> dict[str, Mapping[str, Any]]:
    return {each.key: question_of(each) for each in rules if each.asks and each.kind not in each.ABOUT_AGE}


def asks_age(rules: list[EligibilityRule]) -> bool:
    return any(each.kind in each.ABOUT_AGE for each in rules)


def starts_on(campaign: Campaign) -> dt.date:
    """The day that ages are reckoned for: the start, or the closing day where none is known."""
    return campaign.starts_on or campaign.closes_on


def unmet_of(
    rules: list[EligibilityRule],
    facts: Mapping[str, Any],
    *,
    born_on: dt.date | None,
    on: dt.date,
    language: str,
) -> list[Unmet]:
    """What of the rules is not met; what nobody answered is not met either."""
    return list(_unmet(rules, facts, born_on, on, language))


def _unmet(
    rules: list[EligibilityRule],
    facts: Mapping[str, Any],
    born_on: dt.date | None,
    on: dt.date,
    language: str,
) -> Iterator[Unmet]:
    age = years_old(born_on, on) if born_on is not None else None
    for rule in rules:
        if not _is_met(rule, facts.get(rule.key), age):
            yield Unmet(rule, rule.told_in(language))


def _is_met(rule: EligibilityRule, said: Any, age: int | None) -> bool:
    if rule.kind == rule.YES:
        return said is True
    if rule.kind == rule.NO:
        return said is False
    number = said if rule.kind == rule.AT_LEAST else age
    if number is None or rule.amount is None:
        return False
    return number < rule.amount if rule.kind == rule.AGE_BELOW else number >= rule.amount


def years_old(born_on: dt.date, day: dt.date) -> int:
    had = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (not had)
