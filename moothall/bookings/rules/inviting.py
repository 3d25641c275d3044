"""Who is invited to a booking, and the invitations that keep their calendars right (RFC 5546).

One name for one event for as long as it lives; a move raises its sequence; who is taken off the list, and
everybody when it is cancelled, is told so. Each edition is written about once, through the outbox.
"""

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.bookings.models import Attendee, Reservation
from moothall.core.refusals import Refusal
from moothall.letters.models import MAIL
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit
from moothall.records.rules.documents import keep_document

from .diary import CANCEL, REQUEST, DiaryLine, diary_file
from .refusals import span_in_words

MOST_INVITED = 200


class NotAnAddress(Refusal):
    next_step = gettext_lazy("Give one mail address on each line.")


class TooManyInvited(Refusal):
    sentence = gettext_lazy("At most 200 people can be invited to one booking.")
    next_step = gettext_lazy("Invite a mailing list instead.")


def host() -> str:
    return settings.PUBLIC_URL.partition("://")[2].partition("/")[0].partition(":")[0] or "localhost"


def line_of(reservation: Reservation, *, named: bool = True) -> DiaryLine:
    """The booking as a line of a diary; not named, it is only taken."""
    rooms = [each.resource.name for each in reservation.takings.all() if each.asked_for]
    return DiaryLine(
        uid=f"{reservation.uid}@{host()}", edition=reservation.edition, starts_at=reservation.starts_at,
        ends_at=reservation.ends_at, title=reservation.title if named else _("Private booking"),
        where=", ".join(rooms), note=reservation.note if named else "", gone=not reservation.is_standing,
        tentative=reservation.state in {Reservation.HELD, Reservation.ASKED},
    )  # fmt: skip


@transaction.atomic
def invite(
    *, reservation: Reservation, emails: Collection[str], by: Account | None, at: dt.datetime
) -> list[Attendee]:
    """These are invited and nobody else: who is new hears of it, who is off the list too."""
    wanted = sorted({each.strip().lower() for each in emails if each.strip()})
    if len(wanted) > MOST_INVITED:
        raise TooManyInvited
    for email in wanted:
        try:
            validate_email(email)
        except ValidationError as problem:
            raise NotAnAddress(_("“%s” is not a mail address.") % email) from problem
    known = Account.objects.in_use().filter(email__in=wanted)
    accounts = {each.email.lower(): each for each in known}
    gone = list(reservation.attendees.exclude(email__in=wanted))
    _write(reservation, [each for each in gone if each.told_edition], CANCEL, by=by, at=at)
    reservation.attendees.exclude(email__in=wanted).delete()
    Attendee.objects.bulk_create(
        [Attendee(reservation=reservation, email=each, account=accounts.get(each)) for each in wanted],
        ignore_conflicts=True,
    )
    append_audit("bookings.invited", about=reservation, by=by, at=at, detail={"people": len(wanted)})
    tell_attendees(reservation, by=by, at=at)
    return list(reservation.attendees.all())


@transaction.atomic
def tell_attendees(reservation: Reservation, *, by: Account | None, at: dt.datetime) -> int:
    """Everybody who has not heard of it as it now stands; the answer is how many were written to."""
    reservation.refresh_from_db()
    late = reservation.attendees.filter(told_edition__lt=reservation.edition)
    if not reservation.is_standing:
        late = late.exclude(told_edition=0)
    told = list(late)
    _write(reservation, told, REQUEST if reservation.is_standing else CANCEL, by=by, at=at)
    Attendee.objects.filter(pk__in=[each.pk for each in told]).update(told_edition=reservation.edition)
    return len(told)


def _write(
    reservation: Reservation,
    attendees: Collection[Attendee],
    method: str,
    *,
    by: Account | None,
    at: dt.datetime,
) -> None:
    for each in attendees:
        language = each.account.language if each.account else "en"
        line = line_of(reservation)
        if method == CANCEL and not line.gone:
            line = DiaryLine(**(vars(line) | {"gone": True}))
        subject, body = _words(reservation, line, method, language)
        queue_letter(
            about=reservation, person=None, channel=MAIL, language=language, to_address=each.email,
            to_name=each.account.name if each.account else "", from_address="", from_name="",
            subject=subject, body=body, by=by, at=at, automatic=by is None,
            documents=[invitation(line, to=each.email, method=method, by=by, at=at)],
        )  # fmt: skip


def invitation(line: DiaryLine, *, to: str, method: str, by: Account | None, at: dt.datetime) -> Document:
    """The file that puts it into the calendar of whoever reads `to`, puts it right, or takes it out."""
    organiser = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
    content = diary_file([line], at=at, method=method, organiser=organiser, attendees=[to])
    return keep_document(content, name="invitation.ics", by=by, at=at)


def _words(reservation: Reservation, line: DiaryLine, method: str, language: str) -> tuple[str, str]:
    with translation.override("cy" if language == "cy" else "en-gb"):
        said = {
            "title": reservation.title, "where": line.where,
            "when": span_in_words((reservation.starts_at, reservation.ends_at)),
        }  # fmt: skip
        if method == CANCEL:
            return _("Cancelled: %(title)s") % said, _(
                "%(title)s, %(when)s, does not take place for you any more. The file takes it out of your "
                "calendar."
            ) % said
        if reservation.edition > 1:
            return _("Changed: %(title)s") % said, _(
                "%(title)s is now %(when)s, %(where)s. The file puts it right in your calendar."
            ) % said
        return _("Invitation: %(title)s") % said, _(
            "You are invited to %(title)s, %(when)s, %(where)s. The file puts it into your calendar."
        ) % said
