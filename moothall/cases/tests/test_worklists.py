"""The lists people work from: what is on them, and what they cost."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from moothall.cases.models import Case
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.holding import hold_case
from moothall.cases.rules.opening import NewCase, open_cases
from moothall.people.models import Account
from moothall.people.tests.make import make_team
from moothall.people.tests.pages import signed_in_as

from .make import AT, TODAY, later, make_case, make_manager, make_service, make_worker

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 12, 7)


@pytest.fixture
def worker() -> Account:
    return make_worker(team=make_team())


def test_lists_hold_what_they_say(worker: Account) -> None:
    team = make_team()
    mine = make_case(team=team, assignee=worker)
    free = make_case(team=team)
    held = make_case(team=team)
    hold_case(held, until=DUE, because="Away", by=worker, at=AT, today=TODAY)
    closed = make_case(team=team)
    close_case(closed, by=worker, at=AT, outcome="answered")
    everything = Case.objects.order_by("id")
    assert list(everything.assigned_to(worker)) == [mine]
    assert list(everything.unfinished()) == [mine, free, held]
    assert list(everything.waiting_for_anybody()) == [free, held]
    assert list(everything.on_hand(TODAY)) == [mine, free]
    assert list(everything.waiting_on_others()) == [held]
    assert list(everything.due(DUE)) == [mine, free]
    assert list(everything.late(DUE)) == []
    assert list(everything.late(DUE + dt.timedelta(days=1))) == [mine, free]


def test_the_longest_waiting_case_is_first_among_the_late() -> None:
    newer, older = make_case(), make_case(received_at=later(days=-7))
    assert list(Case.objects.late(DUE + dt.timedelta(days=30)).order_by("due_on")) == [older, newer]


def test_a_long_part_of_my_work_shows_its_first_rows_and_how_many_more_there_are() -> None:
    team = make_team()
    worker, service = make_worker(team=team), make_service(team=team)
    given = {"service": service, "channel": "mail"}
    wanted = [NewCase(**given, title=f"Number {number:02}", received_at=AT) for number in range(30)]  # type: ignore[arg-type]
    open_cases(wanted, at=AT)
    browser = signed_in_as(worker)
    first = browser.get("/").content.decode()
    assert first.count("data-row=") == 10
    assert 'href="?whole=nobodys#nobodys">and 20 more</a>' in first
    assert '<section class="mh-section" id="nobodys">' in first
    whole = browser.get("/?whole=nobodys").content.decode()
    assert whole.count("data-row=") == 30
    assert "more</a>" not in whole


@pytest.mark.parametrize(
    ("address", "most"),
    [("/", 16), ("/team/", 12), ("/cases/", 11), ("/cases/?q=warden", 12)],
)
def test_a_list_costs_the_same_however_long_it_is(
    address: str, most: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    team = make_team()
    manager, service = make_manager(team=team), make_service(team=team)
    given = {"service": service, "title": "Fire warden", "channel": "mail"}
    wanted = [NewCase(**given, received_at=later(days=-number)) for number in range(30)]  # type: ignore[arg-type]
    *others, case = open_cases(wanted, at=AT)
    Case.objects.filter(pk__in=[each.pk for each in others]).update(assignee=manager)
    browser = signed_in_as(manager)
    browser.get(address)  # what a process asks once is asked here
    with django_assert_max_num_queries(most):
        answer = browser.get(address)
    assert answer.status_code == 200
    assert case.reference.encode() in answer.content
