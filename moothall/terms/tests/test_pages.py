"""The pages of what falls due: the list, one of them, deciding; each by those who may."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import today
from moothall.people.tests.make import make_account, make_person
from moothall.terms.models import Term
from moothall.terms.rules.called import visible_term_ids
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager, make_unit

from .make import make_heard, make_keeper, make_reasons, make_rule, make_term

pytestmark = pytest.mark.django_db


def words(day: dt.date) -> str:
    return day.strftime("%d/%m/%Y")


def shown(client: Client, query: str = "") -> str:
    return client.get(f"{reverse('falling_due')}?{query}").content.decode()


def test_the_list_narrows_by_month_kind_unit_and_state(client: Client) -> None:
    unit = make_unit(name="Custody")
    soon, later = today() + dt.timedelta(days=40), today() + dt.timedelta(days=400)
    here = make_employment(make_person(full_name="Soon Owusu"), unit=unit)
    make_term(here, due_on=soon)
    make_term(make_employment(make_person(full_name="Later Rees")), due_on=later, kind=Term.RETIREMENT)
    client.force_login(make_keeper())

    def names(query: str) -> set[str]:
        page = shown(client, query)
        return {name for name in ("Soon Owusu", "Later Rees") if name in page}

    assert names("") == {"Soon Owusu", "Later Rees"}
    assert names(f"month={soon:%Y-%m}") == {"Soon Owusu"}
    assert names("kind=RETIREMENT") == {"Later Rees"}
    assert names(f"unit={unit.pk}") == {"Soon Owusu"}
    assert names("q=Rees") == {"Later Rees"}
    assert names("state=late") == {"Soon Owusu"}


def test_a_manager_sees_their_people_and_a_colleague_nothing(client: Client) -> None:
    manager, above = make_manager()
    term = make_term(make_employment(make_person(full_name="Ffion Adeyemi"), manager=above))
    address = reverse("term", args=[term.pk])
    client.force_login(make_account())
    assert client.get(address).status_code == 404
    assert "Ffion Adeyemi" not in shown(client)
    client.force_login(manager)
    assert "Ffion Adeyemi" in shown(client)
    assert "Ffion Adeyemi" in client.get(reverse("team_falling_due")).content.decode()
    assert client.get(address).status_code == 200
    assert client.post(reverse("withdraw_term", args=[term.pk])).status_code == 403


def test_the_manager_decides_and_only_the_desk_ends_an_employment(client: Client) -> None:
    make_reasons()
    manager, above = make_manager()
    employment = make_employment(manager=above, started_on=today() - dt.timedelta(days=60))
    due = employment.started_on + dt.timedelta(days=170)
    term = make_term(employment, kind=Term.PROBATION, began_on=employment.started_on, due_on=due)
    client.force_login(manager)
    address = reverse("settle_term", args=[term.pk])
    assert "Ended" not in client.get(address).content.decode()
    assert client.post(address, {"outcome": "ENDED", "because": "No"}).status_code == 422
    assert client.post(address, {"outcome": "CONFIRMED"}).status_code == 302
    client.force_login(make_keeper())
    client.post(reverse("unsettle_term", args=[term.pk]))
    make_heard(term)
    assert client.post(address, {"outcome": "ENDED", "because": "No"}).status_code == 302
    assert Employment.objects.get(pk=employment.pk).ended_on == due


def test_nobody_decides_on_their_own(client: Client) -> None:
    account = make_account("workforce.view", "workforce.edit")
    term = make_term(make_employment(account=account))
    client.force_login(account)
    assert client.get(reverse("term", args=[term.pk])).status_code == 200
    assert client.get(reverse("settle_term", args=[term.pk])).status_code == 403


def test_a_warning_keeps_what_was_typed_until_it_was_read(client: Client) -> None:
    make_rule()
    began = today() - dt.timedelta(days=120)
    employment = make_employment(started_on=began)
    term = make_term(employment, kind=Term.PROBATION, began_on=began, due_on=began + dt.timedelta(days=182))
    client.force_login(make_keeper())
    address = reverse("settle_term", args=[term.pk])
    assert "The last safe day to give notice is" in client.get(address).content.decode()
    sent = {"outcome": "EXTENDED", "because": "Too soon", "new_day": words(began + dt.timedelta(days=300))}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "protected from unfair dismissal" in refused.content.decode()
    assert client.post(address, sent | {"warned": "on"}).status_code == 302


def test_what_is_for_a_time_is_added_and_a_retirement_for_ill_health_is_private(client: Client) -> None:
    manager, above = make_manager()
    employment = make_employment(manager=above)
    keeper = make_account("workforce.view", "workforce.edit", "workforce.private")
    client.force_login(keeper)
    due = today() + dt.timedelta(days=200)
    sent = {
        "kind": "RETIREMENT", "began_on": words(today()), "due_on": words(due), "route": "ill-health",
    }  # fmt: skip
    address = reverse("add_term", args=[employment.number])
    assert client.post(address, sent | {"kind": "SECONDMENT"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    page = reverse("term", args=[Term.objects.get().pk])
    assert "Ill health" in client.get(page).content.decode()
    client.force_login(manager)
    told = client.get(page).content.decode()
    assert "Retirement" in told
    assert "Ill health" not in told
    assert "ill-health" not in told
    own = Term.objects.get()
    assert not visible_term_ids(manager).filter(pk=own.pk).exists()
    assert visible_term_ids(keeper).filter(pk=own.pk).exists()


def test_a_letter_on_the_way_is_seen_before_it_goes_and_goes_once(client: Client) -> None:
    person = make_person(full_name="Siân Okafor", emails=["sian@borth.example"])
    term = make_term(make_employment(person), kind=Term.RETIREMENT)
    client.force_login(make_keeper())
    address = reverse("term_letter", args=[term.pk, "retirement_ack"])
    assert "We have your notice" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert term.letters.get().letter is not None
    assert client.post(address).status_code == 404


def test_steps_are_recorded_and_the_record_shows_what_falls_due(client: Client) -> None:
    term = make_term()
    step = term.steps.get(key="REMIND")
    client.force_login(make_keeper())
    sent = {"done_on": words(today()), "note": "Talked", "concerns": "on"}
    assert client.post(reverse("finish_term_step", args=[term.pk, step.pk]), sent).status_code == 302
    assert "Talked" in client.get(reverse("term", args=[term.pk])).content.decode()
    client.post(reverse("reopen_term_step", args=[term.pk, step.pk]))
    step.refresh_from_db()
    assert step.done_on is None
    record = client.get(reverse("staff_record", args=[term.employment.number])).content.decode()
    assert "End of a secondment" in record


def test_the_list_asks_as_often_for_many_as_for_few(client: Client) -> None:
    unit = make_unit()
    client.force_login(make_keeper())

    def more(count: int) -> None:
        for _each in range(count):
            make_term(make_employment(unit=unit))

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("falling_due")).status_code == 200
        return len(caught)

    more(2)
    asked()
    few = asked()
    more(8)
    assert asked() == few
