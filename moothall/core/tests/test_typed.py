"""People type days, times, money and telephone numbers in their own ways."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.core import typed

SUNDAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22/11/2026", dt.date(2026, 11, 22)),
        ("22.11.26", dt.date(2026, 11, 22)),
        ("1-2-2027", dt.date(2027, 2, 1)),
        ("2026-11-22", dt.date(2026, 11, 22)),
        ("22 11 2026", dt.date(2026, 11, 22)),
        ("22 Nov", dt.date(2026, 11, 22)),
        ("22nd November 2026", dt.date(2026, 11, 22)),
        ("1st of March, 2027", dt.date(2027, 3, 1)),
        ("Nov 22", dt.date(2026, 11, 22)),
        ("March 1 2027", dt.date(2027, 3, 1)),
        ("3 Jan", dt.date(2027, 1, 3)),
        ("14/3/87", dt.date(1987, 3, 14)),
        ("3/10", dt.date(2026, 10, 3)),
        ("today", SUNDAY),
        (" Tomorrow ", dt.date(2026, 11, 23)),
        ("yesterday", dt.date(2026, 11, 21)),
        ("fri", dt.date(2026, 11, 27)),
        ("next Friday", dt.date(2026, 11, 27)),
        ("sunday", dt.date(2026, 11, 29)),
        ("in 3 days", dt.date(2026, 11, 25)),
        ("+2w", dt.date(2026, 12, 6)),
        ("2 weeks ago", dt.date(2026, 11, 8)),
        ("yfory", dt.date(2026, 11, 23)),
        ("heddiw", SUNDAY),
        ("dydd Gwener", dt.date(2026, 11, 27)),
        ("1 Rhagfyr 2026", dt.date(2026, 12, 1)),
        ("dydd Mawrth", dt.date(2026, 11, 24)),
        ("1 Mawrth", dt.date(2027, 3, 1)),
        ("29 Feb", dt.date(2028, 2, 29)),
    ],
)
def test_a_day_is_read_as_it_is_typed(text: str, expected: dt.date) -> None:
    today = dt.date(2027, 11, 22) if text == "29 Feb" else SUNDAY
    assert typed.day(text, today=today) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "31/2/2026",
        "22/13/2026",
        "m",
        "ju 3",
        "22/11/202",
        "1/1/1/1",
        "in 5000 days",
        "99 Nov",
        "0/0/0000",
    ],
)
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert typed.day(text, today=SUNDAY) is None


@given(st.dates(dt.date(1950, 1, 1), dt.date(2150, 1, 1)))
def test_every_day_is_read_back_from_every_way_of_writing_it_in_full(day: dt.date) -> None:
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y"):
        assert typed.day(day.strftime(form), today=SUNDAY) == day


@given(st.text(max_size=30))
def test_anything_at_all_can_be_typed_for_anything(text: str) -> None:
    typed.day(text, today=SUNDAY)
    typed.time(text)
    typed.money(text)
    typed.phone(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9", dt.time(9)),
        ("9am", dt.time(9)),
        ("9.30", dt.time(9, 30)),
        ("0930", dt.time(9, 30)),
        ("14:05", dt.time(14, 5)),
        ("2.05 pm", dt.time(14, 5)),
        ("12am", dt.time(0)),
        ("12 p.m.", dt.time(12)),
        ("noon", dt.time(12)),
        ("midnight", dt.time(0)),
        ("2 yh", dt.time(14)),
    ],
)
def test_a_time_is_read_as_it_is_typed(text: str, expected: dt.time) -> None:
    assert typed.time(text) == expected


@pytest.mark.parametrize("text", ["", "25:00", "13pm", "9:75", "later"])
def test_what_is_no_time_is_not_read(text: str) -> None:
    assert typed.time(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12", "12.00"), ("£12.50", "12.50"), ("1,250.5", "1250.50"), ("50p", "0.50"), ("-£3", "-3.00")],
)
def test_money_is_read_as_it_is_typed(text: str, expected: str) -> None:
    assert typed.money(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["", "12.345", "1,2", "a lot", "£", "$5"])
def test_what_is_no_money_is_not_read(text: str) -> None:
    assert typed.money(text) is None


@pytest.mark.parametrize(
    "text", ["01632 960 001", "+44 (0)1632 960001", "01632-960001 ext 12", "07700 900 123"]
)
def test_a_telephone_number_is_kept_as_it_is_typed(text: str) -> None:
    assert typed.phone(f"  {text} ") == text


@pytest.mark.parametrize("text", ["", "123", "call me", "01632 960 001 or so"])
def test_what_is_no_telephone_number_is_not_kept(text: str) -> None:
    assert typed.phone(text) is None
