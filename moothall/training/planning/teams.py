"""Teams as the planner knows them: who works the same duties, and how many of them can be spared each day.

A unit may work several sets of duties; those who work the same are one team. What the ledger has left on a
part of a day is shared out among the teams on duty then, so that no plan takes more than there is. A minimum
of those with one skill is kept by holding back those beyond the number that can go, in turn by weeks.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from moothall.training.models import PlaceDay, TeamDay, TrainerDay
from moothall.training.rules.ledger import Counted, Key, count_rota, minimums_between
from moothall.training.rules.rota import Rota, rota_of_units
from moothall.workforce.models import Assignment
from planner.training.patterns import Rested

from .resting import as_rested, rest_due
from .span import Span

REST: Final = "R"
SHIFTS: Final = frozenset("ELN")
WEEK, SATURDAY = 7, 5


@dataclass
class Team:
    """Those of a unit who work the same duties."""

    unit: int
    duty: str
    members: list[int] = field(default_factory=list)
    slack: list[int] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Whether part of a longer course may stand on rest days: where shifts or weekends are worked."""
        weekends = any(letter != REST for at, letter in enumerate(self.duty) if at % WEEK >= SATURDAY)
        return "response" if weekends or SHIFTS & set(self.duty) else "weekday"


@dataclass
class Teams:
    """The teams, which of them is the largest of its unit, and on which days somebody is not there. `left` is
    what each line of the ledger can still spare, below nought where training takes more."""

    teams: list[Team]
    largest: dict[int, int]
    absent: dict[int, set[int]]
    station: dict[int, int | None]
    left: Mapping[Key, int]
    rota: Rota
    rest: dict[str, Any] | None = None
    """What is due between duties and sessions, as a case says it."""

    @property
    def rested(self) -> Rested:
        return as_rested(self.rest)


def read_teams(span: Span, people: Collection[int], aside: Collection[int] = ()) -> Teams:
    """The teams of everybody in the units of these people. Nominations `aside` take nobody's days."""
    there = Assignment.objects.between(span.first, span.last).filter(employment__in=people, is_main=True)
    unit_of: dict[int, int] = {}
    for who, unit in there.values_list("employment_id", "unit_id"):
        unit_of.setdefault(who, unit)
    units = sorted(set(unit_of.values()))
    rota, members = rota_of_units(units, span.days[0], span.days[-1])
    absent = _absent(span, rota, aside)
    teams: list[Team] = []
    for unit in units:
        own = [who for who in members.get(unit, []) if unit_of.get(who, unit) == unit]
        duties = {who: _duty(rota, unit, who, span) for who in sorted(own)}
        teams += _alike(unit, duties, absent)
    left = _lines(rota, members, units, span)
    lines = {key: max(many, 0) for key, many in left.items()}
    _share_out(teams, lines, span)
    _hold_back(rota, members, lines, absent, span)
    largest: dict[int, int] = {}
    for number, team in enumerate(teams):
        before = largest.setdefault(team.unit, number)
        if len(team.members) > len(teams[before].members):
            largest[team.unit] = number
    return Teams(teams, largest, absent, _stations(rota, members, span), left, rota, rest_due(span.first))


def _duty(rota: Rota, unit: int, who: int, span: Span) -> str:
    """A letter a day; rest where they are assigned elsewhere."""
    worked = rota.people[who]
    letters = []
    for day in span.days:
        assigned = worked.assigned(day)
        here = assigned is not None and assigned.unit_id == unit
        letters.append((here and rota.part(who, day)) or REST)
    return "".join(letters)


def _absent(span: Span, rota: Rota, aside: Collection[int]) -> dict[int, set[int]]:
    """Leave, court, sickness, and training that is booked, taught or attended."""
    found: dict[int, set[int]] = {
        who: {number for number, day in enumerate(span.days) if rota.why_away(who, day)}
        for who in rota.people
    }
    within = {"day__gte": span.days[0], "day__lte": span.days[-1]}
    booked = PlaceDay.objects.filter(employment__in=rota.people, **within).order_by()
    booked = booked.exclude(nomination__in=aside) if aside else booked
    taught = TrainerDay.objects.filter(trainer__in=rota.people, **within).order_by()
    for who, day in [
        *booked.values_list("employment_id", "day"), *taught.values_list("trainer_id", "day"),
    ]:  # fmt: skip
        found[who].add(span.number(day))
    return found


