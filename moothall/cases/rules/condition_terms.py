"""What a condition is made of once it is parsed: comparisons of facts with values, joined by and, or, not."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

KEYWORDS: Final = frozenset({"and", "or", "not", "in"})
HOURS: Final = {"h": Decimal(1), "cd": Decimal(24), "wk": Decimal(168)}
UNITS: Final = frozenset({*HOURS, "wd", "mo", "yr"})
UNTRUE_WORDS: Final = frozenset({"", "no", "none", "false", "0"})
YES_WORDS: Final = frozenset({"yes", "true"})
NO_WORDS: Final = frozenset({"no", "false"})

BARE_WORD = re.compile(r"[^\W\d]\w*")
QUANTITY = re.compile(r"\s*(-?[0-9]+(?:\.[0-9]+)?)\s*([a-z]*)\s*", re.ASCII)


@dataclass(frozen=True)
class Word:
    """A word or a text, compared letter by letter; yes and no also stand for a ticked or empty box."""

    text: str

    def __str__(self) -> str:
        if BARE_WORD.fullmatch(self.text) and self.text not in KEYWORDS:
            return self.text
        return '"' + self.text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def equals(self, fact: object) -> bool:
        if isinstance(fact, bool):
            return self.text in (YES_WORDS if fact else NO_WORDS)
        return str(fact) == self.text


@dataclass(frozen=True)
class Number:
    """A number, perhaps of hours, days, weeks, months or years."""

    value: Decimal
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.value:f} {self.unit}".rstrip()

    def against(self, fact: object) -> int | None:
        """-1, 0 or 1 as the fact is less, equal or more; None when the two cannot be compared."""
        known = as_number(fact)
        if known is None:
            return None
        theirs, ours = known.value, self.value
        if known.unit and self.unit and known.unit != self.unit:
            if known.unit not in HOURS or self.unit not in HOURS:
                return None
            theirs, ours = theirs * HOURS[known.unit], ours * HOURS[self.unit]
        return (theirs > ours) - (theirs < ours)

    def equals(self, fact: object) -> bool:
        return self.against(fact) == 0


Value = Word | Number


def as_number(fact: object) -> Number | None:
    """The number a fact holds, such as 7, 7.5 or `9 cd`; None when it holds none."""
    if isinstance(fact, bool) or not isinstance(fact, int | float | Decimal | str):
        return None
    found = QUANTITY.fullmatch(str(fact))
    if not found or found[2] not in {"", *UNITS}:
        return None
    return Number(Decimal(found[1]), found[2])


def fact_named(name: str, facts: Mapping[str, object]) -> object:
    """What is known under this name, walking through mappings at the dots; None when nothing is."""
    if name in facts:
        return facts[name]
    known: object = facts
    for part in name.split("."):
        if not isinstance(known, Mapping):
            return None
        known = known.get(part)
    return known


def members(fact: object) -> tuple[object, ...]:
    if isinstance(fact, list | tuple | set | frozenset):
        return tuple(fact)
    return (fact,)


class Condition(ABC):
    """A parsed condition. Print it with `str`: the text parses to the same condition again."""

    @abstractmethod
    def holds(self, facts: Mapping[str, object]) -> bool: ...

    @property
    @abstractmethod
    def names(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class IsTrue(Condition):
    name: str

    def holds(self, facts: Mapping[str, object]) -> bool:
        fact = fact_named(self.name, facts)
        return fact.lower() not in UNTRUE_WORDS if isinstance(fact, str) else bool(fact)

    @property
    def names(self) -> frozenset[str]:
        return frozenset({self.name})

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Compared(Condition):
    name: str
    sign: str
    value: Value

    def holds(self, facts: Mapping[str, object]) -> bool:
        fact = fact_named(self.name, facts)
        if fact is None:
            return False
        if self.sign == "!=":
            return not any(self.value.equals(member) for member in members(fact))
        return any(self._holds_of(member) for member in members(fact))

    def _holds_of(self, fact: object) -> bool:
        if self.sign == "==":
            return self.value.equals(fact)
        order = self.value.against(fact) if isinstance(self.value, Number) else None
        if order is None:
            return False
        return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[self.sign]

    @property
    def names(self) -> frozenset[str]:
        return frozenset({self.name})

    def __str__(self) -> str:
        return f"{self.name} {self.sign} {self.value}"


@dataclass(frozen=True)
class IsIn(Condition):
    name: str
    values: tuple[Value, ...]
    negated: bool = False

    def holds(self, facts: Mapping[str, object]) -> bool:
        fact = fact_named(self.name, facts)
        if fact is None:
            return False
        found = any(value.equals(member) for member in members(fact) for value in self.values)
        return found != self.negated

    @property
    def names(self) -> frozenset[str]:
        return frozenset({self.name})

    def __str__(self) -> str:
        return f"{self.name} {'not in' if self.negated else 'in'} [{', '.join(map(str, self.values))}]"


@dataclass(frozen=True)
class Not(Condition):
    term: Condition

    def holds(self, facts: Mapping[str, object]) -> bool:
        return not self.term.holds(facts)

    @property
    def names(self) -> frozenset[str]:
        return self.term.names

    def __str__(self) -> str:
        return f"not {bracketed(self.term)}"


@dataclass(frozen=True)
class AllOf(Condition):
    terms: tuple[Condition, ...]

    def holds(self, facts: Mapping[str, object]) -> bool:
        return all(term.holds(facts) for term in self.terms)

    @property
    def names(self) -> frozenset[str]:
        return frozenset().union(*(term.names for term in self.terms))

    def __str__(self) -> str:
        return " and ".join(bracketed(term) for term in self.terms)


@dataclass(frozen=True)
class AnyOf(Condition):
    terms: tuple[Condition, ...]

    def holds(self, facts: Mapping[str, object]) -> bool:
        return any(term.holds(facts) for term in self.terms)

    @property
    def names(self) -> frozenset[str]:
        return frozenset().union(*(term.names for term in self.terms))

    def __str__(self) -> str:
        return " or ".join(bracketed(term) for term in self.terms)


def bracketed(term: Condition) -> str:
    return f"({term})" if isinstance(term, AllOf | AnyOf) else str(term)
