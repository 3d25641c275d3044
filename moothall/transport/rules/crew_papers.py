"""Licences and certificates: what runs ask of whoever drives and escorts, and what everybody holds of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from moothall.credentials.models import Credential
from moothall.credentials.rules.barring import kinds_that_meet
from moothall.transport.models import CrewNeed, Needs
from moothall.transport.models.crew import DRIVER, ESCORT

from .going import Going


@dataclass(frozen=True)
class Paper:
    """Something of a kind that is asked for, held from a day until another."""

    kind: str
    from_on: dt.date
    until_on: dt.date | None

    def holds(self, on: dt.date) -> bool:
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True)
class Papers:
    """What is asked in some days, who of the passengers stays in a wheelchair, and what people hold."""

    needs: Sequence[CrewNeed]
    chairs: frozenset[int]
    held: dict[int, list[Paper]]

    def asked(self, going: Going) -> dict[str, list[str]]:
        """By role, the kinds that a run asks for on its day."""
        chair = any(who in self.chairs for who in going.passengers)
        return self.asked_of(going.run.kind_id, going.day, chair=chair)

    def asked_of(self, kind: int, day: dt.date, *, chair: bool) -> dict[str, list[str]]:
        """By role, the kinds that are asked for on vehicles of a kind; `chair`: somebody stays in one."""
        found: dict[str, set[str]] = {DRIVER: set(), ESCORT: set()}
        for each in self.needs:
            on = each.from_on <= day and (each.until_on is None or day <= each.until_on)
            if on and each.kind_id in (None, kind) and (chair or not each.with_wheelchair):
                found[each.role].add(each.credential.name)
        return {role: sorted(those) for role, those in found.items()}

    def lacking(self, going: Going, role: str, person: int) -> str:
        """The first kind that this person does not hold for this run, or nothing."""
        return self.lacks(self.asked(going)[role], going.day, person)

    def lacks(self, asked: Sequence[str], on: dt.date, person: int) -> str:
        """The first of these kinds that this person does not hold on a day, or nothing."""
        has = {one.kind for one in self.held.get(person, ()) if one.holds(on)}
        return next((kind for kind in asked if kind not in has), "")


def papers_of(people: Collection[int], first: dt.date, last: dt.date) -> Papers:
    """Four questions, however many people and runs there are."""
    rows = CrewNeed.objects.between(first, last).select_related("credential")
    needs = list(rows.prefetch_related("credential__met_by"))
    kinds = {each.credential_id: each.credential for each in needs}
    meets = [(kinds[pk].name, kinds_that_meet(kinds[pk])) for pk in sorted(kinds)]
    held: dict[int, list[Paper]] = defaultdict(list)
    every = {pk for _, those in meets for pk in those}
    for row in Credential.objects.verified().filter(person__in=people, kind__in=every).order_by("pk"):
        held[row.person_id] += [
            Paper(name, row.issued_on, row.expires_on) for name, those in meets if row.kind_id in those
        ]
    chairs = Needs.objects.between(first, last).filter(wheelchair__in=Needs.STAYS_IN)
    return Papers(needs, frozenset(chairs.values_list("passenger_id", flat=True)), dict(held))
