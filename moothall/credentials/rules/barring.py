"""Who may not do what, because a credential that it needs has run out, waits, or was never there."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.credentials.models import Activity as ActivityRow
from moothall.credentials.models import Credential, CredentialKind, Requirement
from moothall.people.barring import Activity, Bar

DAY = dt.timedelta(days=1)
Gap = tuple[dt.date, dt.date]


class Credentials:
    """What the office asks for before somebody is given an activity, against what each holds."""

    def activities(self) -> Iterable[Activity]:
        language = get_language() or "en"
        rows = ActivityRow.objects.filter(retired_on=None)
        return [Activity(each.key, each.name_in(language)) for each in rows]

    def bars(
        self, people: Collection[int], *, activity: str, first: dt.date, last: dt.date
    ) -> Mapping[int, Sequence[Bar]]:
        asked = Requirement.objects.between(first, last).filter(activity__key=activity)
        requirements = list(asked.select_related("kind").prefetch_related("kind__met_by"))
        if not requirements:
            return {}
        held = _held(people, requirements)
        return {
            person: [
                bar
                for requirement in requirements
                for bar in _bars(requirement, held.get(person, []), first=first, last=last)
            ]
            for person in people
        }


def _held(people: Collection[int], requirements: Sequence[Requirement]) -> dict[int, list[Credential]]:
    kinds = {kind for each in requirements for kind in kinds_that_meet(each.kind)}
    rows = Credential.objects.standing().filter(person__in=people, kind__in=kinds)
    found: dict[int, list[Credential]] = defaultdict(list)
    for each in rows.select_related("kind").order_by("issued_on", "id"):
        found[each.person_id].append(each)
    return found


def kinds_that_meet(kind: CredentialKind) -> set[int]:
    """The kind itself, and those that count for it as well: D counts for D1."""
    return {kind.pk, *(each.pk for each in kind.met_by.all())}


def _bars(
    requirement: Requirement, held: Sequence[Credential], *, first: dt.date, last: dt.date
) -> list[Bar]:
    """The days on which nothing that is held meets the requirement, with the reason."""
    kinds = kinds_that_meet(requirement.kind)
    meeting = [each for each in held if each.kind_id in kinds]
    verified = [each for each in meeting if each.verified_at is not None]
    waits = any(each.verified_at is None for each in meeting)
    from_on = max(first, requirement.from_on)
    until_on = min(last, requirement.until_on or last)
    return [
        Bar(_words(requirement.kind, verified, begins, ahead=begins > first, waits=waits), begins, ends)
        for begins, ends in gaps(verified, from_on, until_on)
    ]


def gaps(verified: Sequence[Credential], first: dt.date, last: dt.date) -> list[Gap]:
    """The days between two on which none of these counts."""
    found, free = [], first
    for each in sorted(verified, key=lambda one: one.issued_on):
        if each.issued_on > last or free > last:
            break
        if each.issued_on > free:
            found.append((free, each.issued_on - DAY))
        if each.expires_on is None:
            return found
        free = max(free, each.expires_on + DAY)
    return [*found, (free, last)] if free <= last else found


def _words(
    kind: CredentialKind, verified: Sequence[Credential], day: dt.date, *, ahead: bool, waits: bool
) -> str:
    """Why it does not count from that day on, with the day it ran out; `ahead` if it counted before."""
    name = kind.name_in(get_language() or "en")
    over = [each.expires_on for each in verified if each.expires_on and each.expires_on < day]
    if over:
        ended = max(over)
        said = {"kind": name, "day": date_format(ended, "j F Y")}
        words = _("%(kind)s runs out on %(day)s") if ahead else _("%(kind)s ran out on %(day)s")
        return (words % said) + (_(", and the renewal waits to be verified") if waits else "")
    if waits:
        return _("%(kind)s waits to be verified") % {"kind": name}
    begins = [each.issued_on for each in verified if each.issued_on > day]
    if begins:
        said = {"kind": name, "day": date_format(min(begins), "j F Y")}
        return _("%(kind)s counts from %(day)s only") % said
    return _("no %(kind)s is on the record") % {"kind": name}