def _alike(unit: int, duties: Mapping[int, str], absent: dict[int, set[int]]) -> list[Team]:
    """The most common duties first; who works part of them joins, and is not there on the other days."""
    left, found = dict(duties), []
    while left:
        many = Counter(left.values())
        duty = max(many, key=lambda each: (many[each], len(each) - each.count(REST), each))
        team = Team(unit, duty)
        for who, own in list(left.items()):
            if all(mine in (REST, theirs) for mine, theirs in zip(own, duty, strict=True)):
                resting = (at for at, mine in enumerate(own) if mine != duty[at])
                absent[who].update(resting)
                team.members.append(who)
                del left[who]
        found.append(team)
    return found


def _lines(rota: Rota, members: Mapping[int, list[int]], units: Sequence[int], span: Span) -> dict[Key, int]:
    """How many more each line of the ledger can spare: counted anew, less what training has taken; below
    nought where it has taken too many."""
    minimums = minimums_between(units, span.days[0], span.days[-1])
    counted: dict[Key, Counted] = count_rota(rota, members, minimums, span.days)
    left = {key: line.allowed for key, line in counted.items()}
    rows = TeamDay.objects.of(list(units), span.days[0], span.days[-1]).order_by()
    for unit, day, part, skill, out in rows.values_list("unit_id", "day", "part", "skill_id", "out"):
        if (key := (unit, day, part, skill)) in left:
            left[key] -= out
    return left


def _share_out(teams: Sequence[Team], lines: Mapping[Key, int], span: Span) -> None:
    """Each team's slack on each day: its share of the line, whole people, the largest team first."""
    on_duty: dict[tuple[int, int, str], list[Team]] = defaultdict(list)
    for team in teams:
        team.slack = [0] * span.horizon
        for number, letter in enumerate(team.duty):
            if letter != REST:
                on_duty[team.unit, number, letter].append(team)
    for (unit, number, letter), those in on_duty.items():
        left = lines.get((unit, span.days[number], letter, None))
        total = sum(len(team.members) for team in those)
        rest = left
        for team in those:
            size = len(team.members)
            team.slack[number] = size if left is None else min(size, left * size // total)
            rest = None if rest is None else rest - team.slack[number]
        for team in sorted(those, key=lambda team: -len(team.members)):
            more = min(rest or 0, len(team.members) - team.slack[number])
            team.slack[number] += more
            rest = None if rest is None else rest - more


def _hold_back(
    rota: Rota, members: Mapping[int, list[int]], lines: Mapping[Key, int], absent: dict[int, set[int]],
    span: Span,
) -> None:  # fmt: skip
    """Those with a skill of which a minimum holds, beyond the number that can go."""
    for (unit, day, part, skill), left in sorted(lines.items(), key=lambda line: (line[0][0], line[0][1])):
        if skill is None:
            continue
        number = (day - span.monday).days
        those = [
            who
            for who in sorted(members.get(unit, []))
            if skill in rota.skills.get(who, ()) and rota.part(who, day) == part and number not in absent[who]
        ]
        turn = number // WEEK
        for place, who in enumerate(those):
            if (place + turn) % len(those) >= left:
                absent[who].add(number)


def _stations(rota: Rota, members: Mapping[int, list[int]], span: Span) -> dict[int, int | None]:
    """Where most of each unit work."""
    found: dict[int, int | None] = {}
    for unit, those in members.items():
        places = Counter(
            assigned.place_id
            for who in those
            if (assigned := rota.people[who].assigned(span.first)) is not None and assigned.place_id
        )
        found[unit] = min(places, key=lambda place: (-places[place], place)) if places else None
    return found
