"""Resources and their hours, appointments and reservations, and one table in which nothing is taken twice."""

from .appointment import Appointment, AppointmentEvent, AppointmentLetter
from .feed import BroughtCalendar, CalendarFeed
from .front_desk import DeskMessage, KeyLoan, Visitor
from .kind_of_bed import BedKind
from .panel import Panel, PanelMember, ProtectedTime, SiteJourney
from .reservation import (
    Attendee,
    Layout,
    Refreshment,
    RefreshmentLine,
    Reservation,
    ReservationEvent,
    ReservationSeries,
    Taking,
    Wish,
)
from .resource import Feature, Resource, ResourcePart
from .setting import AppointmentKind, Closure, KindTaker, OpeningHours
from .stay import BedNight, RoomPlan, Stay, StayEvent

__all__ = [
    "Appointment",
    "AppointmentEvent",
    "AppointmentKind",
    "AppointmentLetter",
    "Attendee",
    "BedKind",
    "BedNight",
    "BroughtCalendar",
    "CalendarFeed",
    "Closure",
    "DeskMessage",
    "Feature",
    "KeyLoan",
    "KindTaker",
    "Layout",
    "OpeningHours",
    "Panel",
    "PanelMember",
    "ProtectedTime",
    "Refreshment",
    "RefreshmentLine",
    "Reservation",
    "ReservationEvent",
    "ReservationSeries",
    "Resource",
    "ResourcePart",
    "RoomPlan",
    "SiteJourney",
    "Stay",
    "StayEvent",
    "Taking",
    "Visitor",
    "Wish",
]
