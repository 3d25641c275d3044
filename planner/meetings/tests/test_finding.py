from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.meetings.checking import check
from planner.meetings.finding import find_times
from planner.meetings.problem import LONDON, Meeting, MeetingError, Missing, Option, Person, Place, Span
from planner.meetings.tests.make import MONDAY, at, busy, make_meeting
from planner.meetings.wording import say, say_none


def test_the_earliest_time_everybody_can_comes_first_and_the_next_is_on_another_day() -> None:
    found = find_times(make_meeting())
    assert [option.start for option in found.options] == [at(0, 9), at(0, 9, 15), at(1, 9)]
    assert found.options[0].present == ("Nia", "Kofi", "Ewa")


def test_who_cannot_come_is_named_with_the_reason_and_the_deputy_who_can() -> None:
    people = (
        Person("Nia", (busy(0, 9, 17, "in court"),), deputy="Tomos"),
        Person("Kofi"),
    )
    meeting = make_meeting(people=people, deputies=(Person("Tomos", (busy(0, 9, 10),)),), last=MONDAY)
    best = find_times(meeting).options[0]
    assert best.start == at(0, 10)
    assert (best.required_present, best.answered, best.required) == (1, 2, 2)
    assert (
        say(best)
        == "Monday 3 May 2027, 10:00, Cedar: 1 of 2. Nia cannot come (in court); Tomos comes instead."
    )


def test_a_deputy_stands_in_for_one_only() -> None:
    away = (busy(0, 9, 17, "leave"),)
    people = (Person("Nia", away, deputy="Tomos"), Person("Kofi", away, deputy="Tomos"), Person("Ewa"))
    best = find_times(make_meeting(people=people, deputies=(Person("Tomos"),), last=MONDAY)).options[0]
    assert best.answered == 2
    assert [one.deputy_comes for one in best.missing] == [True, False]
    assert "Tomos cannot either" in say(best)


def test_the_chair_comes_in_person_or_there_is_no_meeting() -> None:
    people = (Person("Nia", (busy(0, 9, 17, "leave"),), deputy="Tomos"), Person("Kofi"))
    found = find_times(make_meeting(people=people, chair="Nia", deputies=(Person("Tomos"),), last=MONDAY))
    assert found.options == ()
    assert say_none(found) == "The chair is never free while a room is."


def test_no_quorum_no_meeting() -> None:
    people = (Person("Nia", (busy(0, 9, 17, "leave"),)), Person("Kofi"))
    assert find_times(make_meeting(people=people, quorum=1, last=MONDAY)).options
    found = find_times(make_meeting(people=people, quorum=2, last=MONDAY))
    assert "never a quorum" in say_none(found)
    assert "No room" in say_none(find_times(make_meeting(places=(Place("Cupboard", seats=2),))))
    assert "No day" in say_none(
        find_times(make_meeting(closed=frozenset({MONDAY, MONDAY + timedelta(days=1)})))
    )


def test_journeys_between_sites_take_their_time() -> None:
    people = (Person("Nia", (busy(0, 9, 11, "interview", site="north"),)),)
    meeting = make_meeting(
        people=people,
        places=(Place("Cedar", "south"), Place("Beech", "north", busy=(busy(0, 11, 12.5),))),
        minutes_between={("north", "south"): 45},
        last=MONDAY,
    )
    [best] = find_times(meeting, wanted=1).options
    assert (best.start, best.place) == (at(0, 11, 45), "Cedar")
    early = replace(meeting, shuts=time(12))
    [late] = find_times(early, wanted=1).options
    assert late.missing == (Missing("Nia", "interview", required=True),)


def test_after_three_hours_without_a_gap_there_is_a_rest() -> None:
    long, short = (busy(0, 9, 11), busy(0, 11, 12)), (busy(0, 9, 11), busy(0, 11.25, 12))
    first = find_times(make_meeting(people=(Person("Nia", long),), last=MONDAY), wanted=1).options[0]
    assert first.start == at(0, 12, 15)
    second = find_times(make_meeting(people=(Person("Nia", short),), last=MONDAY), wanted=1).options[0]
    assert second.start == at(0, 12)
    leave = tuple(replace(span, tiring=False) for span in long)
    assert find_times(make_meeting(people=(Person("Nia", leave),)), wanted=1).options[0].start == at(0, 12)


