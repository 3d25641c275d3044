"""A meeting as a file that any calendar reads (RFC 5545), with nothing in it of what it is about."""

import datetime as dt

from icalendar import Calendar, Event

from moothall.conduct.models import Meeting


def meeting_file(meeting: Meeting, *, words: str, host: str, at: dt.datetime) -> bytes:
    """The meeting, or that it is cancelled; it keeps its name when it moves."""
    gone = meeting.cancelled_at is not None
    calendar, event = Calendar(), Event()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Moothall//Meetings//EN")
    calendar.add("method", "CANCEL" if gone else "PUBLISH")
    event.add("uid", f"meeting-{meeting.pk}@{host}")
    event.add("sequence", meeting.edition - 1)
    event.add("dtstamp", at.astimezone(dt.UTC))
    event.add("dtstart", meeting.starts_at.astimezone(dt.UTC))
    event.add("dtend", meeting.ends_at.astimezone(dt.UTC))
    event.add("summary", words)
    event.add("location", meeting.place)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made
