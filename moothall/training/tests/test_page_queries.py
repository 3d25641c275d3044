"""Every list of training takes as many queries for many rows as for few."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.training.models import DutyArrival, Evaluation, Nomination, RepairWeight
from moothall.training.rules.courses import Content, add_version
from moothall.training.rules.duties import bring_duties
from moothall.training.rules.sessions import set_trainers
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

from .make import make_course, make_keeper, make_minimum, make_place, make_reader, make_session, make_team

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
FEW, MANY = 2, 6
Grow = Callable[[int], None]
"""Makes one more row; it is told which."""


def soon(weeks: int = 5) -> dt.date:
    """A Monday so many weeks ahead."""
    return today() - today().weekday() * DAY + weeks * 7 * DAY


def now_given() -> dict[str, Any]:
    return {"at": now(), "today": today()}


def of_course() -> tuple[str, Grow]:
    """Its versions and its sessions to come."""
    course = make_course()

    def grow(number: int) -> None:
        before = make_course()
        content = Content(prerequisites=(before,))
        add_version(course, content=content, from_on=today() + number * DAY, by=make_keeper(), at=now())
        make_session(course, first_on=soon(4 + number), **now_given())

    return reverse("training_course", args=[course.key]), grow


def of_duty_files() -> tuple[str, Grow]:
    def grow(number: int) -> None:
        file = bring_duties(_extract(number), name=f"{number}.csv", by=make_keeper(), at=now())
        DutyArrival.objects.create(
            name=file.name,
            digest=f"{number}",
            state=DutyArrival.REFUSED,
            said="Odd",
            source=DutyArrival.API,
            arrived_at=now(),
        )

    return reverse("duty_files"), grow


def _extract(number: int, many: int = 2) -> bytes:
    people = [make_employment() for _each in range(many)]
    lines = [f"{each.number},{soon() + number * DAY},E,DUTY" for each in people]
    return "\n".join(["number,day,part,kind", *lines]).encode()


def of_minimums() -> tuple[str, Grow]:
    def grow(_number: int) -> None:
        _manager, people = make_team(2)
        make_minimum(people[0].assignments.get().unit, 1)

    return reverse("team_minimums"), grow


def of_the_ledger() -> tuple[str, Grow]:
    """Four weeks of one team, on more and more of whose days somebody is trained."""
    _manager, people = make_team(MANY + 1, least=1)
    unit = people[0].assignments.get().unit

    def grow(number: int) -> None:
        session = make_session(first_on=soon(1) + number % 5 * DAY, **now_given())
        make_place(session, people[number], **now_given())

    return f"{reverse('training_ledger')}?unit={unit.pk}&from={soon(1)}", grow


def of_readers() -> tuple[str, Grow]:
    def grow(_number: int) -> None:
        make_reader("DUTY")

    return reverse("schedule_readers"), grow


def of_weights() -> tuple[str, Grow]:
    def grow(number: int) -> None:
        RepairWeight.objects.create(
            from_on=today() + number * DAY, moving=Decimal("0.5"), moving_told=Decimal("0.9"), why="All",
            set_at=now(), set_by=make_account(),
        )  # fmt: skip

    return reverse("repair_weights"), grow


def of_a_session() -> tuple[str, Grow]:
    """Those with a place, those who wait, those who asked, and what some thought."""
    session = make_session(first_on=soon(), capacity=3, **now_given())

    def grow(number: int) -> None:
        make_place(session, **now_given(), agreed=bool(number % 2))
        gone = make_place(session, **now_given())
        Evaluation.objects.create(nomination=gone, useful=3, taught=4, words="Good", at=now())
        Nomination.objects.filter(pk=gone.pk).update(needs="A loop")

    return reverse("training_session", args=[session.pk]), grow


LISTS = [of_course, of_duty_files, of_minimums, of_the_ledger, of_readers, of_weights, of_a_session]


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def compare(client: Client, who: Account, address: str, grow: Grow) -> None:
    client.force_login(who)
    for number in range(FEW):
        grow(number)
    asked(client, address)
    few = asked(client, address)
    for number in range(FEW, MANY):
        grow(number)
    asked(client, address)  # once a minute a request notes that the session goes on
    assert asked(client, address) == few


@pytest.mark.parametrize("of", LISTS, ids=lambda of: of.__name__)
def test_a_list_takes_as_many_queries_for_many_as_for_few(
    client: Client, of: Callable[[], tuple[str, Grow]]
) -> None:
    address, grow = of()
    compare(client, make_keeper(), address, grow)


@pytest.mark.parametrize("rows", [3, 30])
def test_a_file_of_duties_takes_as_many_queries_whatever_its_lines(client: Client, rows: int) -> None:
    client.force_login(make_keeper())
    few = bring_duties(_extract(0, 2), name="few.csv", by=make_keeper(), at=now())
    many = bring_duties(_extract(1, rows), name="many.csv", by=make_keeper(), at=now())
    addresses = [reverse("duty_file", args=[each.pk]) for each in (few, many)]
    for address in addresses:
        asked(client, address)
    assert asked(client, addresses[0]) == asked(client, addresses[1])


def test_what_somebody_teaches_and_who_comes_takes_as_many_queries_for_many(client: Client) -> None:
    account = make_account()
    trainer = make_employment(account=account)
    session = taught(trainer, 0)

    def grow(number: int) -> None:
        taught(trainer, number + 1)
        make_place(session, **now_given())

    compare(client, account, reverse("my_training"), grow)
    client.force_login(account)
    page = reverse("taught_session", args=[session.pk])
    asked(client, page)
    few = asked(client, page)
    for _number in range(4):
        make_place(session, **now_given())
    asked(client, page)
    assert asked(client, page) == few


def taught(trainer: Employment, number: int) -> Any:
    session = make_session(first_on=soon(4 + number), **now_given())
    set_trainers(session, [trainer], by=make_keeper(), at=now())
    return session
