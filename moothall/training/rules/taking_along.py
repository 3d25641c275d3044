"""What is booked for a session, its rooms, equipment and beds, goes where the session goes."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from moothall.bookings.models import Reservation
from moothall.bookings.rules.reserving import cancel, move
from moothall.core.refusals import Refusal
from moothall.people.models.working import Span, at_on
from moothall.training.models import Session

from .carrying_out import Work
from .checking import spoken_day
from .planned import MOVED, WITHDRAWN, Difference
from .refusals import CannotPublish

BY_DAY, WHOLE = "training.session", "training.session.beds"
KINDS: Final = (BY_DAY, WHOLE)


def take_along(work: Work) -> None:
    """Each booking of these sessions, one after another; there are none of most. Where a room is taken then,
    nothing is published, and it is said which."""
    differ = {
        work.sessions[each.key].pk: each for each in work.of(MOVED, WITHDRAWN) if each.key in work.sessions
    }
    rows = Reservation.objects.standing().filter(about_kind__in=KINDS, about_id__in=differ)
    booked: dict[tuple[int, str], list[Reservation]] = defaultdict(list)
    for row in rows.order_by("about_id", "starts_at", "id"):
        booked[row.about_id or 0, row.about_kind].append(row)
    for (number, kind), reservations in booked.items():
        _take(work, differ[number], kind, reservations)


def _take(work: Work, each: Difference, kind: str, reservations: Sequence[Reservation]) -> None:
    session = work.sessions[each.key]
    spans = _spans(session, kind)
    elsewhere = each.before is not None and each.before.place_id != each.line.place_id
    if each.sort == WITHDRAWN or elsewhere or len(spans) != len(reservations):
        for reservation in reservations:
            cancel(reservation=reservation, because=work.because, by=work.by, at=work.at)
        return
    pairs = list(zip(reservations, spans, strict=True))
    later = spans[0][0] > reservations[0].starts_at
    for reservation, (starts, ends) in reversed(pairs) if later else pairs:  # never in its own way
        if (reservation.starts_at, reservation.ends_at) == (starts, ends):
            continue
        try:
            move(
                reservation=reservation, starts_at=starts, ends_at=ends, by=work.by, at=work.at,
                reason=work.because,
            )  # fmt: skip
        except Refusal as refusal:
            said = {"day": spoken_day(session.first_on), "why": refusal}
            words = _("The session moved to %(day)s cannot have what is booked for it: %(why)s")
            raise CannotPublish(words % said) from None


def _spans(session: Session, kind: str) -> list[Span]:
    """Each day of it; of its beds from its first morning until the end of its last day."""
    days = session.days if kind == BY_DAY else [session.days[0]]
    ends = session.days if kind == BY_DAY else [session.days[-1]]
    return [
        (at_on(day, session.begins), at_on(last, session.ends)) for day, last in zip(days, ends, strict=True)
    ]
