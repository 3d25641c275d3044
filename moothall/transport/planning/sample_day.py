"""The last weeks of a sample office on the road: what crews pressed at each stop, until this minute.

The same seed gives the same weeks. What the two last days brought besides is in `sample_events`.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final, NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.clock import in_london
from moothall.core.commands import SignIn
from moothall.core.packs import Pack, Progress
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.people.rules.pack import DEMO_PASSWORD
from moothall.records.rules.audit import append_audit
from moothall.transport.models import (
    Call,
    CrewMember,
    Duty,
    How,
    Journey,
    Manning,
    Needs,
    Passing,
    PlanningFigure,
    Press,
    Ride,
)
from moothall.transport.models.crew import DRIVER
from moothall.transport.models.journey import TO
from moothall.transport.rules.concerned import moment
from moothall.transport.rules.value_figures import months_before

from .counting import count_month
from .learning import learn_speeds
from .sample_events import bring_events

DAYS: Final = 30
BATCH: Final = 2_000
SECOND: Final = dt.timedelta(seconds=1)
ROADWORKS: Final = 40  # every so many runs
SLOWER: Final = {TO: 1.07}


class Stop(NamedTuple):
    """A call on a day, with those who get on and off there."""

    call: Call
    planned: dt.datetime
    on: tuple[int, ...]
    off: tuple[int, ...]


@dataclass
class _Road:
    """What is known of runs and passengers, each kind of row asked for once."""

    pack: Pack
    days: Sequence[dt.date]
    dice: Random
    presses: list[Press] = field(default_factory=list)
    passings: list[Passing] = field(default_factory=list)
    driven_so_far: int = 0

    def __post_init__(self) -> None:
        rows = Manning.objects.filter(duty__day__in=self.days, role=DRIVER, member__isnull=False)
        held = rows.select_related("duty__run", "member__employment").order_by("duty__day", "duty_id", "seat")
        self.driven: dict[int, Manning] = {}
        for each in held:
            self.driven.setdefault(each.outing.pk, each)
        runs = {each.outing.run_id for each in self.driven.values()}
        self.calls: dict[int, list[Call]] = defaultdict(list)
        for call in Call.objects.filter(run__in=runs).order_by("run", "position"):
            self.calls[call.run_id].append(call)
        self.rides: dict[int, list[Ride]] = defaultdict(list)
        for ride in Ride.objects.filter(run__in=runs).order_by("run", "id"):
            self.rides[ride.run_id].append(ride)
        going = Journey.objects.filter(day__in=self.days, how=How.RUN).order_by()
        self.going = set(going.values_list("passenger_id", "home_id", "day", "direction", "run"))
        chairs = Needs.objects.in_force(self.days[-1]).filter(wheelchair__in=Needs.STAYS_IN)
        self.chairs = set(chairs.values_list("passenger_id", flat=True))
        accounts = Account.objects.filter(person__isnull=False).order_by("-pk")
        self.accounts = dict(accounts.values_list("person_id", "pk"))
        figures = PlanningFigure.objects.on(self.days[-1])
        self.board = figures.get(PlanningFigure.BOARD, 60.0)
        self.board_chair = figures.get(PlanningFigure.BOARD_CHAIR, self.board)

    def drive(self) -> None:
        """Every run that somebody drove, stop after stop."""
        for manning in self.driven.values():
            if manning.member is not None:
                self._run(manning.outing, self.accounts[manning.member.employment.person_id])
        made = Press.objects.bulk_create(self.presses, batch_size=BATCH)
        for press, passing in zip(made, self.passings, strict=True):
            passing.press = press
        Passing.objects.bulk_create(self.passings, batch_size=BATCH)

    def _stops(self, duty: Duty) -> Iterator[Stop]:
        """Those at which somebody gets on or off that day."""
        run, weekday = duty.run, duty.day.weekday()
        there = [
            ride for ride in self.rides[run.pk]
            if weekday in ride.weekdays
            and (ride.passenger_id, ride.home_id, duty.day, run.direction, run.called) in self.going
        ]  # fmt: skip
        for call in self.calls[run.pk]:
            on = tuple(each.passenger_id for each in there if each.picked_up_id == call.pk)
            off = tuple(each.passenger_id for each in there if each.set_down_id == call.pk)
            if on or off:
                yield Stop(call, moment(duty.day, run, call.at), on, off)

    def _stays(self, stop: Stop) -> float:
        return sum(self.board_chair if who in self.chairs else self.board for who in (*stop.on, *stop.off))

    def _run(self, duty: Duty, by: int) -> None:
        dice, left, before = self.dice, None, None
        slow = max(0.9, dice.gauss(SLOWER.get(duty.run.direction, 1.03), 0.05))
        stops = list(self._stops(duty))
        self.driven_so_far += 1
        held_up = len(stops) > 1 and self.driven_so_far % ROADWORKS == 0
        stuck = dice.randrange(1, len(stops)) if held_up else -1
        for number, stop in enumerate(stops):
            at = stop.planned + dice.gauss(-60, 70) * SECOND
            if left is not None and before is not None:
                planned = (stop.planned - before.planned).total_seconds() - self._stays(before)
                took = max(45.0, planned) * slow * max(0.8, dice.gauss(1, 0.08))
                at = left + (took + (dice.randint(11, 22) * 60 if number == stuck else 0)) * SECOND
            left = self._at_stop(duty, stop, by, at)
            before = stop

    def _at_stop(self, duty: Duty, stop: Stop, by: int, at: dt.datetime) -> dt.datetime:
        """Arrived; off and on, one after the other; nobody leaves a door before the time they promised."""
        self._press(duty, stop, None, Passing.ARRIVED, by, at)
        left = at
        for who in stop.off:
            left += (self.board_chair if who in self.chairs else self.board) * SECOND
            self._press(duty, stop, who, Passing.SET_DOWN, by, left)
        for who in stop.on:
            left += (self.board_chair if who in self.chairs else self.board) * SECOND
            left = max(left, stop.planned)
            self._press(duty, stop, who, Passing.ABOARD, by, left)
        return left

    def _press(self, duty: Duty, stop: Stop, who: int | None, what: str, by: int, at: dt.datetime) -> None:
        if at > self.pack.at:
            return
        at = at.replace(microsecond=0)
        key = uuid.UUID(int=self.dice.getrandbits(128), version=4)
        said = {"duty": str(duty.pk), "call": str(stop.call.pk), "what": what}
        self.presses.append(
            Press(
                key=key, by_id=by, run=duty.run, day=duty.day, said=said, pressed_at=at, received_at=at,
                found=Press.COUNTED,
            )
        )  # fmt: skip
        self.passings.append(
            Passing(
                run=duty.run, day=duty.day, call=stop.call, passenger_id=who, what=what, at=at,
                planned_at=stop.planned, by_id=by,
            )
        )  # fmt: skip


@transaction.atomic
@for_the_office()
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo office whose runs are manned."""
    if not pack.demo or Press.objects.exists():
        return
    today = in_london(pack.at).date()
    days = Duty.objects.filter(day__lte=today).order_by("-day").values_list("day", flat=True).distinct()
    known = sorted(days[:DAYS])
    if not known:
        return
    progress.begin(_("The last weeks on the road"))
    _accounts(pack)
    road = _Road(pack, known, Random(f"{pack.key}/{pack.seed}/road"))  # noqa: S311 # nosec B311  (a sample)
    road.drive()
    begun = set(Passing.objects.filter(day__in=known[-3:]).values_list("day", flat=True))
    bring_events(pack, sorted(begun)[-2:])
    for number in range(3):
        count_month(months_before(today, number), today=today, by=None, at=pack.at)
    learn_speeds(today=today, by=None, at=pack.at)
    progress.end()


def _accounts(pack: Pack) -> None:
    """Everybody of the crews signs in on their phone; a driver and an escort are named among the sign-ins."""
    hashed = make_password(DEMO_PASSWORD)
    members = CrewMember.objects.select_related("employment__person").order_by("pk")
    told = {member.pk: words for member, words in _told(list(members))}
    for member in members:
        person = member.employment.person
        if Account.objects.filter(person=person).exists():
            continue
        email = f"{person.given_name}.{person.family_name}@bryn-gororau.example".lower().replace(" ", "-")
        made = Account.objects.create(
            email=email, name=person.full_name, person=person, language=person.language or "en",
            password=hashed,
        )  # fmt: skip
        append_audit("people.add_account", by=None, at=pack.at, about=made)
        if member.pk in told:
            pack.sign_ins.append(SignIn(email, DEMO_PASSWORD, told[member.pk]))


def _told(members: Sequence[CrewMember]) -> list[tuple[CrewMember, str]]:
    driver = next((each for each in members if each.drives), None)
    escort = next((each for each in members if each.escorts and not each.drives), None)
    rows = ((driver, "a driver (My runs today)"), (escort, "a passenger escort (My runs today)"))
    return [(each, words) for each, words in rows if each is not None]
