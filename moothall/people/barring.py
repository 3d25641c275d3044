"""Who may not be given which work, and why. Filled in from the floors above; asked wherever somebody is
allocated: a case, an appointment, a vehicle, a place on a rota."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from moothall.core.refusals import Refusal, Words

from .models import Account, Person


@dataclass(frozen=True)
class Activity:
    """Something that not everybody may be given to do: drive a minibus, work with children."""

    key: str
    name: Words


@dataclass(frozen=True)
class Bar:
    """Why somebody may not do it, from one day (None: since always) until another (None: until mended)."""

    words: str
    from_on: dt.date | None = None
    until_on: dt.date | None = None

    def holds(self, on: dt.date) -> bool:
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or self.until_on >= on)


class Source(Protocol):
    """Who knows what bars people: the activities it speaks of, and everybody's bars between two days. A
    person of whom it says nothing is not barred."""

    def activities(self) -> Iterable[Activity]: ...

    def bars(
        self, people: Collection[int], *, activity: str, first: dt.date, last: dt.date
    ) -> Mapping[int, Sequence[Bar]]: ...


_sources: dict[str, Source] = {}


class Barred(Refusal):
    """Somebody may not be given this work."""


def register_bar(key: str, source: Source) -> None:
    """Say who may not be given which work."""
    if _sources.setdefault(key, source) is not source:
        raise ImproperlyConfigured(f"Two floors say who is barred under {key!r}.")


def activities() -> list[Activity]:
    """Everything that not everybody may be given to do, by name."""
    found = {each.key: each for source in _sources.values() for each in source.activities()}
    return sorted(found.values(), key=lambda each: str(each.name))


def bars_between(
    people: Collection[int], *, activity: str, first: dt.date, last: dt.date
) -> dict[int, list[Bar]]:
    """For each of these people who is barred on any of these days: why, and when."""
    found: dict[int, list[Bar]] = {}
    if not activity or not people:
        return found
    for source in _sources.values():
        for person, bars in source.bars(people, activity=activity, first=first, last=last).items():
            if bars:
                found.setdefault(person, []).extend(bars)
    return found


def bars(people: Collection[int], *, activity: str, on: dt.date) -> dict[int, list[Bar]]:
    """For each of these people who is barred that day: why."""
    return bars_between(people, activity=activity, first=on, last=on)


def bars_of_accounts(
    accounts: Collection[Account], *, activity: str, first: dt.date, last: dt.date
) -> dict[int, list[Bar]]:
    """The same for accounts. One that belongs to nobody on record can show nothing, and is barred."""
    if not activity or not accounts:
        return {}
    known = {each.person_id for each in accounts if each.person_id is not None}
    found = bars_between(known, activity=activity, first=first, last=last)
    unknown = [Bar(_("there is no record of a person with this account"))] if _is_known(activity) else []
    return {
        each.pk: why
        for each in accounts
        if (why := unknown if each.person_id is None else found.get(each.person_id, []))
    }


def refuse_barred(person: Person, *, activity: str, on: dt.date) -> None:
    """Refuse, with the reason, to give this work to somebody who may not do it that day."""
    if why := bars([person.pk], activity=activity, on=on).get(person.pk):
        raise _refusal(person.full_name, why)


def refuse_barred_account(account: Account, *, needs: Collection[str], on: dt.date) -> None:
    """Refuse to give an account work that needs all of these activities."""
    for activity in needs:
        if why := bars_of_accounts([account], activity=activity, first=on, last=on).get(account.pk):
            raise _refusal(account.name, why)


def reasons(found: Sequence[Bar]) -> str:
    return "; ".join(dict.fromkeys(bar.words for bar in found))


def _refusal(name: str, why: Sequence[Bar]) -> Barred:
    said = _("%(name)s may not be given this work: %(reason)s.") % {"name": name, "reason": reasons(why)}
    return Barred(said, _("Choose somebody else, or record and verify the renewal first."))


def _is_known(activity: str) -> bool:
    return any(each.key == activity for each in activities())
