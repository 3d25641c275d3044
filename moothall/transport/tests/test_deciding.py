"""From application to decision, entitlement and two stages of appeal, on their cases and clocks."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from moothall.cases.models import Case
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.definition import OutcomeDefinition
from moothall.cases.rules.opening import open_case
from moothall.cases.tests.make import make_service, states
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import AT, audited, make_person
from moothall.transport.models import Application, Assessment, Entitlement, TravelReview
from moothall.transport.rules import appealing, applying, deciding, refusals
from moothall.transport.rules.reviewing import open_reviews

from .make import make_application, make_centre, make_manager, make_passenger, make_rule, make_services

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
JANUARY = dt.date(2027, 1, 5)


def facts(application: Application, by: Account, *true: str, miles: str = "3.4") -> Assessment:
    assert application.centre is not None
    return applying.assess(
        application, nation="ENG", phase="SECONDARY", born_on=dt.date(2016, 5, 2), centre=application.centre,
        on=JANUARY, facts=true, miles=Decimal(miles), by=by, at=AT,
    )  # fmt: skip


def decide(application: Application, by: Account, outcome: str, **changes: Any) -> Any:
    given: dict[str, Any] = {"because": "By the measured route.", "by": by, "at": AT}
    return deciding.decide(application, outcome=outcome, **given | changes)


def letters() -> list[Letter]:
    return list(Letter.objects.order_by("id"))


def test_the_public_form_makes_an_application_of_what_was_answered() -> None:
    service = make_services()
    centre = make_centre(name="The Larches")
    answers = {
        "name": "Noor Haddad",
        "born_on": "2018-03-30",
        "centre": "the larches",
        "starts_on": "2027-01-05",
    }
    case = open_case(service, title="Help", channel="form", received_at=AT, at=AT, answers=answers)
    made = Application.objects.get(case=case)
    assert (made.name, made.born_on, made.centre) == ("Noor Haddad", dt.date(2018, 3, 30), centre)


def test_who_is_entitled_is_agreed_becomes_a_passenger_and_reads_why() -> None:
    by = make_manager()
    make_rule(name="Over three miles")
    application = make_application(by)
    assert facts(application, by, "nearest").is_entitled
    made = decide(application, by, "AGREED", until_on=dt.date(2033, 8, 31))
    application.refresh_from_db()
    assert application.passenger is not None
    assert application.passenger.entitlements.get() == made.entitlement
    assert made.entitlement.review_on == JANUARY + DAY * 365
    (letter,) = letters()
    for words in (
        "a place on a vehicle",
        "Over three miles",
        "3.40 miles, as measured by us",
        "31 August 2033",
    ):
        assert words in letter.body
    case = Case.objects.get(pk=application.case_id)
    assert (case.outcome, case.is_closed) == ("agreed", True)
    assert states(case) == {"facts": "DONE", "decide": "DONE"}
    assert "transport.decide" in [event.verb for event in audited(application)]


def test_a_refusal_says_what_was_not_met_and_until_when_one_may_appeal() -> None:
    by = make_manager()
    make_rule(name="Over three miles")
    application = make_application(by)
    facts(application, by, "nearest", miles="2.4")
    with pytest.raises(refusals.RuleSaysNo):
        decide(application, by, "AGREED")
    made = decide(application, by, "REFUSED")
    assert appealing.last_day_to_ask(made) == dt.date(2026, 12, 21)
    (letter,) = letters()
    assert "Over three miles: this was not met: over 3 miles on foot" in letter.body
    assert "until 21 December 2026" in letter.body
    with pytest.raises(refusals.DecidedAlready):
        decide(application, by, "AGREED", discretion=True)


def test_it_can_be_agreed_at_discretion_with_a_reason() -> None:
    by = make_manager()
    application = make_application(by)
    facts(application, by)
    with pytest.raises(refusals.ReasonNeeded):
        decide(application, by, "AGREED", discretion=True, because=" ")
    made = decide(
        application, by, "AGREED", discretion=True, way=Entitlement.MILEAGE, amount=Decimal("900.00")
    )
    assert made.entitlement.rule is None
    assert made.entitlement.amount == Decimal("900.00")


def test_nothing_is_decided_without_facts_or_where_nobody_can_be_written_to() -> None:
    by = make_manager()
    application = make_application(by, requester=make_person())
    with pytest.raises(refusals.FactsNeeded):
        decide(application, by, "REFUSED")
    facts(application, by)
    with pytest.raises(refusals.NobodyToWriteTo):
        decide(application, by, "REFUSED")
    assert not application.decisions.exists()


def test_an_appeal_goes_through_two_stages_each_decided_by_somebody_else() -> None:
    first, second, panel = make_manager(), make_manager(), make_manager()
    application = make_application(first)
    facts(application, first, miles="2.4")
    with pytest.raises(refusals.NotRefused):
        appealing.record_appeal(application, received_on=AT.date(), grounds="Unfair", by=first, at=AT)
    decide(application, first, "REFUSED")
    appeal = appealing.record_appeal(application, received_on=AT.date(), grounds="Unfair", by=first, at=AT)
    with pytest.raises(refusals.SameDecider):
        decide(application, first, "AGREED", stage=1)
    decide(application, second, "REFUSED", stage=1)
    assert Case.objects.get(transport_appeal=appeal).outcome == "not_upheld"
    with pytest.raises(refusals.NoSuchStage):
        decide(application, panel, "AGREED", stage=2)
    appealing.record_appeal(application, received_on=AT.date(), grounds="Still unfair", by=first, at=AT)
    made = decide(application, panel, "AGREED", stage=2)
    assert made.entitlement is not None
    assert appealing.open_to_appeal(application) is None
    assert len(letters()) == 3


def test_a_late_appeal_is_accepted_with_a_reason() -> None:
    by = make_manager()
    application = make_application(by)
    facts(application, by)
    decide(application, by, "REFUSED")
    late = AT + DAY * 40
    given: dict[str, Any] = {"received_on": late.date(), "grounds": "Unfair", "by": by, "at": late}
    with pytest.raises(refusals.LateNeedsReason):
        appealing.record_appeal(application, **given)
    assert appealing.record_appeal(application, late_because="In hospital", **given).ask_by < late.date()


def test_a_distance_is_measured_from_the_home_on_record_where_nobody_measured_it() -> None:
    by, passenger = make_manager(), make_passenger()
    application = make_application(by, passenger=passenger)
    home = applying.home_of(passenger, on=AT.date())
    assert application.centre is not None
    found = applying.assess(
        application, nation="ENG", phase="SECONDARY", born_on=dt.date(2016, 5, 2), centre=application.centre,
        on=JANUARY, facts=(), by=by, at=AT, passenger=passenger, home=home,
    )  # fmt: skip
    assert (found.measured, found.miles) == ("CROW", Decimal("2.80"))


def test_what_is_to_be_looked_at_again_gets_its_case_once_and_another_year_when_it_is_still_so() -> None:
    by = make_manager()
    make_rule()
    application = make_application(by)
    facts(application, by, "nearest")
    entitlement = decide(application, by, "AGREED", review_on=AT.date() + DAY * 30).entitlement
    make_service(key="transport-review", outcomes=(OutcomeDefinition("still_entitled", "Still entitled"),))
    assert open_reviews(at=AT, today=AT.date()) == 1
    assert open_reviews(at=AT, today=AT.date()) == 0
    case = TravelReview.objects.get().case
    assert case is not None
    close_case(case, by=by, at=AT, outcome="still_entitled")
    entitlement.refresh_from_db()
    assert entitlement.review_on == AT.date() + DAY * 395
