"""Nothing is allotted whose papers do not count, and what runs out at midnight bars the day after."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from moothall.core.refusals import Refusal
from moothall.letters.models import Letter
from moothall.people.tests.make import AT
from moothall.transport.models import Allotment, Journey, OffRoad, Paper, PaperChase
from moothall.transport.models.paper import ASSISTANT, CONTRACTOR, DRIVER, VEHICLE
from moothall.transport.rules import allotting, contracting, firm_refusals, papers
from moothall.transport.rules.accounting import account_for_day
from moothall.transport.rules.chasing import chase_papers
from moothall.transport.rules.keeping import DAY
from moothall.transport.rules.sanctioning import sanction

from .make import MONDAY, make_manager, make_run, make_services, make_travel
from .make_contractors import (
    make_allotment,
    make_contract,
    make_contractor,
    make_member,
    make_needed,
    make_paper,
    make_theirs,
)

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + DAY


def refused(**changes: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        make_allotment(**{"from_on": MONDAY} | changes)
    return str(refusal.value)


def test_what_lacks_a_paper_is_refused_with_every_reason() -> None:
    firm = make_contractor(name="Saddlers Cars")
    vehicle, driver = make_theirs(firm, registration="FX21ABC"), make_member(firm, name="Olena Shevchuk")
    insurance, badge = make_needed(VEHICLE, "insurance"), make_needed(DRIVER, "badge")
    make_needed(CONTRACTOR, "licence")
    make_paper(vehicle, insurance, expires_on=MONDAY - DAY)
    make_paper(driver, badge, seen=False)
    said = refused(contractor=firm, vehicle=vehicle, driver=driver)
    assert "Insurance of FX21ABC ran out on 29 November 2026" in said
    assert "nobody has verified the Badge of Olena Shevchuk" in said
    assert "Saddlers Cars has no Licence on record" in said
    assert not Allotment.objects.exists()


def test_the_last_day_of_a_paper_still_counts_and_the_day_after_does_not() -> None:
    firm = make_contractor()
    vehicle = make_theirs(firm)
    make_paper(vehicle, make_needed(VEHICLE, "insurance"), expires_on=MONDAY)
    made = make_allotment(firm, vehicle=vehicle, from_on=MONDAY)
    assert allotting.bars_of([made], on=MONDAY) == [[]]
    assert [str(bar) for bar in allotting.bars_of([made], on=TUESDAY)[0]] == [
        f"Insurance of {vehicle} ran out on 30 November 2026"
    ]
    (barred,) = allotting.barred_between(MONDAY, MONDAY + DAY * 14)
    assert (barred.allotment, barred.day) == (made, TUESDAY)


def test_the_database_itself_takes_no_allotment_without_its_papers() -> None:
    made = make_allotment()
    make_needed(VEHICLE, "insurance")
    with pytest.raises(IntegrityError, match="insurance"), transaction.atomic():
        Allotment.objects.create(
            job="J-99", contractor=made.contractor, vehicle=made.vehicle, driver=made.driver, from_on=MONDAY,
            recorded_at=AT,
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="insurance"), transaction.atomic():
        Allotment.objects.filter(pk=made.pk).update(from_on=MONDAY)
    Allotment.objects.filter(pk=made.pk).update(until_on=MONDAY)


def test_a_rule_about_large_vehicles_asks_nothing_of_small_ones() -> None:
    make_needed(VEHICLE, "accessibility", seats_over=22)
    firm = make_contractor()
    make_allotment(firm, vehicle=make_theirs(firm, seats=22))
    assert "no Accessibility" in refused(contractor=firm, vehicle=make_theirs(firm, seats=49))


def test_the_assistant_is_asked_for_their_papers_and_for_what_they_do() -> None:
    firm = make_contractor()
    badge = make_needed(ASSISTANT, "badge")
    assistant = make_member(firm, name="Rhian Pugh", drives=False, assists=True)
    assert "Rhian Pugh has no Badge" in refused(contractor=firm, assistant=assistant)
    make_paper(assistant, badge)
    assert make_allotment(firm, assistant=assistant).assistant == assistant
    with pytest.raises(firm_refusals.NotTheirPart):
        make_allotment(firm, driver=assistant)
    with pytest.raises(firm_refusals.NotTheirs):
        make_allotment(firm, vehicle=make_theirs(make_contractor()))


def test_whoever_is_suspended_off_the_road_gone_or_without_a_contract_is_barred() -> None:
    firm, by = make_contractor(), make_manager()
    made = make_allotment(firm)
    given: dict[str, Any] = {"because": "Found", "from_on": MONDAY, "by": by, "at": AT}
    sanction(firm, kind="WARNING", **given)
    assert allotting.bars_of([made], on=MONDAY) == [[]]
    sanction(firm, kind="SUSPENDED", member=made.driver, until_on=MONDAY, **given)
    OffRoad.objects.create(vehicle=made.vehicle, because="Brakes", from_on=MONDAY, recorded_at=AT)
    bars = [each.why for each in allotting.bars_of([made], on=MONDAY)[0]]
    assert bars == [allotting.SUSPENDED, allotting.OFF_ROAD]
    contracting.end_contractor(firm, on=MONDAY, because="Sold", by=by, at=AT)
    made = Allotment.objects.select_related(*allotting.WITH).get(pk=made.pk)
    assert allotting.ENDED in [each.why for each in allotting.bars_of([made], on=TUESDAY)[0]]
    bare = make_contractor()
    with pytest.raises(firm_refusals.NotAllottable):
        allotting.allot(
            job="J", contractor=bare, vehicle=make_theirs(bare), driver=make_member(bare), from_on=MONDAY,
            by=by, at=AT,
        )  # fmt: skip
    make_contract(bare)


def test_another_crew_from_a_day_on_ends_the_one_before_and_can_be_taken_back() -> None:
    firm, by = make_contractor(), make_manager()
    before = make_allotment(firm, job="J-1")
    after = make_allotment(firm, job="J-1", from_on=MONDAY)
    before.refresh_from_db()
    assert before.until_on == MONDAY - DAY
    allotting.take_back(after, by=by, at=AT)
    before.refresh_from_db()
    assert before.until_on is None
    contracting.end_contractor_staff(before.driver, until_on=MONDAY, by=by, at=AT)
    before.refresh_from_db()
    assert before.until_on == MONDAY


def test_an_insurance_that_runs_out_at_midnight_leaves_no_journey_with_that_job() -> None:
    make_services()
    by, firm = make_manager(), make_contractor(name="Saddlers Cars")
    vehicle = make_theirs(firm, registration="FX21ABC")
    make_paper(vehicle, make_needed(VEHICLE, "insurance"), expires_on=MONDAY)
    make_allotment(firm, job="SC-114", vehicle=vehicle)
    travel = make_travel()
    for direction in ("TO", "FROM"):
        make_run(
            travel.passenger, direction, how="CONTRACTOR", contractor="Saddlers Cars", job="SC-114", run="",
            stop=None,
        )  # fmt: skip
    account_for_day(MONDAY, by=by, at=AT)
    proof = account_for_day(TUESDAY, by=by, at=AT)
    assert set(Journey.objects.filter(day=MONDAY).values_list("how", flat=True)) == {"CONTRACTOR"}
    assert proof.counted["UNRESOLVED"] == 2
    there = Journey.objects.get(day=TUESDAY, direction="TO")
    assert there.owner == by
    assert "Insurance of FX21ABC ran out on 30 November 2026" in there.changes.all()[0].because
    make_paper(vehicle, Paper.objects.get().kind, issued_on=AT.date())
    assert account_for_day(TUESDAY, by=by, at=AT).counted["CONTRACTOR"] == 2


def test_a_paper_that_is_checked_anew_ends_earlier_and_a_later_one_follows_it() -> None:
    firm = make_contractor()
    kind = make_needed(CONTRACTOR, "check", months=6)
    first = make_paper(firm, kind, issued_on=dt.date(2026, 1, 10), expires_on=None)
    assert first.expires_on == dt.date(2026, 7, 9)
    second = make_paper(firm, kind, issued_on=dt.date(2026, 2, 1), expires_on=None)
    first.refresh_from_db()
    assert first.followed_by == second
    by = make_manager()
    papers.withdraw_paper(second, because="Revoked", by=by, at=AT)
    first.refresh_from_db()
    assert first.followed_by is None
    papers.restore_paper(second, by=by, at=AT)
    first.refresh_from_db()
    assert first.followed_by == second
    with pytest.raises(firm_refusals.NotWaiting):
        papers.verify_paper(second, by=by, at=AT)


def test_contractors_are_written_to_once_a_rung_and_once_it_has_run_out() -> None:
    firm = make_contractor(name="Pen-y-bont Cars", name_cy="Ceir Pen-y-bont", language="cy")
    kind = make_needed(CONTRACTOR, "insurance")
    make_paper(firm, kind, expires_on=MONDAY)
    told = [
        chase_papers(at=AT, today=MONDAY - DAY * left) for left in (43, 42, 30, 28, 15, 14, 14, 0, -1, -2)
    ]
    assert told == [0, 1, 0, 1, 0, 1, 0, 0, 1, 0]
    letters = list(Letter.objects.order_by("id"))
    assert {each.language for each in letters} == {"cy"}
    assert letters[0].subject == "Insurance, Pen-y-bont Cars: daw i ben ar 30 Tachwedd 2026"
    assert PaperChase.objects.filter(paper=Paper.objects.get()).count() == 4
