"""An appointment as a file that any calendar reads (RFC 5545)."""

import datetime as dt

from moothall.bookings.models import Appointment

MOST = 73


def calendar_file(appointment: Appointment, *, words: str, where: str, host: str, at: dt.datetime) -> bytes:
    """The appointment, or that it is cancelled; the same appointment keeps its name when it moves."""
    gone = not appointment.is_standing
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Moothall//Appointments//EN",
        f"METHOD:{'CANCEL' if gone else 'PUBLISH'}", "BEGIN:VEVENT",
        f"UID:appointment-{appointment.pk}@{host}", f"SEQUENCE:{appointment.edition - 1}",
        f"DTSTAMP:{_moment(at)}", f"DTSTART:{_moment(appointment.starts_at)}",
        f"DTEND:{_moment(appointment.ends_at)}", f"SUMMARY:{_escaped(words)}",
        f"LOCATION:{_escaped(where)}", f"STATUS:{'CANCELLED' if gone else 'CONFIRMED'}", "TRANSP:OPAQUE",
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(words: str) -> str:
    plain = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(plain.replace("\r", "").replace("\n", "\\n").split())


def _folded(line: str) -> str:
    """No line is longer than 75 bytes; what is over goes on after a space."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > MOST:
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
