"""How a clock starts, stops, is lengthened and ends."""

import datetime as dt
from dataclasses import replace

import pytest

from clocks import ClockRule, Deadline, Event, Extension, ImpossibleEvents, Opening, deadline, rule

from .make import day, due, london, make_deadline, make_events

REPLY = ClockRule.house("reply", 10, "wd")
CALL_BACK = ClockRule.house("call-back", 4, "wh")


def make_reply(received: str, *later: tuple[str, str] | Event) -> Deadline:
    return deadline(REPLY, make_events(received, *later))


def test_the_order_in_which_events_are_given_does_not_matter() -> None:
    events = make_events("2026-09-01", ("paused", "2026-09-08"), ("resumed", "2026-09-15"))
    subject_access = rule("SAR-1M", day("2026-09-01"))

    assert deadline(subject_access, reversed(events)) == deadline(subject_access, events)


def test_events_of_one_day_are_ordered_by_their_times() -> None:
    events = [
        Event("resumed", london("2026-09-08T15:00")),
        Event("paused", london("2026-09-08T11:00")),
        Event("received", london("2026-09-01T09:00")),
    ]

    assert deadline(REPLY, events).state == "running"


def test_a_time_counts_as_its_date_in_london() -> None:
    just_before_midnight_in_utc = dt.datetime(2026, 5, 19, 23, 30, tzinfo=dt.UTC)

    assert due("FOI-20", just_before_midnight_in_utc) == due("FOI-20", "2026-05-20")


def test_a_clock_in_days_runs_to_the_last_instant_of_the_day_in_london() -> None:
    summer = make_deadline("FOI-20", "2026-05-20")

    assert summer.due_at == london("2026-06-20T00:00") - dt.timedelta(microseconds=1)


def test_a_paused_house_target_leaves_out_the_days_until_it_resumes() -> None:
    assert make_reply("2026-09-01").due_on == day("2026-09-15")
    held = make_reply("2026-09-01", ("paused", "2026-09-07"), ("resumed", "2026-09-10"))

    assert held.days_paused == 3
    assert held.due_on == day("2026-09-18")


def test_pausing_and_resuming_on_one_day_costs_a_house_target_nothing() -> None:
    blink = make_reply("2026-09-01", ("paused", "2026-09-07"), ("resumed", "2026-09-07"))

    assert blink.due_on == day("2026-09-15")


def test_a_pause_after_the_deadline_changes_nothing() -> None:
    late = make_reply("2026-09-01", ("paused", "2026-09-16"), ("resumed", "2026-10-01"))

    assert (late.due_on, late.days_paused) == (day("2026-09-15"), 0)


def test_inclusive_pauses_that_touch_count_their_shared_day_once() -> None:
    touching = make_deadline(
        "SAR-1M",
        "2026-09-01",
        ("paused", "2026-09-08"),
        ("resumed", "2026-09-15"),
        ("paused", "2026-09-15"),
        ("resumed", "2026-09-16"),
    )

    assert touching.days_paused == 9
    assert touching.due_on == day("2026-10-12")


def test_a_fees_notice_leaves_out_working_days_with_both_ends() -> None:
    events = [Event("paused", day("2026-05-21"), reason="fee"), Event("resumed", day("2026-05-26"))]

    waiting = make_deadline("FOI-20", "2026-05-20", *events)

    assert waiting.days_paused == 3
    assert waiting.due_on == day("2026-06-24")


def test_clarification_starts_a_freedom_of_information_clock_afresh() -> None:
    asked = [Event("paused", day("2026-05-22"), reason="clarification"), Event("resumed", day("2026-06-05"))]

    assert due("FOI-20", "2026-05-20", *asked) == due("FOI-20", "2026-06-05")
    assert due("FOI-20", "2026-05-20", ("clarified", "2026-06-05")) == due("FOI-20", "2026-06-05")


