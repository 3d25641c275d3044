"""A place by hand keeps the rest that is due between a duty and a session, as a plan does."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.people.tests.make import AT
from moothall.training.models import DutyLine, Nomination, PartHours, RestRule
from moothall.training.rules.placing import find_hindrance
from moothall.training.rules.placing_many import place_many
from moothall.training.rules.resting import Rest, unrested
from moothall.training.rules.rota import Rota
from planner.training.patterns import REST, Rested, cost

from .make import MONDAY, SINCE, make_course, make_place, make_session, make_team
from .make_duties import down_for, make_rest

DAY = dt.timedelta(days=1)


@pytest.mark.django_db
def test_a_late_duty_that_leaves_ten_hours_keeps_from_the_next_mornings_session() -> None:
    [one, *_others] = make_team()[1]
    down_for(one, [(MONDAY - DAY, "L", DutyLine.DUTY)])
    session = make_session()
    assert find_hindrance(one, session) is None, "nobody has said how much rest is due"
    make_rest()
    place = make_place(session, one)
    assert (place.state, place.waits_because) == (Nomination.WAITING, Nomination.NIGHT)
    assert place.waits_for == "20 December 2026: 10 hours between the duty and the session, 11 are due"


@pytest.mark.django_db
def test_an_early_duty_on_the_day_after_needs_its_rest_as_well() -> None:
    [one, *_others] = make_team()[1]
    down_for(one, [(MONDAY + DAY, "E", DutyLine.DUTY)])
    make_rest(15)
    assert make_place(make_session(), one).waits_because == Nomination.NIGHT


@pytest.mark.django_db
def test_a_duty_that_is_not_worked_leaves_all_the_rest_there_is() -> None:
    [one, *_others] = make_team()[1]
    down_for(one, [(MONDAY - DAY, "N", DutyLine.LEAVE)])
    make_rest()
    assert make_place(make_session(), one).state == Nomination.PLACED


@pytest.mark.django_db
def test_a_rule_holds_on_its_own_days_alone() -> None:
    [one, *_others] = make_team()[1]
    down_for(one, [(MONDAY - DAY, "L", DutyLine.DUTY)])
    make_rest(until_on=MONDAY - DAY)
    assert make_place(make_session(), one).state == Nomination.PLACED


@pytest.mark.django_db
def test_several_days_take_the_duty_that_leaves_too_little_rest_from_the_team() -> None:
    _manager, people = make_team(4, least=3)
    for each in people:
        down_for(each, [(MONDAY - DAY, "L", DutyLine.DUTY)])
    make_rest()
    place = make_place(make_session(make_course(days=2)), people[0])
    assert [(row.line.day, row.line.part) for row in place.spared.order_by("line__day")] == [
        (MONDAY - DAY, "L"), (MONDAY, "D"), (MONDAY + DAY, "D"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_many_at_once_are_asked_the_same_as_one() -> None:
    _manager, [one, two, *_others] = make_team()
    down_for(one, [(MONDAY - DAY, "L", DutyLine.DUTY)])
    make_rest()
    session = make_session()
    both = [
        Nomination(employment=each, session=session, state=Nomination.ASKED, asked_at=AT)
        for each in (one, two)
    ]
    assert place_many(both, by=None, at=AT) == 1
    assert [each.waits_because for each in both] == [Nomination.NIGHT, ""]


HOURS = {"E": (7.0, 16.0), "L": (14.0, 23.0), "N": (22.0, 31.0), "D": (9.0, 17.0)}


class Rostered(Rota):
    """A rota that is a letter a day."""

    def __init__(self, duty: str) -> None:
        super().__init__(MONDAY, MONDAY + (len(duty) - 1) * DAY, {})
        self.duty = duty

    def part(self, who: int, day: dt.date) -> str:
        return self.duty[(day - self.first).days].replace(REST, "")


@given(
    st.lists(st.sampled_from("ELNDR"), min_size=3, max_size=10), st.sets(st.integers(0, 9), min_size=2),
    st.integers(8, 16),
)  # fmt: skip
def test_a_booking_and_the_planner_find_the_same_duties_without_rest(
    letters: list[str], chosen: set[int], due: int
) -> None:
    duty = "".join(letters)
    days = tuple(sorted(day for day in chosen if day < len(duty)))
    if len(days) < 2:
        return
    rest = Rest(RestRule(hours=due, from_on=SINCE), HOURS)
    ours = unrested(Rostered(duty), 1, [MONDAY + day * DAY for day in days], rest, (9.0, 17.0))
    planned = Rested(due, 9, 17, tuple((letter, *hours) for letter, hours in HOURS.items()))
    worked = {day for day in days if duty[day] != REST}
    theirs = cost(duty.replace(REST, "D"), "weekday", days, planned)
    assert theirs is not None
    tired = {(each.day - MONDAY).days for each in ours}
    assert tired == {day for day in set(theirs.lost) - set(days) if duty[day] != REST}
    assert not tired & worked


def test_the_hours_of_a_night_reach_into_the_next_day() -> None:
    assert PartHours(begins=dt.time(22), ends=dt.time(7)).as_hours() == HOURS["N"]
