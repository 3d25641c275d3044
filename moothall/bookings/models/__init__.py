"""Rooms, the hours they are open, kinds of appointment, and appointments that never take a thing twice."""

from .appointment import Appointment, AppointmentEvent, AppointmentLetter
from .setting import AppointmentKind, Closure, KindTaker, OpeningHours, Room

__all__ = [
    "Appointment",
    "AppointmentEvent",
    "AppointmentKind",
    "AppointmentLetter",
    "Closure",
    "KindTaker",
    "OpeningHours",
    "Room",
]
