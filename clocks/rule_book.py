"""The rule book: every dated clock rule, read once from clocks/data/rules."""

import datetime as dt
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from clocks.bank_holidays import DATA
from clocks.events import ClockError, near
from clocks.rules import ClockRule, Extension, Pause
from clocks.wording import day_in_words

FOLDER = DATA / "rules"
LISTS = ("restarts_on", "met_by")


class UnknownRule(ClockError):
    """No rule of that name, or none in force on that day."""


class WrongRule(ClockError):
    """A row of the rule book that cannot be read, with its file and its name."""


@cache
def load_rules() -> dict[str, tuple[ClockRule, ...]]:
    """Every rule by its id, each with its versions from oldest to newest. Read once; do not change it.

    Raises WrongRule, naming file and rule, on a row that does not make sense.
    """
    versions: dict[str, list[ClockRule]] = defaultdict(list)
    for file in sorted(FOLDER.glob("*.yaml")):
        for one in read_rules(file):
            versions[one.id].append(one)
    return {rule_id: _in_order(rule_id, found) for rule_id, found in sorted(versions.items())}


def rule(rule_id: str, on: dt.date) -> ClockRule:
    """The version of that rule in force for something that happened on that day.

    Raises UnknownRule, with the closest names, when there is none.
    """
    versions = load_rules().get(rule_id)
    if versions is None:
        raise UnknownRule(f"There is no clock rule {rule_id!r}{near(rule_id, load_rules())}")
    for one in versions:
        if one.in_force(on):
            return one
    raise UnknownRule(f"{rule_id} was not in force on {day_in_words(on)}; {_when(versions)}.")


def read_rules(file: Path) -> list[ClockRule]:
    """The rules of one file: a mapping of `common` values and a list of `rules`. Raises WrongRule."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with file.open(encoding="utf-8") as text:
        try:
            page: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 # nosec B506  (a safe loader, in C or not)
        except yaml.YAMLError as error:
            raise WrongRule(f"{file.name} cannot be read: {error}") from error
    common = page.get("common", {})
    return [_made(file, {**common, **row}) for row in page["rules"]]


def _made(file: Path, row: dict[str, Any]) -> ClockRule:
    values = dict(row)
    try:
        for name in LISTS:
            if name in values:
                values[name] = tuple(values[name])
        values["pauses"] = tuple(Pause(**pause) for pause in values.get("pauses", ()))
        if values.get("extension"):
            values["extension"] = Extension(**values["extension"])
        return ClockRule(**values)
    except (TypeError, ValueError) as error:
        raise WrongRule(f"{file.name}, {row.get('id', 'a rule without an id')}: {error}") from error


def _in_order(rule_id: str, found: list[ClockRule]) -> tuple[ClockRule, ...]:
    versions = sorted(found, key=lambda one: one.valid_from or dt.date.min)
    for older, newer in pairwise(versions):
        if older.valid_to is None or newer.valid_from is None or newer.valid_from <= older.valid_to:
            raise WrongRule(f"Two versions of {rule_id} are in force at once.")
    return tuple(versions)


def _when(versions: tuple[ClockRule, ...]) -> str:
    first, last = versions[0].valid_from, versions[-1].valid_to
    spans = [f"from {day_in_words(first)}" if first else "", f"until {day_in_words(last)}" if last else ""]
    return f"it holds {' '.join(span for span in spans if span)}" if any(spans) else "it has a gap there"
