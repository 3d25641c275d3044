"""The pages of workload: a manager's four weeks, everybody's hours, and sharing out with a preview."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.cases.models import Case
from moothall.cases.tests.make import MANAGER, make_case, make_service, make_worker
from moothall.core.clock import today
from moothall.people.models import Absence, Account, LanguageSkill, Team, WorkHours
from moothall.people.tests.make import make_account, make_team
from moothall.workload.models import DemandHour, Pace, ServiceSkill

from .make import make_hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team(name="Learning")


@pytest.fixture
def manager(client: Client, team: Team) -> Account:
    account = make_account(*MANAGER, team=team)
    client.force_login(account)
    return account


@pytest.fixture
def worker(team: Team) -> Account:
    account = make_worker(team=team, name="Osian Achterberg")
    make_hours(account)
    return account


def fill_a_year(team: Team) -> None:
    days = [today() - dt.timedelta(days=number) for number in range(1, 300)]
    DemandHour.objects.bulk_create(
        DemandHour(team=team, on=day, hour=hour, count=8)
        for day in days
        if day.weekday() < 5
        for hour in (10, 14)
    )


def test_a_new_office_is_told_that_too_little_is_known(client: Client, manager: Account) -> None:
    assert "Too little is known yet to look ahead." in client.get(reverse("workload")).text


def test_four_weeks_ahead_with_shortfalls_the_method_and_its_error(
    client: Client, manager: Account, worker: Account, team: Team
) -> None:
    fill_a_year(team)
    assert "Say how long one thing takes" in client.get(reverse("workload")).text
    client.post(reverse("workload_pace", args=[team.key]), {"minutes": 60, "percent": 50, "from_on": "today"})
    assert Pace.objects.get().minutes == 60
    page = client.get(reverse("workload")).text
    for words in ("hours short", "<svg", "Saying the same as the week before", "10:00", "Osian Achterberg"):
        assert words in page, words


def test_somebody_enters_their_own_hours_and_leave(client: Client, worker: Account) -> None:
    client.force_login(worker)
    hours = {"from_on": "today", "begins_1": "9:00", "ends_1": "12:30"}
    client.post(reverse("edit_hours", args=[worker.pk]), hours)
    assert WorkHours.objects.in_force(today(), today()).get(account=worker).weekday == 1
    page = client.post(
        reverse("add_absence", args=[worker.pk]), {"kind": "LEAVE", "from_on": "tomorrow"}, follow=True
    )
    assert "Entered." in page.text
    absence = Absence.objects.get()
    client.post(reverse("withdraw_absence", args=[worker.pk, absence.pk]))
    assert not Absence.objects.standing().exists()
    client.post(reverse("withdraw_absence", args=[worker.pk, absence.pk]))
    assert Absence.objects.standing().exists()


def test_leave_twice_on_one_day_is_refused_in_words(client: Client, worker: Account) -> None:
    client.force_login(worker)
    for status in (302, 422):
        answer = client.post(
            reverse("add_absence", args=[worker.pk]), {"kind": "LEAVE", "from_on": "tomorrow"}
        )
        assert answer.status_code == status


def test_nobody_sees_the_leave_of_a_stranger(client: Client, worker: Account) -> None:
    client.force_login(make_worker(team=make_team()))
    assert client.get(reverse("colleague_hours", args=[worker.pk])).status_code == 404


def test_a_colleague_does_not_see_why_another_is_away(client: Client, worker: Account, team: Team) -> None:
    client.force_login(make_worker(team=team))
    assert client.get(reverse("colleague_hours", args=[worker.pk])).status_code == 404


def test_in_or_out_is_said_by_one_press(client: Client, worker: Account) -> None:
    client.force_login(worker)
    page = client.post(reverse("say_presence", args=[worker.pk]), {"is_in": "no"}, follow=True)
    assert "Out today." in page.text


def test_a_manager_says_who_knows_what(client: Client, manager: Account, worker: Account, team: Team) -> None:
    service = make_service(team=team)
    data = {"language_cy": "3", f"service_{service.pk}": "2"}
    assert client.post(reverse("edit_skills", args=[worker.pk]), data).status_code == 302
    assert LanguageSkill.objects.get(account=worker).level == 3
    assert ServiceSkill.objects.get(account=worker).service == service
    client.post(reverse("edit_skills", args=[worker.pk]), {})
    assert not ServiceSkill.objects.exists()


def test_a_pile_is_looked_at_shared_out_and_undone(
    client: Client, manager: Account, worker: Account, team: Team
) -> None:
    case = make_case(service=make_service(team=team), title="A place on the course")
    page = client.get(reverse("sharing")).text
    assert "A place on the course" in page
    assert f'value="{case.pk}-' in page
    assert Case.objects.get(pk=case.pk).assignee is None
    data = {"pair": [f"{case.pk}-{worker.pk}", "nonsense", "9-9", "1-" + "9" * 40]}
    page = client.post(reverse("accept_sharing", args=[team.key]), data, follow=True).text
    assert "1 case was shared out." in page
    assert Case.objects.get(pk=case.pk).assignee == worker
    undo = page.split('class="mh-notice__undo" method="post" action="')[1].split('"')[0]
    assert "1 case is back in the pile." in client.post(undo, follow=True).text
    assert Case.objects.get(pk=case.pk).assignee is None


def test_where_nobody_can_be_given_anything_there_is_no_button_to_give_it_out(
    client: Client, manager: Account, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(service=make_service(team=team), title="A place on the course")
    assert "Give out what is ticked" in client.get(reverse("sharing")).text
    monkeypatch.setattr("moothall.workload.rules.sharing.is_party", lambda _account, _case: True)
    page = client.get(reverse("sharing")).text
    assert f'value="{case.pk}-' not in page
    assert "Give out what is ticked" not in page
    assert "Nobody can be given any of these now." in page


def test_nothing_ticked_is_refused_in_words(client: Client, manager: Account, team: Team) -> None:
    assert client.post(reverse("accept_sharing", args=[team.key]), {}).status_code == 409


def test_one_case_is_given_by_one_press(
    client: Client, manager: Account, worker: Account, team: Team
) -> None:
    case = make_case(service=make_service(team=team))
    address = reverse("suggest_worker", args=[case.reference])
    page = client.get(address, HTTP_HX_REQUEST="true").text
    assert "least for their hours" in page
    assert "<html" not in page
    assert client.post(address).status_code == 302
    assert Case.objects.get(pk=case.pk).assignee is not None


@pytest.mark.parametrize("route", ["workload", "sharing"])
def test_a_page_of_workload_asks_as_often_for_many_as_for_few(
    client: Client, manager: Account, team: Team, route: str
) -> None:
    service = make_service(team=team)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(route)).status_code == 200
        return len(asked)

    def add() -> None:
        make_hours(make_worker(team=team))
        make_case(service=service)

    add()
    queries()
    few = queries()
    for _ in range(6):
        add()
    assert queries() == few
