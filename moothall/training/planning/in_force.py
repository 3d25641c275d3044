"""A published version written down as a case, its runs, and the plan that is in force."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from moothall.training.models import Nomination, Session
from planner.training.plan import Held, Place, Plan
from planner.training.problem import Problem
from planner.training.reading import problem_of, runs_of

from .case import NO_SURGE, rest_of
from .standing import Standing
from .travel import travel

ROOMS: Final = 999  # what is published is held where it is: rooms are asked for when a proposal is accepted
WEEK: Final = 7
STAND_IN: Final = 0  # the employment of a trainer who is not named, or teaches without the skill


@dataclass(frozen=True)
class InForce:
    """`case` and `runs` in the published form; run number n is the class n of `plan` and session
    `sessions[n]`, demand number n is nomination `nominations[n]`."""

    case: dict[str, Any]
    runs: Sequence[Mapping[str, Any]]
    plan: Plan
    sessions: Sequence[int]
    nominations: Sequence[int]

    @property
    def problem(self) -> Problem:
        problem = problem_of(self.case)
        return replace(problem, runs=runs_of(self.runs, problem))

    def employment_of(self, trainer: int) -> int:
        found: int = self.case["trainers"][trainer]["employment"]
        return found

    def lost(self, off: Collection[int]) -> set[int]:
        """The classes of these sessions."""
        return {number for number, session in enumerate(self.sessions) if session in off}


def in_force(found: Standing) -> InForce:
    """The case of what stands, and the plan in force."""
    asked = [*found.placed, *found.waiting]
    people = sorted({one.employment_id for one in asked})
    officer = {who: number for number, who in enumerate(people)}
    kinds = sorted({_kind(each) for each in found.sessions})
    course = {kind: number for number, kind in enumerate(kinds)}
    places = sorted({each.place_id or 0 for each in found.sessions})
    site = {place: number for number, place in enumerate(places)}
    trainers = _Trainers(found, course)
    runs: list[dict[str, Any]] = [
        {
            "c": course[_kind(each)], "days": list(found.days(each)), "site": site[each.place_id or 0],
            "trainers": trainers.of(each), "seats": max(found.seats[each.pk], 0),
        }
        for each in found.sessions
    ]  # fmt: skip
    stations = [found.teams.station.get(team.unit) for team in found.teams.teams]
    case = {
        "H": found.span.horizon, "start": found.span.monday.isoformat(),
        "teach": sorted({day for run in runs for day in run["days"]}),
        "teams": [
            {
                "id": number, "station": number, "kind": team.kind, "duty": team.duty, "slack": team.slack,
                "n": len(team.members),
            }
            for number, team in enumerate(found.teams.teams)
        ],
        "officers": [
            {
                "id": officer[who], "employment": who, "team": found.team_of[who], "sgt": False,
                "taser": False, "absent": sorted(found.teams.absent[who]),
            }
            for who in people
        ],
        "sites": [
            {"id": number, "place": place, "surge_rooms": 0, "bg_rooms": ROOMS, "closed": []}
            for number, place in enumerate(places)
        ],
        "travel": travel(stations, places),
        "courses": [
            {
                "id": course[kind], "dur": kind[1], "size": max(most, 1), "trainers": trainers.most[kind],
                "sites": sorted(site.values()), "expiry": False,
            }
            for kind, most in _most(found, kinds).items()
        ],
        "reqs": [_requirement(found, one, officer, course) for one in asked],
        "trainers": trainers.said, "surge": NO_SURGE,
    } | rest_of(found.teams)  # fmt: skip
    return InForce(
        case, runs, _plan(found, runs, officer), [each.pk for each in found.sessions],
        [one.pk for one in asked],
    )  # fmt: skip


def _kind(session: Session) -> tuple[int, int]:
    """Sessions of one course that take as many days are alike."""
    return session.version.course_id, len(session.days)


def _most(found: Standing, kinds: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
    most = dict.fromkeys(kinds, 0)
    for each in found.sessions:
        most[_kind(each)] = max(most[_kind(each)], each.capacity)
    return most


def _requirement(
    found: Standing, one: Nomination, officer: Mapping[int, int], course: Mapping[tuple[int, int], int]
) -> dict[str, Any]:
    release, due = found.window(one)
    return {
        "o": officer[one.employment_id], "c": course[_kind(one.session)], "rel": release, "due": due,
        "pre": None,
    }  # fmt: skip


def _plan(found: Standing, runs: Sequence[Mapping[str, Any]], officer: Mapping[int, int]) -> Plan:
    number = {each.pk: at for at, each in enumerate(found.sessions)}
    classes = tuple(
        Held(at, None, run["c"], run["site"], tuple(run["days"]), tuple(run["trainers"]))
        for at, run in enumerate(runs)
    )
    places = tuple(
        Place(officer[one.employment_id], at, None, number[one.session_id])
        for at, one in enumerate(found.placed)
    )
    return Plan(len(places), classes, places, ())


class _Trainers:
    """Those who teach and those who could, with a stand-in for whoever is not named."""

    def __init__(self, found: Standing, course: Mapping[tuple[int, int], int]) -> None:
        self.found, self.course = found, course
        self.number = {each.employment: at for at, each in enumerate(found.teachers)}
        self.skills = {
            each.employment: {at for (key, _days), at in course.items() if key in each.courses}
            for each in found.teachers
        }
        self.said = [
            self._said(at, each.employment, self.skills[each.employment], each.absent)
            for at, each in enumerate(found.teachers)
        ]
        self.most: Counter[tuple[int, int]] = Counter()
        for each in found.sessions:
            many = len(found.trainers.get(each.pk, ()))
            self.most[_kind(each)] = max(self.most[_kind(each)], many)

    def of(self, session: Session) -> list[int]:
        """The numbers of those who teach it, as many as any session of its kind has."""
        kind, days = self.course[_kind(session)], self.found.days(session)
        those = []
        for who in self.found.trainers.get(session.pk, ()):
            if (session.pk, who) in self.found.leavers:
                self.said.append(self._said(len(self.said), who, {kind}, days))
                those.append(len(self.said) - 1)
            elif kind in self.skills.get(who, ()):
                those.append(self.number[who])
        while len(those) < self.most[_kind(session)]:
            away = frozenset(range(self.found.span.horizon)).difference(days)
            self.said.append(self._said(len(self.said), STAND_IN, {kind}, away))
            those.append(len(self.said) - 1)
        return those

    def _said(
        self, number: int, employment: int, skills: Collection[int], absent: Collection[int]
    ) -> dict[str, Any]:
        return {
            "id": number, "employment": employment, "skills": sorted(skills), "home": 0,
            "absent": sorted(absent), "days_per_week": WEEK,
        }  # fmt: skip
