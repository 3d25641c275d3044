"""Whether an option keeps the rules, looked at with clocks and diaries alone: no code of the search."""

from collections.abc import Iterator
from datetime import datetime

from planner.meetings.problem import Meeting, Option, Person, Span


def check(meeting: Meeting, option: Option) -> tuple[str, ...]:
    """A sentence for every rule that this option breaks."""
    return (*of_the_time(meeting, option), *of_the_room(meeting, option), *of_the_people(meeting, option))


def of_the_time(meeting: Meeting, option: Option) -> Iterator[str]:
    local, until = option.start.astimezone(meeting.zone), option.end.astimezone(meeting.zone)
    if (option.end.timestamp() - option.start.timestamp()) / 60 != meeting.minutes:
        yield "It has the wrong length."
    opens = datetime.combine(local.date(), meeting.opens, meeting.zone).timestamp()
    shuts = datetime.combine(local.date(), meeting.shuts, meeting.zone).timestamp()
    if (
        local.date() != until.date()
        or not opens <= option.start.timestamp() < option.end.timestamp() <= shuts
    ):
        yield "It is outside opening hours."
    if local.date() in meeting.closed or local.weekday() not in meeting.weekdays:
        yield "It is on a day that does not count."
    if not meeting.first <= local.date() <= meeting.last:
        yield "It is outside the days asked for."
    if any(meets(span, option.start, option.end) for span in meeting.protected):
        yield "It is in protected time."


def of_the_room(meeting: Meeting, option: Option) -> Iterator[str]:
    room = next((place for place in meeting.places if place.name == option.place), None)
    if room is None:
        yield "It is in no room that was offered."
        return
    if room.seats < len(meeting.people):
        yield "Its room is too small."
    if any(meets(span, option.start, option.end) for span in room.busy):
        yield "Its room is taken."


def of_the_people(meeting: Meeting, option: Option) -> Iterator[str]:
    site = next((place.site for place in meeting.places if place.name == option.place), "")
    deputies = {one.name: one for one in meeting.deputies}
    away = {one.name: one for one in option.missing}
    if {*option.present, *away} != {person.name for person in meeting.people}:
        yield "Somebody who was asked is neither there nor missing."
    answered = 0
    for person in meeting.people:
        comes = not hindered(meeting, person, site, option)
        if person.name in option.present and not comes:
            yield f"{person.name} is said to come and cannot."
        stands = person.name in away and away[person.name].deputy_comes
        if stands and hindered(meeting, deputies[person.deputy], site, option):
            yield f"{person.deputy} is said to stand in and cannot."
        answered += person.required and (person.name in option.present or stands)
    sent = [one.deputy for one in option.missing if one.deputy_comes]
    if len(sent) != len(set(sent)):
        yield "A deputy stands in for two."
    if answered < meeting.quorum:
        yield "There is no quorum."
    if meeting.chair and meeting.chair not in option.present:
        yield "The chair is not there."


def meets(span: Span, start: datetime, end: datetime) -> bool:
    return span.start.timestamp() < end.timestamp() and start.timestamp() < span.end.timestamp()


def hindered(meeting: Meeting, person: Person, site: str, option: Option) -> bool:
    """Whether an engagement, a journey or a rest stands in the way."""
    start, end = option.start.timestamp(), option.end.timestamp()
    for span in person.busy:
        away = meeting.journey(span.site, site).total_seconds() if span.site and site else 0
        if span.start.timestamp() - away < end and start < span.end.timestamp() + away:
            return True
    rest = meeting.rest.total_seconds()
    return any(first - rest < end and start < last + rest for first, last in long_runs(meeting, person))


def long_runs(meeting: Meeting, person: Person) -> Iterator[tuple[float, float]]:
    """Tiring engagements without a gap between them, as long as asks for a rest, in seconds since 1970."""
    spans = sorted(
        (s.start.timestamp(), s.end.timestamp()) for s in person.busy if s.tiring and s.start < s.end
    )
    joined: list[list[float]] = []
    for first, last in spans:
        if joined and first <= joined[-1][1]:
            joined[-1][1] = max(last, joined[-1][1])
        else:
            joined.append([first, last])
    for first, last in joined:
        if last - first >= meeting.tiring_after.total_seconds():
            yield first, last