def test_subject_access_runs_from_the_latest_of_request_and_proof_of_identity() -> None:
    assert due("SAR-1M", "2026-09-01", ("identity_received", "2026-09-10")) == "2026-10-12"
    assert due("SAR-1M", "2026-09-01", ("identity_received", "2026-09-10")) == due("SAR-1M", "2026-09-10")


def test_a_statutory_clock_does_not_stop_for_a_reason_it_does_not_list() -> None:
    backlog = Event("paused", day("2026-05-22"), reason="backlog")
    waiting = make_deadline("FOI-20", "2026-05-20", backlog, ("resumed", "2026-06-01"))

    assert waiting.due_on == day("2026-06-19")
    assert "does not stop for the pause" in waiting.explanation()


def test_a_clock_that_never_stops_runs_on_while_the_case_is_paused() -> None:
    running = make_deadline("LIT-56", "2026-12-01", ("paused", "2026-12-02"))

    assert running.state == "running"
    assert running.due_on == day("2027-01-25")


def test_a_clock_stopped_still_shows_the_earliest_date_it_could_be_due() -> None:
    waiting = make_reply("2026-09-01", ("paused", "2026-09-07"))

    assert waiting.state == "paused"
    assert waiting.due_on == day("2026-09-15")
    assert waiting.fraction_used(day("2026-12-01")) == waiting.fraction_used(day("2026-09-07")) < 1


def test_what_is_finished_while_the_clock_stands_still_is_in_time() -> None:
    done = make_reply("2026-09-01", ("paused", "2026-09-07"), ("met", "2026-11-02"))

    assert done.state == "met"
    assert done.due_on > day("2026-11-02")


def test_waiting_for_identity_that_never_came_is_in_time_too() -> None:
    asked = Event("paused", day("2026-09-03"), reason="identity")

    assert make_deadline("SAR-1M", "2026-09-01", asked, ("met", "2026-12-01")).state == "met"


@pytest.mark.parametrize(("met", "state"), [("2026-09-15", "met"), ("2026-09-16", "met_late")])
def test_an_answer_is_in_time_on_the_due_day_and_late_after_it(met: str, state: str) -> None:
    done = make_reply("2026-09-01", ("met", met))

    assert done.state == state
    assert done.is_late(day("2027-01-01")) == (state == "met_late")


def test_an_acknowledgement_meets_the_clock_that_waits_for_it() -> None:
    assert make_deadline("LG-C1-ACK", "2026-12-18", ("acknowledged", "2026-12-21")).state == "met"
    assert make_deadline("LG-C1", "2026-12-18", ("acknowledged", "2026-12-21")).state == "running"


def test_a_stopped_clock_is_neither_met_nor_late() -> None:
    dropped = make_reply("2026-09-01", ("stopped", "2026-10-30"))

    assert dropped.state == "stopped"
    assert not dropped.is_late(day("2027-01-01"))


def test_a_reopened_case_runs_on_as_if_it_had_never_closed() -> None:
    again = make_reply("2026-09-01", ("met", "2026-09-03"), ("reopened", "2026-09-08"))

    assert (again.state, again.due_on) == ("running", day("2026-09-15"))


def test_what_happens_after_the_end_does_not_move_it() -> None:
    done = make_reply(
        "2026-09-01", ("met", "2026-09-03"), ("paused", "2026-09-04"), ("resumed", "2026-09-08")
    )

    assert done == replace(done, state="met")
    assert done.days_paused == 0


def test_an_extension_may_be_smaller_than_the_most_allowed() -> None:
    five = Event("extended", day("2026-06-01"), amount=5)

    extended = make_deadline("FOI-20", "2026-05-20", five)

    assert (extended.extended, extended.days_total) == (5, 25)
    assert extended.due_on == day("2026-06-26")


