"""Passengers of a sample office of full size: what they need, where they live and go, and how.

Who goes where keeps to how far a ride may be: of each kind of school the nearer are the likelier.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import count
from math import exp
from typing import Any, Final

from moothall.core.clock import in_london
from moothall.core.earth import Point, kilometres_between
from moothall.people.models import Person
from moothall.people.rules.persons import references
from moothall.transport.models import (
    Arrangement,
    Centre,
    Consent,
    EligibilityRule,
    EmergencyContact,
    Entitlement,
    Home,
    HomeAddress,
    How,
    Needs,
    Passenger,
    RiskAssessment,
    Stay,
    Travel,
)
from moothall.transport.models.journey import FROM, TO

from .eligibility import Facts, find, last_day_of
from .large_firms import Firm
from .large_office import SINCE, WEEK, Large
from .sample import ENTITLED, FACT_OF, PHASE_OF

FAR: Final = {
    Centre.PRIMARY: 7.0, Centre.SECONDARY: 12.0, Centre.SPECIAL: 16.0, Centre.COLLEGE: 16.0, Centre.DAY: 12.0,
}  # fmt: skip
LIKELY: Final = 4.0  # kilometres
AGES: Final = {
    Centre.PRIMARY: (5, 10), Centre.SECONDARY: (11, 15), Centre.SPECIAL: (5, 15), Centre.COLLEGE: (16, 18),
    Centre.DAY: (19, 88),
}  # fmt: skip
DAYS: Final = {Centre.COLLEGE: (3, 5), Centre.DAY: (2, 4)}
YEAR: Final = 365
ALSO: Final = ("Father’s", "Grandmother’s", "Respite: Sycamore House")
RELATIONS: Final = ("mother", "father", "grandmother", "foster carer")
HELPS: Final = (
    "Headphones are in the bag.", "Sits by the window.", "Say each step before it happens.",
    "Does not like the radio.", "A picture card for each stop.",
)  # fmt: skip
Job = tuple[Firm, int]


def add_passengers(large: Large, jobs: Sequence[Job]) -> Mapping[str, Job]:
    """As many as it has, beside those of the pack; the answer is which job of theirs is done by which car."""
    made = _People(large, jobs)
    wanted = max(0, large.passengers - Passenger.objects.count())
    for reference in references(wanted) if wanted else ():
        made.add(reference)
    large.tables.copy()
    return made.jobs


class _People:
    def __init__(self, large: Large, jobs: Sequence[Job]) -> None:
        self.large, self.dice, self.at = large, large.dice, large.pack.at
        self.cars, self.jobs = list(jobs), dict[str, Job]()
        self.centres: dict[str, list[Centre]] = defaultdict(list)
        for each in Centre.objects.filter(nation="ENG").order_by("id"):
            self.centres[each.kind].append(each)
        self.kinds = [each for each in large.kinds if self.centres[each.kind]]
        self.rules: dict[tuple[str, int], EligibilityRule | None] = {}
        self.numbers = count(1)

    def add(self, reference: str) -> None:
        town = self.large.town()
        home = self.large.point(town)
        centre = self._centre(home)
        born_on = self._born(centre.kind)
        given, family = self.large.name()
        welsh = self.large.has("welsh")
        person = self.large.tables.add(
            Person, reference=reference, given_name=given, family_name=family, full_name=f"{given} {family}",
            born_on=born_on, language="cy" if welsh else "", added_at=self.at,
            language_source="Said so on applying" if welsh else "",
            language_set_on=in_london(self.at).date() if welsh else None,
        )  # fmt: skip
        passenger = self.large.tables.add(Passenger, person_id=person, added_at=self.at)
        needs = self._needs(passenger, centre)
        street = f"{self.dice.randrange(1, 90)} {self.dice.choice(self.large.words['streets'])}"
        self._home(passenger, home, f"{street}\n{town.name}")
        self._care(passenger, family, needs)
        self._travel(passenger, centre)
        self._entitle(passenger, centre, born_on)

    def _centre(self, home: Point) -> Centre:
        """Of a kind drawn, one that is not too far for the ride; the nearest where all are."""
        kind = self.dice.choices(self.kinds, [each.going for each in self.kinds])[0].kind
        those = self.centres[kind]
        far = [kilometres_between(home, (each.latitude, each.longitude)) for each in those]
        likely = [exp(-each / LIKELY) if each <= FAR[kind] else 0.0 for each in far]
        return self.dice.choices(those, likely)[0] if any(likely) else those[far.index(min(far))]

    def _born(self, kind: str) -> dt.date:
        low, high = AGES[kind]
        days = self.dice.randint(low * YEAR + low // 4 + 1, (high + 1) * YEAR + high // 4 - 1)
        return ENTITLED - dt.timedelta(days=days)

    def _dated(self, model: Any, passenger: int, **values: Any) -> int:
        given = {"from_on": SINCE, "recorded_at": self.at, "passenger_id": passenger} | values
        return self.large.tables.add(model, **given)

    def _needs(self, passenger: int, centre: Centre) -> dict[str, Any]:
        special = centre.kind in (Centre.SPECIAL, Centre.DAY)
        chair = special and self.dice.random() < self.large.shares["wheelchair"] / 0.6
        escort = Needs.NO_ESCORT
        if self.large.has("own"):
            escort = Needs.OWN
        elif special and self.dice.random() < self.large.shares["shared"] / 0.6:
            escort = Needs.SHARED
        needs: dict[str, Any] = {
            "wheelchair": self.dice.choice(Needs.STAYS_IN) if chair else Needs.WALKS,
            "wheelchair_kg": self.dice.randrange(48, 170) if chair else None, "escort": escort,
            "travels_alone": escort == Needs.OWN and self.dice.random() < 0.15,
            "restraint": Needs.BOOSTER if centre.kind == Centre.PRIMARY else Needs.NO_RESTRAINT,
            "triggers": self.dice.choice(HELPS) if escort != Needs.NO_ESCORT else "",
        }  # fmt: skip
        self._dated(Needs, passenger, **needs)
        return needs

    def _home(self, passenger: int, point: Point, words: str) -> None:
        self._address(self._dated(Home, passenger, name="Home"), point, words)
        if not self.large.has("second_home"):
            return
        town = self.large.town()
        home = self._dated(Home, passenger, name=self.dice.choice(ALSO), is_main=False)
        self._address(home, self.large.point(town), f"{self.dice.randrange(1, 60)} High Street\n{town.name}")
        days = sorted(self.dice.sample(WEEK, 2))
        self._dated(Stay, passenger, home_id=home, weekdays=days, every_weeks=2)

    def _address(self, home: int, point: Point, words: str) -> None:
        self.large.tables.add(HomeAddress, home_id=home, words=words, latitude=point[0], longitude=point[1])

    def _care(self, passenger: int, family: str, needs: Mapping[str, Any]) -> None:
        name = f"{self.dice.choice(self.large.words['given_names'])} {family}"
        self._dated(
            EmergencyContact, passenger, name=name, relationship=self.dice.choice(RELATIONS),
            phone=f"01632 97{passenger % 10_000:04}", may_receive=True,
        )  # fmt: skip
        if needs["escort"] == Needs.NO_ESCORT and needs["wheelchair"] == Needs.WALKS:
            return
        self._dated(
            RiskAssessment, passenger, from_on=ENTITLED, risks="Getting on and off; distress on the way.",
            level=RiskAssessment.HIGH if needs["escort"] == Needs.OWN else RiskAssessment.MEDIUM,
            controls="The crew knows what upsets and what helps; the seat is by the door.",
            review_on=ENTITLED + dt.timedelta(days=60 + passenger * 7 % 200),
        )  # fmt: skip
        self._dated(Consent, passenger, kind=Consent.CREW, given=True, said_by=name)

    def _travel(self, passenger: int, centre: Centre) -> None:
        low, high = DAYS.get(centre.kind, (5, 5))
        days = sorted(self.dice.sample(WEEK, self.dice.randint(low, high)))
        self._dated(Travel, passenger, centre_id=centre.pk, weekdays=days)
        how: dict[str, Any] = {}
        if self.large.has("job") and self.cars:
            firm, car = self.cars[len(self.jobs) % len(self.cars)]
            job = f"J-{next(self.numbers):03}"
            self.jobs[job] = firm, car
            how = {"how": How.CONTRACTOR, "contractor": firm.name, "job": job}
        elif self.large.has("family"):
            how = {"how": How.OWN, "own": "mileage: the family drives"}
        for direction in (TO, FROM) if how else ():
            self._dated(Arrangement, passenger, direction=direction, weekdays=days, **how)

    def _entitle(self, passenger: int, centre: Centre, born_on: dt.date) -> None:
        age = ENTITLED.year - born_on.year - ((ENTITLED.month, ENTITLED.day) < (born_on.month, born_on.day))
        key = centre.kind, age
        if key not in self.rules:
            facts = Facts("ENG", PHASE_OF[centre.kind], age, Decimal("3.4"), frozenset(FACT_OF[centre.kind]))
            self.rules[key] = find(facts, on=ENTITLED).rule
        rule = self.rules[key]
        self.large.tables.add(
            Entitlement, passenger_id=passenger, centre_id=centre.pk, way=Entitlement.TRANSPORT,
            rule_id=rule.pk if rule else None, from_on=ENTITLED,
            until_on=last_day_of(rule, born_on, after=ENTITLED),
            review_on=dt.date(2027, 3, 1) + dt.timedelta(days=passenger * 5 % 120),
        )  # fmt: skip
