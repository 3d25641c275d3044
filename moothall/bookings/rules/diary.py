"""Bookings as calendars read them (RFC 5545): one zone, Europe/London, with both its changes said by rule."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Component, Event, vCalAddress, vText

from moothall.core.clock import LONDON

CANCEL, PUBLISH, REQUEST = "CANCEL", "PUBLISH", "REQUEST"
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19700329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")


@dataclass(frozen=True)
class DiaryLine:
    """One event. The same uid is the same event; a higher edition takes the place of a lower. Whole days are
    from a date until another, the last of which is not included."""

    uid: str
    edition: int
    starts_at: dt.datetime | dt.date
    ends_at: dt.datetime | dt.date
    title: str
    where: str = ""
    note: str = ""
    gone: bool = False
    tentative: bool = False
    days: tuple[dt.date, ...] = ()  # all of its days, where it is at the same time on several
    takes_time: bool = True
    is_private: bool = False


def diary_file(
    lines: Iterable[DiaryLine],
    *,
    at: dt.datetime,
    method: str = PUBLISH,
    name: str = "",
    organiser: str = "",
    attendees: Iterable[str] = (),
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Moothall//Bookings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    calendar.add_component(Component.from_ical(ZONE))
    people = list(attendees)
    for line in lines:
        calendar.add_component(_event(line, at=at, organiser=organiser, attendees=people))
    found: bytes = calendar.to_ical()
    return found


def _event(line: DiaryLine, *, at: dt.datetime, organiser: str, attendees: list[str]) -> Event:
    event = Event()
    event.add("uid", line.uid)
    event.add("sequence", line.edition - 1)
    event.add("dtstamp", at.astimezone(dt.UTC))
    event.add("dtstart", _moment(line.starts_at))
    event.add("dtend", _moment(line.ends_at))
    _repeat(event, line)
    event.add("summary", line.title)
    if line.where:
        event.add("location", line.where)
    if line.note:
        event.add("description", line.note)
    event.add("status", "CANCELLED" if line.gone else "TENTATIVE" if line.tentative else "CONFIRMED")
    event.add("transp", "OPAQUE" if line.takes_time else "TRANSPARENT")
    if line.is_private:
        event.add("class", "PRIVATE")
    if organiser:
        event["organizer"] = vCalAddress(f"mailto:{organiser}")
    for email in attendees:
        address = vCalAddress(f"mailto:{email}")
        address.params["PARTSTAT"] = vText("NEEDS-ACTION")
        address.params["RSVP"] = vText("TRUE")
        event.add("attendee", address, encode=False)
    return event


def _repeat(event: Event, line: DiaryLine) -> None:
    """Every day from the first to the last, without those in between on which it is not: one event."""
    if len(line.days) < 2 or not isinstance(line.starts_at, dt.datetime):
        return
    first, last = line.days[0], line.days[-1]
    count = (last - first).days + 1
    event.add("rrule", {"FREQ": "DAILY", "COUNT": count})
    begins = line.starts_at.astimezone(LONDON).time()
    every = (first + dt.timedelta(days=number) for number in range(count))
    not_on = [dt.datetime.combine(day, begins, tzinfo=LONDON) for day in every if day not in line.days]
    if not_on:
        event.add("exdate", not_on)


def _moment(at: dt.datetime | dt.date) -> dt.datetime | dt.date:
    """The time on the wall; in the hour that comes twice in autumn, the second time, that of Greenwich."""
    if not isinstance(at, dt.datetime):
        return at
    local = at.astimezone(LONDON)
    return at.astimezone(dt.UTC) if local.fold else local
