"""Offers: made with their letter, answered by the applicant, and turned into an employment."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from moothall.cases.models import Case, Step
from moothall.letters.models import Letter
from moothall.people.models import Account, Team
from moothall.people.tests.make import AT, make_team
from moothall.recruitment.models import Application, CheckKind, Clearance, Offer
from moothall.recruitment.rules import offers, updating
from moothall.recruitment.rules.check_cases import keep_clearance
from moothall.recruitment.rules.check_refusals import (
    ChecksGoOn,
    ClearanceTooShort,
    NotAccepted,
    OfferOver,
    OfferThere,
    StartedAlready,
)
from moothall.workforce.models import Assignment, Employment
from moothall.workforce.tests.make import make_post, make_unit

from .make import make_application, make_campaign, make_recruiter
from .make_checks import make_checked, make_checked_route

pytestmark = pytest.mark.django_db
START = AT.date() + dt.timedelta(days=180)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def by(team: Team) -> Account:
    return make_recruiter(team=team)


def content(kind: str = Offer.CONDITIONAL, **changes: Any) -> offers.OfferContent:
    given: dict[str, Any] = {
        "kind": kind, "job": "Operator", "job_cy": "Gweithredwr", "grade": "E", "hours": Decimal(37),
        "pay": "£27,711 a year", "answer_by": AT.date() + dt.timedelta(days=14), "starts_on": START,
    }  # fmt: skip
    return offers.OfferContent(**given | changes)


def applied(team: Team) -> Application:
    return make_application(make_campaign(team=team, routes=[make_checked_route(team=team)]))


def all_cleared(application: Application, *, until: dt.date | None = None) -> None:
    """Every check is good, however that came about."""
    Step.objects.filter(case=application.case_id, key__in=["vet", "med", "refs", "rtw"]).update(
        state=Step.DONE, done_at=AT
    )
    Step.objects.filter(case=application.case_id, key="place").update(state=Step.READY, ready_at=AT)
    vetting = CheckKind.objects.get(key="vetting")
    keep_clearance(application, vetting, cleared=True, by=None, at=AT, runs_out_on=until)


def final(application: Application, by: Account) -> Offer:
    all_cleared(application)
    return offers.make_offer(application, content(Offer.FINAL), by=by, at=AT)


def test_an_offer_goes_out_as_it_was_looked_at(team: Team, by: Account) -> None:
    made = applied(team)
    subject, body = offers.preview(made, content(), at=AT)
    offer = offers.make_offer(made, content(), by=by, at=AT)
    assert offer.letter is not None
    assert offer.letter.subject.startswith(subject)
    assert offer.letter.body == body
    assert "Operator" in body
    assert "£27,711" in body


def test_accepting_a_conditional_offer_begins_the_checks(team: Team, by: Account) -> None:
    made = applied(team)
    offer = offers.make_offer(made, content(), by=by, at=AT)
    assert Step.objects.get(case=made.case, key="offer").state == Step.READY
    offers.accept_offer(offer, at=AT)
    assert Step.objects.get(case=made.case, key="offer").outcome == "accepted"
    assert Case.objects.filter(parent_step__case=made.case).count() == 3
    assert Letter.objects.filter(to_address=made.email, subject__contains="Thank you").exists()
    with pytest.raises(OfferOver):
        offers.accept_offer(offer, at=AT)


def test_declining_withdraws_the_application(team: Team, by: Account) -> None:
    made = applied(team)
    offers.decline_offer(offers.make_offer(made, content(), by=by, at=AT), because="Another job", at=AT)
    made.refresh_from_db()
    assert made.is_withdrawn
    assert Case.objects.get(pk=made.case_id).is_closed


def test_the_same_offer_is_not_made_twice_and_can_be_made_again_once_taken_back(
    team: Team, by: Account
) -> None:
    made = applied(team)
    offer = offers.make_offer(made, content(), by=by, at=AT)
    with pytest.raises(OfferThere):
        offers.make_offer(made, content(), by=by, at=AT)
    offers.take_back_offer(offer, because="The wrong grade", by=by, at=AT)
    assert offers.make_offer(made, content(grade="F"), by=by, at=AT).grade == "F"


def test_a_final_offer_waits_for_every_check(team: Team, by: Account) -> None:
    made = make_checked(team=team)
    with pytest.raises(ChecksGoOn):
        offers.make_offer(made, content(Offer.FINAL), by=by, at=AT)
    all_cleared(made, until=START - dt.timedelta(days=1))
    with pytest.raises(ClearanceTooShort):
        offers.make_offer(made, content(Offer.FINAL), by=by, at=AT)
    Clearance.objects.update(runs_out_on=START)
    assert offers.make_offer(made, content(Offer.FINAL), by=by, at=AT).is_open


def test_what_is_known_is_not_asked_again(team: Team, by: Account) -> None:
    made = applied(team)
    first = offers.suggested(made, Offer.CONDITIONAL)
    assert (first["job"], first["grade"], first["hours"]) == ("Constable", "PC", Decimal(40))
    offers.make_offer(made, content(), by=by, at=AT)
    assert offers.suggested(made, Offer.FINAL)["pay"] == "£27,711 a year"


def test_whoever_accepts_the_final_offer_becomes_staff_with_what_the_offer_says(
    team: Team, by: Account
) -> None:
    made = make_checked(team=team)
    offer = final(made, by)
    given: dict[str, Any] = {
        "number": "s 4711", "post": make_post(), "unit": make_unit(), "manager": None,
        "workforce": Employment.EMPLOYEE, "by": by, "at": AT,
    }  # fmt: skip
    with pytest.raises(NotAccepted):
        offers.enter_among_staff(offer, **given)
    offers.accept_offer(offer, at=AT)
    assert Step.objects.get(case=made.case, key="place").outcome == "accepted"
    employment = offers.enter_among_staff(offer, **given)
    assert (employment.person, employment.number, employment.started_on) == (
        made.applicant.person, "S 4711", START,
    )  # fmt: skip
    assert Assignment.objects.get(employment=employment).weekly_hours == Decimal(37)
    with pytest.raises(StartedAlready):
        offers.enter_among_staff(offer, **given)


def test_whoever_comes_a_stage_further_is_told_once(team: Team) -> None:
    made = make_checked(team=team)
    later = AT + dt.timedelta(hours=1)
    before = Letter.objects.filter(to_address=made.email).count()
    Step.objects.filter(case=made.case, key="offer").update(done_at=AT + dt.timedelta(minutes=1))
    assert updating.tell_of_changes(at=AT + dt.timedelta(minutes=2)) == 0
    assert updating.tell_of_changes(at=later) == 1
    assert updating.tell_of_changes(at=later) == 0
    assert Letter.objects.filter(to_address=made.email).count() == before + 1
