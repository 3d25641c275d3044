"""The pages of triage: one case at a time, by keys, by plain POST and by parts."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.cases.models import Case
from moothall.cases.tests.make import AT, MANAGER, make_case, make_service
from moothall.enquiries.models import LearnedModel, Measure, Suggestion, Triaged
from moothall.enquiries.rules.triage.suggesting import look_at_what_came_in
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_person, make_team

from .make import make_said, make_suggestion

pytestmark = pytest.mark.django_db
PAGE = "/enquiries/triage/"
AS_PART = {"HX-Request": "true"}


@pytest.fixture
def worker(client: Client) -> Account:
    account = make_account(*MANAGER, team=make_team())
    client.force_login(account)
    return account


@pytest.fixture
def cases(worker: Account) -> list[Case]:
    """Three cases that wait, the oldest first."""
    team = worker.grants.get().team
    service = make_service(team=team)
    made = []
    for days in (3, 2, 1):
        said = (f"Question {days}", f"What of the thing, {days} days ago?")
        made.append(make_said(service, said=said, days_ago=days, requester=make_person()))
    look_at_what_came_in(at=AT)
    return made


def acceptance(found: Suggestion, verb: str = "acceptance") -> str:
    return f"{PAGE}{found.case.reference}/{found.pk}/{verb}/"


def test_the_case_that_waited_longest_comes_first_with_its_words(client: Client, cases: list[Case]) -> None:
    html = client.get(PAGE).content.decode()
    assert "What of the thing, 3 days ago?" in html
    assert "1 of 3" in html
    assert "Not sure" in html
    assert f"?at={cases[1].reference}" in html


def test_each_suggestion_has_its_key_its_reason_and_how_likely_it_is(
    client: Client, cases: list[Case]
) -> None:
    make_suggestion(cases[0])
    html = client.get(PAGE).content.decode()
    assert "Priority: high" in html
    assert "The words “deadline”, “bursary” point to it. 97% likely." in html
    for key in ("1", "x", "j", "t", "d", "o", "r"):
        assert f'data-key="{key}"' in html


def test_accepting_goes_on_to_the_next_case(client: Client, cases: list[Case]) -> None:
    found = make_suggestion(cases[0])
    answer = client.post(acceptance(found))
    assert answer["Location"] == f"{PAGE}?at={cases[1].reference}"
    html = client.get(answer["Location"]).content.decode()
    assert f"Accepted on {cases[0].reference}." in html
    assert 'data-key="u"' in html
    cases[0].refresh_from_db()
    assert cases[0].priority == Case.HIGH


def test_with_another_suggestion_left_the_case_stays(client: Client, cases: list[Case]) -> None:
    first = make_suggestion(cases[0])
    make_suggestion(cases[0], value="1")
    answer = client.post(acceptance(first, "rejection"))
    assert answer["Location"] == f"{PAGE}?at={cases[0].reference}"


def test_the_same_is_answered_as_a_part(client: Client, cases: list[Case]) -> None:
    part = client.post(acceptance(make_suggestion(cases[0])), headers=AS_PART)
    html = part.content.decode()
    assert part.status_code == 200
    assert "<html" not in html
    assert 'hx-swap-oob="true"' in html
    assert cases[1].title in html


def test_undo_brings_the_case_back(client: Client, cases: list[Case]) -> None:
    found = make_suggestion(cases[0])
    client.post(acceptance(found))
    answer = client.post(f"{PAGE}undoing/", follow=True)
    assert f"Taken back on {cases[0].reference}." in answer.content.decode()
    cases[0].refresh_from_db()
    assert cases[0].priority == Case.NORMAL
    assert "decided nothing here lately" in client.post(f"{PAGE}undoing/", follow=True).content.decode()


def test_a_case_is_left_as_it_is_or_taken(client: Client, cases: list[Case], worker: Account) -> None:
    client.post(f"{PAGE}{cases[0].reference}/settlement/")
    client.post(f"{PAGE}{cases[1].reference}/settlement/", {"take": "1"})
    html = client.get(PAGE).content.decode()
    assert "1 of 1" in html
    cases[1].refresh_from_db()
    assert cases[1].assignee == worker
    client.post(f"{PAGE}{cases[2].reference}/settlement/")
    assert "Nothing waits for triage." in client.get(PAGE).content.decode()


def test_a_suggestion_decided_meanwhile_is_said(client: Client, cases: list[Case], worker: Account) -> None:
    found = make_suggestion(cases[0])
    client.post(acceptance(found))
    html = client.post(acceptance(found), follow=True).content.decode()
    assert "This suggestion has been decided already." in html


def test_the_case_page_shows_open_suggestions_and_comes_back_there(client: Client, cases: list[Case]) -> None:
    found = make_suggestion(cases[0])
    address = f"/cases/{cases[0].reference}/"
    html = client.get(address).content.decode()
    assert "Priority: high" in html
    assert html.count('data-key="1"') == 1
    assert client.post(acceptance(found), {"back": "case"})["Location"] == address
    assert "Priority: high" not in client.get(address).content.decode()


def test_a_suggestion_that_names_a_sealed_case_is_seen_nowhere(client: Client, cases: list[Case]) -> None:
    secret = make_case(service=cases[0].service, title="Quillon")
    Case.objects.filter(pk=secret.pk).update(confidentiality=Case.SEALED)
    reason = {"code": "alike", "days": 0}
    found = make_suggestion(
        cases[0], kind="RELATED", kind_order=6, value=secret.reference, other=secret, reason=reason
    )
    for address in (PAGE, f"/cases/{cases[0].reference}/"):
        html = client.get(address).content.decode()
        assert "Quillon" not in html
        assert secret.reference not in html
    assert client.post(acceptance(found)).status_code == 404


def test_a_case_sealed_since_is_not_in_the_queue(client: Client, cases: list[Case]) -> None:
    Case.objects.filter(pk=cases[0].pk).update(confidentiality=Case.SEALED)
    assert cases[0].title not in client.get(PAGE).content.decode()


def test_the_queue_asks_as_often_for_many_cases_as_for_few(client: Client, cases: list[Case]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(PAGE).status_code == 200
        return len(asked)

    make_suggestion(cases[0])
    client.get(PAGE)
    few = queries()
    for number in range(12):
        case = make_said(cases[0].service, said=(f"More {number}", "Something else."))
        make_suggestion(case)
    for number in range(1, 4):
        other = make_suggestion(cases[0], kind="SERVICE", value=make_service().key, kind_order=1)
        assert other.pk, number
    assert queries() <= few + 2  # the names of services, and of teams


def test_the_manager_reads_how_good_it_is(client: Client, worker: Account, cases: list[Case]) -> None:
    page = "/enquiries/triage/quality/"
    assert "Nothing has been learned yet." in client.get(page).content.decode()
    model = LearnedModel.objects.create(
        version=1, sha256="0" * 64, size=1, made_at=AT, learned_from=900, held_back=135,
        first_received_on=dt.date(2026, 1, 5), last_received_on=dt.date(2026, 11, 20),
        held_back_from_on=dt.date(2026, 10, 1),
    )  # fmt: skip
    for part, name, asked, right, sure in (
        ("ALL", "", 135, 120, 108), ("LANGUAGE", "cy", 30, 24, 20), ("LABEL", "courses", 50, 45, 40)
    ):  # fmt: skip
        Measure.objects.create(
            model=model, question="service", part=part, name=name, asked=asked, right=right, sure=sure,
            sure_right=sure - 2, among_three=asked,
        )  # fmt: skip
    client.post(acceptance(make_suggestion(cases[0])))
    html = client.get(page).content.decode()
    for words in ("89%", "80%", "98%", "It works in Welsh.", "900 closed cases", "Accepted of those decided"):
        assert words in html
    assert Triaged.objects.filter(settled_at__isnull=False).count() == 1


def test_what_ends_an_enquiry_comes_back_to_the_next_one(client: Client, cases: list[Case]) -> None:
    middle = cases[1]
    here = f"{PAGE}?at={middle.reference}"
    html = client.get(here).content.decode()
    closing = f"/cases/{middle.reference}/closure/?back=%2Fenquiries%2Ftriage%2F%3Fat%3D{middle.reference}"
    assert closing in html
    assert f'name="back" value="{here}"' in client.get(closing).content.decode()
    sent = {"outcome": "answered", "edition": middle.edition, "back": here}
    answer = client.post(closing.partition("?")[0], sent)
    assert answer["Location"] == here
    html = client.get(here).content.decode()
    assert "What of the thing, 1 days ago?" in html
    assert "2 of 2" in html


def test_an_address_elsewhere_is_no_way_back(client: Client, cases: list[Case]) -> None:
    case = cases[0]
    sent = {"outcome": "answered", "edition": case.edition, "back": "https://elsewhere.example/"}
    answer = client.post(f"/cases/{case.reference}/closure/", sent)
    assert answer["Location"] == f"/cases/{case.reference}/"


def test_what_has_been_answered_is_not_in_the_queue(client: Client, cases: list[Case]) -> None:
    Case.objects.filter(pk=cases[0].pk).update(status=Case.WAITING, waiting_on=Case.PERSON)
    assert "1 of 2" in client.get(PAGE).content.decode()


def test_what_was_asked_twice_is_merged_from_its_suggestion(client: Client, cases: list[Case]) -> None:
    reason = {"code": "same_person_alike", "days": 1}
    make_suggestion(
        cases[1], kind="DUPLICATE", kind_order=5, value=cases[0].reference, other=cases[0], reason=reason
    )
    html = client.get(f"{PAGE}?at={cases[1].reference}").content.decode()
    assert 'data-key="m"' in html
    page = f"/cases/{cases[1].reference}/links/?kind=MERGED&reference={cases[0].reference}"
    assert page.replace("&", "&amp;") in html
    assert f'value="{cases[0].reference}"' in client.get(page).content.decode()
