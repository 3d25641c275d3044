"""Contractors of a sample office of full size: vehicles, crews, papers that count, contracts and prices.

Every fifth has minibuses that drive runs of plans; the others have cars, each with jobs of its own.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from moothall.core.clock import in_london
from moothall.people.models import Account, Person
from moothall.people.rules.persons import references
from moothall.transport.models import (
    Contract,
    Contractor,
    ContractorStaff,
    ContractPrice,
    Paper,
    PaperRule,
    Run,
    RunPlan,
    Vehicle,
    VehicleKind,
)
from moothall.transport.models.paper import ASSISTANT, CONTRACTOR, DRIVER, VEHICLE

from .accounting import owner_of_all
from .allotting import allot
from .large_office import Large, price_minibuses

CONTRACT: Final = (dt.date(2026, 9, 1), dt.date(2027, 7, 21))
EVERY, MINIBUSES, CARS = 5, 4, 3
MINIBUS: Final = "contract-minibus"
TAXIS: Final = ("saloon", "taxi-carrier", "accessible-taxi")
SPREAD: Final = (61, 94, 140, 187, 233, 310)  # days until a paper runs out; of a few it is sooner
SOON: Final = (17, 41)  # one of so many, and the days it has left
DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True)
class Firm:
    """One of them, with what goes out: vehicles and drivers in pairs, and who assists."""

    pk: int
    name: str
    vehicles: Sequence[int]
    drivers: Sequence[int]
    assistant: int
    drives_runs: bool


def add_firms(large: Large) -> list[Firm]:
    """As many as it has, beside those of the pack."""
    kinds = {each.key: each for each in VehicleKind.objects.all()}
    there = Contractor.objects.count()
    by, today = owner_of_all(), in_london(large.pack.at).date()
    papers = _Papers(large, by, today)
    firms = [_firm(large, number, kinds, papers) for number in range(there, max(there, large.contractors))]
    price_minibuses(large, kinds[MINIBUS], [each.pk for each in firms if each.drives_runs])
    large.tables.copy()
    return firms


class _Papers:
    """One of each kind that is needed, seen by somebody; of a few it runs out soon."""

    def __init__(self, large: Large, by: Account, today: dt.date) -> None:
        self.large, self.by, self.today, self.number = large, by, today, 0
        self.kinds: dict[str, list[tuple[int, str]]] = {}
        for each in PaperRule.objects.in_force(today).filter(seats_over=None).select_related("kind"):
            pair = each.kind_id, each.kind.key
            if pair not in self.kinds.setdefault(each.of, []):
                self.kinds[each.of].append(pair)

    def add(self, of: str, **holder: int) -> None:
        for kind, key in self.kinds.get(of, ()):
            self.number += 1
            soon = self.number % SOON[0] == 0
            days = SOON[1] if soon else SPREAD[self.number % len(SPREAD)]
            self.large.tables.add(
                Paper, kind_id=kind, number=f"{key[:2].upper()}-{70_000 + self.number}",
                issued_on=self.today - DAY * 54,
                expires_on=None if key == "right-to-work" else self.today + DAY * days,
                recorded_at=self.large.pack.at, recorded_by_id=self.by.pk, verified_at=self.large.pack.at,
                verified_by_id=self.by.pk, **holder,
            )  # fmt: skip


def _firm(large: Large, number: int, kinds: Mapping[str, VehicleKind], papers: _Papers) -> Firm:
    words, at = large.words, large.pack.at
    names, endings = words["contractor_names"], words["contractor_endings"]
    runs = number % EVERY == 0
    name = f"{names[number % len(names)]} {'Minibuses' if runs else endings[number % len(endings)]}"
    if number >= len(names):
        name += f" {number // len(names) + 1}"
    given, family = large.name()
    pk = large.tables.add(
        Contractor, number=f"C-{number + 1:02}", name=name, contact=f"{given} {family}",
        phone=f"01632 96{2000 + number}", email=f"office-{number + 1}@contractors.example", added_at=at,
        added_by_id=papers.by.pk,
    )  # fmt: skip
    papers.add(CONTRACTOR, contractor_id=pk)
    _contract(large, pk, number, runs=runs)
    many = MINIBUSES if runs else CARS
    vehicles = []
    for each in range(many):
        kind = kinds[MINIBUS if runs else TAXIS[each]]
        vehicle = large.tables.add(
            Vehicle, registration=f"CT{number:03}V{each + 1}", kind_id=kind.pk, contractor_id=pk, added_at=at,
            added_by_id=papers.by.pk,
        )  # fmt: skip
        papers.add(VEHICLE, vehicle_id=vehicle)
        vehicles.append(vehicle)
    crew = [
        _member(large, pk, badge, papers, drives=place < many)
        for place, badge in enumerate(_badges(number, many + 1))
    ]
    return Firm(pk, name, vehicles, crew[:many], crew[many], runs)


def _badges(number: int, many: int) -> Iterator[str]:
    return (f"PH-{6000 + number * 10 + each}" for each in range(many))


def _contract(large: Large, pk: int, number: int, *, runs: bool) -> None:
    at = large.pack.at
    contract = large.tables.add(
        Contract, contractor_id=pk, number=f"BG/2026/T-{100 + number}", from_on=CONTRACT[0],
        until_on=CONTRACT[1], name="Home to school and day centres 2026/27", recorded_at=at,
    )  # fmt: skip
    if not runs:
        low, high = (Decimal(each) for each in large.words["taxi_run"])
        amount = low + (high - low) * large.dice.randrange(11) / 10
        large.tables.add(
            ContractPrice, contract_id=contract, unit=ContractPrice.RUN, amount=amount, from_on=CONTRACT[0],
            recorded_at=at,
        )  # fmt: skip


def _member(large: Large, firm: int, badge: str, papers: _Papers, *, drives: bool) -> int:
    given, family = large.name()
    person = large.tables.add(
        Person, reference=references(1)[0], given_name=given, family_name=family,
        full_name=f"{given} {family}", added_at=large.pack.at,
    )  # fmt: skip
    member = large.tables.add(
        ContractorStaff, person_id=person, contractor_id=firm, badge=badge, drives=drives, assists=not drives,
        from_on=CONTRACT[0], recorded_at=large.pack.at,
    )  # fmt: skip
    papers.add(DRIVER if drives else ASSISTANT, member_id=member)
    return member


def jobs_of(firms: Sequence[Firm]) -> list[tuple[Firm, int]]:
    """A place for a job of each car in turn."""
    return [(each, car) for car in range(CARS) for each in firms if not each.drives_runs]


def allot_jobs(large: Large, done: Mapping[str, tuple[Firm, int]]) -> None:
    """Each job to a car, its driver and whoever assists, from three weeks ago on."""
    for job, (firm, car) in done.items():
        _allot(large, firm, car, job, assists=True)


def allot_runs(large: Large, firms: Sequence[Firm], plan: RunPlan) -> None:
    """Runs of a plan that a contractor drives, each to a minibus of its own in each direction."""
    by_pk = {each.pk: each for each in firms}
    taken: dict[tuple[int, str], int] = {}
    for run in Run.objects.filter(plan=plan, contractor__in=by_pk).order_by("direction", "number"):
        firm = by_pk[run.contractor_id or 0]
        place = taken.get((firm.pk, run.direction), 0)
        taken[firm.pk, run.direction] = place + 1
        _allot(large, firm, place % MINIBUSES, run.called, assists=run.escort)


def _allot(large: Large, firm: Firm, place: int, job: str, *, assists: bool) -> None:
    given: dict[str, Any] = {
        "vehicle": Vehicle.objects.get(pk=firm.vehicles[place]),
        "driver": ContractorStaff.objects.get(pk=firm.drivers[place]),
        "assistant": ContractorStaff.objects.get(pk=firm.assistant) if assists else None,
    }
    allot(
        job=job, contractor=Contractor.objects.get(pk=firm.pk), by=owner_of_all(), at=large.pack.at,
        from_on=max(CONTRACT[0], in_london(large.pack.at).date() - DAY * 20), **given,
    )  # fmt: skip
