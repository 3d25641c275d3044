"""What is on record of a passenger. A change is a new row from a day on; what was so before stays."""

import datetime as dt
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q

from moothall.people.models import Account, Person
from moothall.people.models.caution import ProtectedAddress
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Home, HomeAddress, Needs, Passenger, Stay
from moothall.transport.models.dated import Dated

from . import refusals

DAY = dt.timedelta(days=1)
AHEAD = 12 * 7  # every pattern of up to four weeks has come round against every other by then
Row = TypeVar("Row", bound=Dated)


@transaction.atomic
def add_passenger(person: Person, *, nation: str = "ENG", by: Account | None, at: dt.datetime) -> Passenger:
    held = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if Passenger.objects.filter(person=held).exists():
        raise refusals.PassengerAlready
    made = Passenger.objects.create(person=held, nation=nation, added_at=at, added_by=by)
    append_audit("transport.add_passenger", about=made, by=by, at=at)
    return made


@transaction.atomic
def leave(passenger: Passenger, *, on: dt.date, because: str, by: Account, at: dt.datetime) -> Passenger:
    """That day is the last on which they travel."""
    held = hold(passenger)
    if not because.strip():
        raise refusals.ReasonNeeded
    Passenger.objects.filter(pk=held.pk).update(left_on=on, left_because=because.strip()[:200])
    append_audit("transport.leave", about=held, by=by, at=at, detail={"on": on.isoformat()})
    held.refresh_from_db()
    return held


@transaction.atomic
def come_back(passenger: Passenger, *, by: Account, at: dt.datetime) -> Passenger:
    """They have not left after all."""
    held = hold(passenger)
    Passenger.objects.filter(pk=held.pk).update(left_on=None, left_because="")
    append_audit("transport.come_back", about=held, by=by, at=at)
    held.refresh_from_db()
    return held


def hold(passenger: Passenger) -> Passenger:
    """The passenger as they now stand, held until the transaction ends."""
    return Passenger.objects.select_for_update(of=("self",), no_key=True).get(pk=passenger.pk)


def hold_travelling(passenger: Passenger, on: dt.date) -> Passenger:
    held = hold(passenger)
    if held.left_on is not None and held.left_on < on:
        raise refusals.HasLeft
    return held


def check_days(from_on: dt.date, until_on: dt.date | None) -> None:
    if until_on is not None and until_on < from_on:
        raise refusals.EndsBeforeItBegins


def end_before(rows: Any, from_on: dt.date) -> None:
    """What holds that day ends the day before; nothing may begin then or later."""
    open_rows = list(
        rows.standing().filter(Q(until_on=None) | Q(until_on__gte=from_on)).select_for_update(of=("self",))
    )
    if any(each.from_on >= from_on for each in open_rows):
        raise refusals.BeginsEarlier
    rows.filter(pk__in=[each.pk for each in open_rows]).update(until_on=from_on - DAY)


@transaction.atomic
def set_needs(
    passenger: Passenger, *, from_on: dt.date, by: Account | None, at: dt.datetime, **given: Any
) -> Needs:
    """From that day on they need this; what they needed until the day before stays as it was."""
    held = hold_travelling(passenger, from_on)
    if given.get("wheelchair") in Needs.STAYS_IN and not given.get("wheelchair_kg"):
        raise refusals.WeightNeeded
    if given.get("most_minutes") and not given.get("most_minutes_because", "").strip():
        raise refusals.ReasonNeeded
    end_before(Needs.objects.filter(passenger=held), from_on)
    made = Needs.objects.create(passenger=held, from_on=from_on, recorded_by=by, recorded_at=at, **given)
    append_audit("transport.needs", about=held, by=by, at=at, detail={"from": from_on.isoformat()})
    return made


def is_protected(passenger: Passenger) -> bool:
    return ProtectedAddress.objects.standing().filter(person=passenger.person_id).exists()


@transaction.atomic
def add_home(
    passenger: Passenger, *, name: str, words: str, from_on: dt.date, by: Account | None, at: dt.datetime,
    is_main: bool = True, postcode: str = "", latitude: float | None = None, longitude: float | None = None,
) -> Home:  # fmt: skip
    """A home from that day on. A new main home takes the place of the one before."""
    held = hold_travelling(passenger, from_on)
    if by is not None and is_protected(held) and not by.may("people.caution"):
        raise refusals.ProtectedHome
    if is_main:
        end_before(Home.objects.filter(passenger=held, is_main=True), from_on)
    home = Home.objects.create(
        passenger=held, name=name.strip()[:60], is_main=is_main, from_on=from_on, recorded_at=at,
        recorded_by=by,
    )  # fmt: skip
    HomeAddress.objects.create(
        home=home, words=words.strip(), postcode=postcode.strip().upper()[:10], latitude=latitude,
        longitude=longitude,
    )  # fmt: skip
    append_audit("transport.home", about=held, by=by, at=at, detail={"from": from_on.isoformat()})
    return home


@transaction.atomic
def add_stay(
    passenger: Passenger, *, home: Home, weekdays: list[int], from_on: dt.date, by: Account | None,
    at: dt.datetime, until_on: dt.date | None = None, every_weeks: int = 1, morning: bool = True,
    afternoon: bool = True,
) -> Stay:  # fmt: skip
    """On these days they are fetched from, or brought to, another home."""
    held = hold_travelling(passenger, from_on)
    check_days(from_on, until_on)
    made = Stay(
        passenger=held, home=home, weekdays=sorted(set(weekdays)), every_weeks=every_weeks, from_on=from_on,
        until_on=until_on, morning=morning, afternoon=afternoon, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    others = [
        each for each in Stay.objects.filter(passenger=held).from_now(from_on)
        if (each.morning and morning) or (each.afternoon and afternoon)
    ]  # fmt: skip
    refuse_meeting(made, others, refusals.StayTwice)
    made.save(force_insert=True)
    append_audit("transport.stay", about=held, by=by, at=at, detail={"from": from_on.isoformat()})
    return made


def refuse_meeting(made: Any, others: list[Any], refusal: type[Exception]) -> None:
    """Two patterns that hold on the same day are one too many. Both are looked at from the day on which the
    later of them begins, for as long as the longest takes to come round."""
    if not made.weekdays:
        raise refusals.NoSuchDay
    for other in others:
        begins = max(made.from_on, other.from_on)
        for ahead in range(AHEAD):
            day = begins + DAY * ahead
            if made.holds(day) and other.holds(day):
                raise refusal


@transaction.atomic
def end_entry(row: Row, *, until_on: dt.date, by: Account, at: dt.datetime) -> Row:
    """It holds until that day; one that has not begun by then was never so, and is taken back."""
    held: Row = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if held.withdrawn_at is not None or (held.until_on is not None and held.until_on <= until_on):
        raise refusals.EndedAlready
    if until_on < held.from_on:
        held.withdrawn_at, held.withdrawn_by = at, by
    else:
        held.until_on = until_on
    held.save(update_fields=["until_on", "withdrawn_at", "withdrawn_by"])
    named = (getattr(held, name, None) for name in ("passenger", "one", "contractor"))
    about = next((one for one in named if one is not None), held)
    append_audit(
        "transport.end", about=about, by=by, at=at,
        detail={"entry": held._meta.model_name, "number": held.pk, "until": until_on.isoformat()},
    )  # fmt: skip
    return held
