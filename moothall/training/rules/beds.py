"""The beds that go with a session: sold by the night, moved and called off with it, named after who comes."""

import datetime as dt
from typing import Final

from django.db import transaction

from moothall.bookings.models import BedKind, Reservation, Stay
from moothall.bookings.rules.beds import Beds
from moothall.bookings.rules.named_beds import give_bed, give_bed_back
from moothall.bookings.rules.reserving import cancel, move, reserve
from moothall.people.models import Account, Place
from moothall.people.models.working import Span, at_on
from moothall.records.rules.audit import append_audit
from moothall.training.models import Nomination, Session

from .refusals import BedsNeedASite, SessionOver

KIND: Final = "training.session.beds"


def house_of(session: Session) -> Reservation | None:
    """The booking of its beds, over all of its days."""
    return Reservation.objects.about(KIND, session.pk).standing().first()


def stays_of(session: Session) -> list[Stay]:
    house = house_of(session)
    return list(house.stays.standing().select_related("kind", "person").order_by("pk")) if house else []


def stay_of(nomination: Nomination) -> Stay | None:
    """The bed of somebody who comes."""
    person = nomination.employment.person_id
    found = Stay.objects.standing().filter(
        person=person, reservation__about_kind=KIND, reservation__about_id=nomination.session_id
    )
    return found.first()


def whole_of(session: Session) -> Span:
    """From its first morning until the end of its last day."""
    return at_on(session.days[0], session.begins), at_on(session.days[-1], session.ends)


@transaction.atomic
def choose_beds(
    session: Session, *, number: int, kind: BedKind | None, place: Place | None, nights_before: int,
    by: Account, at: dt.datetime,
) -> Session:  # fmt: skip
    """So many beds go with it and no others; none gives them up. Those who come have theirs in their turn."""
    held = Session.objects.select_for_update(of=("self",)).in_full().get(pk=session.pk)
    if not held.is_standing:
        raise SessionOver
    if number and (place is None or kind is None):
        raise BedsNeedASite
    give_up_beds(held, because=str(held.version.course), by=by, at=at)
    if number and place is not None and kind is not None:
        begins, ends = whole_of(held)
        reserve(
            title=str(held.version.course), resources=[], starts_at=begins, ends_at=ends, by=by, at=at,
            about_kind=KIND, about_id=held.pk, beds=[Beds(number, place, kind, nights_before)],
        )  # fmt: skip
    append_audit("training.choose_beds", about=held, by=by, at=at, detail={"beds": number})
    for each in held.nominations.placed().select_related("employment__person").order_by("placed_at", "id"):
        give_bed_to(each, by=by, at=at)
    return held


def give_bed_to(nomination: Nomination, *, by: Account | None, at: dt.datetime) -> None:
    """Whoever has a place has a bed, as long as there are any. The caller holds the session."""
    if (house := house_of(nomination.session)) is not None:
        give_bed(reservation=house, person=nomination.employment.person, by=by, at=at)


def take_bed_from(nomination: Nomination, *, by: Account | None, at: dt.datetime) -> None:
    if (house := house_of(nomination.session)) is not None:
        give_bed_back(reservation=house, person=nomination.employment.person, by=by, at=at)


def move_beds(session: Session, *, by: Account | None, at: dt.datetime, because: str) -> None:
    """They go where the session has gone, or stop it."""
    house, (begins, ends) = house_of(session), whole_of(session)
    if house is not None and (house.starts_at, house.ends_at) != (begins, ends):
        move(reservation=house, starts_at=begins, ends_at=ends, resources=[], by=by, at=at, reason=because)


def give_up_beds(session: Session, *, because: str, by: Account | None, at: dt.datetime) -> None:
    if (house := house_of(session)) is not None:
        cancel(reservation=house, because=because, by=by, at=at)
