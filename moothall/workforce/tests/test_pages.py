"""Staff records as the employee, the manager and the desk see them."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import today
from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account, make_person
from moothall.workforce import away, panels
from moothall.workforce.models import Employment, NextOfKin
from moothall.workforce.rules.assigning import change_assignment
from moothall.workforce.rules.kin import NoNumber, add_next_of_kin
from moothall.workforce.tests.make import (
    assignments_of,
    make_employment,
    make_leaving_reason,
    make_manager,
    make_pattern,
    make_post,
    make_unit,
)

pytestmark = pytest.mark.django_db
KEEPS = ("people.view", "workforce.view", "workforce.edit", "workforce.private")


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def said(client: Client, url_name: str, *given: Any) -> str:
    response = client.get(reverse(url_name, args=given))
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_says_who_works_here_in_what_and_under_whom() -> None:
    _account, boss = make_manager(account=make_account(name="Boss"))
    post, unit = make_post(title="Curator"), make_unit(name="Museums")
    make_employment(make_person(full_name="Ní Ó'Brien-Łukasiewicz"), manager=boss, post=post, unit=unit)
    page = said(browser(make_account(*KEEPS)), "staff")
    for words in ("Ní Ó&#x27;Brien-Łukasiewicz", "Curator", "Museums", ">37<"):
        assert words in page


def test_the_list_narrows_to_those_without_a_manager_and_those_who_left() -> None:
    _account, boss = make_manager()
    make_employment(make_person(full_name="Has Somebody"), manager=boss)
    make_employment(make_person(full_name="Has Nobody"))
    gone = make_employment(make_person(full_name="Went Away"))
    Employment.objects.filter(pk=gone.pk).update(
        ended_on=today() - dt.timedelta(days=1), ended_because=make_leaving_reason()
    )
    client = browser(make_account(*KEEPS))
    unmanaged = client.get(reverse("staff"), {"state": "here", "unmanaged": "1"}).content.decode()
    assert "Has Nobody" in unmanaged
    assert "Has Somebody" not in unmanaged
    assert "Went Away" not in unmanaged
    left = client.get(reverse("staff"), {"state": "left"}).content.decode()
    assert "Went Away" in left
    assert "Has Nobody" not in left


def test_the_list_asks_as_often_for_many_as_for_few() -> None:
    client = browser(make_account(*KEEPS))
    _account, boss = make_manager()
    counts = []
    for _round in range(3):
        for _each in range(4):
            make_employment(manager=boss, pattern=make_pattern(), pattern_from=today())
        with CaptureQueriesContext(connection) as asked:
            said(client, "staff")
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_a_record_asks_as_often_for_a_long_history_as_for_a_short_one() -> None:
    client, employment, counts = browser(make_account(*KEEPS)), make_employment(), []
    for number in range(3):
        for step in range(3):
            hours = Decimal(10 + 3 * number + step)
            at = AT + dt.timedelta(hours=3 * number + step + 1)
            day = dt.date(2021, 1, 1) + dt.timedelta(days=30 * (3 * number + step))
            change_assignment(employment, from_on=day, weekly_hours=hours, by=None, at=at)
        with CaptureQueriesContext(connection) as asked:
            said(client, "staff_record", employment.number)
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_an_employee_finds_their_own_record() -> None:
    account = make_account()
    client = browser(account)
    assert "No staff record" in said(client, "my_employment")
    employment = make_employment(account=account)
    response = client.get(reverse("my_employment"))
    assert response["Location"] == reverse("staff_record", args=[employment.number])
    page = said(client, "staff_record", employment.number)
    assert "Whom to tell in an emergency" in page
    assert "Change what they do" not in page


def test_a_manager_sees_their_team_and_nothing_private() -> None:
    account, boss = make_manager()
    employment = make_employment(make_person(full_name="Gwenllian Okoro"), manager=boss)
    add_next_of_kin(employment, name="Ifor Okoro", phone="01632 960111", by=account, at=AT)
    client = browser(account)
    team = said(client, "my_team")
    assert "Gwenllian Okoro" in team
    for page_of_team in panels.team_pages():
        assert reverse(page_of_team.url_name) in team
    page = said(client, "staff_record", employment.number)
    assert "Ifor Okoro" not in page
    assert "National Insurance" not in page
    assert "Nobody reports to you today." in said(browser(make_account()), "my_team")


def test_a_starter_moves_leaves_and_stays_after_all() -> None:
    keeper, person = make_account(*KEEPS), make_person(full_name="Osian Abara")
    post, unit, reason = make_post(title="Curator"), make_unit(), make_leaving_reason()
    client = browser(keeper)
    terms = {
        "post-key": post.pk, "unit-key": unit.pk, "contract": "PERMANENT", "weekly_hours": "37", "fte": "1",
    }  # fmt: skip
    start = terms | {
        "person-key": person.pk, "number": "e77", "workforce": "employee", "nation": "WLS",
        "started_on": "01/09/2026",
    }  # fmt: skip
    client.post(reverse("add_starter"), start)
    employment = person.employments.get()
    assert employment.number == "E77"
    change = terms | {
        "weekly_hours": "18.5",
        "fte": "0.5",
        "from_on": "05/10/2026",
        "because": "Asked for it",
    }
    client.post(reverse("change_assignment", args=["E77"]), change)
    assert [row.weekly_hours for row in assignments_of(employment)] == [Decimal("37.00"), Decimal("18.50")]
    client.post(reverse("take_back_assignment", args=["E77"]))
    assert [row.weekly_hours for row in assignments_of(employment)] == [Decimal("37.00")]
    client.post(reverse("take_back_assignment", args=["E77"]))  # and done again
    assert [row.weekly_hours for row in assignments_of(employment)] == [Decimal("37.00"), Decimal("18.50")]
    client.post(reverse("record_leaving", args=["E77"]), {"last_day": "31/12/2030", "because": reason.pk})
    assert "Leaves on 31 December 2030" in said(client, "staff_record", "E77")
    client.post(reverse("take_back_leaving", args=["E77"]))
    employment.refresh_from_db()
    assert employment.ended_on is None


def test_a_wrong_starter_is_refused_and_nothing_typed_is_lost() -> None:
    client = browser(make_account(*KEEPS))
    make_employment(number="E1")
    response = client.post(
        reverse("add_starter"),
        {
            "person-key": make_person().pk, "number": "E1", "workforce": "employee", "nation": "WLS",
            "started_on": "01/09/2026", "post-key": make_post().pk, "unit-key": make_unit().pk,
            "contract": "PERMANENT", "weekly_hours": "37", "fte": "1",
        },
    )  # fmt: skip
    assert response.status_code == 422
    assert "Somebody else has this number." in response.content.decode()


def test_nobody_keeps_their_own_record() -> None:
    keeper = make_account(*KEEPS)
    employment = make_employment(account=keeper)
    client = browser(keeper)
    assert client.get(reverse("change_assignment", args=[employment.number])).status_code == 404
    assert "Change what they do" not in said(client, "staff_record", employment.number)


def test_next_of_kin_are_named_struck_and_brought_back() -> None:
    account = make_account()
    employment, client = make_employment(account=account), browser(account)
    client.post(
        reverse("add_next_of_kin", args=[employment.number]), {"name": "Nia", "phone": "01632 960222"}
    )
    kin = NextOfKin.objects.get()
    client.post(reverse("end_next_of_kin", args=[employment.number, kin.pk]))
    assert "Nobody is named yet." in said(client, "staff_record", employment.number)
    client.post(reverse("restore_next_of_kin", args=[employment.number, kin.pk]))
    assert "Nia" in said(client, "staff_record", employment.number)
    with pytest.raises(NoNumber):
        add_next_of_kin(employment, name=" ", phone="1", by=account, at=AT)


def test_look_ups_find_by_name_and_number_and_only_what_may_be_seen() -> None:
    employment = make_employment(make_person(full_name="Marged Ekwueme"))
    client = browser(make_account(*KEEPS))
    for words in ("marg", employment.number.lower()):
        assert "Marged Ekwueme" in client.get(reverse("employment_lookup"), {"q": words}).content.decode()
    assert "Marged" in client.get(reverse("manager_lookup"), {"q": "ekwu"}).content.decode()
    make_post(number="CUR-1", title="Curator")
    assert "Curator" in client.get(reverse("post_lookup"), {"q": "cur"}).content.decode()
    other = browser(make_account("workforce.view", team=make_post().team))
    assert other.get(reverse("manager_lookup"), {"q": "ekwu"}).status_code == 403


def test_who_is_away_is_told_by_every_source(monkeypatch: pytest.MonkeyPatch) -> None:
    first, last = dt.date(2026, 11, 23), dt.date(2026, 11, 27)
    one = away.Away(2, first, last, away.SICK)
    two = away.Away(1, first, None, away.LEAVE)
    monkeypatch.setattr(away, "_sources", [lambda *_given: [one], lambda *_given: [two]])
    assert away.away_between([1, 2], first, last) == [two, one]
    assert away.away_between([], first, last) == []


def test_a_panel_is_registered_once_and_shown_by_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_panels", {})
    panels.register_record_panel(
        "leave", "Leave", "workforce/parts/about.html", lambda _a, _e, sight: {} if sight.own else None
    )
    account, employment = make_account(), make_employment()
    assert panels.panels_for(account, employment, panels.Sight()) == []
    assert len(panels.panels_for(account, employment, panels.Sight(own=True))) == 1
    with pytest.raises(Exception, match="two panels"):
        panels.register_record_panel("leave", "Leave", "a.html", lambda *_given: None)
    with pytest.raises(Exception, match="template"):
        panels.register_record_panel("more", "More", "a.txt", lambda *_given: None)
