"""Rooms for stays: chosen for everybody in the week before they arrive, or given by hand to one."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from moothall.bookings.models import Resource, RoomPlan, Stay
from moothall.bookings.planning.bedrooms import BadRooming, bedrooms_of, plan_rooms
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Place
from moothall.records.rules.audit import append_audit

from .beds import as_it_stands, record_each
from .nights import day_in_words, lock_house

AHEAD, LOOKED_AT = dt.timedelta(days=7), dt.timedelta(days=14)
ONE_A_NIGHT = "a_bedroom_has_one_stay_a_night"


class RoomTaken(Refusal):
    next_step = gettext_lazy("Choose another room, or another day.")

    @classmethod
    def by(cls, stay: Stay) -> "RoomTaken":
        room = stay.room.name_in(get_language() or "en") if stay.room else ""
        said = {
            "room": room, "guest": stay, "first": day_in_words(stay.arrives_on),
            "until": day_in_words(stay.leaves_on),
        }  # fmt: skip
        return cls(_("%(room)s is given to %(guest)s, from %(first)s until %(until)s.") % said)


class NotABedroomHere(Refusal):
    sentence = gettext_lazy("This is no bedroom of that place, or it is out of use.")
    next_step = gettext_lazy("Choose another room.")


class RoomsChanged(Refusal):
    sentence = gettext_lazy("Rooms or stays were changed while rooms were chosen.")
    next_step = gettext_lazy("Have them chosen once more.")


class NoGoodPlan(Refusal):
    sentence = gettext_lazy("The rooms that were chosen break a rule, so none was changed.")
    next_step = gettext_lazy("Give rooms by hand, and tell whoever looks after Moothall.")


def choose_rooms(*, place: Place, today: dt.date, by: Account | None, at: dt.datetime) -> RoomPlan:
    """A room for everybody who is here or arrives within a week. Nobody in the house is moved unless it must
    be; who was promised a room keeps it. Whoever gets none has the reason beside their name."""
    until = today + LOOKED_AT
    rows = Stay.objects.sleeping(place, today, until).filter(state__in=[Stay.BOOKED, Stay.HERE])
    stays = list(rows.select_related("kind", "room"))
    try:
        made = plan_rooms(place, stays, today=today, until=max([until, *(each.leaves_on for each in stays)]))
    except BadRooming as wrong:
        raise NoGoodPlan from wrong
    told = [each for each in stays if each.arrives_on <= today + AHEAD or each.room_id is not None]
    given = {each.pk: int(made.rooms[str(each.pk)]) for each in told if str(each.pk) in made.rooms}
    why = {int(each.stay): (each.why, each.night) for each in made.without}
    with transaction.atomic():
        lock_house(place)
        _refuse_what_changed(stays)
        _put_into_rooms(told, given, today=today, by=by, at=at)
        _say_why_not(told, why)
        plan = RoomPlan.objects.create(
            place=place, first_on=today, until_on=today + AHEAD, roomed=len(given),
            without=sum(each.pk in why for each in told), moved=len(made.moved), is_best=made.proved,
            mixed=list(made.mixed_corridors), made_at=at, made_by=by,
        )  # fmt: skip
        append_audit("bookings.rooms_chosen", about=plan, by=by, at=at, detail={"rooms": len(given)})
    return plan


def choose_everywhere(*, at: dt.datetime, today: dt.date) -> int:
    """Every place in which somebody is or comes soon; one whose rooms cannot be chosen does not stop the
    rest, and its last plan stands. The answer is how many were done."""
    soon = Stay.objects.standing().filter(arrives_on__lte=today + AHEAD, leaves_on__gt=today)
    done = 0
    for place in Place.objects.filter(pk__in=soon.values("place_id")).order_by("pk"):
        try:
            choose_rooms(place=place, today=today, by=None, at=at)
        except Refusal:
            continue
        done += 1
    return done


def _refuse_what_changed(stays: Collection[Stay]) -> None:
    names = ("state", "arrives_on", "leaves_on", "room_id", "room_is_promised")
    rows = Stay.objects.select_for_update(no_key=True).filter(pk__in=[each.pk for each in stays])
    now = {pk: rest for pk, *rest in rows.order_by("pk").values_list("pk", *names)}
    if now != {each.pk: [getattr(each, name) for name in names] for each in stays}:
        raise RoomsChanged


def _put_into_rooms(
    stays: Collection[Stay], given: Mapping[int, int], *, today: dt.date, by: Account | None, at: dt.datetime
) -> None:
    changed = [each for each in stays if given.get(each.pk) != each.room_id]
    before = {each.pk: as_it_stands(each) for each in changed}
    for each in changed:
        each.room_id = given.get(each.pk)
        begins = today if each.state == Stay.HERE else each.arrives_on
        each.room_from_on = begins if each.room_id else None
    ids = [each.pk for each in changed]
    Stay.objects.filter(pk__in=ids).update(room=None, room_from_on=None)
    try:
        with transaction.atomic():
            Stay.objects.bulk_update(changed, ["room", "room_from_on"])
    except IntegrityError as clash:
        if ONE_A_NIGHT not in str(clash):
            raise
        raise RoomsChanged from clash
    record_each(changed, "given", by=by, at=at, before=before)


def _say_why_not(stays: Collection[Stay], why: Mapping[int, tuple[str, dt.date | None]]) -> None:
    for each in stays:
        each.why_no_room, each.full_on = why.get(each.pk, ("", None))
    Stay.objects.bulk_update(stays, ["why_no_room", "full_on"])


def rooms_that_suit(stay: Stay, *, today: dt.date) -> list[Resource]:
    """The bedrooms that are free for the rest of a stay and have what is needed, the plainest first."""
    first = max(today, stay.arrives_on)
    asked = bedrooms_of(stay.place, first, stay.leaves_on)
    suits = {
        int(each.name): (each.kind, len(each.has))
        for each in asked
        if each.kind >= stay.kind.level and set(stay.needs) <= each.has
        and not any(one < stay.leaves_on and first < other for one, other in each.shut)
    }  # fmt: skip
    taken = _others(stay, today).filter(room__in=suits).values("room")
    free = Resource.objects.bedrooms(stay.place).filter(pk__in=suits).exclude(pk__in=taken)
    return sorted(free, key=lambda room: suits[room.pk])


def _others(stay: Stay, today: dt.date) -> QuerySet[Stay]:
    """Other stays with a night of the rest of this one, and whoever should have left and has not."""
    first = max(today, stay.arrives_on)
    clash = Q(arrives_on__lt=stay.leaves_on, leaves_on__gt=first)
    if stay.arrives_on <= today:
        clash |= Q(state=Stay.HERE, leaves_on__lte=today)
    return (
        Stay.objects.standing().filter(clash, place=stay.place).exclude(pk=stay.pk).exclude(state=Stay.LEFT)
    )


@transaction.atomic
def give_room(
    *,
    stay: Stay,
    room: Resource | None,
    promised: bool,
    by: Account | None,
    at: dt.datetime,
    today: dt.date,
    reason: str = "",
) -> Stay | None:
    """This room, or none. Whoever was to have it and has not come has the other one instead if it is free for
    them, else none until rooms are chosen; the answer is that stay."""
    lock_house(stay.place)
    held = Stay.objects.select_for_update(no_key=True, of=("self",)).select_related("kind").get(pk=stay.pk)
    if room is not None and not Resource.objects.bedrooms(held.place).filter(pk=room.pk).exists():
        raise NotABedroomHere
    before, other = as_it_stands(held), None
    had = held.room
    if room is not None and (rows := list(_others(held, today).filter(room=room).select_related("room"))):
        other = rows[0]
        if len(rows) > 1 or other.state != Stay.BOOKED or other.room_is_promised:
            raise RoomTaken.by(other)
        Stay.objects.filter(pk=other.pk).update(room=None, room_from_on=None)
    begins = max(today, held.arrives_on) if held.state == Stay.HERE else held.arrives_on
    held.room, held.room_from_on = room, begins if room else None
    held.room_is_promised, held.why_no_room, held.full_on = promised and room is not None, "", None
    held.save(update_fields=["room", "room_from_on", "room_is_promised", "why_no_room", "full_on"])
    record_each([held], "given", by=by, at=at, reason=reason, before={held.pk: before})
    if other is not None:
        _instead(other, had, by=by, at=at, today=today)
    return other


def _instead(
    other: Stay, room: Resource | None, *, by: Account | None, at: dt.datetime, today: dt.date
) -> None:
    before = as_it_stands(other)
    free = room is not None and not _others(other, today).filter(room=room).exists()
    other.room, other.room_from_on = (room, other.arrives_on) if free else (None, None)
    Stay.objects.filter(pk=other.pk).update(room=other.room, room_from_on=other.room_from_on)
    record_each([other], "given", by=by, at=at, before={other.pk: before})
