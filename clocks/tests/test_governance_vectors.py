"""Deadlines worked out by hand or elsewhere, which the rules have to reproduce exactly."""

import datetime as dt

import pytest

from clocks import Event, deadline, rule
from clocks.opening import LONDON

from .make import day, due, london, make_deadline, make_events

# received, due over the whole UK, and what the calendar of England and Wales alone would wrongly give
FOI = [
    ("2026-02-27", "2026-03-30", "2026-03-27"),
    ("2026-05-20", "2026-06-19", "2026-06-18"),
    ("2026-06-05", "2026-07-06", "2026-07-03"),
    ("2026-07-20", "2026-08-18", "2026-08-17"),
    ("2026-11-22", "2026-12-21", "2026-12-18"),
    ("2026-11-23", "2026-12-22", "2026-12-21"),
    ("2026-12-18", "2027-01-21", "2027-01-20"),
    ("2026-12-24", "2027-01-27", "2027-01-26"),
    ("2027-03-10", "2027-04-12", "2027-04-09"),
    ("2027-07-05", "2027-08-04", "2027-08-02"),
]


@pytest.mark.parametrize(("received", "right", "wrong"), FOI)
def test_freedom_of_information_leaves_out_the_holidays_of_every_nation(
    received: str, right: str, wrong: str
) -> None:
    assert due("FOI-20", received) == right


@pytest.mark.parametrize(("received", "right", "wrong"), FOI)
def test_the_calendar_of_one_nation_alone_gives_the_known_wrong_answer(
    received: str, right: str, wrong: str
) -> None:
    own_nation = rule("FOI-20", day(received)).on_calendar("EW")

    assert deadline(own_nation, make_events(received)).due_on == day(wrong) != day(right)


# received, corresponding date, rolled to a working day
SAR = [
    ("2026-09-03", "2026-10-03", "2026-10-05"),
    ("2026-10-31", "2026-11-30", "2026-11-30"),
    ("2026-11-25", "2026-12-25", "2026-12-29"),
    ("2026-12-01", "2027-01-01", "2027-01-04"),
    ("2027-01-29", "2027-02-28", "2027-03-01"),
    ("2027-01-30", "2027-02-28", "2027-03-01"),
    ("2027-01-31", "2027-02-28", "2027-03-01"),
    ("2027-02-28", "2027-03-28", "2027-03-30"),
    ("2028-01-31", "2028-02-29", "2028-02-29"),
]


@pytest.mark.parametrize(("received", "raw", "rolled"), SAR)
def test_subject_access_runs_a_month_and_rolls_to_a_working_day(received: str, raw: str, rolled: str) -> None:
    reckoned = make_deadline("SAR-1M", received)
    last_day_of_the_month = [one.day for one in reckoned.trace if one.why == "counts"][-1]

    assert last_day_of_the_month == day(raw)
    assert reckoned.due_on == day(rolled)


@pytest.mark.parametrize(
    ("received", "extended"),
    [
        ("2026-09-03", "2026-12-03"),
        ("2026-10-31", "2027-02-01"),
        ("2026-11-25", "2027-02-25"),
        ("2026-12-01", "2027-03-01"),
    ],
)
def test_subject_access_extended_runs_three_months_from_the_request(received: str, extended: str) -> None:
    assert due("SAR-1M", received, ("extended", received)) == extended


def test_days_waiting_for_clarification_are_left_out_with_both_ends() -> None:
    reckoned = make_deadline("SAR-1M", "2026-09-01", ("paused", "2026-09-08"), ("resumed", "2026-09-15"))

    assert reckoned.days_paused == 8
    assert reckoned.due_on == day("2026-10-09")


@pytest.mark.parametrize(
    ("aware", "report_by", "shown"),
    [
        ("2026-12-24T16:30", "2026-12-27T16:30", "16:30"),
        ("2027-03-26T17:00", "2027-03-29T18:00", "18:00"),
        ("2026-10-23T17:00", "2026-10-26T16:00", "16:00"),
    ],
)
def test_seventy_two_hours_are_elapsed_hours_over_the_nights_the_clocks_change(
    aware: str, report_by: str, shown: str
) -> None:
    reckoned = deadline(rule("BREACH-72", day(aware[:10])), [Event("aware", london(aware))])

    assert reckoned.due_at == london(report_by)
    assert reckoned.due_at - london(aware).astimezone(dt.UTC) == dt.timedelta(hours=72)
    assert reckoned.due_at.astimezone(LONDON).strftime("%H:%M") == shown


def test_a_council_complaint_is_acknowledged_then_answered_from_the_acknowledgement() -> None:
    received = "2026-12-18"

    assert due("LG-C1-ACK", received) == "2026-12-29"
    assert due("LG-C1", received, ("acknowledged", "2026-12-29")) == "2027-01-13"
    assert due("LG-C1", received, ("acknowledged", "2026-12-29"), ("extended", "2027-01-10")) == "2027-01-27"


def test_until_it_is_acknowledged_the_answer_is_reckoned_from_the_last_day_for_that() -> None:
    reckoned = make_deadline("LG-C1", "2026-12-18")

    assert reckoned.provisional
    assert reckoned.due_on == day("2027-01-13")
    assert make_deadline("LG-C1", "2026-12-18", ("extended", "2027-01-04")).due_on == day("2027-01-27")


def test_an_early_acknowledgement_brings_the_answer_forward() -> None:
    reckoned = make_deadline("LG-C1", "2026-12-18", ("acknowledged", "2026-12-21"))

    assert not reckoned.provisional
    assert reckoned.due_on == day("2027-01-07")


def test_an_accident_is_reported_within_fifteen_days_of_it() -> None:
    assert due("RIDDOR-OVER-7", "2026-12-18") == "2026-12-26"
    assert due("RIDDOR-15", "2026-12-18") == "2027-01-02"


def test_standstill_counts_the_day_of_publication() -> None:
    assert due("STAND-8", "2026-12-18") == "2026-12-31"


@pytest.mark.parametrize(
    ("rule_id", "length"), [("LIT-56", 56), ("LIT-28", 28), ("PCN-56", 56), ("DPC-30", 30)]
)
def test_days_beginning_with_a_day_end_one_sooner_than_days_after_it(rule_id: str, length: int) -> None:
    assert make_deadline(rule_id, "2026-12-01").due_on == day("2026-12-01") + dt.timedelta(days=length - 1)


def test_progress_on_a_police_complaint_rolls_from_the_last_time_it_was_told() -> None:
    assert due("POL-C28", "2026-09-01") == "2026-09-29"
    assert due("POL-C28", "2026-09-01", ("progress_told", "2026-09-20")) == "2026-10-18"
    assert (
        due("POL-C28", "2026-09-01", ("progress_told", "2026-09-20"), ("progress_told", "2026-10-01"))
        == "2026-10-29"
    )


def test_a_year_beginning_with_a_day_ends_on_the_eve_of_its_anniversary() -> None:
    assert due("POL-12M", "2026-03-01") == "2027-02-28"
    assert due("POL-12M-NEXT", "2026-03-01", ("reported", "2027-02-28")) == "2027-08-27"


def test_the_welsh_version_is_due_when_the_english_one_went() -> None:
    sent = [Event("english_sent", day("2026-12-18"))]

    assert deadline(rule("WELSH-EQ", day("2026-12-18")), sent).due_on == day("2026-12-18")
