"""When a step is needed: a small language over outcomes and answers that is parsed, never evaluated.

    condition := all ("or" all)*
    all       := one ("and" one)*
    one       := "not" one | "(" condition ")" | name [comparison]
    comparison := ("==" | "!=" | "<" | "<=" | ">" | ">=") value | ["not"] "in" "[" value ("," value)* "]"
    name      := word ("." word)*              what is known: `decide`, `role.medical`, `answers.cost`
    value     := word | "text" | number [unit]   units: h, wd, cd, wk, mo, yr

A name alone asks whether the fact is true: unknown, no, none, zero and empty are false.
**Every comparison with an unknown fact is false, `!=` and `not in` too.** A check is started because
something is known, never because nothing is: `role.disclosure_level != none` waits until the role
says its level. `not` only turns round what follows it, so `not appealed` holds until somebody appeals.
A fact that is a list stands for any of its members. A number without a unit takes the unit asked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from .condition_terms import (
    KEYWORDS,
    UNITS,
    AllOf,
    AnyOf,
    Compared,
    Condition,
    IsIn,
    IsTrue,
    Not,
    Number,
    Value,
    Word,
)

__all__ = ["BadCondition", "Condition", "parse_condition"]

LONGEST: Final = 2000
DEEPEST: Final = 40

TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>-?[0-9]+(?:\.[0-9]+)?)
      | (?P<word>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
      | (?P<text>"(?:[^"\\]|\\.)*")
      | (?P<sign>==|!=|<=|>=|<|>|\(|\)|\[|\]|,)
    )""",
    re.VERBOSE | re.DOTALL,
)


class BadCondition(ValueError):
    """The text is not a condition; `position` counts characters from 0."""

    def __init__(self, sentence: str, position: int) -> None:
        self.sentence = sentence
        self.position = position
        super().__init__(f"{sentence} (character {position + 1})")


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    position: int


def tokens_of(text: str) -> Iterator[Token]:
    position = 0
    while rest := text[position:]:
        if not rest.strip():
            break
        found = TOKEN.match(text, position)
        if found is None or found.lastgroup is None:
            at = position + len(rest) - len(rest.lstrip())
            raise BadCondition(f"“{text[at]}” has no meaning here.", at)
        kind = found.lastgroup
        word = found[kind]
        yield Token("sign" if kind == "word" and word in KEYWORDS else kind, word, found.start(kind))
        position = found.end()
    yield Token("end", "", len(text))


class Parser:
    """Reads one condition, one token at a time, with a limit on how deep brackets go."""

    def __init__(self, text: str) -> None:
        self.tokens = list(tokens_of(text))
        self.index = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.index]

    def take(self, *signs: str) -> Token | None:
        if self.next.kind == "sign" and self.next.text in signs:
            self.index += 1
            return self.tokens[self.index - 1]
        return None

    def expect(self, sign: str) -> None:
        if self.take(sign) is None:
            raise self.bad(f"“{sign}” is expected")

    def bad(self, expected: str) -> BadCondition:
        found = f"not “{self.next.text}”" if self.next.text else "but the condition ends"
        return BadCondition(f"{expected}, {found}.", self.next.position)

    def whole(self) -> Condition:
        condition = self.any_of()
        if self.next.kind != "end":
            raise self.bad("“and”, “or” or the end is expected")
        return condition

    def any_of(self) -> Condition:
        terms = [self.all_of()]
        while self.take("or"):
            terms.append(self.all_of())
        return terms[0] if len(terms) == 1 else AnyOf(tuple(terms))

    def all_of(self) -> Condition:
        terms = [self.one()]
        while self.take("and"):
            terms.append(self.one())
        return terms[0] if len(terms) == 1 else AllOf(tuple(terms))

    def one(self) -> Condition:
        self.depth += 1
        if self.depth > DEEPEST:
            raise BadCondition("The condition is nested too deep.", self.next.position)
        try:
            if self.take("not"):
                return Not(self.one())
            if self.take("("):
                condition = self.any_of()
                self.expect(")")
                return condition
            return self.about_a_name()
        finally:
            self.depth -= 1

    def about_a_name(self) -> Condition:
        if self.next.kind != "word":
            raise self.bad("A name is expected")
        name = self.next.text
        self.index += 1
        if sign := self.take("==", "!=", "<", "<=", ">", ">="):
            return self.compared(name, sign.text)
        if self.take("not"):
            self.expect("in")
            return IsIn(name, self.values(), negated=True)
        if self.take("in"):
            return IsIn(name, self.values())
        return IsTrue(name)

    def compared(self, name: str, sign: str) -> Condition:
        at = self.next.position
        value = self.value()
        if sign not in ("==", "!=") and isinstance(value, Word):
            raise BadCondition(f"“{sign}” compares with a number.", at)
        return Compared(name, sign, value)

    def values(self) -> tuple[Value, ...]:
        self.expect("[")
        found = [self.value()]
        while self.take(","):
            found.append(self.value())
        self.expect("]")
        return tuple(found)

    def value(self) -> Value:
        token = self.next
        if token.kind == "number":
            self.index += 1
            return Number(Decimal(token.text), self.unit())
        if token.kind == "text":
            self.index += 1
            return Word(re.sub(r"\\(.)", r"\1", token.text[1:-1], flags=re.DOTALL))
        if token.kind == "word" and "." not in token.text:
            self.index += 1
            return Word(token.text)
        raise self.bad("A word, a text in quotes or a number is expected")

    def unit(self) -> str:
        if self.next.kind != "word":
            return ""
        if self.next.text not in UNITS:
            raise self.bad(f"A unit ({', '.join(sorted(UNITS))}) is expected")
        self.index += 1
        return self.tokens[self.index - 1].text


def parse_condition(text: str) -> Condition:
    """The condition this text says; BadCondition tells what is wrong and where."""
    if len(text) > LONGEST:
        raise BadCondition(f"A condition has at most {LONGEST} characters.", LONGEST)
    return Parser(text).whole()
