"""Reading the steps of a service, and checking that they fit together."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from clocks.rules import SHORT_UNITS
from moothall.core.marked_yaml import Fields, Marked, near_match

from .condition_terms import AllOf, AnyOf, Compared, Condition, IsIn, Not, Word
from .conditions import BadCondition, parse_condition
from .definition import StepDefinition

WAITING: Final = ("us", "person", "third")
STEP_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
WORD = re.compile(r"\w{1,60}")
LONGEST_TARGET: Final = 5000


def read_step(row: Marked, defaults: Fields) -> StepDefinition:
    """One step as its line says it; `check_steps` looks at all of them together."""
    fields = Fields(row)
    key = fields.text("id")
    if not STEP_KEY.fullmatch(key):
        raise fields.wrong("id", _("small letters, digits and _, starting with a letter, at most 40"))
    step = StepDefinition(
        key=key,
        name=fields.text("name"),
        name_cy=fields.text("name_cy", ""),
        plain=fields.text("plain", ""),
        plain_cy=fields.text("plain_cy", ""),
        owner=_word(fields, "owner"),
        after=fields.words("after"),
        target=fields.whole("target"),
        unit=fields.choice("clock", SHORT_UNITS, defaults.choice("clock", SHORT_UNITS, "wd")),
        waiting=fields.choice("waiting", WAITING, defaults.choice("waiting", WAITING, "us")),
        outcomes=fields.words("outcomes"),
        when=_condition(fields),
        sub=fields.optional("sub"),
        calls=fields.optional("calls"),
        letters=fields.words("letter"),
        repeat=fields.optional("repeat"),
        origin=fields.optional("from"),
        statutory=fields.flag("statutory"),
        statutory_before=fields.optional("statutory_before"),
        statutory_cap_mo=fields.maybe_whole("statutory_cap_mo"),
        min_notice_wd=fields.maybe_whole("min_notice_wd"),
        min_duration_mo=fields.maybe_whole("min_duration_mo"),
    )
    fields.finish()
    _check_limits(fields, step)
    return step


def _word(fields: Fields, key: str) -> str:
    text = fields.text(key)
    if not WORD.fullmatch(text):
        raise fields.wrong(key, _("one word, such as line_manager"))
    return text


def _condition(fields: Fields) -> str | None:
    text = fields.optional("when")
    if text:
        try:
            parse_condition(text)
        except BadCondition as bad:
            raise fields.marked.mistake(
                _("The condition is wrong: %(bad)s") % {"bad": bad}, at="when"
            ) from bad
    return text


def _check_limits(fields: Fields, step: StepDefinition) -> None:
    if len(step.name) > 250:
        raise fields.wrong("name", _("at most 250 characters"))
    if step.target > LONGEST_TARGET:
        raise fields.wrong("target", _("at most %(most)s") % {"most": LONGEST_TARGET})
    if any(not WORD.fullmatch(outcome) for outcome in step.outcomes):
        raise fields.wrong("outcomes", _("a list of words, such as [one, two]"))
    if step.sub and step.calls:
        raise fields.marked.mistake(_("A step has a sub-process or calls another, not both."), at="calls")


def check_steps(service: Marked, steps: Sequence[StepDefinition], services: frozenset[str] | None) -> None:
    rows = list(Fields(service).mappings("steps"))
    by_key: dict[str, StepDefinition] = {}
    for row, step in zip(rows, steps, strict=True):
        if step.key in by_key:
            raise row.mistake(_("There are two steps “%(key)s”.") % {"key": step.key}, at="id")
        by_key[step.key] = step
    for row, step in zip(rows, steps, strict=True):
        _check_after(row, step, by_key)
        _check_called(row, step, services)
    _check_circles(rows, steps, by_key)
    for row, step in zip(rows, steps, strict=True):
        _check_condition(row, step, by_key)


def _check_after(row: Marked, step: StepDefinition, by_key: dict[str, StepDefinition]) -> None:
    for before in step.after:
        if before not in by_key:
            said = _("“%(step)s” comes after “%(before)s”, and there is no such step.") % {
                "step": step.key,
                "before": before,
            }
            raise row.mistake(said + near_match(before, by_key), at="after")


def _check_called(row: Marked, step: StepDefinition, services: frozenset[str] | None) -> None:
    for key, named in (("sub", step.sub), ("calls", step.calls)):
        if named and services is not None and named not in services:
            said = _("There is no service “%(service)s”.") % {"service": named}
            raise row.mistake(said + near_match(named, services), at=key)


def _check_circles(
    rows: Sequence[Marked], steps: Sequence[StepDefinition], by_key: dict[str, StepDefinition]
) -> None:
    """Take away, round by round, the steps whose predecessors are gone; what stays waits in a circle."""
    left = dict(by_key)
    while free := [key for key, step in left.items() if not any(before in left for before in step.after)]:
        for key in free:
            del left[key]
    for row, step in zip(rows, steps, strict=True):
        if step.key in left:
            circle = ", ".join(sorted(left))
            raise row.mistake(
                _("These steps wait for each other: %(circle)s.") % {"circle": circle}, at="after"
            )


def _check_condition(row: Marked, step: StepDefinition, by_key: dict[str, StepDefinition]) -> None:
    """A condition about the outcome of a step asks of an earlier step, and for an outcome it can have."""
    if not step.when:
        return
    condition = parse_condition(step.when)
    for name in sorted(condition.names & set(by_key)):
        if name not in _all_before(step, by_key):
            said = _("The condition asks about “%(name)s”, which does not come before “%(step)s”.")
            raise row.mistake(said % {"name": name, "step": step.key}, at="when")
    for name, value in _words_asked_for(condition):
        outcomes = by_key[name].outcomes if name in by_key else ()
        if outcomes and value not in outcomes:
            said = _("“%(value)s” is no outcome of “%(name)s”.") % {"value": value, "name": name}
            raise row.mistake(said + near_match(value, outcomes), at="when")


def _all_before(step: StepDefinition, by_key: dict[str, StepDefinition]) -> set[str]:
    found: set[str] = set()
    waiting = list(step.after)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.extend(by_key[key].after)
    return found


def _words_asked_for(condition: Condition) -> Iterator[tuple[str, str]]:
    if isinstance(condition, AllOf | AnyOf):
        for term in condition.terms:
            yield from _words_asked_for(term)
    elif isinstance(condition, Not):
        yield from _words_asked_for(condition.term)
    elif isinstance(condition, Compared) and isinstance(condition.value, Word):
        yield condition.name, condition.value.text
    elif isinstance(condition, IsIn):
        yield from ((condition.name, value.text) for value in condition.values if isinstance(value, Word))
