"""Joiners of an extract who are on record already as persons: found for many rows in two questions."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from moothall.people.models import ContactPoint, Person
from moothall.people.models.contact_folding import fold_email

from .meaning import Said


@dataclass
class OnRecord:
    """Persons who do not work here, by their very name with their day of birth, or with an address."""

    born: dict[tuple[str, dt.date], dict[int, Person]] = field(default_factory=lambda: defaultdict(dict))
    reached: dict[tuple[str, str], dict[int, Person]] = field(default_factory=lambda: defaultdict(dict))
    joined: set[int] = field(default_factory=set)

    def somebody(self, said: Said) -> Person | None:
        """The one person whom a row speaks of, if there is one and no more; nobody twice."""
        name = said.name.casefold()
        found = self._free(self.born.get((name, said.born_on), {})) if said.born_on else []
        if not found and said.email:
            found = self._free(self.reached.get((name, fold_email(said.email)), {}))
        if len(found) != 1:
            return None
        self.joined.add(found[0].pk)
        return found[0]

    def _free(self, fits: dict[int, Person]) -> list[Person]:
        return [person for pk, person in fits.items() if pk not in self.joined]


def on_record(joiners: Collection[Said]) -> OnRecord:
    found = OnRecord()
    free = Person.objects.current().exclude(employments__ended_on=None, employments__isnull=False)
    if days := {said.born_on for said in joiners if said.born_on}:
        for person in free.filter(born_on__in=days).order_by("pk"):
            if person.born_on is not None:
                found.born[person.full_name.casefold(), person.born_on][person.pk] = person
    if mails := {fold_email(said.email) for said in joiners if said.email}:
        points = ContactPoint.objects.filter(folded__in=mails, ended_at=None).order_by("person_id", "pk")
        people = free.in_bulk(set(points.values_list("person_id", flat=True)))
        for person_id, folded in points.values_list("person_id", "folded"):
            if person_id in people:
                person = people[person_id]
                found.reached[person.full_name.casefold(), folded][person_id] = person
    return found
