"""Whom something of a day concerns: families, schools and crews of runs, once each. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from moothall.core.clock import LONDON
from moothall.core.serving import for_the_office
from moothall.people.models import Account, ContactPoint, Person
from moothall.transport.models import Away, Call, Centre, How, Journey, Manning, Passing, Ride, Run
from moothall.transport.models.journey import TO
from moothall.transport.models.notice import DayNotice

from .plan_telling import who_asked

Passed = Mapping[int, int]
"""Of a run, the position of the last stop at which it was."""


@dataclass(frozen=True)
class Line:
    """What it is about: a passenger at their door, a run at a school, or a run of one's own."""

    run: str
    name: str
    at: dt.time | None
    there: bool
    many: int = 1


@dataclass(frozen=True)
class To:
    """One who is to be told, in their language, at their address; or rung."""

    who: str
    person: Person | None
    centre: Centre | None
    address: str
    phone: str
    lines: tuple[Line, ...]

    @property
    def language(self) -> str:
        said = (
            self.centre.language if self.centre is not None else self.person.language if self.person else ""
        )
        return "cy" if said == "cy" else "en"

    @property
    def name(self) -> str:
        if self.centre is not None:
            return self.centre.name_in(self.language)
        return self.person.full_name if self.person is not None else ""

    @property
    def about(self) -> str:
        return ", ".join(dict.fromkeys(line.name or line.run for line in self.lines))[:300]


def digest_of(to: Sequence[To]) -> str:
    """What makes a list of people the same list."""
    rows = [f"{each.who} {each.name} {each.address} {each.about}" for each in to]
    return sha256("\n".join(rows).encode()).hexdigest()[:16]


def passed_by(runs: Collection[int], day: dt.date) -> dict[int, int]:
    """How far each run has come."""
    rows = Passing.objects.standing().filter(run__in=runs, day=day)
    found: dict[int, int] = {}
    for run, position in rows.values_list("run", "call__position"):
        found[run] = max(position, found.get(run, 0))
    return found


@for_the_office()
def concerned_by_runs(
    day: dt.date, runs: Collection[int], *, passed: Passed | None = None, but: Account | None = None
) -> list[To]:
    """Families and schools on these runs, those alone who are still ahead where it is said how far the runs
    have come; and their crews, but for whoever says it. A fixed number of questions."""
    passed = passed or {}
    rides = _rides(day, runs)
    doors = [(each, each.at_home) for each in rides if each.at_home.position > passed.get(each.run_id, 0)]
    schools = [(each, _at_centre(each)) for each in rides]
    stops = [(each, call) for each, call in schools if call.position > passed.get(each.run_id, 0)]
    crew = Manning.objects.filter(duty__day=day, duty__run__in=runs, member__isnull=False)
    people = crew.select_related("duty__run", "member__employment__person").order_by("id")
    own = but.person_id if but is not None else None
    lines: dict[int, list[Line]] = defaultdict(list)
    for row in people:
        if row.member is not None and row.member.employment.person_id != own:
            run = row.outing.run
            lines[row.member.employment.person_id].append(
                Line(run.called, "", run.leaves_at, run.direction == TO)
            )
    return _all(_families(doors), _centres(stops), lines)


@for_the_office()
def concerned_by_centre(day: dt.date, centre: Centre) -> list[To]:
    """Families of everybody who goes there that day, whether it opens or not, the school itself, and the
    crews of the runs that call there. Whoever is away hears nothing."""
    rides = list(Ride.objects.in_force(day).filter(centre=centre).select_related(*ALONG))
    away = set(Away.objects.in_force(day).values_list("passenger", flat=True))
    doors = [(each, each.at_home) for each in rides if each.passenger_id not in away]
    rows = Journey.objects.of_day(day).filter(centre=centre).exclude(passenger__in=away)
    families = _families(doors)
    known = {each.passenger_id for each in rides}
    for row in rows.select_related("passenger__person"):
        if row.passenger_id not in known:
            line = Line(row.by, str(row.passenger), None, row.direction == TO)
            families.setdefault(row.passenger_id, (row.passenger.person, []))[1].append(line)
    crew = Manning.objects.filter(duty__day=day, duty__run__in={each.run_id for each in rides})
    lines: dict[int, list[Line]] = defaultdict(list)
    for place in crew.filter(member__isnull=False).select_related("duty__run", "member__employment"):
        if place.member is not None:
            run = place.outing.run
            lines[place.member.employment.person_id].append(
                Line(run.called, "", run.leaves_at, run.direction == TO)
            )
    stops = [(each, _at_centre(each)) for each in rides if each.passenger_id not in away]
    return _all(families, _centres(stops) or {centre.pk: (centre, [])}, lines)


