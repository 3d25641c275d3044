"""Contact plans: approved by another, told, read by everybody before contact, looked at again, ended."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.cases.tests.make import make_service
from moothall.casework.models import ContactPlan
from moothall.casework.rules import planning_contact as rules
from moothall.core.clock import now, today
from moothall.letters.models import Letter
from moothall.letters.rules.refusals import NotFilledIn
from moothall.letters.tests.make import make_template
from moothall.people.models import Account, Person, Team
from moothall.people.rules.cautions import place_caution
from moothall.people.tests.make import audited, make_team
from moothall.people.tests.pages import main, page, words

from .make import make_caseworker, make_new_case, make_person, make_plan

pytestmark = pytest.mark.django_db
DAYS = {
    "from_on": f"{today():%d/%m/%Y}",
    "review_on": f"{today() + dt.timedelta(days=80):%d/%m/%Y}",
    "until_on": f"{today() + dt.timedelta(days=170):%d/%m/%Y}",
}


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def lead(client: Client, team: Team) -> Account:
    account = make_caseworker("casework.plan", team=team, name="Efa Lewis")
    client.force_login(account)
    return account


@pytest.fixture
def other(team: Team) -> Account:
    return make_caseworker("casework.plan", team=team, name="Tunde Bright")


@pytest.fixture
def person() -> Person:
    return make_person("Gwenda Tremlett", language="cy")


def read(client: Client, address: str) -> str:
    return words(main(page(client.get(address))))


def test_a_plan_is_proposed_by_one_and_approved_by_another(
    client: Client, lead: Account, other: Account, person: Person
) -> None:
    given = {
        "reason": "Forty calls a day", "officer": lead.pk, "channel": "MAIL", "weekday": "1",
        "instruction": "End the call",
    }  # fmt: skip
    address = f"/casework/people/{person.reference}/plan/"
    assert client.post(address, given | DAYS | {"until_on": "1/1/2020"}).status_code == 422
    assert client.post(address, given | DAYS).status_code == 302
    plan = ContactPlan.objects.get()
    assert "Somebody other than you has to approve it" in read(client, f"/casework/plans/{plan.pk}/")
    assert client.post(f"/casework/plans/{plan.pk}/approval/").status_code == 409
    client.force_login(other)
    assert "Contact plans to look at" in read(client, "/")
    assert client.post(f"/casework/plans/{plan.pk}/approval/").status_code == 302
    assert ContactPlan.objects.in_force(today()).get() == plan
    assert [each.verb for each in audited(person)][-2:] == ["casework.propose_plan", "casework.approve_plan"]


def test_everybody_reads_what_to_do_before_contact_and_only_few_read_why(
    client: Client, lead: Account, other: Account, person: Person, team: Team
) -> None:
    case = make_new_case(service=make_service(team=team), requester=person)
    places = (
        f"/cases/{case.reference}/", f"/enquiries/replies/{case.reference}/", f"/people/{person.reference}/",
    )  # fmt: skip
    plan = make_plan(person, by=lead, officer=lead)
    assert "Contact plan:" not in read(client, places[0])
    rules.approve_plan(plan, by=other, at=now())
    client.force_login(make_caseworker(team=team))
    for address in places:
        shown = read(client, address)
        assert "Only Efa Lewis answers. End the call" in shown
        assert "Forty calls" not in shown
    assert client.get(f"/casework/plans/{plan.pk}/").status_code == 403
    assert "Contact plans to look at" not in read(client, "/")


def test_a_caution_marker_stands_above_a_reply_and_a_call(
    client: Client, lead: Account, person: Person, team: Team
) -> None:
    case = make_new_case(service=make_service(team=team), requester=person)
    place_caution(person, kind="dog", reason="It bit", instruction="Do not visit alone", by=lead, at=now())
    for address in (f"/enquiries/replies/{case.reference}/", f"/cases/{case.reference}/calls/"):
        assert "Do not visit alone" in read(client, address)


def test_the_person_is_told_by_letter_in_their_language(
    client: Client, lead: Account, other: Account, person: Person
) -> None:
    plan = make_plan(person, by=lead, channel="MAIL", approved_by=other)
    address = f"/casework/plans/{plan.pk}/letter/"
    begun = client.get(address).content.decode()
    assert "Drwy" in begun or "yn unig" in begun
    given = {
        "channel": "MAIL", "address": "gwenda@post.example", "language": "cy", "subject": "Cysylltu",
        "text": "Annwyl Gwenda, …",
    }  # fmt: skip
    assert client.post(address, given | {"address": ""}).status_code == 422
    assert client.post(address, given).status_code == 302
    letter = Letter.objects.get()
    plan.refresh_from_db()
    assert (letter.language, plan.letter) == ("cy", letter)
    assert letter in Letter.objects.visible_to(lead)
    assert letter not in Letter.objects.visible_to(make_caseworker())


def test_a_letter_with_a_gap_in_it_does_not_leave(lead: Account, other: Account, person: Person) -> None:
    make_template(key="contact-plan", body_en="Because: [what has happened]", body_cy="Oherwydd: [beth]")
    plan = make_plan(person, by=lead, approved_by=other)
    with pytest.raises(NotFilledIn):
        rules.tell_person(
            plan, channel="MAIL", address="gwenda@post.example", language="en", subject="Contact",
            text="Because: [what has happened]", by=lead, at=now(),
        )  # fmt: skip


def test_it_is_looked_at_again_on_its_day_and_ends_by_itself(
    client: Client, lead: Account, other: Account, person: Person
) -> None:
    plan = make_plan(person, by=lead, approved_by=other)
    ContactPlan.objects.filter(pk=plan.pk).update(told_at=now())
    assert not ContactPlan.objects.to_look_at(today(), by=lead).exists()
    later = today() + dt.timedelta(days=81)
    assert ContactPlan.objects.to_look_at(later, by=lead).get() == plan
    assert client.post(f"/casework/plans/{plan.pk}/review/", {"because": ""}).status_code == 422
    given = {"because": "It goes on", "review_on": DAYS["review_on"], "until_on": DAYS["until_on"]}
    assert client.post(f"/casework/plans/{plan.pk}/review/", given).status_code == 302
    assert "It goes on" in read(client, f"/casework/plans/{plan.pk}/")
    assert not ContactPlan.objects.in_force(today() + dt.timedelta(days=400)).exists()


def test_an_objection_is_decided_by_somebody_who_did_not_approve(
    client: Client, lead: Account, other: Account, person: Person
) -> None:
    plan = make_plan(person, by=lead, approved_by=other)
    address = f"/casework/plans/{plan.pk}/"
    assert client.post(f"{address}appeal/", {"appeal": "It is unfair"}).status_code == 302
    with pytest.raises(rules.OwnDecision):
        rules.decide_appeal(plan, decision="LIFTED", because="Right", by=other, at=now())
    sent = {"decision": "LIFTED", "because": "They are right"}
    assert client.post(f"{address}decision/", sent).status_code == 302
    assert not ContactPlan.objects.in_force(today()).exists()
    assert client.post(f"{address}decision/", sent).status_code == 422


def test_a_plan_not_approved_or_ended_changes_nothing_any_more(
    client: Client, lead: Account, other: Account, person: Person
) -> None:
    refused, ended = make_plan(person, by=other), make_plan(person, by=lead, approved_by=other)
    assert client.post(f"/casework/plans/{refused.pk}/refusal/", {"because": "Too soon"}).status_code == 302
    assert client.post(f"/casework/plans/{ended.pk}/end/", {"because": "It is calm"}).status_code == 302
    assert not ContactPlan.objects.in_force(today()).exists()
    assert client.post(f"/casework/plans/{refused.pk}/approval/").status_code == 409
    assert client.post(f"/casework/plans/{ended.pk}/end/", {"because": "Again"}).status_code == 422


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    client: Client, lead: Account, person: Person
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/casework/plans/").status_code == 200
        return len(found)

    make_plan(person, by=lead)
    asked()
    few = asked()
    for _each in range(6):
        make_plan(make_person(), by=lead, officer=lead)
    assert asked() == few
