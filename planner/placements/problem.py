"""Placements to be matched with hosts, and what is found: frozen, and without a word on how it is found.

A host offers so many places in each of some periods (a week, a month: the office's word). Somebody asks for
one place in one of the periods they can come in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Why = Literal["no host", "period", "kind", "own area", "access", "conflict", "been before", "too far", "full"]
RULES: tuple[Why, ...] = (
    "period", "kind", "own area", "access", "conflict", "been before", "too far",
)  # fmt: skip


class PlacementError(ValueError):
    """The question makes no sense; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody who needs a place. `prefers` is the best liked host first; `been` are hosts never given again;
    `apart` are hosts with a conflict of interest; `at_most` is the longest journey, none the case's."""

    id: str
    kind: str
    area: str
    periods: tuple[str, ...]
    needs: frozenset[str] = frozenset()
    prefers: tuple[str, ...] = ()
    been: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Host:
    """`places` by period; `own_area` hosts take people of their own area, others never do."""

    id: str
    kinds: frozenset[str]
    area: str
    places: Mapping[str, int]
    has: frozenset[str] = frozenset()
    own_area: bool = False


@dataclass(frozen=True)
class Matching:
    """The question. `minutes` are journeys from an area to a host; missing: too far. `given` are matches in
    force, (period, host) by wish: keeping one is worth `kept` minutes."""

    wishes: tuple[Wish, ...]
    hosts: tuple[Host, ...]
    minutes: Mapping[tuple[str, str], int]
    at_most: int = 75
    liked: int = 15  # minutes each step down somebody's preferences counts for
    crowded: int = 2  # minutes the second, third ... place of a host in a period counts for, each more
    kept: int = 120
    given: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """One place given."""

    wish: str
    host: str
    period: str


@dataclass(frozen=True, slots=True)
class Without:
    """Somebody with no place, the rule that keeps the most hosts away last of all, and a sentence."""

    wish: str
    why: Why
    reason: str


@dataclass(frozen=True, slots=True)
class Matched:
    """Everybody once, with a place or with a reason. `cost` is in minutes."""

    matches: tuple[Match, ...]
    without: tuple[Without, ...]
    cost: int


def refuse_nonsense(asked: Matching) -> None:
    """PlacementError where a name is used twice or a host has less than no places."""
    for what, names in (
        ("wish", [one.id for one in asked.wishes]),
        ("host", [one.id for one in asked.hosts]),
    ):
        if len(set(names)) < len(names):
            raise PlacementError(f"A {what} is there twice.")
    for host in asked.hosts:
        if min(host.places.values(), default=0) < 0:
            raise PlacementError(f"{host.id} has less than no places.")
    if min(asked.minutes.values(), default=0) < 0 or min(asked.liked, asked.crowded, asked.kept) < 0:
        raise PlacementError("A journey or a weight is less than nothing.")