@for_the_office()
def concerned_by_passenger(ride: Ride) -> list[To]:
    """The family of one passenger."""
    return _all(_families([(ride, ride.at_home)]), {}, {})


ALONG = ("passenger__person", "run", "centre", "picked_up", "set_down")
Families = dict[int, tuple[Person, list[Line]]]
"""By passenger."""
Centres = dict[int, tuple[Centre, list[Line]]]


def _rides(day: dt.date, runs: Collection[int]) -> list[Ride]:
    """Those who travel on these runs that day."""
    off = set(Journey.objects.filter(day=day, how=How.CANCELLED).values_list("passenger_id", "direction"))
    rows = Ride.objects.in_force(day).filter(run__in=runs).select_related(*ALONG)
    return [each for each in rows if (each.passenger_id, each.run.direction) not in off]


def _at_centre(ride: Ride) -> Call:
    return ride.set_down if ride.picked_up.home_id is not None else ride.picked_up


def _families(doors: Iterable[tuple[Ride, Call]]) -> Families:
    found: Families = {}
    for ride, call in doors:
        line = Line(ride.run.called, str(ride.passenger), call.at, ride.run.direction == TO)
        found.setdefault(ride.passenger_id, (ride.passenger.person, []))[1].append(line)
    return found


def _centres(stops: Iterable[tuple[Ride, Call]]) -> Centres:
    """A line for each run that calls there."""
    many: dict[tuple[int, int], int] = defaultdict(int)
    calls: dict[tuple[int, int], tuple[Ride, Call]] = {}
    for ride, call in stops:
        many[ride.centre_id, ride.run_id] += 1
        calls.setdefault((ride.centre_id, ride.run_id), (ride, call))
    found: Centres = {}
    for (centre, run), (ride, call) in calls.items():
        line = Line(ride.run.called, "", call.at, ride.run.direction == TO, many[centre, run])
        found.setdefault(centre, (ride.centre, []))[1].append(line)
    return found


def _all(families: Families, centres: Centres, crews: Mapping[int, list[Line]]) -> list[To]:
    """Each once: who applied for several passengers has one word for all."""
    asked = who_asked(families)
    lines: dict[int, list[Line]] = defaultdict(list)
    for passenger, (person, told) in families.items():
        lines[asked.get(passenger, person.pk)] += told
    people = Person.objects.in_bulk({*lines, *crews})
    reach = _reach(people)
    found = [_to(DayNotice.FAMILY, people[pk], reach, told) for pk, told in lines.items()]
    found += [_to(DayNotice.CREW, people[pk], reach, told) for pk, told in crews.items() if pk not in lines]
    found.sort(key=lambda each: (each.who != DayNotice.FAMILY, each.name, each.about))
    return found + [
        To(DayNotice.CENTRE, None, centre, centre.email, centre.phone, tuple(told))
        for _pk, (centre, told) in sorted(centres.items(), key=lambda each: each[1][0].name)
    ]


Reach = Mapping[tuple[int, str], str]


def _to(who: str, person: Person, reach: Reach, lines: Sequence[Line]) -> To:
    email = reach.get((person.pk, ContactPoint.EMAIL), "")
    phone = reach.get((person.pk, ContactPoint.PHONE), "")
    return To(who, person, None, email, phone[:40], tuple(lines))


def _reach(people: Collection[int]) -> Reach:
    """The first mail address and telephone number of each."""
    points = ContactPoint.objects.in_use().filter(person__in=people).exclude(kind=ContactPoint.POST)
    found: dict[tuple[int, str], str] = {}
    for each in points.preferred_first():
        found.setdefault((each.person_id, each.kind), each.value)
    return found


def moment(day: dt.date, run: Run, at: dt.time) -> dt.datetime:
    """When a run is to be at a stop; after midnight it is the next day."""
    over = at < run.leaves_at and run.back_at <= run.leaves_at
    return dt.datetime.combine(day + dt.timedelta(days=over), at, tzinfo=LONDON)
