"""Resources and their hours, appointments and reservations, and one table in which nothing is taken twice."""

from .appointment import Appointment, AppointmentEvent, AppointmentLetter
from .feed import CalendarFeed
from .front_desk import DeskMessage, KeyLoan, Visitor
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

__all__ = [
    "Appointment",
    "AppointmentEvent",
    "AppointmentKind",
    "AppointmentLetter",
    "Attendee",
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
    "SiteJourney",
    "Taking",
    "Visitor",
    "Wish",
]
