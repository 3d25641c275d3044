"""Whoever a letter is about is told what becomes of it: approved, recalled, refused, given up, returned."""

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured

from moothall.letters.models import Letter
from moothall.people.models import Account

Follower = Callable[[Letter, Account | None, dt.datetime], None]
_followers: dict[str, Follower] = {}


def follow(about_kind: str, follower: Follower) -> None:
    """Have letters about a kind of record (`cases.case`) followed: `follower(letter, by, at)` is called in
    the transaction that changed the letter."""
    if _followers.get(about_kind, follower) != follower:
        raise ImproperlyConfigured(f"Letters about {about_kind} are followed twice.")
    _followers[about_kind] = follower


def tell_follower(letter: Letter, *, by: Account | None, at: dt.datetime) -> None:
    follower = _followers.get(letter.about_kind)
    if follower is not None:
        follower(letter, by, at)
