"""A clock rule: what starts it, how long it runs, on whose calendar, and what may stop or lengthen it."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from clocks.events import KINDS
from clocks.working_time import CALENDARS

Unit = Literal["working_day", "calendar_day", "week", "month", "hour", "working_hour"]
UNITS: tuple[Unit, ...] = ("working_day", "calendar_day", "week", "month", "hour", "working_hour")
SHORT_UNITS: dict[str, Unit] = {
    "wd": "working_day",
    "cd": "calendar_day",
    "wk": "week",
    "mo": "month",
    "h": "hour",
    "wh": "working_hour",
}
LAPSES: dict[str, tuple[str, str]] = {
    "none": ("Nothing follows in law.", "Nid oes dim yn dilyn mewn cyfraith."),
    "court": ("A court can be asked to act.", "Gellir gofyn i lys weithredu."),
    "deemed": (
        "The matter is decided against us by law.",
        "Penderfynir y mater yn ein herbyn yn ôl y gyfraith.",
    ),
    "interest": ("Interest becomes due.", "Daw llog yn ddyledus."),
    "loses_right": ("The right is lost.", "Collir yr hawl."),
    "offence": ("It is an offence.", "Mae'n drosedd."),
    "ombudsman": ("The ombudsman can find fault.", "Gall yr ombwdsmon ganfod bai."),
    "penalty": ("The penalty rises.", "Mae'r gosb yn codi."),
    "regulator": ("The regulator can act.", "Gall y rheoleiddiwr weithredu."),
    "report": (
        "A report has to be made to the overseeing body.",
        "Rhaid adrodd i'r corff goruchwylio.",
    ),
    "safeguarding": (
        "Someone may be left at risk: chase at once.",
        "Gall rhywun fod mewn perygl: ewch ar ôl hyn ar unwaith.",
    ),
    "set_aside": ("The contract can be set aside.", "Gellir rhoi'r contract o'r neilltu."),
}
ANY_REASON = "*"
LONGEST = 10_000


def unit_named(name: str) -> Unit:
    """The unit behind a short or a long name: "wd" and "working_day" are the same. ValueError otherwise."""
    for unit in UNITS:
        if name == unit or SHORT_UNITS.get(name) == unit:
            return unit
    raise ValueError(f"There is no unit {name!r}; the units are {', '.join(SHORT_UNITS)}.")


@dataclass(frozen=True)
class Pause:
    """A reason for which a rule's clock stops.

    `count` inclusive: the days of stopping and of resuming are both left out. Exclusive: the day of stopping
    is left out, the day of resuming counts. `effect` restart: the clock starts afresh on resuming.
    """

    reason: str
    name: str = ""
    name_cy: str = ""
    count: Literal["inclusive", "exclusive"] = "inclusive"
    effect: Literal["stop", "restart"] = "stop"
    confidence: Literal["confirmed", "unconfirmed"] = "confirmed"

    def __post_init__(self) -> None:
        _among("pause count", self.count, ("inclusive", "exclusive"))
        _among("pause effect", self.effect, ("stop", "restart"))
        _among("confidence", self.confidence, ("confirmed", "unconfirmed"))


@dataclass(frozen=True)
class Extension:
    """By how much a clock may be lengthened: at most `max` (None: no limit) of `unit`.

    `must_notify_by` due: the notice has to be given by the deadline that it lengthens.
    """

    max: int | None
    unit: Unit
    must_notify_by: Literal["due", "any_time"] = "due"
    confidence: Literal["confirmed", "unconfirmed"] = "confirmed"

    def __post_init__(self) -> None:
        _among("extension unit", self.unit, UNITS)
        _among("must_notify_by", self.must_notify_by, ("due", "any_time"))
        _among("confidence", self.confidence, ("confirmed", "unconfirmed"))


@dataclass(frozen=True)
class ClockRule:
    """One dated version of one rule. ValueError, in a sentence, when its parts do not fit together.

    The clock starts at the event `trigger_event`; "received" stands in for it. A second clock has `starts_on`
    instead, and until that has happened it is reckoned from the day `first_clock` runs out. Each event in
    `restarts_on` starts it afresh. `met_by` are the events that satisfy it. `day0` included: the starting
    day is day one. `closures_stop`: days on which the office shuts do not count (never so where a statute
    defines the working day). `valid_from` None: the start is not on record.
    """

    id: str
    name: str
    name_cy: str
    length: int
    unit: Unit
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    nation: str = "UK"
    body_type: str = "any"
    trigger_event: str = "received"
    starts_on: str = ""
    first_clock: str = ""
    restarts_on: tuple[str, ...] = ()
    met_by: tuple[str, ...] = ("met",)
    day0: Literal["excluded", "included"] = "excluded"
    calendar: str = "NONE"
    roll: Literal["none", "next_working_day"] = "none"
    pauses: tuple[Pause, ...] = ()
    extension: Extension | None = None
    closures_stop: bool = False
    lapse_effect: str = "none"
    source: str = ""
    source_url: str = ""
    source_read_on: dt.date | None = None
    confidence: Literal["confirmed", "unconfirmed"] = "unconfirmed"
    note: str = ""

    def __post_init__(self) -> None:
        _among("unit", self.unit, UNITS)
        _among("calendar", self.calendar, tuple(CALENDARS))
        _among("day0", self.day0, ("excluded", "included"))
        _among("roll", self.roll, ("none", "next_working_day"))
        _among("lapse_effect", self.lapse_effect, tuple(LAPSES))
        _among("confidence", self.confidence, ("confirmed", "unconfirmed"))
        for kind in (self.trigger_event, *self.restarts_on, *self.met_by):
            _among("event", kind, tuple(KINDS))
        if self.starts_on:
            _among("event", self.starts_on, tuple(KINDS))
        for wrong, sentence in self._contradictions():
            if wrong:
                raise ValueError(f"{self.id}: {sentence}")

    def _contradictions(self) -> tuple[tuple[bool, str], ...]:
        working = self.unit in ("working_day", "working_hour")
        return (
            (self.length not in range(LONGEST + 1), "a length is from nought to 10,000."),
            (working and self.calendar == "NONE", "working time needs a calendar of working days."),
            (
                self.roll != "none" and (self.by_the_hour or working or self.calendar == "NONE"),
                "only calendar periods roll to a working day, and they need a calendar.",
            ),
            (self.by_the_hour and self.day0 == "included", "hours run from the moment, not from a day."),
            (bool(self.starts_on) != bool(self.first_clock), "a second clock names its event and its first."),
            (
                self.valid_from is not None and self.valid_to is not None and self.valid_to < self.valid_from,
                "it ends before it begins.",
            ),
            (
                self.extension is not None and self.by_the_hour and self.extension.unit != self.unit,
                "a clock in hours is extended in the same hours.",
            ),
            (
                self.extension is not None
                and self.extension.unit == "working_day"
                and self.calendar == "NONE",
                "an extension in working days needs a calendar.",
            ),
        )

    @property
    def by_the_hour(self) -> bool:
        """Whether it counts hours, and so needs to know the time of day."""
        return self.unit in ("hour", "working_hour")

    def in_force(self, on: dt.date) -> bool:
        """Whether this version holds for something that happened on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    def on_calendar(self, key: str) -> "ClockRule":
        """The same rule counted on another calendar, for a body in another nation."""
        return replace(self, calendar=key)

    @classmethod
    def house(
        cls, rule_id: str, length: int, unit: str, calendar: str = "EW", name: str = "", name_cy: str = ""
    ) -> "ClockRule":
        """An office's own target: it stops for any pause, honours closures and may be extended at will.

        `unit` is wd, cd, wk, mo, h (elapsed) or wh (opening hours), or the long name of one of these.
        The day of resuming counts again.
        """
        named = unit_named(unit)
        return cls(
            id=rule_id,
            name=name or rule_id,
            name_cy=name_cy or name or rule_id,
            length=length,
            unit=named,
            calendar=calendar if named in ("working_day", "working_hour") else "NONE",
            met_by=("met",),
            pauses=(Pause(ANY_REASON, count="exclusive"),),
            extension=Extension(None, named, must_notify_by="any_time"),
            closures_stop=True,
            source="The office's own target",
            confidence="confirmed",
        )


def _among(what: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{value!r} is no {what}; it is one of {', '.join(allowed)}.")
