"""A meeting as a file that any calendar reads (RFC 5545), with nothing in it of what it is about."""

import datetime as dt

from moothall.bookings.rules.diary import CANCEL, PUBLISH, DiaryLine, diary_file
from moothall.conduct.models import Meeting


def meeting_file(meeting: Meeting, *, words: str, host: str, at: dt.datetime) -> bytes:
    """The meeting, or that it is cancelled; it keeps its name when it moves."""
    gone = meeting.cancelled_at is not None
    line = DiaryLine(
        uid=f"meeting-{meeting.pk}@{host}", edition=meeting.edition, starts_at=meeting.starts_at,
        ends_at=meeting.ends_at, title=words, where=meeting.place, gone=gone, is_private=True,
    )  # fmt: skip
    return diary_file([line], at=at, method=CANCEL if gone else PUBLISH)
