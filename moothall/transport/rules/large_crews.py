"""Drivers and escorts of a sample office of full size: people, employments, places in crews, accounts."""

from decimal import Decimal
from typing import Any, Final

from django.contrib.auth.hashers import make_password

from moothall.people.models import Account, Organisation, Person, Post
from moothall.people.rules.persons import references
from moothall.transport.models import CrewMember, Depot
from moothall.workforce.models import Assignment, Employment, WorkPattern

from .large_office import Large, depot_of

POSTS: Final = {True: "TP-DRV", False: "TP-ESC"}
PATTERN: Final = "crew-week"


def add_crews(large: Large) -> None:
    """As many as it has, beside those of the pack. Their accounts have no password yet."""
    there = CrewMember.objects.count()
    wanted = max(0, large.staff - there)
    drivers = round(large.staff * large.drivers) - CrewMember.objects.filter(drives=True).count()
    crews = _Crews(large)
    for place, reference in enumerate(references(wanted) if wanted else ()):
        crews.add(reference, there + place + 1, place, drives=place < drivers)
    large.tables.copy()


class _Crews:
    def __init__(self, large: Large) -> None:
        self.large, self.at = large, large.pack.at
        self.posts = {drives: Post.objects.get(number=number) for drives, number in POSTS.items()}
        self.pattern = WorkPattern.objects.get(key=PATTERN)
        like = Assignment.objects.filter(pattern=self.pattern).order_by("from_on", "id")[0]
        self.unit = Organisation.objects.get(pk=like.unit_id)
        self.since = like.from_on
        self.depots = list(Depot.objects.order_by("id"))
        self.password = make_password(None)

    def add(self, reference: str, number: int, place: int, *, drives: bool) -> None:
        given, family = self.large.name()
        name = f"{given} {family}"
        person = self._row(Person, reference=reference, given_name=given, family_name=family, full_name=name)
        employment = self._row(
            Employment, person_id=person, number=f"TR{number:04}", nation=Employment.ENGLAND,
            started_on=self.since, continuous_from=self.since,
        )  # fmt: skip
        self.large.tables.add(
            Assignment, employment_id=employment, post_id=self.posts[drives].pk, unit_id=self.unit.pk,
            weekly_hours=sum(self.pattern.hours, Decimal(0)), pattern_id=self.pattern.pk,
            pattern_from=self.since, from_on=self.since, recorded_at=self.at,
        )  # fmt: skip
        self._row(
            CrewMember, employment_id=employment, drives=drives,
            escorts=not drives or self.large.dice.random() < self.large.both,
            depot_id=self.depots[depot_of(place, len(self.depots))].pk,
        )  # fmt: skip
        self._row(
            Account, email=f"crew-{number}@bryn-gororau.example", name=name, person_id=person,
            password=self.password, daily_digest=False,
        )  # fmt: skip

    def _row(self, model: Any, **values: Any) -> int:
        return self.large.tables.add(model, added_at=self.at, **values)
