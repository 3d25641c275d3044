"""No journey is ever lost: each is accounted for in exactly one way, and the count proves it."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moothall.core.refusals import Refusal
from moothall.people.tests.make import AT
from moothall.transport.models import How, Journey, JourneyChange
from moothall.transport.rules import accounting, keeping, opening, refusals, travelling
from moothall.transport.rules.journeys import journeys_of

from .make import MONDAY, make_passenger, make_run, make_services, make_travel, make_user

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def kept() -> dict[str, Journey]:
    return {each.direction: each for each in Journey.objects.filter(day=MONDAY)}


def test_a_day_that_nobody_brought_up_to_date_names_who_is_missing() -> None:
    travel = make_travel()
    proof = accounting.prove(MONDAY)
    assert (proof.due, proof.accounted, proof.holds) == (2, 0, False)
    assert {each.passenger for each in proof.missing} == {travel.passenger_id}


def test_what_is_arranged_is_on_its_run_and_the_rest_is_unresolved_with_an_owner() -> None:
    travel, by = make_travel(), make_user()
    make_run(travel.passenger)
    proof = accounting.account_for_day(MONDAY, by=by, at=AT)
    assert proof.holds
    assert not proof.all_resolved
    there, back = kept()["TO"], kept()["FROM"]
    assert (there.how, there.run, there.stop) == (How.RUN, "L1", 2)
    assert (back.how, back.owner) == (How.UNRESOLVED, by)
    assert back.deadline_at == dt.datetime(2026, 11, 29, 16, tzinfo=dt.UTC)


def test_brought_up_to_date_again_nothing_changes_and_nothing_is_written() -> None:
    travel, by = make_travel(), make_user()
    make_run(travel.passenger)
    accounting.account_for_day(MONDAY, by=by, at=AT)
    changes = JourneyChange.objects.count()
    accounting.account_for_day(MONDAY, by=make_user(), at=AT + DAY)
    assert JourneyChange.objects.count() == changes
    assert kept()["FROM"].owner == by


def test_whoever_is_away_is_cancelled_with_the_reason_and_the_next_day_goes_on_by_itself() -> None:
    travel, by = make_travel(), make_user()
    for direction in ("TO", "FROM"):
        make_run(travel.passenger, direction)
    away = travelling.record_away(
        travel.passenger, from_on=MONDAY, until_on=MONDAY, because="Dentist", back=False, by=by, at=AT
    )
    for day in (MONDAY, MONDAY + DAY):
        assert accounting.account_for_day(day, by=by, at=AT).all_resolved
    assert kept()["TO"].cancelled_because == "Dentist"
    assert kept()["FROM"].how == How.RUN
    assert Journey.objects.filter(day=MONDAY + DAY, how=How.RUN).count() == 2
    keeping.end_entry(away, until_on=MONDAY - DAY, by=by, at=AT)
    accounting.account_for_day(MONDAY, by=by, at=AT)
    assert kept()["TO"].how == How.RUN


def test_a_closure_cancels_what_is_not_asked_for_and_opening_after_all_brings_it_back() -> None:
    travel, by = make_travel(), make_user()
    accounting.account_for_day(MONDAY, by=by, at=AT)
    closure = opening.close_days(
        kind="INSET", first_on=MONDAY, last_on=MONDAY, because="Training", centre=travel.centre, by=by, at=AT
    )
    assert not accounting.prove(MONDAY).holds
    proof = accounting.account_for_day(MONDAY, by=by, at=AT)
    assert (proof.due, proof.holds, proof.let_go) == (0, True, 2)
    with pytest.raises(refusals.NotDue):
        accounting.settle_journey(kept()["TO"], how=How.OWN, own="mother", by=by, at=AT)
    opening.open_after_all(closure, by=by, at=AT)
    assert accounting.account_for_day(MONDAY, by=by, at=AT).counted[How.UNRESOLVED] == 2


def test_what_somebody_decided_for_the_day_stays_until_it_is_left_to_the_pattern() -> None:
    travel, by = make_travel(), make_user()
    make_run(travel.passenger)
    accounting.account_for_day(MONDAY, by=by, at=AT)
    accounting.settle_journey(
        kept()["TO"],
        how=How.CONTRACTOR,
        contractor="Saddlers Cars",
        job="S-1",
        because="Bus broke",
        by=by,
        at=AT,
    )
    accounting.account_for_day(MONDAY, by=by, at=AT)
    assert kept()["TO"].by == "Saddlers Cars S-1"
    assert kept()["TO"].changes.all()[0].because == "Bus broke"
    accounting.leave_to_the_pattern(kept()["TO"], by=by, at=AT)
    assert kept()["TO"].run == "L1"


def test_by_the_clock_the_lead_of_the_team_owns_what_is_unresolved() -> None:
    make_travel()
    with pytest.raises(refusals.NobodyToOwn):
        accounting.account_for_day(MONDAY, by=None, at=AT)
    service = make_services()
    lead = make_user()
    service.team.lead = lead
    service.team.save()
    accounting.account_for_day(MONDAY, by=None, at=AT)
    assert kept()["TO"].owner == lead


NOTHING: dict[str, Any] = {
    "run": "", "stop": None, "contractor": "", "job": "", "own": "", "cancelled_because": "", "owner": None,
    "deadline_at": None,
}  # fmt: skip


def test_the_database_refuses_a_journey_that_is_accounted_for_twice_or_not_at_all() -> None:
    travel, by = make_travel(), make_user()
    ways: dict[str, dict[str, Any]] = {
        How.RUN: {"run": "L1", "stop": 1}, How.CONTRACTOR: {"contractor": "Cars", "job": "1"},
        How.OWN: {"own": "mother"}, How.CANCELLED: {"cancelled_because": "ill"},
        How.UNRESOLVED: {"owner": by, "deadline_at": AT},
    }  # fmt: skip

    def write(**given: Any) -> None:
        Journey.objects.create(
            passenger=travel.passenger, day=MONDAY, direction="TO", centre=travel.centre, changed_at=AT,
            **NOTHING | given,
        )  # fmt: skip

    for how, right in ways.items():
        with transaction.atomic():
            write(how=how, **right)
            transaction.set_rollback(True)
        wrong = [{}, *(right | more for other, more in ways.items() if other != how)]
        for each in [*wrong, *({name: value} for name, value in right.items() if len(right) > 1)]:
            with (
                pytest.raises(IntegrityError, match="accounted_for_in_exactly_one_way"),
                transaction.atomic(),
            ):
                write(how=how, **each)


def test_a_passenger_has_one_row_for_a_day_and_direction() -> None:
    travel = make_travel()
    given: dict[str, Any] = {
        "passenger": travel.passenger, "day": MONDAY, "direction": "TO", "centre": travel.centre,
        "how": How.OWN, "own": "mother", "changed_at": AT,
    }  # fmt: skip
    Journey.objects.create(**given)
    with pytest.raises(IntegrityError, match="once_a_day_and_direction"), transaction.atomic():
        Journey.objects.create(**given)


ACTS = st.lists(
    st.sampled_from(["travel", "run", "away", "close", "open", "settle", "leave", "account"]), max_size=5
)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=ACTS)
def test_whatever_is_done_in_whatever_order_bringing_up_to_date_loses_nobody(acts: list[str]) -> None:
    with transaction.atomic():
        by, travel = make_user(), make_travel()
        for act in acts:
            _do(act, travel, by)
        proof = accounting.account_for_day(MONDAY, by=by, at=AT)
        assert proof.holds
        assert proof.accounted == proof.due == len(journeys_of(MONDAY))
        transaction.set_rollback(True)


def _do(act: str, travel: Any, by: Any) -> None:
    """One thing that happens; what is refused leaves everything as it was."""
    passenger, closed = travel.passenger, travel.centre.closures.filter(withdrawn_at=None).first()
    acts: dict[str, Any] = {
        "travel": lambda: make_travel(make_passenger(), centre=travel.centre),
        "run": lambda: make_run(passenger),
        "away": lambda: travelling.record_away(
            passenger, from_on=MONDAY, until_on=MONDAY, because="Ill", by=by, at=AT
        ),
        "close": lambda: opening.close_days(
            kind="SHUT", first_on=MONDAY, last_on=MONDAY, because="Snow", centre=travel.centre, by=by, at=AT
        ),
        "open": lambda: closed and opening.open_after_all(closed, by=by, at=AT),
        "settle": lambda: [
            accounting.settle_journey(each, how=How.OWN, own="mother", by=by, at=AT)
            for each in Journey.objects.filter(day=MONDAY, is_due=True)
        ],
        "leave": lambda: keeping.leave(passenger, on=MONDAY - DAY, because="Moved", by=by, at=AT),
        "account": lambda: accounting.account_for_day(MONDAY, by=by, at=AT),
    }
    try:
        with transaction.atomic():
            acts[act]()
    except Refusal:
        return
