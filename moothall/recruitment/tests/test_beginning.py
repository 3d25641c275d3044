"""Whoever is entered among the staff brings along what they were cleared for; what an error brought goes."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from moothall.cases.models import Step
from moothall.core.clock import now, today
from moothall.credentials.models import Credential
from moothall.credentials.tests.make import make_kind as make_credential_kind
from moothall.people.models import Account, Team
from moothall.people.tests.make import AT, make_account, make_team
from moothall.people.tests.pages import page, signed_in_as, words
from moothall.recruitment.models import Application, CheckKind, Clearance, Offer
from moothall.recruitment.rules import beginning, offers
from moothall.recruitment.rules.check_cases import keep_clearance
from moothall.recruitment.rules.check_refusals import NotStarted
from moothall.terms.models import ProbationRule
from moothall.workforce import beginnings
from moothall.workforce.beginnings import Between
from moothall.workforce.models import ChecklistEntry, Employment, NextOfKin
from moothall.workforce.rules.hanging import NAMES, hanging
from moothall.workforce.rules.starting import HasBegun, MoreOnRecord
from moothall.workforce.tests.make import make_post, make_unit

from .make_checks import SECRET, make_checked

pytestmark = pytest.mark.django_db
START = AT.date() + dt.timedelta(days=60)
DAY = dt.timedelta(days=1)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def by() -> Account:
    return make_account("workforce.view", "workforce.edit", "cases.view")


def accepted(team: Team, *, starts_on: dt.date = START) -> Offer:
    made = make_checked(team=team)
    return Offer.objects.create(
        application=made, kind=Offer.FINAL, job="Clerk", grade="D", hours=Decimal(37), pay="£1", made_at=AT,
        starts_on=starts_on, answer_by=starts_on - DAY, accepted_at=AT,
    )  # fmt: skip


def clear(
    application: Application, kind: str, *, until: dt.date | None, becomes: str, **changes: Any
) -> None:
    made, by_whom = CheckKind.objects.get(key=kind), make_account()
    CheckKind.objects.filter(pk=made.pk).update(credentials={"*": becomes})
    make_credential_kind(key=becomes, **changes)
    keep_clearance(application, made, cleared=True, by=by_whom, at=AT, runs_out_on=until)


def enter(offer: Offer, by: Account, *, at: dt.datetime = AT) -> Employment:
    return offers.enter_among_staff(
        offer, number=f"S-{offer.pk}", unit=make_unit(), post=make_post(), manager=None,
        workforce=Employment.EMPLOYEE, by=by, at=at,
    )  # fmt: skip


def test_what_was_cleared_is_a_credential_of_whoever_starts_with_its_last_day(
    team: Team, by: Account
) -> None:
    offer = accepted(team)
    clear(offer.application, "vetting", until=START + 365 * DAY, becomes="vetting-rv", second_check=True)
    made = enter(offer, by)
    [held] = Credential.objects.filter(person=made.person)
    assert (held.kind.key, held.expires_on) == ("vetting-rv", START + 365 * DAY)
    assert held.verified_at == AT
    assert Clearance.objects.get(application=offer.application).credential == held


def test_a_clearance_without_a_last_day_becomes_none_where_one_is_needed(team: Team, by: Account) -> None:
    offer = accepted(team)
    clear(offer.application, "right-to-work", until=None, becomes="limited-right", must_expire=True)
    enter(offer, by)
    assert not Credential.objects.exists()


def test_probation_has_its_last_day_by_the_rule_of_the_route(team: Team, by: Account) -> None:
    offer = accepted(team)
    route = offer.application.route
    assert beginning.probation_of(route, START) is None
    ProbationRule.objects.create(
        workforce=Employment.EMPLOYEE, route=route.key, months=6, from_on=dt.date(2020, 1, 1),
        name="Six months", source="The contract",
    )  # fmt: skip
    until = enter(offer, by).probation_until
    assert until is not None
    assert until == dt.date(2027, 7, 21)


def test_a_start_that_is_taken_back_takes_its_credentials_along_and_can_be_entered_again(
    team: Team, by: Account
) -> None:
    offer = accepted(team)
    clear(offer.application, "vetting", until=START + 365 * DAY, becomes="vetting-rv")
    with pytest.raises(NotStarted):
        offers.take_back_start_of(offer, by=by, at=AT, today=AT.date())
    made = enter(offer, by)
    offers.take_back_start_of(offer, by=by, at=AT, today=AT.date())
    assert not Employment.objects.filter(pk=made.pk).exists()
    assert Credential.objects.get().withdrawn_at == AT
    offer.refresh_from_db()
    assert (offer.employment, offer.accepted_at) == (None, AT)
    again = enter(offer, by)
    assert Credential.objects.get(person=again.person, withdrawn_at=None)


def test_a_start_on_which_something_hangs_is_not_taken_back_and_says_what(team: Team, by: Account) -> None:
    offer = accepted(team)
    made = enter(offer, by)
    with pytest.raises(HasBegun):
        offers.take_back_start_of(offer, by=by, at=AT, today=START)
    NextOfKin.objects.create(employment=made, name="Aled Osei", phone="029 2000 0000", added_at=AT)
    with pytest.raises(MoreOnRecord, match="next of kin"):
        offers.take_back_start_of(offer, by=by, at=AT, today=AT.date())
    offer.refresh_from_db()
    assert offer.employment == made
    NextOfKin.objects.all().delete()
    assert hanging(made) == ["another offer"]  # the one they came by, which lets go of them first
    entry = ChecklistEntry.objects.filter(employment=made).first()
    if entry is not None:
        ChecklistEntry.objects.filter(pk=entry.pk).update(done_at=AT)
        assert "a thing they were given" in hanging(made)


def test_whatever_can_hang_on_a_record_has_a_name() -> None:
    for link in Employment._meta.related_objects:
        model = link.related_model
        assert isinstance(model, type)
        if not str(model._meta.model_name).endswith("event"):
            assert {model._meta.model_name, model._meta.app_label} & set(NAMES), model


def test_the_page_of_an_application_takes_the_start_back_until_the_first_day(team: Team, by: Account) -> None:
    offer = accepted(team, starts_on=today() + 30 * DAY)
    enter(offer, by, at=now())
    desk = signed_in_as(by)
    shown = reverse("application", args=[offer.application_id])
    address = reverse("take_back_start", args=[offer.application_id, offer.pk])
    assert "Entered by mistake" in words(page(desk.get(shown)))
    assert "Taken back: they are not on record" in words(page(desk.post(address, follow=True)))
    assert "Enter them among the staff" in words(page(desk.get(shown)))
    refused = desk.post(address)
    assert refused.status_code == NotStarted.status
    assert Client().post(address).status_code == 302


def test_who_is_expected_says_what_is_missing_by_kind_and_no_more(team: Team, by: Account) -> None:
    offer = accepted(team)
    Step.objects.filter(case=offer.application.case_id, key="vet").update(note=SECRET)
    between = Between([offer.application.route.key], START - DAY, START + DAY, START + 100 * DAY)
    stranger = make_account("training.manage")
    [found] = beginnings.expected_between(stranger, between, language="en")
    assert (found.name, found.starts_on, found.address) == (
        offer.application.applicant.person.full_name, START, "",
    )  # fmt: skip
    assert "Vetting" in found.lacks
    assert SECRET not in str(found)
    early, late = START - DAY, START + 50 * DAY
    clear(offer.application, "vetting", until=early, becomes="vetting-rv")
    Step.objects.filter(case=offer.application.case_id, key="vet").update(state=Step.DONE, done_at=AT)
    [found] = beginnings.expected_between(stranger, between, language="en")
    assert ("Vetting", early) in found.short
    Clearance.objects.update(runs_out_on=late)
    [found] = beginnings.expected_between(stranger, between, language="en")
    assert (list(found.short), list(found.later)) == ([], [("Vetting", late)])
    enter(offer, by)
    assert beginnings.expected_between(stranger, between, language="en") == []
