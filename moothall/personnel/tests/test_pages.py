"""The pages of requests: what is shown to whom, and in how many queries."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import today
from moothall.letters.models import Letter
from moothall.people.tests.make import make_account, make_person
from moothall.personnel.beside import to_decide
from moothall.personnel.models import FlexibleRequest
from moothall.personnel.tests.make import (
    DAY,
    make_checked,
    make_desk,
    make_leave,
    make_meeting,
    make_reference,
    make_refused,
    make_request,
    make_team,
)
from moothall.workforce.tests.make import make_employment

pytestmark = pytest.mark.django_db


def signed_in(account: object) -> Client:
    client = Client()
    client.force_login(account)  # type: ignore[arg-type]
    return client


def test_somebody_asks_and_the_manager_decides(client: Client) -> None:
    manager, employment, account = make_team()
    own, boss = signed_in(account), signed_in(manager)
    first = today() + 60 * DAY
    sent = own.post(
        reverse("ask_flexible"),
        {"asks_for": "Shorter Fridays", "wanted_from": f"{first:%d/%m/%Y}", "weekly_hours": "35"},
        follow=True,
    )
    assert "Shorter Fridays" in sent.text
    request = FlexibleRequest.objects.get()
    assert to_decide(manager) is not None
    page = boss.post(
        reverse("decide_flexible", args=[request.pk]),
        {"outcome": "AGREED", "agreed_from": f"{first:%d/%m/%Y}", "weekly_hours": "35"}, follow=True,
    )  # fmt: skip
    assert "Your request for flexible working is agreed" in page.text
    assert "Agreed" in own.get(reverse("my_requests")).text
    assert str(employment.assignments.in_force(first).get().weekly_hours) == "35.00"


def test_whoever_has_no_employment_is_told_who_can_help() -> None:
    client = signed_in(make_account())
    assert "No employment is on record" in client.get(reverse("my_requests")).text
    assert client.get(reverse("ask_flexible")).status_code == 404


def test_a_letter_is_looked_at_sent_once_and_called_back() -> None:
    manager, employment, _account = make_team()
    request = make_request(employment)
    boss = signed_in(manager)
    address = reverse("write_flexible_letter", args=[request.pk, "fw_ack"])
    begun = boss.get(address).text
    assert "Monday to Thursday" in begun
    assert not Letter.objects.exists()
    mail = {
        "channel": "MAIL",
        "address": "a@example.org",
        "language": "en",
        "subject": "Yes",
        "text": "We have it.",
    }
    assert boss.post(address, mail).status_code == 302
    letter = Letter.objects.get()
    assert "has been written about that day" in boss.post(address, mail).text
    boss.post(reverse("recall_request_letter", args=[letter.pk]))
    letter.refresh_from_db()
    assert letter.state == Letter.CANCELLED
    assert boss.post(address, mail).status_code == 302


def test_a_letter_begins_in_welsh_for_whoever_reads_welsh() -> None:
    desk = signed_in(make_desk())
    leave = make_leave(make_employment(make_person(full_name="Non Prys", language="cy")))
    page = desk.get(reverse("write_family_letter", args=[leave.pk, "maternity_confirm"])).text
    assert "Eich absenoldeb mamolaeth" in page


def test_the_page_of_a_leave_shows_every_date_to_the_person_and_nothing_to_their_manager() -> None:
    manager, employment, account = make_team()
    leave = make_leave(employment)
    page = signed_in(account).get(reverse("family_page", args=[leave.pk])).text
    assert "The end of the 15th week before the expected week." in page
    assert "What happened" not in page
    assert signed_in(manager).get(reverse("family_page", args=[leave.pk])).status_code == 404
    record = signed_in(manager).get(reverse("staff_record", args=[employment.number])).text
    assert "Family leave" in record
    assert "Maternity" not in record


def test_the_page_warns_when_a_figure_is_not_confirmed() -> None:
    desk = signed_in(make_desk())
    leave = make_leave(kind="neonatal")
    assert "have not been confirmed" in desk.get(reverse("family_page", args=[leave.pk])).text


def test_a_reference_goes_from_the_record_to_the_register() -> None:
    desk, second = make_desk(), make_desk()
    reference = make_reference()
    client = signed_in(desk)
    begun = client.get(reverse("write_reference", args=[reference.pk])).text
    assert "has worked here since" in begun
    client.post(
        reverse("verify_reference", args=[reference.pk]), {"address": "hr@example.org", "how": "Rang them"}
    )
    client.post(reverse("write_reference", args=[reference.pk]), {"text": "Worked here since 2020."})
    assert "A second person" in client.post(reverse("check_reference", args=[reference.pk]), follow=True).text
    signed_in(second).post(reverse("check_reference", args=[reference.pk]))
    page = client.get(reverse("send_reference", args=[reference.pk]))
    sent = page.context["form"].initial
    client.post(reverse("send_reference", args=[reference.pk]), sent)
    reference.refresh_from_db()
    assert reference.sent_on == today()
    assert "Worked here since 2020." in Letter.objects.get().body
    assert reference.employment.person.full_name in client.get(reverse("references_given"), {"q": ""}).text


def test_nobody_finds_a_reference_about_themself() -> None:
    account = make_desk()
    reference = make_reference(make_employment(account=account))
    client = signed_in(account)
    assert client.get(reverse("reference_page", args=[reference.pk])).status_code == 404
    assert reference.organisation not in client.get(reverse("references_given")).text


def test_the_desk_enters_what_came_on_paper_for_others_and_not_for_itself() -> None:
    account = make_desk()
    own, other = make_employment(account=account), make_employment()
    client = signed_in(account)
    words = {"asks_for": "Mornings", "wanted_from": "1/12/2027", "received_on": "today"}
    sent = {**words, "employee-key": other.pk, "employee": other.number}
    assert client.post(reverse("enter_flexible"), sent).status_code == 302
    sent = {**words, "employee-key": own.pk, "employee": own.number}
    assert client.post(reverse("enter_flexible"), sent).status_code == 404


def test_an_appeal_and_its_decision_stand_on_the_page() -> None:
    first, second = make_desk(), make_desk()
    request = make_refused(by=first)
    client = signed_in(second)
    client.post(reverse("appeal_flexible", args=[request.pk]), {"words": "Cover was found", "on": "today"})
    decided = {"upheld": "no", "reasons": "Still nobody"}
    assert "did not decide" not in client.get(reverse("flexible_page", args=[request.pk])).text
    assert (
        signed_in(first).post(reverse("decide_flexible_appeal", args=[request.pk]), decided).status_code
        == 422
    )
    letter = client.post(reverse("decide_flexible_appeal", args=[request.pk]), decided, follow=True).text
    assert "It stays refused" in letter
    page = client.get(reverse("flexible_page", args=[request.pk])).text
    assert "Still nobody" in page


def count(client: Client, route: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(route)).status_code == 200
    return len(asked)


LISTS = [
    ("staff_requests", make_request),
    ("flexible_requests", make_request),
    ("family_leaves", make_leave),
    ("staff_requests", make_leave),
    ("references_given", make_reference),
    ("staff_requests", make_reference),
]


@pytest.mark.parametrize(("route", "make"), LISTS)
def test_a_list_takes_as_many_queries_for_many_as_for_few(route: str, make: Callable[[], object]) -> None:
    client = signed_in(make_desk())
    make()
    count(client, route)
    few = count(client, route)
    for _number in range(4):
        make()
    assert count(client, route) == few


def test_my_requests_takes_as_many_queries_for_many_as_for_few() -> None:
    account = make_account()
    employment = make_employment(account=account)
    client = signed_in(account)
    make_request(employment)
    count(client, "my_requests")
    few = count(client, "my_requests")
    for _number in range(3):
        make_request(employment, outside=True)
    assert count(client, "my_requests") == few


def test_a_page_takes_as_many_queries_however_much_has_happened() -> None:
    client, request = signed_in(make_desk()), make_request()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("flexible_page", args=[request.pk]))
        return len(asked)

    make_meeting(request)
    queries()
    few = queries()
    for _number in range(3):
        make_meeting(request)
    assert queries() == few


def test_work_of_these_kinds_stands_nowhere_for_whoever_has_no_part_in_it() -> None:
    request, leave, reference = make_request(), make_leave(), make_checked()
    client = signed_in(make_account("workforce.view"))
    for route, row in (("flexible_page", request), ("family_page", leave)):
        assert client.get(reverse(route, args=[row.pk])).status_code == 404
    assert client.get(reverse("reference_page", args=[reference.pk])).status_code == 403
