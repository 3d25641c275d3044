"""Somebody asks about their own retirement, gives notice, or thinks better of it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from moothall.cases.models import Case, Step
from moothall.cases.rules.definition import StepDefinition
from moothall.cases.tests.make import make_service
from moothall.core.clock import today
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account, make_person
from moothall.terms.models import Term
from moothall.terms.rules import refusals
from moothall.terms.rules.retiring import ask_to_retire, give_notice, take_back_enquiry
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

from .make import TODAY

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
ESTIMATE = StepDefinition("enquire", "Estimate", owner="payroll", target=20)
NOTICE = StepDefinition("notice", "Notice", owner="employee", target=0)


def somebody() -> tuple[Account, Employment]:
    account = make_account(person=make_person(emails=["own@borth.example"]))
    return account, make_employment(account=account)


def ask(account: Account, employment: Employment, **changes: Any) -> Term:
    given: dict[str, Any] = {
        "route": Term.AGE, "last_day": TODAY + 200 * DAY, "by": account, "at": AT, "today": TODAY,
    }  # fmt: skip
    return ask_to_retire(employment, **given | changes)


def test_asking_opens_a_case_changes_nothing_and_is_done_once() -> None:
    make_service(ESTIMATE, NOTICE, key="retirement")
    account, employment = somebody()
    term = ask(account, employment)
    assert term.case is not None
    employment.refresh_from_db()
    assert employment.ended_on is None
    assert not Letter.objects.exists()
    with pytest.raises(refusals.RetiringAlready):
        ask(account, employment)


def test_nobody_asks_for_somebody_else_or_for_a_day_that_has_been() -> None:
    account, employment = somebody()
    with pytest.raises(refusals.NotTheirs):
        ask(make_account(), employment)
    with pytest.raises(refusals.LastDayToCome):
        ask(account, employment, last_day=TODAY)


def test_notice_is_given_once_written_to_once_and_ticks_the_case() -> None:
    make_service(NOTICE, key="retirement")
    account, employment = somebody()
    term = ask(account, employment)
    give_notice(term, by=account, at=AT, today=TODAY)
    assert Step.objects.get(key="notice").state == Step.DONE
    assert Letter.objects.get().person == employment.person
    with pytest.raises(refusals.StepDone):
        give_notice(term, by=account, at=AT, today=TODAY)
    with pytest.raises(refusals.NoticeGiven):
        take_back_enquiry(term, by=account, at=AT)


def test_who_asks_no_further_goes_on_as_before_and_the_case_is_closed() -> None:
    make_service(ESTIMATE, NOTICE, key="retirement")
    account, employment = somebody()
    term = ask(account, employment)
    with pytest.raises(refusals.NotTheirs):
        take_back_enquiry(term, by=make_account(), at=AT)
    take_back_enquiry(term, by=account, at=AT)
    assert Case.objects.get().outcome == "withdrawn"
    assert ask(account, employment).pk != term.pk


def test_the_pages_lead_from_the_question_to_the_notice(client: Client) -> None:
    account, _employment = somebody()
    client.force_login(account)
    assert reverse("ask_to_retire") in client.get(reverse("falling_due")).content.decode()
    wanted = {"route": "flexible", "last_day": (today() + 200 * DAY).strftime("%d/%m/%Y")}
    page = client.post(reverse("ask_to_retire"), wanted, follow=True)
    term = Term.objects.get()
    notice = reverse("give_retirement_notice", args=[term.pk])
    assert notice in page.content.decode()
    assert client.post(notice).status_code == 302
    assert notice not in client.get(reverse("term", args=[term.pk])).content.decode()
    client.force_login(make_account())
    assert client.post(notice).status_code == 404
    assert client.post(reverse("take_back_retirement", args=[term.pk])).status_code == 404


def test_somebody_without_an_employment_finds_no_such_page(client: Client) -> None:
    client.force_login(make_account())
    assert client.get(reverse("ask_to_retire")).status_code == 404
    assert reverse("ask_to_retire") not in client.get(reverse("falling_due")).content.decode()