def test_protected_time_and_closed_days_are_never_asked_for() -> None:
    meeting = make_meeting(protected=(busy(1, 9, 12),), closed=frozenset({MONDAY}))
    assert find_times(meeting, wanted=1).options[0].start == at(1, 12)


def test_papers_go_out_so_many_working_days_before() -> None:
    meeting = make_meeting(papers_days=5, closed=frozenset({MONDAY, date(2027, 4, 30)}))
    assert find_times(meeting, wanted=1).options[0].papers_on == date(2027, 4, 23)


def test_questions_that_make_no_sense_are_refused() -> None:
    for changes in (
        {"people": (Person("Nia"), Person("Nia"))},
        {"places": ()},
        {"chair": "Nobody"},
        {"people": (Person("Nia", deputy="Nobody"),)},
        {"last": MONDAY - timedelta(days=1)},
    ):
        with pytest.raises(MeetingError):
            find_times(make_meeting(**changes))


@pytest.mark.parametrize(("day", "hours"), [(date(2027, 3, 28), 2.5), (date(2027, 10, 31), 4.5)])
def test_a_day_the_clocks_change_is_as_long_as_it_is(day: date, hours: float) -> None:
    night = {"first": day, "last": day, "weekdays": frozenset({6}), "opens": time(0, 30), "shuts": time(4)}
    fits = make_meeting(minutes=round(60 * hours), **night)
    [option] = find_times(fits).options
    assert option.end.timestamp() - option.start.timestamp() == hours * 3600
    assert check(fits, option) == ()
    assert find_times(make_meeting(minutes=round(60 * hours) + 15, **night)).options == ()
    shift = Span(
        datetime.combine(day - timedelta(days=1), time(22), LONDON),
        datetime.combine(day, time(3), LONDON),
        "night shift",
    )
    after = make_meeting(people=(Person("Nia", (replace(shift, tiring=False),)),), **night)
    assert find_times(after, wanted=1).options[0].start == datetime.combine(day, time(3), LONDON)


def test_a_board_of_twelve_over_half_a_year_has_its_best_attendance_proved() -> None:
    people = tuple(
        Person(f"P{i}", tuple(busy(day, 9 + (day + i) % 8, 10 + (day + i) % 8) for day in range(180)))
        for i in range(12)
    )
    found = find_times(make_meeting(people=people, minutes=90, last=MONDAY + timedelta(days=179)))
    assert len(found.options) == 3
    assert all(
        check(make_meeting(people=people, minutes=90, last=MONDAY + timedelta(days=179)), o) == ()
        for o in found.options
    )


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    quarters = st.integers(36, 68)

    def spans(site: str) -> tuple[Span, ...]:
        pairs = draw(st.lists(st.tuples(st.integers(0, 1), quarters, quarters), max_size=3))
        return tuple(busy(day, min(a, b) / 4, (max(a, b) + 1) / 4, site=site) for day, a, b in pairs)

    sites = st.sampled_from(["", "north", "south"])
    count = draw(st.integers(1, 4))
    people = tuple(
        Person(f"P{i}", spans(draw(sites)), draw(st.booleans()), draw(st.sampled_from(["", "D"])))
        for i in range(count)
    )
    return make_meeting(
        minutes=15 * draw(st.integers(1, 12)),
        people=people,
        deputies=(Person("D", spans(draw(sites))),),
        places=(Place("Cedar", "north", busy=spans("")), Place("Beech", "south", busy=spans(""))),
        chair=draw(st.sampled_from(["", "P0"])),
        quorum=draw(st.integers(0, 2)),
        protected=spans(""),
        minutes_between={("north", "south"): 30},
    )


def everybody_possible(meeting: Meeting) -> bool:
    """Whether somebody who tries every quarter and room finds a time that all of them can come."""
    names = tuple(person.name for person in meeting.people)
    for step in range(2 * 96):
        start = at(0, 0) + timedelta(minutes=15 * step)
        end = start + timedelta(minutes=meeting.minutes)
        for place in meeting.places:
            if not check(meeting, Option(start, end, place.name, names, (), len(names), MONDAY)):
                return True
    return False


@settings(max_examples=60, deadline=None)
@given(meetings())
def test_every_option_keeps_the_rules_and_a_time_for_all_is_never_missed(meeting: Meeting) -> None:
    found = find_times(meeting)
    for option in found.options:
        assert check(meeting, option) == ()
    required = sum(person.required for person in meeting.people)
    if meeting.quorum <= required and everybody_possible(meeting):
        assert found.options[0].missing == ()
