"""The pages of checks: a department clears its day, recruitment reads whose turn it is, and no word of a
department is found anywhere else."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.cases.models import Case, Step
from moothall.cases.rules.holding import hold_case
from moothall.cases.rules.timeline import write_note
from moothall.core.clock import now, today
from moothall.core.serving import for_the_office
from moothall.letters.models import Letter
from moothall.people.models import Account, Team
from moothall.people.tests.make import AT, make_account, make_team
from moothall.people.tests.pages import page, signed_in_as, words
from moothall.records.models import AuditEvent
from moothall.recruitment.models import Application, Offer, Referee, Reference
from moothall.recruitment.rules import checking, references, updating
from moothall.recruitment.rules.links import signed_application, signed_referee
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_post, make_unit

from .make import make_application, make_campaign, make_recruiter
from .make_checks import (
    ILLNESS,
    SECRET,
    make_checked,
    make_checked_route,
    make_department,
    make_officer,
    sub_case,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def vetting() -> Team:
    return make_department("vet")


@pytest.fixture
def officer(vetting: Team) -> Account:
    return make_officer(vetting)


@pytest.fixture
def recruiter(team: Team) -> Account:
    return make_recruiter(team=team)


@pytest.fixture
def checked(team: Team, vetting: Team, officer: Account) -> Application:
    return make_checked(
        team=team, route=make_checked_route(team=team, vetting=vetting), opens_on=AT.date(),
        closes_on=today() + dt.timedelta(days=14), starts_on=today() + dt.timedelta(days=120),
    )  # fmt: skip


def ready(case: Case) -> Step:
    with for_the_office():
        return Step.objects.get(case=case, state=Step.READY)


def read(client: Client, route: str, *given: Any, query: str = "") -> str:
    return words(page(client.get(reverse(route, args=given) + query)))


def test_the_vetting_officer_clears_a_check_step_by_step(officer: Account, checked: Application) -> None:
    client, case = signed_in_as(officer), sub_case(checked, "vetting")
    assert "Ysolde Bello" in read(client, "checks")
    said = read(client, "check", case.reference)
    assert "To do now" in said
    assert "I waited, and then I spoke." not in said
    typed: list[dict[str, str]] = [
        {}, {"note": SECRET}, {"outcome": "granted"}, {"runs_out_on": "1/1/2032"},
    ]  # fmt: skip
    for each in typed:
        address = reverse("check_step", args=[case.reference, ready(case).pk])
        page(client.get(address))
        assert client.post(address, each).status_code == 302
    case.refresh_from_db()
    assert case.is_closed
    assert SECRET in read(client, "check", case.reference)


def test_recruitment_reads_cleared_with_its_day_and_never_why(
    officer: Account, recruiter: Account, checked: Application
) -> None:
    client = signed_in_as(officer)
    case = sub_case(checked, "vetting")
    for each in ({}, {"note": SECRET}, {"outcome": "granted"}, {"runs_out_on": "1/1/2032"}):
        client.post(reverse("check_step", args=[case.reference, ready(case).pk]), each)
    said = read(signed_in_as(recruiter), "application", checked.pk)
    assert "Cleared" in said
    assert "1 Jan 2032" in said
    assert SECRET not in said


def _planted(checked: Application, officer: Account) -> list[str]:
    """A note, a hold and a step’s note on the vetting case; and one on the medical’s."""
    vetting, medical = sub_case(checked, "vetting"), sub_case(checked, "oh_clearance")
    with for_the_office():
        write_note(vetting, text=SECRET, by=officer, at=now())
        checking.finish_check_step(
            Step.objects.select_related("case__version", "case__service").get(case=vetting, key="form"),
            by=officer, at=now(), note=f"{SECRET} again",
        )  # fmt: skip
        hold_case(
            vetting, until=today() + dt.timedelta(days=9), because=SECRET, by=officer, at=now(),
            today=today(), waiting_on=Case.THIRD,
        )  # fmt: skip
        write_note(medical, text=ILLNESS, by=officer, at=now())
    return [SECRET.split()[0], SECRET, ILLNESS.split()[0], vetting.reference, medical.reference]


def test_no_word_of_a_department_is_on_any_page_export_letter_or_file_of_anybody_else(
    officer: Account, recruiter: Account, team: Team, checked: Application
) -> None:
    found = _planted(checked, officer)
    head = make_account("cases.view", "cases.work", "records.audit", "letters.outbox", "people.view")
    person, signed = checked.applicant.person, signed_application(checked)
    updating.update(checked, at=now() + dt.timedelta(days=1))
    addresses = [
        reverse("application", args=[checked.pk]), reverse("campaign", args=[checked.campaign_id]),
        reverse("case_page", args=[checked.case.reference]), reverse("pipeline", args=[checked.campaign_id]),
        reverse("person_page", args=[person.reference]), reverse("late_checks"), reverse("unheard"),
        f"{reverse('campaign_checks', args=[checked.campaign_id])}?export=csv", reverse("checks"),
        reverse("campaign_checks", args=[checked.campaign_id]), f"{reverse('checks')}?export=csv",
        f"{reverse('case_list')}?q={found[0]}", f"{reverse('case_list')}?export=csv&all=1",
        f"{reverse('jump')}?q={found[0]}", f"{reverse('jump_options')}?q={found[3]}",
        reverse("outbox"), reverse("my_work"), reverse("team_work"), "/api/cases/?limit=100",
        reverse("audit"), reverse("my_application", args=[signed]),
    ]  # fmt: skip
    for whose in (recruiter, head):
        client = signed_in_as(whose)
        for address in addresses:
            answer = client.get(address, follow=True)
            text = b"".join(answer) if answer.streaming else answer.content
            for word in found:
                asked = f"q={word}" in address  # what somebody searched for themselves stands in its box
                assert asked or word.encode() not in text, (address, word)
        for route in ("check", "case_page"):
            assert client.get(reverse(route, args=[found[3]])).status_code == 404
    assert not Letter.objects.filter(body__contains=found[0]).exists()


def test_the_lists_of_checks_ask_as_often_for_many_as_for_few(
    officer: Account, recruiter: Account, checked: Application, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        make_checked(campaign=checked.campaign, team=checked.campaign.team, name=f"Nesta {number}")
    desk, department = signed_in_as(recruiter), signed_in_as(officer)
    for client, address, most in (
        (department, reverse("checks"), 14),
        (desk, reverse("campaign_checks", args=[checked.campaign_id]), 18),
        (desk, reverse("late_checks"), 16),
    ):
        client.get(address)
        with django_assert_max_num_queries(most):
            page(client.get(address))


def test_a_referee_answers_by_the_link_in_welsh_saves_and_comes_back(checked: Application) -> None:
    content = references.RefereeContent(
        name="Rhian Okoro", email="rhian@ysgol.example", knows_from=dt.date(2019, 1, 1), language="cy"
    )
    referee = references.name_referee(checked, content, by=None, at=now())
    client, address = Client(), reverse("reference_form", args=[signed_referee(referee)])
    assert "Geirda i Ysolde Bello" in words(page(client.get(address)))
    assert client.post(address, {"how": "Athrawes oeddwn i", "keep": "1"}).status_code == 302
    assert "Athrawes oeddwn i" in client.get(address).content.decode()
    assert client.post(address, {"how": "Athrawes", "send": "1"}).status_code == 422
    sent = {
        "how": "Athrawes", "job": "Cynorthwyydd", "first_day": "1/9/2019", "sanctions": "Na",
        "again": "yes", "work": "Gofalus", "send": "1",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    assert Reference.objects.get().said["work"] == "Gofalus"
    assert "Diolch" in words(page(client.get(address)))


def test_whoever_runs_the_campaign_reads_a_reference_and_it_is_written_down(
    recruiter: Account, checked: Application
) -> None:
    content = references.RefereeContent(name="R", email="r@x.example", knows_from=dt.date(2019, 1, 1))
    referee = references.name_referee(checked, content, by=None, at=now())
    references.send_reference(referee, said={"work": "Kept the shop open"}, at=now())
    client = signed_in_as(recruiter)
    assert "Kept the shop open" not in read(client, "application", checked.pk)
    answer = client.post(reverse("open_reference", args=[checked.pk, referee.pk]))
    assert "Kept the shop open" in words(page(answer))
    assert AuditEvent.objects.filter(verb="recruitment.read_reference").exists()
    assert client.post(reverse("remove_referee", args=[checked.pk, referee.pk])).status_code == 302
    assert Referee.objects.standing().filter(pk=referee.pk).exists()


def test_a_strange_link_leads_nowhere() -> None:
    assert Client().get(reverse("reference_form", args=["abc.def"])).status_code == 404


def test_an_offer_is_looked_at_sent_accepted_and_becomes_staff_without_typing_it_again(
    team: Team, vetting: Team, recruiter: Account
) -> None:
    campaign = make_campaign(
        team=team, routes=[make_checked_route(team=team, vetting=vetting)], opens_on=today(),
        closes_on=today() + dt.timedelta(days=14), starts_on=today() + dt.timedelta(days=120),
    )  # fmt: skip
    made = make_application(campaign, at=now())
    desk, address = signed_in_as(recruiter), reverse("make_offer", args=[made.pk])
    assert 'value="Constable"' in desk.get(address).content.decode()
    typed = {
        "kind": "CONDITIONAL", "job": "Constable", "job_cy": "Cwnstabl", "grade": "PC", "hours": "40",
        "pay": "£29,907 a year", "answer_by": (today() + dt.timedelta(days=9)).strftime("%d/%m/%Y"),
    }  # fmt: skip
    looked = words(page(desk.post(address, typed | {"look": "1"})))
    assert "We are pleased to offer you the job" in looked
    assert not Offer.objects.exists()
    assert desk.post(address, typed | {"send": "1"}).status_code == 302
    mine = reverse("my_application", args=[signed_application(made)])
    assert "We have an offer for you" in words(page(Client().get(mine)))
    answer = reverse("answer_offer", args=[signed_application(made)])
    assert "£29,907 a year" in words(page(Client().get(answer)))
    assert Client().post(answer, {"answer": "accept"}).status_code == 302
    assert "You accepted it" in words(page(Client().get(mine)))
    assert Client().get(answer).status_code == 404
    offer = Offer.objects.get()
    day = today() + dt.timedelta(days=120)
    Offer.objects.filter(pk=offer.pk).update(kind=Offer.FINAL, starts_on=day)
    keeper = make_recruiter(team=team)
    records = make_account("workforce.view", "workforce.edit", "cases.view")
    assert keeper.may("workforce.edit") is False
    typed = {
        "number": "S-1", "post": "Post", "post-key": str(make_post().pk), "unit": "Unit",
        "unit-key": str(make_unit().pk), "workforce": "police_officer",
    }  # fmt: skip
    entered = signed_in_as(records).post(reverse("enter_among_staff", args=[made.pk, offer.pk]), typed)
    assert entered.status_code == 302
    employment = Employment.objects.get(number="S-1")
    assert (employment.person, employment.started_on) == (made.applicant.person, day)


def test_the_applicant_names_a_referee_and_takes_one_off_who_was_not_asked(team: Team, vetting: Team) -> None:
    made = make_application(
        make_campaign(team=team, routes=[make_checked_route(team=team, vetting=vetting)]), at=now()
    )
    signed = signed_application(made)
    typed = {"name": "Imran W", "email": "i@school.example", "language": "en", "knows_from": "1/1/2020"}
    assert Client().post(reverse("name_my_referee", args=[signed]), typed).status_code == 302
    assert "Imran W" in words(page(Client().get(reverse("my_application", args=[signed]))))
    referee = Referee.objects.get()
    Client().post(reverse("remove_my_referee", args=[signed, referee.pk]))
    assert not Referee.objects.standing().exists()


def test_a_department_sees_which_checks_are_late_and_by_how_much(
    officer: Account, checked: Application
) -> None:
    Step.objects.filter(state=Step.READY).update(due_on=today() - dt.timedelta(days=3))
    shown = page(signed_in_as(officer).get(reverse("checks")))
    assert "3 days late" in words(shown)
    held = Case.objects.filter(service__key="vetting").update(
        held_until=today() + dt.timedelta(days=9), hold_reason="vetting_backlog"
    )
    assert held
    assert "3 days late" not in words(page(signed_in_as(officer).get(f"{reverse('checks')}?state=held")))


def test_what_a_campaign_asks_does_not_grow_with_its_applicants(
    recruiter: Account, checked: Application
) -> None:
    number = checked.campaign_id
    addresses = [
        *(reverse(name, args=[number]) for name in ("campaign", "pipeline", "campaign_checks", "shortlist")),
        *(reverse(name) for name in ("campaigns", "unheard", "late_checks", "recruitment_figures")),
    ]
    client, found = signed_in_as(recruiter), []
    for more in (2, 10):
        for each in range(more):
            make_checked(campaign=checked.campaign, team=checked.campaign.team, name=f"Efa {more} {each}")
        counts = {}
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                page(client.get(address))
            counts[address] = len(asked)
        found.append(counts)
    assert found[0] == found[1]
