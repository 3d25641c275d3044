"""What calendars answer to the invitations that go along with our letters, and who hears of it.

Whoever sends invitations hands over in its `apps.py` how the names begin under which its events stand in
calendars, and what hears an answer to one of them. Whoever takes mail in asks here.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

REPLY, COUNTER = "REPLY", "COUNTER"
ACCEPTED, DECLINED, TENTATIVE, DELEGATED = "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"
SAID = (ACCEPTED, DECLINED, TENTATIVE, DELEGATED)


@dataclass(frozen=True)
class CalendarAnswer:
    """An answer as a calendar wrote it (RFC 5546). `uid` names the event, `attendee` whoever answers, `says`
    is one of SAID, empty where only another time is asked for; `of_one_day` where it speaks of one day of
    several."""

    uid: str
    method: str
    attendee: str
    says: str
    comment: str
    sequence: int | None
    stamped_at: dt.datetime | None
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    of_one_day: bool
    raw: str


@dataclass(frozen=True)
class Sent:
    """The mail that an answer came in: from whom, when, and what the person wrote beside it."""

    sender: str
    came_at: dt.datetime
    words: str = ""


@dataclass(frozen=True)
class Heard:
    """What became of an answer. One that is `settled` needs nobody; of any other the mail becomes a question
    on a case with these `words`, and `asked` is told the case's reference."""

    settled: bool
    words: str = ""
    asked: Callable[[str], None] | None = None


Hearer = Callable[[CalendarAnswer, Sent, dt.datetime], Heard]
_hearers: dict[str, Hearer] = {}


def register_calendar_answers(begins: str, hearer: Hearer) -> None:
    """Have answers heard to events whose names begin so: `hearer(answer, sent, at)`, in the transaction that
    takes the mail in."""
    if not begins or _hearers.get(begins, hearer) != hearer:
        raise ImproperlyConfigured(f"Answers to events named {begins!r} are heard twice, or by nobody.")
    _hearers[begins] = hearer


def hear(answer: CalendarAnswer, sent: Sent, *, at: dt.datetime) -> Heard | None:
    """What became of it; None where it is no event of ours."""
    for begins, hearer in _hearers.items():
        if answer.uid.lower().startswith(begins):
            return hearer(answer, sent, at)
    return None
