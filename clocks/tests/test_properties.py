"""What holds for every clock, whatever happened when."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clocks import ClockRule, Event, Opening, WorkingCalendar, add, calendar, deadline, load_rules
from clocks.events import london_date
from clocks.opening import LONDON, wall_clock
from clocks.working_time import CALENDARS

from .make import day

widely = settings(max_examples=80, deadline=None, derandomize=True)

EVERY = [version for versions in load_rules().values() for version in versions]
HOUSE = [ClockRule.house(f"house-{unit}", 7, unit) for unit in ("wd", "cd", "wk", "mo", "h", "wh")]
SECOND = [rule for rule in EVERY if rule.starts_on]
rules = st.sampled_from([*EVERY, *HOUSE])
keys = st.sampled_from(sorted(CALENDARS))
days = st.dates(day("2019-02-01"), day("2038-12-31"))
moments = st.datetimes(
    dt.datetime.fromisoformat("2019-02-01T00:00"),
    dt.datetime.fromisoformat("2038-12-31T00:00"),
    timezones=st.just(dt.UTC),
)
# The last Sundays of March and October, when the clocks in London change at one in the morning.
NIGHTS = [
    max(
        day(f"{year}-{month:02}-{date}")
        for date in range(25, 32)
        if day(f"{year}-{month:02}-{date}").weekday() == 6
    )
    for year in range(2019, 2039)
    for month in (3, 10)
]
nights = st.sampled_from(NIGHTS)
shifts = st.lists(st.integers(1, 60), min_size=2, max_size=6)


def plain(rule: ClockRule, received: dt.datetime) -> list[Event]:
    """The least a rule needs: its trigger, and for a second clock the act that starts it."""
    begun = [Event("received", received)]
    return [*begun, Event(rule.starts_on, received)] if rule.starts_on else begun


def with_pauses(rule: ClockRule, received: dt.datetime, gaps: list[int]) -> list[Event]:
    """The same, then paused and resumed by turns after so many days each."""
    events, at = plain(rule, received), received
    for n, gap in enumerate(gaps[: len(gaps) // 2 * 2]):
        at += dt.timedelta(days=gap)
        events.append(Event("resumed" if n % 2 else "paused", at))
    return events


@widely
@given(rules, moments, st.timedeltas(dt.timedelta(), dt.timedelta(days=40)))
def test_what_is_received_later_is_never_due_earlier(
    rule: ClockRule, received: dt.datetime, later: dt.timedelta
) -> None:
    first, second = (deadline(rule, plain(rule, at)) for at in (received, received + later))

    assert first.due_at <= second.due_at


@widely
@given(keys, days, st.integers(0, 3000))
def test_counting_the_days_added_gives_them_back(key: str, start: dt.date, n: int) -> None:
    working = calendar(key)

    assert working.working_days_between(start, working.add_working_days(start, n)) == n


@widely
@given(keys, days, st.integers(1, 400))
def test_adding_lands_on_a_working_day_and_never_skips_one(key: str, start: dt.date, n: int) -> None:
    working = calendar(key)
    ends = working.add_working_days(start, n)
    walked = [start + dt.timedelta(days=step) for step in range(1, (ends - start).days + 1)]

    assert working.is_working_day(ends)
    assert sum(working.is_working_day(one) for one in walked) == n


@widely
@given(days, st.sets(st.integers(0, 60), max_size=20), st.integers(1, 60))
def test_closures_only_ever_lengthen(start: dt.date, shut: set[int], n: int) -> None:
    closures = {start + dt.timedelta(days=step) for step in shut}

    assert calendar("EW", closures=closures).add_working_days(start, n) >= add(start, n, "wd", "EW")


@widely
@given(days, st.integers(1, 60))
def test_the_union_of_nations_is_never_due_before_any_one_of_them(start: dt.date, n: int) -> None:
    assert add(start, n, "wd", "UK_UNION") >= max(add(start, n, "wd", key) for key in ("EW", "SCO", "NI"))


@widely
@given(rules, moments, shifts)
def test_pauses_only_ever_lengthen(rule: ClockRule, received: dt.datetime, gaps: list[int]) -> None:
    without = deadline(rule, plain(rule, received))
    paused = deadline(rule, with_pauses(rule, received, gaps))

    assert paused.due_at >= without.due_at


@widely
@given(rules, moments, shifts)
def test_the_trace_ends_on_the_due_day_with_every_day_in_its_place(
    rule: ClockRule, received: dt.datetime, gaps: list[int]
) -> None:
    reckoned = deadline(rule, with_pauses(rule, received, gaps))

    assert reckoned.trace[-1].day == reckoned.due_on
    assert reckoned.trace[-1].number == reckoned.days_total
    for before, after in pairwise(reckoned.trace):
        assert after.day - before.day == dt.timedelta(days=1)
        if not rule.by_the_hour:
            assert after.number - before.number == int(after.counted)
        else:
            assert after.number >= before.number


@widely
@given(rules, moments, shifts)
def test_the_same_events_give_the_same_deadline_and_sentence(
    rule: ClockRule, received: dt.datetime, gaps: list[int]
) -> None:
    events = with_pauses(rule, received, gaps)
    one, other = deadline(rule, events), deadline(rule, list(reversed(events)))

    assert one == other
    for lang in ("en", "cy"):
        sentence = one.explanation(lang)
        assert sentence == other.explanation(lang)
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert "None" not in sentence


@widely
@given(rules, moments, st.timedeltas(dt.timedelta(days=-5), dt.timedelta(days=400)))
def test_more_than_the_whole_time_is_used_exactly_when_it_is_late(
    rule: ClockRule, received: dt.datetime, later: dt.timedelta
) -> None:
    reckoned = deadline(rule, plain(rule, received))
    now = received + later

    assert (reckoned.fraction_used(now) > 1) == reckoned.is_late(now) == (now > reckoned.due_at)
    assert reckoned.fraction_used(now) >= 0


@widely
@given(rules, moments)
def test_the_fraction_used_never_falls(rule: ClockRule, received: dt.datetime) -> None:
    reckoned = deadline(rule, plain(rule, received))
    used = [reckoned.fraction_used(received + dt.timedelta(hours=7 * step)) for step in range(60)]

    assert used == sorted(used)


@widely
@given(nights, st.integers(-60, 60), st.integers(1, 200))
def test_elapsed_hours_are_exact_over_the_night_the_clocks_change(
    night: dt.date, offset: int, hours: int
) -> None:
    started = wall_clock(night, 0) + dt.timedelta(hours=offset)
    reckoned = deadline(ClockRule.house("watch", hours, "h"), [Event("received", started.astimezone(LONDON))])

    assert reckoned.due_at - started.astimezone(dt.UTC) == dt.timedelta(hours=hours)
    assert reckoned.due_at.astimezone(LONDON).date() == reckoned.due_on


@widely
@given(nights, st.integers(0, 24 * 60 - 1))
def test_a_day_clock_takes_the_london_date_on_the_night_the_clocks_change(
    night: dt.date, minute: int
) -> None:
    at = wall_clock(night, minute)
    by_time = deadline(ClockRule.house("reply", 5, "cd"), [Event("received", at)])

    assert by_time.due_on == at.astimezone(LONDON).date() + dt.timedelta(days=5)
    assert at.astimezone(LONDON).date() == night


@pytest.mark.parametrize("night", NIGHTS)
def test_a_day_of_the_clocks_changing_has_23_or_25_hours(night: dt.date) -> None:
    open_always = WorkingCalendar(frozenset(), (), opening=Opening.weekly({"mon-sun": "00:00-24:00"}))
    hours = open_always.working_hours_between(wall_clock(night, 0), wall_clock(night, 24 * 60))

    assert hours == (23 if night.month == 3 else 25)


@widely
@given(moments, st.integers(0, 300))
def test_counting_the_opening_hours_added_gives_them_back(at: dt.datetime, hours: int) -> None:
    desk = calendar("SCO", opening=Opening.weekly({"mon-thu": "08:30-17:00", "sat": "10:00-13:00"}))

    assert desk.working_hours_between(at, desk.add_working_hours(at, hours)) == hours


@widely
@given(st.sampled_from(SECOND), st.dates(day("2026-06-01"), day("2038-12-31")), st.integers(0, 20))
def test_acting_early_brings_the_second_clock_forward_and_late_puts_it_back(
    rule: ClockRule, received: dt.date, wait: int
) -> None:
    waiting = deadline(rule, [Event("received", received)])
    acted = received + dt.timedelta(days=wait)
    actual = deadline(rule, [Event("received", received), Event(rule.starts_on, acted)])

    assert waiting.provisional
    assert not actual.provisional
    if acted <= london_date(waiting.count.start):
        assert actual.due_on <= waiting.due_on
    else:
        assert actual.due_on >= waiting.due_on
