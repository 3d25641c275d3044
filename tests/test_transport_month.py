"""A month of a small transport desk, walked day by day over the night in which the clocks change."""

import datetime as dt
from typing import Any

import pytest

from benchmarks.transport_month import table, walk
from moothall.people.tests.make import AT
from moothall.reports.tests.make import make_reason
from moothall.transport.models import Depot, How, Journey, Run
from moothall.transport.models.paper import VEHICLE
from moothall.transport.planning import crew_making
from moothall.transport.planning.crew_child import made as search_week
from moothall.transport.rules import travelling
from moothall.transport.tests.make import WEEK, make_centre, make_manager, make_services
from moothall.transport.tests.make_contractors import (
    make_allotment,
    make_contractor,
    make_needed,
    make_paper,
    make_theirs,
)
from moothall.transport.tests.make_crews import make_hours, make_member
from moothall.transport.tests.make_runs import make_fleet, make_published, make_travellers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FIRST = dt.date(2026, 10, 5)
DAYS = 33  # the clocks change on the twentieth
RUNS_OUT = dt.date(2026, 10, 20)


class InThisProcess:
    def __init__(self, order: Any, _search: Any) -> None:
        self.order = order

    def __enter__(self) -> "InThisProcess":
        return self

    def __exit__(self, *_gone: object) -> None:
        pass

    def hear(self, _seconds: float) -> tuple[str, Any]:
        return "MADE", search_week(self.order)


@pytest.mark.timeout(300)
def test_every_run_is_manned_or_in_alarm_each_day_and_nobody_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew_making, "Child", InThisProcess)
    by = make_manager()
    service = make_services()
    service.team.lead = by
    service.team.save(update_fields=["lead"])
    make_reason()
    _office(by)
    month = walk(by=by, first=FIRST, days=DAYS)

    assert month.broken == [], table(month)
    for what in (
        "passengers ill", "drivers and escorts ill", "vehicles off the road", "schools that closed early",
        "runs in alarm", "journeys with somebody who sees to them", "weeks of crews: Made",
    ):  # fmt: skip
        assert month.counts[what] > 0, f"{what}\n{table(month)}"
    _an_insurance_ran_out()


def _office(by: Any) -> None:
    """Eight passengers on runs of our own, one with a contractor whose insurance runs out in the month."""
    make_hours()
    vehicles = make_fleet(8)
    centre = make_centre()
    *_ours, taken = make_travellers(9, centre=centre)
    firm = make_contractor(name="Saddlers Cars")
    car = make_theirs(firm)
    make_paper(car, make_needed(VEHICLE), expires_on=RUNS_OUT)
    make_allotment(firm, job="SC-1", vehicle=car)
    for way in ("TO", "FROM"):
        travelling.arrange(
            taken, direction=way, weekdays=WEEK, from_on=dt.date(2026, 9, 1), how=How.CONTRACTOR,
            contractor=firm.name, job="SC-1", by=None, at=AT,
        )  # fmt: skip
    plan = make_published(by, from_on=FIRST)
    for way in ("TO", "FROM"):
        for run, vehicle in zip(Run.objects.filter(plan=plan, direction=way), vehicles, strict=False):
            run.vehicle = vehicle
            run.save(update_fields=["vehicle"])
    depot = Depot.objects.get()
    for number in range(9):
        make_member(depot, name=f"Ines Okafor {number}")


def _an_insurance_ran_out() -> None:
    rows = Journey.objects.filter(passenger__person__full_name="Osian8 Bello", direction="TO")
    hows = dict(rows.exclude(how=How.CANCELLED).values_list("day", "how"))
    assert {how for day, how in hows.items() if day <= RUNS_OUT} == {How.CONTRACTOR}
    assert {how for day, how in hows.items() if day > RUNS_OUT} == {How.UNRESOLVED}
