"""The front desk: visitors come and go, keys go out and come back, messages wait for people."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.bookings.models import DeskMessage, KeyLoan, Resource, Stay, Visitor
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Place
from moothall.records.rules.audit import append_audit

from .refusals import named


class KeyIsOut(Refusal):
    sentence = gettext_lazy("This key is out already.")
    next_step = gettext_lazy("Take it back first, or say that it is lost.")


class AlreadySo(Refusal):
    sentence = gettext_lazy("This was done already.")
    next_step = gettext_lazy("Look at it again: a colleague may have been quicker.")


@transaction.atomic
def expect_visitor(
    *,
    name: str,
    place: Place,
    expected_at: dt.datetime,
    by: Account | None,
    at: dt.datetime,
    organisation: str = "",
    host: Account | None = None,
    needs: str = "",
) -> Visitor:
    """Somebody is to come."""
    visitor = Visitor.objects.create(
        name=name[:160], organisation=organisation[:160], place=place, host=host, expected_at=expected_at,
        needs=needs[:300], made_by=by, made_at=at,
    )  # fmt: skip
    append_audit("bookings.visitor", about=visitor, by=by, at=at)
    return visitor


@transaction.atomic
def visitor_came(*, visitor: Visitor, by: Account, at: dt.datetime, pass_number: str = "") -> None:
    """They are here, also if they were given up."""
    rows = Visitor.objects.filter(pk=visitor.pk, arrived_at=None)
    if not rows.update(arrived_at=at, missed_at=None, pass_number=pass_number[:20]):
        raise AlreadySo
    append_audit("bookings.visitor_came", about=visitor, by=by, at=at)


@transaction.atomic
def visitor_left(*, visitor: Visitor, by: Account, at: dt.datetime) -> None:
    rows = Visitor.objects.filter(pk=visitor.pk, arrived_at__isnull=False, left_at=None)
    if not rows.update(left_at=at):
        raise AlreadySo
    append_audit("bookings.visitor_left", about=visitor, by=by, at=at)


@transaction.atomic
def visitor_missed(*, visitor: Visitor, by: Account, at: dt.datetime) -> None:
    """They did not come."""
    if not Visitor.objects.filter(pk=visitor.pk, arrived_at=None, missed_at=None).update(missed_at=at):
        raise AlreadySo
    append_audit("bookings.visitor_missed", about=visitor, by=by, at=at)


def hand_out_key(
    *, resource: Resource, to_whom: str, by: Account | None, at: dt.datetime, stay: Stay | None = None
) -> KeyLoan:
    try:
        with transaction.atomic():
            loan = KeyLoan.objects.create(
                resource=resource, to_whom=to_whom[:160], out_at=at, out_by=by, stay=stay
            )
            append_audit("bookings.key_out", about=loan, by=by, at=at)
            return loan
    except IntegrityError as clash:
        out = KeyLoan.objects.filter(resource=resource, back_at=None).first()
        if out is None:
            raise KeyIsOut from clash
        said = {"key": named(resource), "whom": out.to_whom}
        raise KeyIsOut(_("The key of %(key)s is out with %(whom)s.") % said) from clash


@transaction.atomic
def take_key_back(*, loan: KeyLoan, by: Account, at: dt.datetime, is_lost: bool = False) -> None:
    """It is back, or will not come back."""
    if not KeyLoan.objects.filter(pk=loan.pk, back_at=None).update(back_at=at, back_by=by, is_lost=is_lost):
        raise AlreadySo
    append_audit("bookings.key_lost" if is_lost else "bookings.key_back", about=loan, by=by, at=at)


@transaction.atomic
def leave_message(*, place: Place, for_whom: str, words: str, by: Account, at: dt.datetime) -> DeskMessage:
    message = DeskMessage.objects.create(
        place=place, for_whom=for_whom[:160], words=words[:500], left_at=at, left_by=by
    )
    append_audit("bookings.message", about=message, by=by, at=at)
    return message


@transaction.atomic
def give_message(*, message: DeskMessage, by: Account, at: dt.datetime) -> None:
    """They have it."""
    if not DeskMessage.objects.filter(pk=message.pk, given_at=None).update(given_at=at, given_by=by):
        raise AlreadySo
    append_audit("bookings.message_given", about=message, by=by, at=at)
