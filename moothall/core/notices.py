"""What everybody concerned has to know on every page: mail that cannot be fetched, letters that wait.

An app hands over a watcher. It is asked at most twice a minute, for the whole office at once, and each person
is shown what concerns them.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import caches

from .clock import now
from .refusals import Words

KEY, SECONDS = "standing-notices", 30


@dataclass(frozen=True)
class Notice:
    """A sentence for those who hold a permission in one of these teams, or, without teams, anywhere. The
    sentence is translated when it is shown, and then filled in."""

    words: Words
    permission: str
    teams: frozenset[int] | None = None
    given: Mapping[str, Any] = field(default_factory=dict)

    def concerns(self, account: Any) -> bool:
        if not account.may(self.permission):
            return False
        return self.teams is None or bool(account.standing().covers(self.permission, self.teams))

    def __str__(self) -> str:
        return str(self.words) % self.given


Watcher = Callable[[dt.datetime], Sequence[Notice]]
_watchers: list[Watcher] = []


def watch(watcher: Watcher) -> None:
    """Have this asked, with the time it is, for what everybody concerned has to know."""
    if watcher not in _watchers:
        _watchers.append(watcher)


def notices_for(account: Any) -> list[str]:
    """The sentences this person is shown now."""
    standing: list[Notice] | None = caches["this process"].get(KEY)
    if standing is None:
        standing = [notice for watcher in _watchers for notice in watcher(now())]
        caches["this process"].set(KEY, standing, SECONDS)
    return [str(notice) for notice in standing if notice.concerns(account)]
