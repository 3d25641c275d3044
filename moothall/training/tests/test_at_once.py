"""Many people at one moment: the last place and the last one a team can spare go to exactly one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from moothall.people.tests.make import AT
from moothall.training.models import Nomination, Session, TeamDay
from moothall.training.rules.nominating import put_forward
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_unit

from .make import TODAY, make_minimum, make_session

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
AT_ONCE = 10


def put_all_forward(people: list[Employment], sessions: list[Session]) -> list[Nomination]:
    """Each for a session, by so many at a time, every one on a connection of its own."""

    ready = Barrier(AT_ONCE, timeout=120)

    def share(number: int) -> list[Nomination]:
        try:
            ready.wait()
            return [
                put_forward(
                    people[each], sessions[each % len(sessions)], by=None, at=AT, today=TODAY, agreed=True
                )
                for each in range(number, len(people), AT_ONCE)
            ]
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [place for made in pool.map(share, range(AT_ONCE), timeout=900) for place in made]


def test_of_two_hundred_people_exactly_one_gets_the_last_place() -> None:
    unit = make_unit()
    people = [make_employment(unit=unit) for _n in range(200)]
    session = make_session(capacity=1)
    made = put_all_forward(people, [session])
    assert sum(each.state == Nomination.PLACED for each in made) == 1
    assert {each.waits_because for each in made if each.state == Nomination.WAITING} == {Nomination.FULL}
    assert Session.objects.get().taken == 1


def test_of_two_hundred_people_exactly_one_is_the_last_a_team_can_spare() -> None:
    unit = make_unit()
    people = [make_employment(unit=unit) for _n in range(200)]
    make_minimum(unit, 199)
    made = put_all_forward(people, [make_session(), make_session()])
    assert sum(each.state == Nomination.PLACED for each in made) == 1
    assert {each.waits_because for each in made if each.state == Nomination.WAITING} <= {
        Nomination.TEAM, Nomination.FULL,
    }  # fmt: skip
    assert max(each.out for each in TeamDay.objects.all()) == 1
