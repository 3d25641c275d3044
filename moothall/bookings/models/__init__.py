"""Resources and their hours, appointments and reservations, and one table in which nothing is taken twice."""

from .appointment import Appointment, AppointmentEvent, AppointmentLetter
from .reservation import Reservation, ReservationEvent, Taking
from .resource import Feature, Resource, ResourcePart
from .setting import AppointmentKind, Closure, KindTaker, OpeningHours

__all__ = [
    "Appointment",
    "AppointmentEvent",
    "AppointmentKind",
    "AppointmentLetter",
    "Closure",
    "Feature",
    "KindTaker",
    "OpeningHours",
    "Reservation",
    "ReservationEvent",
    "Resource",
    "ResourcePart",
    "Taking",
]
