"""Whoever needs to know of a case hears of it: opened, closed, handed over, put back."""

import datetime as dt
from collections.abc import Callable, Sequence

from moothall.cases.models import Case
from moothall.people.models import Account

Follower = Callable[[Case, str, Account | None, dt.datetime], None]
Listener = Callable[[Sequence[Case], str, Account | None, dt.datetime], None]
_followers: dict[str, list[Follower]] = {}
_listeners: list[Listener] = []


def follow(verb: str, follower: Follower) -> None:
    """Have `follower(case, verb, by, at)` called in the transaction that did `verb` (`open`, `close`,
    `reopen`, `merge`, `hand_over`, `undo` …) to a case."""
    kept = _followers.setdefault(verb, [])
    if follower not in kept:
        kept.append(follower)


def listen(listener: Listener) -> None:
    """Have `listener(cases, verb, by, at)` called whatever is done, once for all cases it was done to."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_followers(cases: Sequence[Case], verb: str, *, by: Account | None, at: dt.datetime) -> None:
    for follower in _followers.get(verb, []):
        for case in cases:
            follower(case, verb, by, at)
    for listener in _listeners:
        listener(cases, verb, by, at)
