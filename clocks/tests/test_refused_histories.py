"""Which histories and events a clock refuses, in one sentence each."""

import datetime as dt

import pytest

from clocks import ClockRule, Event, ImpossibleEvents, Pause, deadline, rule

from .make import day, london, make_deadline

REPLY = ClockRule.house("reply", 10, "wd")
RESUMED_FIRST = [("resumed", "2026-09-07"), ("paused", "2026-09-08")]
PAUSED_TWICE = [("paused", "2026-09-07"), ("paused", "2026-09-08")]


@pytest.mark.parametrize(
    ("rule_id", "later", "complaint"),
    [
        ("FOI-20", RESUMED_FIRST, "resumed on Monday 7 September 2026 without being paused"),
        ("FOI-20", PAUSED_TWICE, "cannot be paused again on Tuesday 8 September 2026"),
        ("LIT-56", PAUSED_TWICE, "cannot be paused again"),
        (
            "FOI-20",
            [("paused", "2026-08-31")],
            "Paused on Monday 31 August 2026 is before received on Tuesday",
        ),
        (
            "LG-C1",
            [("acknowledged", "2026-08-31")],
            "Acknowledged on Monday 31 August 2026 is before received",
        ),
        ("FOI-20", [("received", "2026-09-02")], "only one event 'received', but here are two"),
        ("DPC-30", [("extended", "2026-09-07")], "DPC-30 cannot be extended"),
        ("FOI-20", [("extended", "2026-09-30")], "has to be extended by Tuesday 29 September 2026"),
        ("FW-2M", [("extended", "2026-09-07")], "Say by how much"),
    ],
)
def test_a_history_that_cannot_be_is_refused_in_one_sentence(
    rule_id: str, later: list[tuple[str, str]], complaint: str
) -> None:
    with pytest.raises(ImpossibleEvents, match=complaint) as refused:
        make_deadline(rule_id, "2026-09-01", *later)
    assert str(refused.value).count(".") == 1


def test_an_extension_beyond_the_most_allowed_is_refused() -> None:
    halves = [
        Event("extended", day("2026-09-07"), amount=11),
        Event("extended", day("2026-09-08"), amount=10),
    ]

    with pytest.raises(ImpossibleEvents, match="at most 20 working days, not by 21 working days"):
        make_deadline("FOI-20", "2026-09-01", *halves)


def test_a_clock_without_its_trigger_is_refused() -> None:
    with pytest.raises(ImpossibleEvents, match="has not started: it needs the event aware or received"):
        deadline(rule("BREACH-72", day("2026-09-01")), [Event("acknowledged", london("2026-09-01T09:00"))])
    with pytest.raises(ImpossibleEvents, match="needs the event received"):
        deadline(REPLY, [])


def test_a_clock_in_hours_needs_to_know_the_time() -> None:
    with pytest.raises(ImpossibleEvents, match="BREACH-72 counts hours: give the time of day"):
        make_deadline("BREACH-72", "2026-09-01")


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"kind": "pasued"}, r"no event 'pasued'; did you mean paused"),
        ({"at": london("2026-09-01T09:00").replace(tzinfo=None)}, "needs its time zone"),
        ({"at": dt.date(202, 6, 1)}, "slip of the pen"),
        ({"amount": 3}, "Only an extension has an amount"),
        ({"kind": "extended", "amount": 0}, "from 1 to 10,000"),
    ],
)
def test_an_event_that_makes_no_sense_is_refused(changes: dict[str, object], complaint: str) -> None:
    values: dict[str, object] = {"kind": "paused", "at": day("2026-09-01")}

    with pytest.raises(ImpossibleEvents, match=complaint):
        Event(**{**values, **changes})  # type: ignore[arg-type]


def test_a_pause_says_how_it_counts_or_is_refused() -> None:
    with pytest.raises(ValueError, match="'sideways' is no pause effect"):
        Pause("fee", effect="sideways")  # type: ignore[arg-type]
