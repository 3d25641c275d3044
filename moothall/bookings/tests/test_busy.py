import datetime as dt
import re
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from moothall.bookings.rules.busy import Busy, NotACalendar, busy_spans

LONDON = ZoneInfo("Europe/London")
VECTORS = zipfile.ZipFile(Path(__file__).parent / "data" / "calendars.zip")
NAMES = [name for name in VECTORS.namelist() if name.endswith(".ics")]
ALWAYS = {"since": dt.datetime(1990, 1, 1, tzinfo=dt.UTC), "until": dt.datetime(2030, 1, 1, tzinfo=dt.UTC)}
MARKS = {"now.year.1": "2027", "uid1": "one", "username1": "Nia", "username2": "Kofi"}


def vector(name: str) -> bytes:
    """A file, its template marks filled in."""
    words = VECTORS.read(name).decode()
    return re.sub(
        r"\$([a-z0-9.]+):", lambda mark: MARKS.get(mark[1], f"mailto:{mark[1]}@example.test"), words
    ).encode()


def calendar(*lines: str, **changes: str) -> bytes:
    """One event of that many lines, in a calendar."""
    event = ["BEGIN:VEVENT", f"UID:{changes.get('uid', 'one')}", *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *event, "END:VCALENDAR", ""]).encode()


def spans(raw: bytes, year: int = 2027) -> tuple[Busy, ...]:
    since, until = (dt.datetime(one, 1, 1, tzinfo=dt.UTC) for one in (year, year + 1))
    return busy_spans(raw, since=since, until=until)


def hours(span: Busy) -> float:
    return (span.ends_at - span.starts_at).total_seconds() / 3600


@pytest.mark.parametrize("name", NAMES)
def test_every_public_vector_is_read_and_expanded(name: str) -> None:
    found = busy_spans(vector(name), **ALWAYS)
    assert all(span.starts_at < span.ends_at for span in found)
    assert list(found) == sorted(found)


def test_a_moved_occurrence_stands_where_it_was_moved_to() -> None:
    found = spans(vector("caldavtester/implicit_recur1_override_request_10.ics"))
    assert [(span.starts_at.day, span.starts_at.hour) for span in found] == [(1, 15), (2, 17), (3, 15)]
    assert spans(vector("caldavtester/implicit_recur1_override_request_16.ics")) == ()


def test_free_busy_answers_are_read_either_way() -> None:
    for name in ("one_freebusy", "multiple_freebusies"):
        found = busy_spans(vector(f"icalendar/issue_27_multiple_periods_in_freebusy_{name}.ics"), **ALWAYS)
        assert len(found) == 8
        assert found[0].starts_at == dt.datetime(2012, 1, 3, 9, 15, tzinfo=dt.UTC)
    [day] = busy_spans(vector("icalendar/issue_1633_freebusy_with_dates.ics"), **ALWAYS)
    assert hours(day) == 24


def test_nine_o_clock_stays_nine_o_clock_over_both_changes() -> None:
    for start in ("20270322T090000", "20271025T090000"):
        found = spans(
            calendar(f"DTSTART;TZID=Europe/London:{start}", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3")
        )
        assert [span.starts_at.astimezone(LONDON).hour for span in found] == [9, 9, 9]
        assert len({span.starts_at.hour for span in found}) == 2


@pytest.mark.parametrize(("start", "length"), [("20270327", 8), ("20271030", 10), ("20270601", 9)])
def test_a_night_shift_is_as_long_as_the_night(start: str, length: int) -> None:
    following = int(start) + 1
    lines = (f"DTSTART;TZID=Europe/London:{start}T220000", f"DTEND;TZID=Europe/London:{following}T070000")
    [shift] = spans(calendar(*lines))
    assert hours(shift) == length


def test_half_past_one_of_the_spring_day_is_an_hour_later_and_as_long() -> None:
    lines = ("DTSTART;TZID=Europe/London:20270327T013000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3")
    found = spans(calendar(*lines))
    assert [hours(span) for span in found] == [1, 1, 1]
    assert found[1].starts_at.astimezone(LONDON).strftime("%H:%M") == "02:30"


def test_what_is_cancelled_or_free_takes_nobodys_time() -> None:
    at = ("DTSTART:20270503T090000Z", "DTEND:20270503T100000Z")
    assert [span.kind for span in spans(calendar(*at))] == ["busy"]
    assert [span.kind for span in spans(calendar(*at, "STATUS:TENTATIVE"))] == ["tentative"]
    assert spans(calendar(*at, "STATUS:CANCELLED")) == ()
    assert spans(calendar(*at, "TRANSP:TRANSPARENT")) == ()
    series = calendar(*at, "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20270504T090000Z")
    gone = calendar("RECURRENCE-ID:20270505T090000Z", "DTSTART:20270505T090000Z", "STATUS:CANCELLED")
    both = series.replace(b"END:VCALENDAR\r\n", b"") + gone.split(b"VERSION:2.0\r\n")[1]
    assert [span.starts_at.day for span in spans(both)] == [3]


def test_a_day_is_a_day_of_london() -> None:
    [day] = spans(calendar("DTSTART;VALUE=DATE:20270503", "DTEND;VALUE=DATE:20270504"))
    assert day.starts_at == dt.datetime(2027, 5, 2, 23, tzinfo=dt.UTC)
    assert hours(day) == 24


def test_what_is_no_calendar_is_refused() -> None:
    with pytest.raises(NotACalendar):
        spans(b"Dear all, the meeting is at nine.")
