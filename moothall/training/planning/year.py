"""A case with its runs and names: read from the office's rows, kept, and made a problem again."""

import datetime as dt
import gzip
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from moothall.training.models import CourseVersion
from planner.training.problem import Problem
from planner.training.reading import problem_of, runs_of

from .calendar import calendar_of, keep_trainers_teaching
from .case import Office, case_of, names_of
from .demand import outstanding
from .sites import read_sites
from .span import Span
from .teams import read_teams
from .trainers import read_trainers


@dataclass(frozen=True)
class Year:
    """A case and its runs in the published form, and which rows their numbers stand for."""

    case: Mapping[str, Any]
    runs: Sequence[Mapping[str, Any]]
    names: Mapping[str, Any]

    @property
    def is_empty(self) -> bool:
        return not self.case["reqs"]

    @property
    def problem(self) -> Problem:
        problem = problem_of(self.case)
        return replace(problem, runs=runs_of(self.runs, problem))


def packed(said: Any) -> bytes:
    """As JSON, compressed, without the time in it: the same always gives the same."""
    return gzip.compress(json.dumps(said, sort_keys=True, separators=(",", ":")).encode(), mtime=0)


def unpacked(kept: bytes | memoryview) -> Any:
    return json.loads(gzip.decompress(bytes(kept)))


def digest(case: bytes, runs: bytes) -> str:
    """Of what the two say, whatever compressed them."""
    return hashlib.sha256(gzip.decompress(case) + b"\n" + gzip.decompress(runs)).hexdigest()


def read_year(span: Span, courses: Collection[int], today: dt.date) -> Year:
    """The case of these months; of all courses where none is named."""
    office = read_office(span, courses, today)
    case = case_of(office)
    runs = calendar_of(case, office)
    keep_trainers_teaching(case, runs, office)
    return Year(case, runs, names_of(office))


def read_office(span: Span, courses: Collection[int], today: dt.date) -> Office:
    """All rows that matter. Whoever is assigned to no unit is left out: nobody could say what they cost."""
    in_force = CourseVersion.objects.in_force(span.first).filter(course__retired_at=None)
    versions = {
        each.course_id: each for each in in_force.order_by("course").prefetch_related("prerequisites")
    }
    wanted = outstanding(span, versions, courses or list(versions), today)
    teams = read_teams(span, sorted({each.employment for each in wanted}))
    known = {who for team in teams.teams for who in team.members}
    wanted = [each for each in wanted if each.employment in known]
    taught = [versions[course] for course in sorted({each.course for each in wanted})]
    return Office(span, teams, read_sites(span, taught), read_trainers(span, taught), taught, wanted)
