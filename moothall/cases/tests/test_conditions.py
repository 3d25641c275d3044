"""The language of `when`: what it says, what it refuses, and that it never does anything else."""

import string
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from moothall.cases.rules.condition_terms import (
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
from moothall.cases.rules.conditions import BadCondition, parse_condition
from moothall.core.marked_yaml import read_yaml

FACTS: dict[str, Any] = {
    "crim": "content_risk_assess",
    "employer": {"kind": "police", "welsh_standards": True},
    "route": "PCDA",
    "routes": ["PCDA", "PPD"],
    "lasts": "9 cd",
    "cost": 750.5,
    "appealed": True,
    "ticked": False,
    "nothing": "none",
    "empty": "",
    "topic": "first aid",
    "unknown": None,
}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("appealed", True),
        ("ticked", False),
        ("nothing", False),
        ("empty", False),
        ("never_heard_of", False),
        ("not never_heard_of", True),
        ("employer.welsh_standards", True),
        ("employer.kind == police", True),
        ("employer.kind != council", True),
        ("employer.size > 3", False),
        ("crim == content_risk_assess", True),
        ("route in [PCDA, DHEP]", True),
        ("route not in [PCDA, DHEP]", False),
        ("route not in [DHEP]", True),
        ("routes == PPD", True),
        ("routes != DHEP", True),
        ("routes != PPD", False),
        ("lasts > 7 cd", True),
        ("lasts > 1 wk", True),
        ("lasts > 2 wk", False),
        ("lasts >= 9", True),
        ("lasts < 9 wd", False),
        ("cost > 500", True),
        ("cost <= 750.50", True),
        ("cost > word", None),
        ('topic == "first aid"', True),
        ("appealed == yes", True),
        ("ticked == no", True),
        ("appealed and not ticked", True),
        ("ticked or appealed and crim == other", False),
        ("(ticked or appealed) and route == PCDA", True),
        ("unknown == none", False),
        ("unknown != none", False),
        ("never_heard_of != none", False),
        ("never_heard_of not in [a]", False),
        ("employer.kind.deeper == x", False),
        ("appealed > 0", False),
    ],
)
def test_a_condition_holds_when_its_facts_say_so(text: str, holds: bool | None) -> None:
    if holds is None:
        with pytest.raises(BadCondition):
            parse_condition(text)
    else:
        assert parse_condition(text).holds(FACTS) is holds


@pytest.mark.parametrize(
    ("text", "position", "sentence"),
    [
        ("", 0, "A name is expected"),
        ("a ==", 4, "the condition ends"),
        ("a and", 5, "A name is expected"),
        ("(a", 2, "“)” is expected"),
        ("a == b.c", 5, "not “b.c”"),
        ("a in []", 6, "not “]”"),
        ("a in b", 5, "“[” is expected"),
        ("a < b", 4, "compares with a number"),
        ("a == 7 foo", 7, "A unit"),
        ("a $ b", 2, "“$” has no meaning"),
        ("a b", 2, "“and”, “or” or the end"),
        ("7 == a", 0, "A name is expected"),
        ('a == "x', 5, "has no meaning"),
        ('a == __import__("os")', 15, "is expected"),
        ("a" * 3000, 2000, "at most"),
        ("(" * 60 + "a" + ")" * 60, 40, "too deep"),
        ("not " * 60 + "a", 160, "too deep"),
    ],
)
def test_a_bad_condition_says_what_and_where(text: str, position: int, sentence: str) -> None:
    with pytest.raises(BadCondition) as told:
        parse_condition(text)
    assert told.value.position == position
    assert sentence in str(told.value)


def test_a_condition_names_the_facts_it_asks_for() -> None:
    condition = parse_condition("a and (b.c == 1 or not d in [x, y])")
    assert condition.names == {"a", "b.c", "d"}


def test_every_condition_of_the_packs_parses() -> None:
    texts = []
    for path in Path(settings.PACKS).glob("*/services/*.yaml"):
        doc = read_yaml(path)
        services = [row for key in ("subprocesses", "processes") for row in doc.get(key, [])] or [doc]
        texts += [step["when"] for service in services for step in service.get("steps", []) if "when" in step]
    assert len(texts) > 38
    for text in texts:
        condition = parse_condition(text)
        assert parse_condition(str(condition)) == condition


SCRAPS = ["a", "b.c", "(", ")", "[", "]", ",", "and", "or", "not", "in", "==", "<", "7", "cd"]
words = st.text(string.ascii_letters + "_ŵŷâ", min_size=1, max_size=8).filter(
    lambda word: word not in KEYWORDS
)
names = st.lists(words, min_size=1, max_size=3).map(".".join)
numbers = st.decimals(-10_000, 10_000, places=2).map(lambda number: number if number else Decimal(0))
values: st.SearchStrategy[Value] = st.one_of(
    words.map(Word),
    st.text(max_size=8).map(Word),
    st.builds(Number, numbers, st.sampled_from(["", *sorted(UNITS)])),
)
simple: st.SearchStrategy[Condition] = st.one_of(
    names.map(IsTrue),
    st.builds(Compared, names, st.sampled_from(["==", "!="]), values),
    st.builds(
        Compared, names, st.sampled_from(["<", "<=", ">", ">="]), st.builds(Number, numbers, st.just("cd"))
    ),
    st.builds(IsIn, names, st.lists(values, min_size=1, max_size=3).map(tuple), st.booleans()),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    simple,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(AllOf),
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(AnyOf),
    ),
    max_leaves=6,
)
known = st.dictionaries(
    words,
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.lists(words)),
)


@given(conditions)
def test_a_printed_condition_parses_to_the_same_one(condition: Condition) -> None:
    assert parse_condition(str(condition)) == condition


@given(conditions, known)
def test_asking_never_fails_whatever_the_facts_are(condition: Condition, facts: dict[str, object]) -> None:
    assert condition.holds(facts) in (True, False)
    assert Not(condition).holds(facts) is not condition.holds(facts)


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(SCRAPS)).map(" ".join),
    )
)
def test_any_text_is_a_condition_or_a_bad_one(text: str) -> None:
    position = 0
    try:
        condition = parse_condition(text)
        assert parse_condition(str(condition)) == condition
    except BadCondition as bad:
        position = bad.position
    assert 0 <= position <= len(text)


@given(conditions)
def test_without_facts_no_comparison_holds(condition: Condition) -> None:
    if isinstance(condition, Compared | IsIn | IsTrue):
        assert condition.holds({}) is False
