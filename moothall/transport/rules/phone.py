"""What the phone page of one run shows: its sheet, with what was pressed so far. Reads only."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from moothall.core.serving import for_the_office
from moothall.transport.models import CheckItem, Duty, LateRun, Passing, Press, VehicleCheck

from .sheet import Rider, Stop, sheet_of
from .vehicle_checks import items_for


@dataclass(frozen=True)
class Row:
    """A passenger at a stop, and what was pressed of them there."""

    rider: Rider
    passing: Passing | None
    is_gone: bool  # they were not there, or would not come: they do not get off either


@dataclass(frozen=True)
class Place:
    """A stop with whoever gets on or off, and since when the run is there."""

    stop: Stop
    rows: tuple[Row, ...]
    arrived: Passing | None

    @property
    def is_done(self) -> bool:
        asked = [row for row in self.rows if not row.rider.is_off]
        return all(row.passing is not None or row.is_gone for row in asked) and bool(asked)


@dataclass(frozen=True)
class PhonePage:
    duty: Duty
    places: Sequence[Place]
    late: LateRun | None
    items: Sequence[CheckItem]  # still to be looked at, before the first run of the day
    check: VehicleCheck | None
    odd: int  # presses of this run that the desk looks at

    @property
    def next(self) -> Place | None:
        """The first stop at which somebody is still waited for."""
        return next((each for each in self.places if not each.is_done and not each.stop.is_left_out), None)


@for_the_office()
def phone_page(duty: Duty) -> PhonePage:
    """Whoever asks has been let in to this duty."""
    sheet = sheet_of(duty)
    passings = list(Passing.objects.of_run(duty.run, duty.day))
    arrived = {each.call_id: each for each in passings if each.what == Passing.ARRIVED}
    on = {each.passenger_id: each for each in passings if each.what in Passing.AT_PICKUP}
    off = {each.passenger_id: each for each in passings if each.what == Passing.SET_DOWN}
    gone = {who for who, each in on.items() if each.what != Passing.ABOARD}
    places = [
        Place(
            stop,
            tuple(
                Row(
                    rider, (on if rider.gets_on else off).get(rider.passenger),
                    not rider.gets_on and rider.passenger in gone,
                )
                for rider in stop.riders
            ),
            arrived.get(stop.call.pk),
        )
        for stop in sheet.stops
    ]  # fmt: skip
    check = (
        VehicleCheck.objects.of_day(duty.day).filter(vehicle=duty.vehicle).first() if duty.vehicle else None
    )
    items = items_for(duty.vehicle, duty.day) if duty.vehicle is not None and check is None else []
    odd = Press.objects.to_look_at().filter(run=duty.run, day=duty.day).count()
    return PhonePage(duty, places, LateRun.objects.of_run(duty.run, duty.day), items, check, odd)


def stands(passings: Sequence[Passing]) -> dict[int, Passing]:
    """Of each run the last stop at which it was."""
    found: dict[int, Passing] = {}
    for each in passings:
        held = found.get(each.run_id)
        if held is None or each.call.position >= held.call.position:
            found[each.run_id] = each
    return found


def passed_on(day: dt.date, runs: Sequence[int]) -> dict[int, Passing]:
    rows = Passing.objects.standing().filter(day=day, run__in=runs).select_related("call")
    return stands(list(rows.order_by("at", "id")))
