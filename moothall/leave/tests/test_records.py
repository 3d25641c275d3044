"""Cover rules, the calendar of a unit, the leave record, and calendars by a secret address."""

import datetime as dt
from decimal import Decimal

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.leave.models import CoverRule, LeaveEntry, LeaveLink
from moothall.leave.rules.balance import balance_of
from moothall.leave.rules.deciding import approve_leave
from moothall.leave.rules.refusals import NothingOnRecord, TooManyCarried
from moothall.leave.rules.setting import add_entry
from moothall.people.tests.make import AT, make_account
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

from .make import TODAY, account_of, make_request, make_team, working_day

pytestmark = pytest.mark.django_db


def test_a_manager_sets_how_many_have_to_be_left_and_takes_it_back(client: Client) -> None:
    manager, _people = make_team(least=None)
    client.force_login(manager)
    assert "No rule yet" in client.get(reverse("cover_rules")).text
    unit = _people[0].assignments.get().unit
    form = {"unit": unit.pk, "least": "2", "weekdays": ["0", "1"], "from_on": "today", "why": "The counter"}
    assert "The rule holds." in client.post(reverse("add_cover_rule"), form, follow=True).text
    rule = CoverRule.objects.get()
    assert rule.weekdays == [0, 1]
    client.post(reverse("withdraw_cover_rule", args=[rule.pk]))
    assert not CoverRule.objects.standing().exists()
    client.post(reverse("withdraw_cover_rule", args=[rule.pk]))
    assert CoverRule.objects.standing().exists()


@pytest.mark.parametrize(
    "given", [{}, {"least": "2", "percent": "50"}, {"least": "none"}, {"percent": "101"}]
)
def test_a_rule_is_a_number_or_a_share(client: Client, given: dict[str, str]) -> None:
    manager, people = make_team(least=None)
    client.force_login(manager)
    form = {"unit": people[0].assignments.get().unit_id, "from_on": "today"} | given
    assert client.post(reverse("add_cover_rule"), form).status_code == 422


def test_nobody_sets_rules_for_a_unit_in_which_they_do_not_decide(client: Client) -> None:
    _manager, people = make_team()
    client.force_login(account_of(people[0]))
    rule = CoverRule.objects.get()
    assert client.get(reverse("add_cover_rule")).status_code == 404
    assert client.post(reverse("withdraw_cover_rule", args=[rule.pk])).status_code == 404


def test_colleagues_see_who_is_away_and_the_manager_sees_what_is_asked_as_well(client: Client) -> None:
    manager, [one, other, third] = make_team(3, least=2)
    day = working_day()
    approve_leave(make_request(one, day, at=now(), on=today()), by=manager, at=now())
    make_request(other, day, at=now(), on=today())
    address = reverse("leave_calendar") + f"?month={day:%Y-%m}"
    client.force_login(account_of(third))
    page = client.get(address).text
    assert f"Away: {one.person.full_name}." in page
    assert "Asked for:" not in page
    client.force_login(manager)
    unit = one.assignments.get().unit_id
    page = client.get(f"{address}&unit={unit}").text
    assert f"Asked for: {other.person.full_name}." in page
    assert "2/2" in page


def test_the_calendar_takes_as_many_queries_for_many_people_as_for_few(client: Client) -> None:
    manager, people = make_team(6)
    client.force_login(manager)
    unit = people[0].assignments.get().unit_id
    day = working_day()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            address = f"{reverse('leave_calendar')}?month={day:%Y-%m}&unit={unit}"
            assert client.get(address).status_code == 200
        return len(asked)

    make_request(people[0], day, at=now(), on=today())
    queries()
    few = queries()
    for each in people[1:]:
        make_request(each, day, at=now(), on=today())
    assert queries() == few


