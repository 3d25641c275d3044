"""Plain makers for the clock tests."""

import datetime as dt

from clocks import Deadline, Event, Holiday, deadline, rule
from clocks.events import Moment
from clocks.opening import LONDON


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def london(text: str) -> dt.datetime:
    """A time as clocks in London show it."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


def make_events(received: Moment | str, *later: tuple[str, str] | Event) -> list[Event]:
    """Received then; and whatever happened later, as (kind, date) or as events."""
    at = day(received) if isinstance(received, str) else received
    events = [one if isinstance(one, Event) else Event(one[0], day(one[1])) for one in later]
    return [Event("received", at), *events]


def make_deadline(rule_id: str, received: Moment | str, *later: tuple[str, str] | Event) -> Deadline:
    """The deadline by the version of the rule in force when it was received."""
    events = make_events(received, *later)
    return deadline(rule(rule_id, events[0].on), events)


def due(rule_id: str, received: Moment | str, *later: tuple[str, str] | Event) -> str:
    """The due date of that, written out."""
    return make_deadline(rule_id, received, *later).due_on.isoformat()


def make_holiday(on: str = "2026-10-05", **changes: object) -> Holiday:
    values: dict[str, object] = {
        "day": day(on),
        "nations": frozenset({"EW"}),
        "name": "Extra holiday",
        "name_cy": "Gŵyl ychwanegol",
        "source": "Proclamation",
        "source_read_on": day("2026-09-01"),
    }
    return Holiday(**{**values, **changes})  # type: ignore[arg-type]
