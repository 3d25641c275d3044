"""Somebody begins, having come in by a route: what upper floors ask about it, what they do, and what they
take back; and who is expected before that. Filled in from each `apps.py`."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, Q

from moothall.core.refusals import Words
from moothall.people.models import Account
from moothall.workforce.models import Employment


@dataclass(frozen=True)
class Question:
    """What has to be known of whoever begins, and nobody has said yet."""

    key: str
    label: Words
    choices: Sequence[tuple[str, str]]
    help_text: Words = ""


@dataclass(frozen=True)
class Beginning:
    """Somebody is on record as starting, by this route, with what was answered."""

    employment: Employment
    route: str
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Follower:
    """A floor that goes on with whoever begins: `asks(route)`, `begins(beginning, by, at)` and
    `takes_back(employment, by, at)`, in the transaction that made or takes back the employment."""

    asks: Callable[[str], Sequence[Question]]
    begins: Callable[[Beginning, Account | None, dt.datetime], None]
    takes_back: Callable[[Employment, Account | None, dt.datetime], None]


@dataclass(frozen=True)
class Between:
    """Whoever comes by these routes and begins on one of these days; `until` is how long they are needed."""

    routes: Collection[str]
    first: dt.date
    last: dt.date
    until: dt.date


@dataclass(frozen=True)
class Expected:
    """Somebody who accepted an offer and has not begun: never more than whoever receives them has to know."""

    name: str
    route: str
    stage: str
    starts_on: dt.date
    lacks: Sequence[str] = ()
    short: Sequence[tuple[str, dt.date]] = ()
    """Checks that are cleared and run out before the day, each with its last day."""
    later: Sequence[tuple[str, dt.date]] = ()
    """The same, for those that run out after it and before they are needed no longer."""
    address: str = ""


ExpectedSource = Callable[[Account, Between, str], Iterable[Expected]]
RouteSource = Callable[[str], Iterable[tuple[str, str]]]
_followers: dict[str, Follower] = {}
_expected: list[ExpectedSource] = []
_routes: list[RouteSource] = []
_by_itself: dict[type[Model], Q] = {}


def follow_beginnings(key: str, follower: Follower) -> None:
    if _followers.setdefault(key, follower) != follower:
        raise ImproperlyConfigured(f"Two floors follow who begins under {key!r}.")


def register_expected(source: ExpectedSource) -> None:
    """Have this asked who is expected, in as many queries for many as for one."""
    if source not in _expected:
        _expected.append(source)


def register_routes(source: RouteSource) -> None:
    """Have this asked by which routes people come: the key of each and its name in a language."""
    if source not in _routes:
        _routes.append(source)


def goes_with_a_start(model: type[Model], untouched: Q) -> None:
    """Rows of this come by themselves, and go with a start that is taken back while nobody touched them."""
    if _by_itself.setdefault(model, untouched) != untouched:
        raise ImproperlyConfigured(f"It is said twice which rows of {model} come by themselves.")


def written_by_itself() -> Mapping[type[Model], Q]:
    return _by_itself


def questions_about(route: str) -> list[Question]:
    return [question for each in _followers.values() for question in each.asks(route)]


def tell_of_beginning(beginning: Beginning, *, by: Account | None, at: dt.datetime) -> None:
    for each in _followers.values():
        each.begins(beginning, by, at)


def tell_it_is_taken_back(employment: Employment, *, by: Account | None, at: dt.datetime) -> None:
    """Before the employment goes."""
    for each in _followers.values():
        each.takes_back(employment, by, at)


def expected_between(account: Account, between: Between, *, language: str) -> list[Expected]:
    """Those who begin first at the head."""
    found = [each for source in _expected for each in source(account, between, language)]
    return sorted(found, key=lambda each: (each.starts_on, each.name))


def known_routes(language: str) -> list[tuple[str, str]]:
    return [each for source in _routes for each in source(language)]