def test_a_pause_within_the_extension_counts_too() -> None:
    extended = make_deadline(
        "FOI-20",
        "2026-05-20",
        ("extended", "2026-06-01"),
        ("paused", "2026-07-01"),
        ("resumed", "2026-07-02"),
    )

    assert extended.days_paused == 2


def test_an_extension_in_another_unit_comes_after_the_period() -> None:
    loan = ClockRule(
        "LOAN", "Loan", "Benthyciad", 30, "calendar_day", extension=Extension(2, "week", "any_time")
    )
    events = make_events(
        "2026-09-01", Event("extended", day("2026-09-20"), amount=1), ("extended", "2026-10-01")
    )

    assert deadline(loan, events[:2]).due_on == day("2026-10-08")
    with pytest.raises(ImpossibleEvents, match="at most 2 weeks, not by 3 weeks"):
        deadline(loan, events)


def test_an_office_closure_moves_its_own_targets_but_no_statutory_clock() -> None:
    shut = {day("2026-05-26"), day("2026-05-27")}
    own = deadline(REPLY, make_events("2026-05-20"), closures=shut)
    statutory = deadline(rule("FOI-20", day("2026-05-20")), make_events("2026-05-20"), closures=shut)

    assert own.due_on == day("2026-06-08")
    assert statutory.due_on == day("2026-06-19")


def test_a_rule_may_be_counted_on_another_nations_calendar() -> None:
    scottish = rule("SAR-1M", day("2026-11-02")).on_calendar("SCO")

    assert due("SAR-1M", "2026-12-02") == "2027-01-04"
    assert deadline(scottish, make_events("2026-12-02")).due_on == day("2027-01-05")


def test_working_hours_run_over_a_night_a_weekend_and_a_pause() -> None:
    rang = london("2026-12-18T15:00")

    assert deadline(CALL_BACK, make_events(rang)).due_at == london("2026-12-21T11:00")
    held = make_events(
        rang, Event("paused", london("2026-12-18T16:00")), Event("resumed", london("2026-12-21T10:00"))
    )
    assert deadline(CALL_BACK, held).due_at == london("2026-12-21T13:00")
    assert deadline(CALL_BACK, held).days_paused == 2


def test_working_hours_follow_the_desks_own_opening() -> None:
    late_desk = Opening.weekly({"mon-fri": "09:00-20:00"})

    assert deadline(CALL_BACK, make_events(london("2026-12-18T15:00")), opening=late_desk).due_at == london(
        "2026-12-18T19:00"
    )


def test_elapsed_hours_paused_are_added_on() -> None:
    day_and_night = ClockRule.house("watch", 24, "h")
    events = make_events(
        london("2026-12-18T15:00"),
        Event("paused", london("2026-12-18T16:00")),
        Event("resumed", london("2026-12-18T18:30")),
    )

    assert deadline(day_and_night, events).due_at == london("2026-12-19T17:30")
    extended = [*events, Event("extended", london("2026-12-18T19:00"), amount=12)]
    assert deadline(day_and_night, extended).due_at == london("2026-12-20T05:30")


def test_an_hour_clock_may_have_to_be_extended_in_time() -> None:
    strict = replace(ClockRule.house("watch", 4, "h"), extension=Extension(4, "hour"))
    received = london("2026-12-18T15:00")
    in_time, too_late = (Event("extended", london(f"2026-12-18T{at}")) for at in ("19:00", "19:01"))

    assert deadline(strict, make_events(received, in_time)).due_at == london("2026-12-18T23:00")
    with pytest.raises(ImpossibleEvents, match="has to be extended by Friday 18 December 2026 at 19:00"):
        deadline(strict, make_events(received, too_late))


def test_the_fraction_used_tells_amber_from_red_from_late() -> None:
    reply = make_reply("2026-09-01")

    assert reply.fraction_used(day("2026-09-01")) == 0
    assert reply.fraction_used(london("2026-09-08T12:00")) == pytest.approx(0.45)
    assert reply.fraction_used(day("2026-09-15")) == pytest.approx(0.9)
    assert reply.fraction_used(london("2026-09-15T23:59")) <= 1
    assert reply.fraction_used(day("2026-09-16")) > 1
    assert reply.fraction_used(day("2026-09-22")) == pytest.approx(1.4)


