"""Whoever needs to know of a case hears of it: opened, closed, handed over, put back."""

import datetime as dt
from collections.abc import Callable, Iterable

from moothall.cases.models import Case
from moothall.people.models import Account

Follower = Callable[[Case, str, Account | None, dt.datetime], None]
EVERYTHING = "*"
_followers: dict[str, list[Follower]] = {}


def follow(verb: str, follower: Follower) -> None:
    """Have `follower(case, verb, by, at)` called in the transaction that did `verb` (`open`, `close`,
    `reopen`, `merge`, `hand_over`, `undo` …) to a case; `EVERYTHING` is every verb."""
    kept = _followers.setdefault(verb, [])
    if follower not in kept:
        kept.append(follower)


def tell_followers(cases: Iterable[Case], verb: str, *, by: Account | None, at: dt.datetime) -> None:
    listening = [*_followers.get(verb, []), *_followers.get(EVERYTHING, [])]
    if listening:
        for case in cases:
            for follower in listening:
                follower(case, verb, by, at)
