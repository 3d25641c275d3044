"""What a crew has to know of one run: stops, times, initials, and what each needs on the way. No more."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.people.models.caution import ProtectedAddress
from moothall.transport.models import (
    Call,
    CrewMember,
    Duty,
    HireJob,
    HomeAddress,
    How,
    Journey,
    Manning,
    Needs,
    Ride,
)


@dataclass(frozen=True)
class Rider:
    """Somebody who gets on or off: initials, and what the crew does for them."""

    initials: str
    needs: Needs | None
    gets_on: bool
    is_off: bool  # does not travel today
    name: str = ""
    passenger: int = 0


@dataclass(frozen=True)
class Stop:
    """One stop, with where it is as far as crews may know."""

    call: Call
    where: str
    is_protected: bool
    riders: tuple[Rider, ...]

    @property
    def is_left_out(self) -> bool:
        """Nobody gets on or off there today."""
        return all(rider.is_off for rider in self.riders)


@dataclass(frozen=True)
class Sheet:
    duty: Duty
    crew: Sequence[Manning]
    stops: Sequence[Stop]


def own_duties(account: Account, day: dt.date) -> list[Duty]:
    """Those of whoever is signed in, on that day alone."""
    mine = CrewMember.objects.of_account(account).values("pk")
    held = Manning.objects.filter(member__in=mine, duty__day=day).values("duty")
    rows = Duty.objects.filter(pk__in=held).select_related("run__kind", "run__depot", "vehicle")
    return list(rows.order_by("run__leaves_at", "pk"))


def own_hires(account: Account, day: dt.date) -> list[HireJob]:
    """Hire jobs of whoever is signed in, on that day alone."""
    mine = CrewMember.objects.of_account(account).values("pk")
    held = Manning.objects.filter(member__in=mine, hire__day=day).values("hire")
    return list(HireJob.objects.filter(pk__in=held).in_full())


@for_the_office()
def sheet_of(duty: Duty) -> Sheet:
    """Whoever asks has been let in to this duty: the office reads it for them, protected addresses never."""
    crew = duty.mannings.select_related("member__employment__person").order_by("role", "seat")
    return Sheet(duty, list(crew), stops_of([duty.run_id], duty.day).get(duty.run_id, []))


@for_the_office()
def stops_of(runs: Collection[int], day: dt.date) -> dict[int, list[Stop]]:
    """The stops of each run on a day, in as many questions however many runs there are."""
    calls = list(
        Call.objects.filter(run__in=runs).select_related("home", "centre", "run").order_by("run", "position")
    )
    rides = list(
        Ride.objects.filter(run__in=runs, weekdays__contains=[day.weekday()]).select_related(
            "passenger__person", "run"
        )
    )
    who = [ride.passenger_id for ride in rides]
    needs = {row.passenger_id: row for row in Needs.objects.in_force(day).filter(passenger__in=who)}
    cancelled = Journey.objects.filter(passenger__in=who, day=day, how=How.CANCELLED)
    off = set(cancelled.values_list("passenger_id", "direction"))
    riders: dict[int, list[Rider]] = defaultdict(list)
    for ride in rides:
        is_off = (ride.passenger_id, ride.run.direction) in off
        for call, gets_on in ((ride.picked_up_id, True), (ride.set_down_id, False)):
            name, own = ride.passenger.person.full_name, needs.get(ride.passenger_id)
            riders[call].append(Rider(initials_of(name), own, gets_on, is_off, name, ride.passenger_id))
    found: dict[int, list[Stop]] = defaultdict(list)
    for stop in _stops(calls, riders):
        found[stop.call.run_id].append(stop)
    return found


def addresses_of(homes: Collection[int]) -> dict[int, str]:
    """Where these homes are, as far as crews may know: those of protected passengers are not among them."""
    person = OuterRef("home__passenger__person")
    protected = ProtectedAddress.objects.standing().filter(person=person)
    rows = HomeAddress.objects.filter(home__in=homes).exclude(Exists(protected))
    return {row.home_id: row.words for row in rows}


def _stops(calls: Sequence[Call], riders: dict[int, list[Rider]]) -> list[Stop]:
    words = addresses_of([call.home_id for call in calls if call.home_id])
    return [
        Stop(
            call,
            str(call.centre) if call.centre_id else words.get(call.home_id or 0, ""),
            call.centre_id is None and call.home_id not in words,
            tuple(riders.get(call.pk, ())),
        )
        for call in calls
        if riders.get(call.pk)
    ]


def initials_of(name: str) -> str:
    return " ".join(f"{word[0].upper()}." for word in name.replace("-", " ").split() if word)