def test_over_the_weekend_after_a_friday_deadline_it_is_late_though_no_day_has_counted() -> None:
    reply = make_reply("2026-09-04")

    assert reply.due_on == day("2026-09-18")
    assert not reply.is_late(london("2026-09-18T23:59"))
    assert reply.is_late(day("2026-09-19"))
    assert 1 < reply.fraction_used(day("2026-09-19")) < 1.01


def test_a_rolled_deadline_is_not_late_on_the_weekend_it_rolled_over() -> None:
    reckoned = make_deadline("SAR-1M", "2026-09-03")

    assert not reckoned.is_late(day("2026-10-05"))
    assert reckoned.fraction_used(day("2026-10-05")) < 1
    assert reckoned.is_late(day("2026-10-06"))


def test_the_day_reached_can_be_said() -> None:
    reply = make_reply("2026-09-01", ("paused", "2026-09-07"), ("resumed", "2026-09-10"))

    assert reply.used_by(day("2026-09-01")) == 0
    assert reply.used_by(day("2026-09-04")) == 3
    assert reply.used_by(day("2026-09-09")) == 3
    assert reply.used_by(london("2026-09-10T09:00")) == 4
    assert (reply.days_used, reply.days_total) == (4, 10)


def test_hours_used_are_said_in_hours() -> None:
    breach = deadline(rule("BREACH-72", day("2026-12-24")), [Event("aware", london("2026-12-24T16:30"))])

    assert breach.used_by(london("2026-12-25T16:29")) == 23
    assert breach.fraction_used(london("2026-12-26T04:30")) == pytest.approx(0.5)
    assert breach.used_by(day("2026-12-25")) == 7
    assert breach.is_late(london("2026-12-27T16:31"))


def test_a_target_of_no_days_is_due_the_same_day() -> None:
    at_once = deadline(ClockRule.house("today", 0, "wd"), make_events("2026-11-22"))

    assert at_once.due_on == day("2026-11-22")
    assert at_once.fraction_used(day("2026-11-22")) == 0
    assert at_once.is_late(day("2026-11-23"))
    assert [one.counted for one in at_once.trace] == [False]


def test_a_rule_says_what_follows_when_it_lapses() -> None:
    assert make_deadline("LIT-56", "2026-12-01").lapse_effect == "deemed"
    assert make_deadline("LIT-56", "2026-12-01").rule_id == "LIT-56"


def test_the_trigger_of_a_rule_wins_over_the_day_the_case_was_received() -> None:
    noticed, logged = london("2026-12-01T09:00"), london("2026-12-01T15:00")
    breach = rule("BREACH-72", day("2026-12-01"))

    both = deadline(breach, [Event("received", logged), Event("aware", noticed)])

    assert both.due_at == london("2026-12-04T09:00")


def test_an_event_of_another_clock_is_passed_over() -> None:
    assert make_reply("2026-09-01", ("accident", "2026-08-20")).due_on == day("2026-09-15")


def test_a_pause_that_began_before_a_restart_still_holds_after_it() -> None:
    events = make_events(
        "2026-09-01",
        ("paused", "2026-09-02"),
        ("identity_received", "2026-09-10"),
        ("resumed", "2026-09-12"),
    )
    held = deadline(rule("SAR-1M", day("2026-09-01")), events)

    assert held.days_paused == 2
    assert held.due_on == day("2026-10-12")


def test_a_house_pause_given_a_reason_stops_the_house_target() -> None:
    held = make_reply(
        "2026-09-01", Event("paused", day("2026-09-07"), reason="panel away"), ("resumed", "2026-09-10")
    )

    assert held.days_paused == 3
