"""What was read of the office, written down as a case of the published form."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from moothall.training.models import CourseVersion

from .demand import Wanted
from .sites import Sites
from .span import Span
from .teams import Team, Teams
from .trainers import Teacher
from .travel import travel

NO_SURGE: Final[dict[str, Any]] = {
    "days": [], "size": 12, "min_size": 6, "per_class_trainers": 2, "gap": 14, "sup": [],
    "max_minutes": 75, "trainers": [],
}  # fmt: skip


@dataclass(frozen=True)
class Office:
    """All that a plan of these months is made from. `taught` and `wanted` in the order of their numbers."""

    span: Span
    teams: Teams
    sites: Sites
    trainers: Sequence[Teacher]
    taught: Sequence[CourseVersion]
    wanted: Sequence[Wanted]

    @cached_property
    def people(self) -> list[int]:
        """The employments of those who need something, by their numbers."""
        return sorted({each.employment for each in self.wanted})

    @cached_property
    def officer(self) -> dict[int, int]:
        return {who: number for number, who in enumerate(self.people)}

    @cached_property
    def course(self) -> dict[int, int]:
        return {version.course_id: number for number, version in enumerate(self.taught)}


def case_of(office: Office) -> dict[str, Any]:
    """The case as the planner and its judge read it. It has no surge: courses alone."""
    teams, sites = office.teams, office.sites
    stations = [teams.station.get(team.unit) for team in teams.teams]
    return {
        "H": office.span.horizon,
        "start": office.span.monday.isoformat(),
        "teach": list(office.span.teaching),
        "teams": [_team(number, team) for number, team in enumerate(teams.teams)],
        "officers": _officers(office),
        "sites": [_site(number, rooms, sites) for number, rooms in enumerate(sites.rooms)],
        "travel": travel(stations, [place for place, _kind in sites.keys]),
        "courses": [_course(number, version, sites) for number, version in enumerate(office.taught)],
        "reqs": [_requirement(each, office) for each in office.wanted],
        "trainers": [_trainer(number, each, office) for number, each in enumerate(office.trainers)],
        "surge": NO_SURGE,
    } | rest_of(teams)


def rest_of(teams: Teams) -> dict[str, Any]:
    """The part of a case that says what rest is due, where that is on record."""
    return {} if teams.rest is None else {"rest": teams.rest}


def names_of(office: Office) -> dict[str, Any]:
    """Which rows the numbers of the case stand for: units of teams, employments of officers and trainers,
    course and version, place and kind of room; `largest` are the largest teams of their units."""
    return {
        "first": office.span.monday.isoformat(),
        "teams": [team.unit for team in office.teams.teams],
        "largest": sorted(office.teams.largest.values()),
        "officers": office.people,
        "courses": [[version.course_id, version.pk] for version in office.taught],
        "trainers": [each.employment for each in office.trainers],
        "sites": [list(key) for key in office.sites.keys],
    }


def _site(number: int, rooms: int, sites: Sites) -> dict[str, Any]:
    """Closed where others have taken every room of its kind."""
    full = sorted(day for (site, day), taken in sites.taken.items() if site == number and taken >= rooms)
    return {"id": number, "surge_rooms": 0, "bg_rooms": rooms, "closed": full}


def _team(number: int, team: Team) -> dict[str, Any]:
    return {
        "id": number, "station": number, "kind": team.kind, "duty": team.duty, "slack": team.slack,
        "n": len(team.members),
    }  # fmt: skip


def _officers(office: Office) -> list[dict[str, Any]]:
    team_of = {who: number for number, team in enumerate(office.teams.teams) for who in team.members}
    return [
        {
            "id": number, "team": team_of[who], "sgt": False, "taser": False,
            "absent": sorted(office.teams.absent[who]),
        }
        for number, who in enumerate(office.people)
    ]  # fmt: skip


def _course(number: int, version: CourseVersion, sites: Sites) -> dict[str, Any]:
    return {
        "id": number, "dur": version.days, "size": sites.size(version), "trainers": version.trainers,
        "sites": sites.of(version.room), "expiry": version.valid_months is not None,
    }  # fmt: skip


def _requirement(each: Wanted, office: Office) -> dict[str, Any]:
    return {
        "o": office.officer[each.employment], "c": office.course[each.course],
        "rel": office.span.number(each.release), "due": office.span.number(each.due),
        "pre": office.course[each.after] if each.after is not None else None,
    }  # fmt: skip


def _trainer(number: int, each: Teacher, office: Office) -> dict[str, Any]:
    home = next((at for at, (place, _kind) in enumerate(office.sites.keys) if place == each.place), 0)
    return {
        "id": number, "skills": sorted(office.course[course] for course in each.courses), "home": home,
        "absent": sorted(each.absent), "days_per_week": 5,
    }  # fmt: skip
