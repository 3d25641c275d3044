"""Opening hours are typed as people type them, and said in both languages."""

import datetime as dt

import pytest
from django.utils import translation

from moothall.knowledge.rules.opening_hours import HoursNotUnderstood, in_words, is_open, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("mon-fri 9-16.30", "Mon-Fri 09:00-16:30"),
        ("Monday to Friday 08:45 to 17:00; sat 10-12", "Mon-Fri 08:45-17:00; Sat 10:00-12:00"),
        ("Llun i Gwener 9 i 16", "Mon-Fri 09:00-16:00"),
        ("Always", "always"),
        ("", ""),
    ],
)
def test_hours_are_kept_one_way_however_they_are_typed(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@pytest.mark.parametrize("typed", ["whenever", "mon-fri", "mon-fri 25-26", "xyz 9-10", "mon 17-9"])
def test_hours_that_cannot_be_read_are_refused(typed: str) -> None:
    with pytest.raises(HoursNotUnderstood):
        tidy(typed)


def test_hours_are_said_in_the_language_of_the_page() -> None:
    with translation.override("en-gb"):
        assert in_words("Mon-Fri 09:00-16:30; Sat 10:00-12:00") == [
            "Monday to Friday, 9am to 4.30pm",
            "Saturday, 10am to 12pm",
        ]
    with translation.override("cy"):
        [line] = in_words("Mon-Fri 09:00-16:30")
        assert "Llun" in line
        assert "4.30pm" in line


def test_whether_it_is_open_is_known_to_the_minute() -> None:
    monday = dt.datetime(2026, 11, 23, 15, 59, tzinfo=dt.UTC)
    assert is_open("Mon-Fri 09:00-16:00", monday) is True
    assert is_open("Mon-Fri 09:00-16:00", monday.replace(hour=16, minute=0)) is False
    assert is_open("Mon-Fri 09:00-16:00", monday - dt.timedelta(days=1)) is False
    assert is_open("always", monday) is True
    assert is_open("", monday) is None