def test_the_employee_reads_their_record_and_a_colleague_does_not(client: Client) -> None:
    _manager, [one, other, _third] = make_team()
    make_request(one, working_day(), at=now(), on=today())
    address = reverse("employee_leave", args=[one.number])
    client.force_login(account_of(one))
    page = client.get(address).text
    assert "The law’s 4 weeks" in page
    assert "Change the balance" not in page
    assert client.get(reverse("add_leave_entry", args=[one.number])).status_code == 404
    client.force_login(account_of(other))
    assert client.get(address).status_code == 404


def test_the_desk_enters_hours_with_the_reason_and_takes_them_back(client: Client) -> None:
    employment = make_employment()
    client.force_login(make_account("absence.record", "workforce.view"))
    form = {"kind": "ADJUSTED", "hours": "-3.5", "counts_on": "today", "why": "Came late twice"}
    page = client.post(reverse("add_leave_entry", args=[employment.number]), form, follow=True).text
    assert "Came late twice" in page
    entry = LeaveEntry.objects.get()
    assert entry.hours == Decimal("-3.5")
    client.post(reverse("withdraw_leave_entry", args=[employment.number, entry.pk]))
    assert not LeaveEntry.objects.standing().exists()
    form["hours"] = "many"
    assert client.post(reverse("add_leave_entry", args=[employment.number]), form).status_code == 422


def carried(employment: Employment, ground: str, hours: str, on: dt.date = TODAY) -> LeaveEntry:
    return add_entry(
        employment, kind="CARRIED", ground=ground, hours=Decimal(hours), counts_on=on, why="Last year",
        by=None, at=AT,
    )  # fmt: skip


def test_what_is_carried_over_keeps_to_the_rule_of_its_ground() -> None:
    employment = make_employment()
    assert carried(employment, "SICK", "148").until_on == dt.date(2027, 9, 30)
    assert carried(employment, "AGREED", "59.2").until_on == dt.date(2027, 3, 31)
    with pytest.raises(TooManyCarried):
        carried(employment, "SICK", "148.01")
    with pytest.raises(NothingOnRecord):
        carried(employment, "SICK", "8", on=dt.date(2023, 5, 1))
    with pytest.raises(NothingOnRecord):
        carried(make_employment(nation="NIR"), "SICK", "8")
    assert balance_of(employment, on=TODAY, today=TODAY).annual > 148


def test_my_leave_stands_in_my_own_calendar_until_the_address_is_ended(client: Client) -> None:
    _manager, [one, *_others] = make_team()
    account = account_of(one)
    client.force_login(account)
    make_request(one, working_day(), at=now(), on=today())
    client.post(reverse("make_leave_link"), {"shows": "OWN"})
    link = LeaveLink.objects.get()
    page = client.get(reverse("my_leave")).text
    address = page.partition("/leave/feeds/")[2].partition('"')[0]
    feed = Client().get(f"/leave/feeds/{address}")
    [event] = icalendar.Calendar.from_ical(feed.content).walk("VEVENT")
    assert event.decoded("dtstart") == working_day()
    assert event["STATUS"] == "TENTATIVE"
    client.post(reverse("end_leave_link", args=[link.pk]))
    assert Client().get(f"/leave/feeds/{address}").status_code == 404
    assert Client().get("/leave/feeds/made-up.secret/").status_code == 404


def test_the_calendar_of_a_team_says_who_is_away_and_not_why(client: Client) -> None:
    manager, [one, *_others] = make_team()
    approve_leave(make_request(one, working_day(), at=now(), on=today()), by=manager, at=now())
    client.force_login(manager)
    client.post(reverse("make_leave_link"), {"shows": "TEAM"})
    page = client.get(reverse("my_leave")).text
    assert client.post(reverse("make_leave_link"), {"shows": "ALL"}).status_code == 404
    address = page.partition("/leave/feeds/")[2].partition('"')[0]
    assert address
    feed = icalendar.Calendar.from_ical(Client().get(f"/leave/feeds/{address}").content)
    assert [str(event["SUMMARY"]) for event in feed.walk("VEVENT")] == [f"{one.person.full_name} is away"]
