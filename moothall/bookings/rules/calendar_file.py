"""An appointment as a file that any calendar reads."""

import datetime as dt

from moothall.bookings.models import Appointment

from .diary import CANCEL, PUBLISH, DiaryLine, diary_file


def calendar_file(appointment: Appointment, *, words: str, where: str, host: str, at: dt.datetime) -> bytes:
    """The appointment, or that it is cancelled; the same appointment keeps its name when it moves."""
    gone = not appointment.is_standing
    line = DiaryLine(
        uid=f"appointment-{appointment.pk}@{host}", edition=appointment.edition,
        starts_at=appointment.starts_at, ends_at=appointment.ends_at, title=words, where=where, gone=gone,
    )  # fmt: skip
    return diary_file([line], at=at, method=CANCEL if gone else PUBLISH)
