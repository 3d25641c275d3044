"""Which steps of a student's case are done with what: as pathways name them, and as they stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from moothall.cases.models import Service
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.opening import current_version

from .refusals import NoSuchStep

BEGUN, POSTED, CONFIRMED, LEFT = "begun", "posted", "confirmed", "left"
MOMENTS: Final = (BEGUN, POSTED, CONFIRMED, LEFT)


@dataclass(frozen=True)
class Ticked:
    """A step, and the outcome it is done with."""

    key: str
    outcome: str = ""


def read_steps(words: str) -> list[Ticked]:
    """`weekly fip=fip` as steps."""
    parts = (each.partition("=") for each in words.split())
    return [Ticked(key, outcome) for key, _is, outcome in parts]


def read_moments(words: str) -> dict[str, str]:
    """`begun: enrol; left: resigned` by moment; ValueError for what is no moment or names nothing."""
    found = {}
    for part in filter(None, (each.strip() for each in words.split(";"))):
        moment, _is, step = (each.strip() for each in part.partition(":"))
        if moment not in MOMENTS or not step:
            raise ValueError(part)
        found[moment] = step
    return found


def say_moments(moments: Mapping[str, str]) -> str:
    """The same, as it would be typed."""
    return "; ".join(f"{each}: {moments[each]}" for each in MOMENTS if each in moments)


def refuse_unknown_steps(service: str, words: Iterable[str]) -> None:
    """A service that the office has must have these steps, with these outcomes."""
    held = Service.objects.filter(key=service, retired_at=None).first() if service else None
    if held is None:
        return
    steps = {each.key: each for each in definition_of(current_version(held)).steps}
    for each in (one for some in words for one in read_steps(some)):
        declared = steps.get(each.key)
        if declared is None or (declared.outcomes and each.outcome not in declared.outcomes):
            raise NoSuchStep(each.key)
