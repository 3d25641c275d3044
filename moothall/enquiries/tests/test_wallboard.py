"""The wallboard: a team's numbers and nothing else, cheap at any age, on a screen nobody signs in to."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.cases.models import Case
from moothall.cases.tests.make import MANAGER, make_case, make_service
from moothall.core.clock import now, today
from moothall.core.serving import NOBODY, serving
from moothall.enquiries.models import Contact
from moothall.enquiries.models.wallboard import DisplayLink
from moothall.enquiries.rules import wallboard
from moothall.enquiries.rules.calling_back import Window, ask_for_call_back
from moothall.enquiries.rules.wallboard import numbers_of
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_account, make_person, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client: Client) -> Account:
    account = make_account(*MANAGER, team=make_team(name="Learning"))
    client.force_login(account)
    return account


@pytest.fixture
def case(manager: Account) -> Case:
    return waiting(manager)


def team_of(account: Account) -> Team:
    return Team.objects.get(pk=account.team_ids()[0])


def waiting(manager: Account, *, hours: float = 3, **changes: object) -> Case:
    at = now()
    team = team_of(manager)
    received_at = at - dt.timedelta(hours=hours)
    return make_case(
        service=make_service(team=team), title="Quillon course", received_at=received_at, at=at,
        requester=make_person(full_name="Ysolde Okonkwo"), **changes,
    )  # fmt: skip


def numbers(manager: Account) -> wallboard.Numbers:
    return numbers_of(team_of(manager), at=now(), today=today())


def test_what_waits_and_how_long_the_oldest_has(manager: Account, case: Case) -> None:
    waiting(manager, hours=1)
    found = numbers(manager)
    assert (found.waiting, found.oldest_minutes) == (2, 180)


def test_an_answer_today_counts_and_leaves_what_waits(manager: Account, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(first_answered_at=now())
    found = numbers(manager)
    assert (found.waiting, found.answered, found.oldest_minutes) == (0, 1, None)
    Case.objects.filter(pk=case.pk).update(came_back_at=now())
    assert numbers(manager).waiting == 1


def test_calls_call_backs_and_what_is_late(manager: Account, case: Case) -> None:
    at, team = now(), team_of(manager)
    Contact.objects.create(
        channel="PHONE", result=Contact.ANSWERED, team=team, subject="Hours", received_at=at, logged_at=at
    )
    window = Window(at - dt.timedelta(minutes=5), at + dt.timedelta(minutes=5))
    ask_for_call_back(about="Hours", window=window, team=team, by=manager, at=at, number="01632 960 1")
    Case.objects.filter(pk=case.pk).update(due_on=today() - dt.timedelta(days=1))
    found = numbers(manager)
    assert (found.calls, found.call_backs, found.late) == (1, 1, 1)


def test_a_restricted_case_is_counted_and_nothing_is_said_of_it(
    client: Client, manager: Account, case: Case
) -> None:
    Case.objects.filter(pk=case.pk).update(confidentiality=Case.RESTRICTED)
    with serving(NOBODY):
        assert numbers(manager).waiting == 1
    assert "Quillon" not in client.get(reverse("wallboard")).text


def test_the_newest_target_that_has_begun_counts(manager: Account) -> None:
    team, day = team_of(manager), today()
    for answers, days in ((10, -30), (20, -1), (30, 5)):
        from_on = day + dt.timedelta(days=days)
        wallboard.set_answer_target(team, answers=answers, from_on=from_on, by=manager, at=now())
    assert numbers(manager).target == 20


def test_a_manager_sets_the_target_on_a_page(client: Client, manager: Account) -> None:
    key = team_of(manager).key
    page = client.post(
        reverse("wallboard_target", args=[key]), {"answers": 25, "from_on": "today"}, follow=True
    )
    assert "The target is set." in page.text
    assert "of 25" in client.get(reverse("wallboard")).text


def test_a_screen_shows_numbers_until_its_address_is_taken_back(
    client: Client, manager: Account, case: Case
) -> None:
    key = team_of(manager).key
    client.post(reverse("hang_display", args=[key]), {"where": "The front office", "language": "cy"})
    link = DisplayLink.objects.get()
    address = reverse("wallboard_display", args=[wallboard.signed(link)])
    wall = Client()
    page = wall.get(address)
    assert page.status_code == 200
    assert "Yn aros am ateb" in page.text
    assert not {"Quillon", "Ysolde", case.reference} & set(page.text.split())
    client.post(reverse("revoke_display", args=[key, link.pk]))
    assert wall.get(address).status_code == 404


@pytest.mark.parametrize("token", ["1", "1~x", "x", "%F0%9F%98%80", "1~" + "A" * 43])
def test_nobody_makes_up_an_address_of_a_screen(manager: Account, token: str) -> None:
    wallboard.hang_display(team_of(manager), where="Hall", language="en", by=manager, at=now())
    assert Client().get(f"/enquiries/wall/{token}/").status_code == 404


def test_numbers_that_have_not_changed_are_not_sent_again(client: Client, manager: Account) -> None:
    address = reverse("wallboard")
    mark = client.get(address, headers={"HX-Request": "true"}).headers["ETag"]
    same = {"HX-Request": "true", "If-None-Match": mark}
    assert client.get(address, headers=same).status_code == 304
    waiting(manager)
    assert client.get(address, headers=same).status_code == 200


def test_the_wall_asks_as_often_for_many_cases_as_for_few(client: Client, manager: Account) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("wallboard"))
        return len(asked)

    waiting(manager)
    queries()
    few = queries()
    for _ in range(6):
        waiting(manager)
    assert queries() == few


def test_no_count_of_the_wall_goes_on_past_what_is_shown(
    client: Client, manager: Account, case: Case
) -> None:
    """Each is bounded in SQL, whatever there is: none counts everything."""
    with CaptureQueriesContext(connection) as asked:
        numbers(manager)
    statements = [each["sql"] for each in asked.captured_queries]
    assert not [sql for sql in statements if "COUNT(" in sql]
    assert sum(f"LIMIT {wallboard.MOST + 1}" in sql for sql in statements) == 5
