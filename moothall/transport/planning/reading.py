"""A plan of the planner read as the office's own: its runs, calls and rides, its figures, and its judge."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from moothall.transport.models import Call
from moothall.transport.rules.laying import CallRow, NoRideRow, RideRow, RunRow
from planner.transport.checking import Verdict, check

TOLD: Final = 5  # breaches that a page names
LATE_AT: Final = 3  # schools and centres that are named where many are late on a slow day
DAY: Final = 86_400


@dataclass(frozen=True)
class _Visit:
    """One stop at a door: a home, or a school for all who get on or off there together."""

    home: int | None
    school: int | None
    at: int
    on: tuple[int, ...]
    off: tuple[int, ...]


@dataclass(frozen=True)
class Reading:
    """One direction of a plan with the case that it is of. `late` are those late on a slow day."""

    case: Mapping[str, Any]
    tables: Mapping[str, Any]
    names: Mapping[str, Any]
    plan: Mapping[str, Any]
    late: Sequence[int] = ()

    @cached_property
    def verdict(self) -> Verdict:
        """The judge that shares nothing with the planner."""
        return check(self.case, self.tables, self.plan)

    def breaches(self) -> list[str]:
        return self.verdict.breaches[:TOLD]

    def figures(self) -> dict[str, Any]:
        """What the list and the page of a plan say of this direction; seconds, pounds, people."""
        rides = [ride for run in self.runs() for ride in run.rides]
        close = max(rides, key=lambda each: each.seconds / max(1, each.most_seconds), default=None)
        return {
            "cost": float(self.verdict.cost), "vehicles": self.verdict.vehicles,
            "seconds": sum(int(run["seconds"]) for run in self.plan["routes"]),
            "served": self.verdict.served, "without": self.verdict.left_out,
            "longest": close.seconds if close else 0, "longest_most": close.most_seconds if close else 0,
            "mean": round(sum(each.seconds for each in rides) / len(rides)) if rides else 0,
            "escorts": sum(int(run["escorts"]) for run in self.plan["routes"]),
            "late": len(self.late), "late_share": round(len(self.late) / max(1, len(rides)), 4),
            "late_at": Counter(self._who(who)[2] for who in self.late).most_common(LATE_AT),
            "breaches": len(self.verdict.breaches), "rounds": int(self.plan.get("rounds", 0)),
        }  # fmt: skip

    def runs(self) -> list[RunRow]:
        return [self._run(at, route) for at, route in enumerate(self.plan["routes"])]

    def without(self) -> list[NoRideRow]:
        return [
            NoRideRow(*self._who(each["passenger"]), reason=str(each["reason"])[:300])
            for each in self.plan["unserved"]
        ]

    def _who(self, number: int) -> tuple[int, int | None, int, tuple[int, ...]]:
        passenger, home, centre, weekdays = self.names["passengers"][number]
        return passenger, home, centre, tuple(weekdays)

    def _run(self, at: int, route: Mapping[str, Any]) -> RunRow:
        visits = list(self._visits(route))
        kind, depot, contractor = self.names["fleet"][route["type"]]
        out, back = self._ends(route, visits)
        return RunRow(
            number=int(route.get("number", at + 1)), kind=kind, depot=depot, contractor=contractor,
            escorts=int(route["escorts"]), leaves_at=clock(out), back_at=clock(back),
            seconds=int(route["seconds"]), cost=Decimal(str(round(route["cost"], 2))),
            calls=[self._call(each) for each in visits], rides=self._rides(visits),
        )  # fmt: skip

    def _visits(self, route: Mapping[str, Any]) -> Iterator[_Visit]:
        """The stops put together by door."""
        back = self.case.get("direction") == "afternoon"
        last: _Visit | None = None
        for stop in route["stops"]:
            who, boards = int(stop["passenger"]), stop["event"] == "pickup"
            at_school = boards == back
            school = int(self.case["passengers"][who]["school"]) if at_school else None
            on, off = ((who,), ()) if boards else ((), (who,))
            if last is not None and at_school and last.school == school:
                last = _Visit(None, school, last.at, last.on + on, last.off + off)
                continue
            if last is not None:
                yield last
            last = _Visit(None if at_school else who, school, int(stop["time"]), on, off)
        if last is not None:
            yield last

    def _stays(self, visit: _Visit) -> int:
        people = self.case["passengers"]
        boarding = sum(int(people[who]["board"]) for who in visit.on)
        return boarding + sum(int(people[who]["alight"]) for who in visit.off)

    def _where(self, visit: _Visit) -> int:
        """Its number among all locations: depots, schools, homes."""
        depots, schools = len(self.case["depots"]), len(self.case["schools"])
        if visit.school is not None:
            return depots + visit.school
        return depots + schools + (visit.home or 0)

    def _ends(self, route: Mapping[str, Any], visits: Sequence[_Visit]) -> tuple[int, int]:
        """When the vehicle leaves and is back: at its depot, or at its first and last stop."""
        first, last = visits[0].at, visits[-1].at + self._stays(visits[-1])
        _kind, depot, _contractor = self.names["fleet"][route["type"]]
        if depot is None:
            return first, last
        seconds, stands = self.tables["seconds"], int(route["depot"])
        out = int(seconds[stands, self._where(visits[0])])
        return first - out, last + int(seconds[self._where(visits[-1]), stands])

    def _call(self, visit: _Visit) -> CallRow:
        home = self._who(visit.home)[1] if visit.home is not None else None
        centre = self.names["schools"][visit.school][0] if visit.school is not None else None
        return CallRow(clock(visit.at), Call.PICKUP if visit.on else Call.SETDOWN, home, centre)

    def _rides(self, visits: Sequence[_Visit]) -> list[RideRow]:
        back = self.case.get("direction") == "afternoon"
        boarded: dict[int, tuple[int, int]] = {}
        made = []
        for position, visit in enumerate(visits, start=1):
            stays = 0 if back else self._stays(visit)
            for who in visit.off:
                called, since = boarded[who]
                passenger, home, centre, weekdays = self._who(who)
                made.append(
                    RideRow(
                        number=who,
                        passenger=passenger,
                        home=home or 0,
                        centre=centre,
                        weekdays=weekdays,
                        picked_up=called,
                        set_down=position,
                        seconds=visit.at + stays - since,
                        most_seconds=int(self.case["passengers"][who]["max_ride"]),
                    )
                )
            for who in visit.on:
                boarded[who] = position, visit.at + stays
        return made


def clock(seconds: int) -> dt.time:
    """Seconds after midnight as a time of day."""
    hours, rest = divmod(seconds % DAY, 3600)
    return dt.time(hours, *divmod(rest, 60))
