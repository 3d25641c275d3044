"""Whether somebody is entitled: their facts held against the rules of the day, one after the other, each
with what of it was met and what was not. Nothing here writes."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.transport.models import EligibilityRule
from moothall.transport.models.eligibility import FACTS, PHASES

AGE, PHASE, FACT = "AGE", "PHASE", "FACT"
OVER, AT_LEAST, UNTIL = "OVER", "AT_LEAST", "UNTIL"
OLDEST: Final = 999


@dataclass(frozen=True)
class Facts:
    """What is known of somebody who asks, on the day they begin to travel."""

    nation: str
    phase: str
    age: int
    miles: Decimal | None
    true: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Looked:
    """One rule held against the facts: what it asks for that is so, and what is not."""

    rule: EligibilityRule
    met: tuple[tuple[str, str], ...]
    unmet: tuple[tuple[str, str], ...]

    @property
    def entitles(self) -> bool:
        return not self.unmet

    def as_json(self) -> dict[str, Any]:
        """As an assessment keeps it, with the rule as it read then."""
        return {
            "rule": self.rule.pk, "name": self.rule.name, "name_cy": self.rule.name_cy,
            "source": self.rule.source, "is_law": self.rule.is_law, "confirmed": self.rule.confirmed,
            "met": [list(each) for each in self.met], "unmet": [list(each) for each in self.unmet],
        }  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """The first rule that entitles, if one does, and all that were looked at."""

    looked: tuple[Looked, ...] = field(default=())

    @property
    def rule(self) -> EligibilityRule | None:
        return next((each.rule for each in self.looked if each.entitles), None)


def find(facts: Facts, *, on: dt.date) -> Finding:
    """Every rule of that nation and day, in its order."""
    return judge(facts, EligibilityRule.objects.in_force(on, nation=facts.nation))


def judge(facts: Facts, rules: Iterable[EligibilityRule]) -> Finding:
    return Finding(tuple(_look(rule, facts) for rule in rules))


def _look(rule: EligibilityRule, facts: Facts) -> Looked:
    met: list[tuple[str, str]] = []
    unmet: list[tuple[str, str]] = []
    for kind, asked in conditions_of(rule):
        (met if _is_met(kind, asked, facts) else unmet).append((kind, asked))
    return Looked(rule, tuple(met), tuple(unmet))


def conditions_of(rule: EligibilityRule) -> Iterable[tuple[str, str]]:
    """What a rule asks for, as its kind and what is asked of it."""
    if rule.phases:
        yield PHASE, ",".join(rule.phases)
    if rule.age_from is not None or rule.age_below is not None:
        yield AGE, f"{rule.age_from or 0}-{rule.age_below or OLDEST}"
    if rule.miles_from is not None:
        yield AT_LEAST if rule.miles_included else OVER, f"{rule.miles_from}"
    if rule.miles_until is not None:
        yield UNTIL, f"{rule.miles_until}"
    for each in rule.needs:
        yield FACT, each


def _is_met(kind: str, asked: str, facts: Facts) -> bool:
    if kind == PHASE:
        return facts.phase in asked.split(",")
    if kind == AGE:
        first, below = map(int, asked.split("-"))
        return first <= facts.age < below
    if kind == FACT:
        return asked in facts.true
    if facts.miles is None:
        return False
    limit = Decimal(asked)
    if kind == UNTIL:
        return facts.miles <= limit
    return facts.miles >= limit if kind == AT_LEAST else facts.miles > limit


DISTANCES: Final[Mapping[str, Any]] = {
    OVER: gettext_lazy("over %(miles)s miles on foot"),
    AT_LEAST: gettext_lazy("%(miles)s miles or further on foot"),
    UNTIL: gettext_lazy("not over %(miles)s miles"),
}


def in_words(kind: str, asked: str) -> str:
    """What a rule asks for, as people read it."""
    if kind == AGE:
        return _ages(*map(int, asked.split("-")))
    if kind == PHASE:
        names: Mapping[str, Any] = dict(PHASES)
        return ", ".join(str(names.get(each, each)) for each in asked.split(","))
    if kind in DISTANCES:
        return str(DISTANCES[kind]) % {"miles": _trim(asked)}
    facts: Mapping[str, Any] = dict(FACTS)
    return str(facts.get(asked, asked))


def _ages(first: int, below: int) -> str:
    if below >= OLDEST:
        return _("%(age)s years or older") % {"age": first}
    if not first:
        return _("younger than %(age)s") % {"age": below}
    return _("from %(first)s to %(last)s years old") % {"first": first, "last": below - 1}


def _trim(miles: str) -> str:
    return f"{Decimal(miles).normalize():f}"


def nearly(looked: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of the rules that do not entitle, those that lack least: what a refusal has to speak of."""
    refused = [each for each in looked if each["unmet"]]
    fewest = min((len(each["unmet"]) for each in refused), default=0)
    return [each for each in refused if len(each["unmet"]) == fewest]


def age_on(born_on: dt.date, day: dt.date) -> int:
    had = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (not had)


def last_day_of(rule: EligibilityRule | None, born_on: dt.date, *, after: dt.date) -> dt.date | None:
    """The end of the school year in which they grow out of the rule; None where no age ends it."""
    if rule is None or rule.age_below is None:
        return None
    leap = (born_on.month, born_on.day) == (2, 29)
    birthday = dt.date(born_on.year + rule.age_below, born_on.month, 28 if leap else born_on.day)
    ends = dt.date(birthday.year + (birthday.month >= 9), 8, 31)
    return max(ends, after)
