"""What is suggested about what comes in, why, and what is left alone."""

import datetime as dt

import pytest

from moothall.cases.models import Case, CaseLink, Service
from moothall.cases.rules.linking import link_cases
from moothall.cases.tests.make import AT, make_service
from moothall.enquiries.models import Suggestion, Triaged
from moothall.enquiries.rules.triage.learning import learn_from_closed_cases
from moothall.enquiries.rules.triage.suggesting import look_at_what_came_in
from moothall.people.models import Team
from moothall.people.tests.make import make_person, make_team

from .make import SAID, make_closed, make_said, make_services

pytestmark = pytest.mark.django_db
LONG = "The lift in the north building has been out of order since Monday, and I cannot get to my class."


@pytest.fixture
def services() -> dict[str, Service]:
    return make_services(make_team())


@pytest.fixture
def learned(services: dict[str, Service]) -> dict[str, Service]:
    make_closed(services)
    learn_from_closed_cases(at=AT)
    return services


def suggested(case: Case) -> dict[str, Suggestion]:
    look_at_what_came_in(at=AT)
    return {each.kind: each for each in Suggestion.objects.filter(case=case)}


def test_a_message_on_the_wrong_service_is_suggested_for_the_right_one(learned: dict[str, Service]) -> None:
    case = make_said(learned["rooms"], said=SAID["money"])
    found = suggested(case)["SERVICE"]
    assert (found.value, found.decision) == ("money", "")
    assert found.confidence > 0.9
    assert {"bursary", "deadline"} & set(found.reason["words"])
    case.refresh_from_db()
    assert case.service == learned["rooms"]


def test_where_it_agrees_nothing_is_suggested(learned: dict[str, Service]) -> None:
    assert suggested(make_said(learned["money"])) == {}
    assert not Triaged.objects.latest("case_id").unsure


def test_it_is_not_sure_of_what_reads_like_nothing_before(learned: dict[str, Service]) -> None:
    case = make_said(learned["rooms"], said=("Zzyzx", "Qwfp gjluy arstd hneio."))
    assert suggested(case) == {}
    assert Triaged.objects.get(case=case).unsure


def test_a_retired_service_is_not_suggested(learned: dict[str, Service]) -> None:
    Service.objects.filter(key="money").update(retired_at=AT)
    assert suggested(make_said(learned["rooms"], said=SAID["money"])) == {}


def test_without_anything_learned_people_and_cases_are_still_found(services: dict[str, Service]) -> None:
    person = make_person(full_name="Ffion Adeyemi")
    first = make_said(services["rooms"], requester=person, days_ago=3, said=("The lift is broken", LONG))
    again = make_said(services["rooms"], requester=person, said=("Lift broken", f"{LONG} Thank you."))
    found = suggested(again)["DUPLICATE"]
    assert (found.value, found.other) == (first.reference, first)
    assert found.reason == {"code": "same_person_alike", "days": 3}


def test_what_two_people_wrote_in_the_same_words_is_related(services: dict[str, Service]) -> None:
    first = make_said(
        services["rooms"], requester=make_person(), days_ago=1, said=("The lift is broken", LONG)
    )
    other = make_said(services["rooms"], requester=make_person(), said=("The lift is broken!", LONG))
    assert suggested(other)["RELATED"].other == first


def test_two_different_questions_of_one_person_are_not_linked(services: dict[str, Service]) -> None:
    person = make_person()
    make_said(services["rooms"], requester=person, days_ago=3)
    assert suggested(make_said(services["money"], requester=person)) == {}


def test_long_ago_is_not_a_duplicate(services: dict[str, Service]) -> None:
    person = make_person()
    make_said(services["rooms"], requester=person, days_ago=90, said=("The lift", LONG))
    assert suggested(make_said(services["rooms"], requester=person, said=("The lift", LONG))) == {}


def test_what_is_linked_already_is_not_suggested(services: dict[str, Service]) -> None:
    person = make_person()
    first = make_said(services["rooms"], requester=person, days_ago=1, said=("The lift", LONG))
    again = make_said(services["rooms"], requester=person, said=("The lift", LONG))
    link_cases(again, first, kind=CaseLink.RELATED, by=None, at=AT)
    assert suggested(again) == {}


def test_a_telephone_number_in_the_text_leads_to_its_owner(services: dict[str, Service]) -> None:
    known = make_person(full_name="Zanele Okafor", phones=["029 2018 0456"])
    stranger = make_person(full_name="Z. O.")
    said = ("Hello", "Please ring me on +44 29 2018 0456, I am at home.")
    found = suggested(make_said(services["rooms"], requester=stranger, said=said))["PERSON"]
    assert (found.value, found.person) == (known.reference, known)
    assert found.reason == {"code": "same_phone", "said": "+44 29 2018 0456"}


def test_ones_own_number_and_a_number_many_share_lead_nowhere(services: dict[str, Service]) -> None:
    mine = make_person(phones=["029 2018 0456"])
    said = ("Hello", "Ring 029 2018 0456.")
    assert suggested(make_said(services["rooms"], requester=mine, said=said)) == {}
    for _number in range(4):
        make_person(phones=["029 2099 9999"])
    shared = ("Hello", "Our switchboard is 029 2099 9999.")
    assert suggested(make_said(services["rooms"], requester=make_person(), said=shared)) == {}


@pytest.mark.parametrize("level", [Case.RESTRICTED, Case.SEALED])
def test_a_secret_case_is_neither_read_nor_found(services: dict[str, Service], level: str) -> None:
    person = make_person()
    secret = make_said(
        services["rooms"], requester=person, days_ago=1, said=("The lift", LONG), confidentiality=level
    )
    case = make_said(services["rooms"], requester=person, said=("The lift", LONG))
    assert suggested(case) == {}
    assert not Triaged.objects.filter(case=secret).exists()


def test_each_case_is_looked_at_once(services: dict[str, Service]) -> None:
    for _number in range(3):
        make_said(services["rooms"])
    assert [look_at_what_came_in(at=AT, most=2) for _round in range(3)] == [2, 1, 0]
    assert Triaged.objects.count() == 3


def test_another_teams_cases_are_compared_only_for_the_same_person(services: dict[str, Service]) -> None:
    elsewhere: Team = make_team()
    theirs = make_service(team=elsewhere)
    make_said(theirs, requester=make_person(), days_ago=1, said=("The lift is broken", LONG))
    case = make_said(services["rooms"], requester=make_person(), said=("The lift is broken", LONG))
    assert suggested(case) == {}


def test_a_case_received_after_this_one_is_no_older_case(services: dict[str, Service]) -> None:
    person = make_person()
    first = make_said(services["rooms"], requester=person, days_ago=2, said=("The lift", LONG))
    make_said(services["rooms"], requester=person, days_ago=1, said=("The lift", LONG))
    assert suggested(first) == {}
    assert AT - first.received_at == dt.timedelta(days=2)
