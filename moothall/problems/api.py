"""Problems for programs: listed, read, begun, changed, and cases linked and taken apart, as the pages do."""

import datetime as dt
from typing import Annotated, Any, Final, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import Field

from moothall.cases.models import Case
from moothall.cases.rules.access import may_read
from moothall.cases.rules.acting import may_act
from moothall.core.api import Id, Text, wrong
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.rate_limits import Limit, count
from moothall.people.models import Account, Team
from moothall.people.requests import StaffRequest

from .models import Problem
from .rules import looking, settling

MOST, MOST_CASES = 100, 200
CHANGING: Final = Limit("problems.api", most=600, per=dt.timedelta(hours=1))
router = Router(tags=["Problems"])
Long = Annotated[Text, Field(max_length=20_000)]
References = Annotated[list[Annotated[Text, Field(max_length=30)]], Field(max_length=MOST_CASES)]
State = Literal["OPEN", "KNOWN", "FIXED", "CLOSED"]


class ProblemLine(Schema):
    """One cause behind several cases; `cases` counts those this account may see."""

    id: int
    reference: str
    title: str
    team: str
    owner: str | None
    state: str
    cases: int
    made_at: dt.datetime
    fixed_at: dt.datetime | None


class LinkedCase(Schema):
    reference: str
    title: str
    status: str
    received_at: dt.datetime
    told_at: Annotated[dt.datetime | None, Field(description="When whoever asked was told of it.")]


class ProblemRecord(ProblemLine):
    """With what is known of it, and its cases, the newest first."""

    cause: str
    workaround: str
    workaround_cy: str
    words: list[str]
    linked: list[LinkedCase]


class NewProblem(Schema):
    """`team` is the key of a team whose problems this account keeps, `cases` references."""

    title: Annotated[Text, Field(min_length=1, max_length=200)]
    team: Text
    cases: References = []


class Change(Schema):
    """What is known of it now; what is left out stays. `owner` is the address somebody signs in with."""

    title: Annotated[Text, Field(min_length=1, max_length=200)] | None = None
    state: State | None = None
    owner: Text | None = None
    cause: Long | None = None
    workaround: Long | None = None
    workaround_cy: Long | None = None


class Cases(Schema):
    cases: Annotated[References, Field(min_length=1)]


@router.get("/", url_name="api_problems", response=list[ProblemLine])
@needs("cases.view")
def find_problems(
    request: StaffRequest,
    q: Annotated[Text, Field(max_length=200)] = "",
    state: Literal["", "UNSETTLED", "OPEN", "KNOWN", "FIXED", "CLOSED"] = "",
    before: Id | None = None,
    limit: Annotated[int, Field(ge=1, le=MOST)] = 25,
) -> list[ProblemLine]:
    """The problems of one's teams and cases, the newest first; `before` is the id of the last one seen."""
    rows = Problem.objects.visible_to(request.user)
    rows = rows.unsettled() if state == "UNSETTLED" else rows.filter(state=state) if state else rows
    rows = rows.filter(title__icontains=q.strip()) if q.strip() else rows
    rows = rows.filter(pk__lt=before) if before else rows
    found = list(rows.select_related("owner", "team").order_by("-pk")[:limit])
    counts = looking.counts_for(request.user, found)
    return [ProblemLine(**_said(each, counts.get(each.pk, 0))) for each in found]


@router.post("/", url_name="api_problems", response={201: ProblemRecord})
@needs("problems.manage")
def make_problem(request: StaffRequest, asked: NewProblem) -> Status[ProblemRecord]:
    """Begin a problem, with the cases that belong to it."""
    count(CHANGING, str(request.user.pk), at=now())
    team = Team.objects.filter(key=asked.team).first()
    if team is None or not request.user.standing().covers("problems.manage", [team.pk]):
        raise wrong("team", _("No team whose problems you keep has this key."))
    cases = _cases(request, asked.cases)
    problem = settling.make_problem(title=asked.title, team=team, cases=cases, by=request.user, at=now())
    return Status(201, _record(request, problem))


@router.get("/{number}", url_name="api_problem", response=ProblemRecord)
@needs("cases.view")
def read_problem(request: StaffRequest, number: Id) -> ProblemRecord:
    """One problem with the cases that this account may see."""
    return _record(request, _find(request, number))


@router.post("/{number}/change", url_name="api_problem_change", response=ProblemRecord)
@needs("problems.manage")
def change_problem(request: StaffRequest, number: Id, asked: Change) -> ProblemRecord:
    """Say what is known of it now, and how it stands: `FIXED` once it is put right, `CLOSED` when it is over.
    Nobody is written to: telling everybody is done on its page."""
    problem = _find(request, number, to_manage=True)
    count(CHANGING, str(request.user.pk), at=now())
    given: dict[str, Any] = {name: value for name, value in asked.dict().items() if value is not None}
    if "owner" in given:
        given["owner"] = _owner(given["owner"], problem, request.user)
    return _record(request, settling.change_problem(problem, given, by=request.user, at=now()))


@router.post("/{number}/cases", url_name="api_problem_cases", response=ProblemRecord)
@needs("problems.manage")
def link_cases(request: StaffRequest, number: Id, asked: Cases) -> ProblemRecord:
    """These cases belong to the problem; those that did already are left as they are."""
    problem = _find(request, number, to_manage=True)
    count(CHANGING, str(request.user.pk), at=now())
    settling.link_cases(problem, _cases(request, asked.cases), by=request.user, at=now())
    return _record(request, problem)


@router.post("/{number}/cases/removal", url_name="api_problem_removal", response=ProblemRecord)
@needs("problems.manage")
def unlink_cases(request: StaffRequest, number: Id, asked: Cases) -> ProblemRecord:
    """These cases were something else after all."""
    problem = _find(request, number, to_manage=True)
    count(CHANGING, str(request.user.pk), at=now())
    for case in _cases(request, asked.cases):
        settling.unlink_case(problem, case, by=request.user, at=now())
    return _record(request, problem)


def _find(request: StaffRequest, number: int, *, to_manage: bool = False) -> Problem:
    """The problem of this number, if it exists for this account; to change it, it is its own team's."""
    rows = Problem.objects.visible_to(request.user).select_related("owner", "team")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    if to_manage and not request.user.standing().covers("problems.manage", [found.team_id]):
        raise Http404
    return found


def _cases(request: StaffRequest, references: list[str]) -> list[Case]:
    """The cases named, all of them ones that this account may work on; a sealed one only once it said why."""
    wanted = {each.strip().upper() for each in references}
    rows = Case.objects.visible_to(request.user).filter(reference__in=wanted)
    found = list(rows.select_related("service", "team").order_by("id"))
    missing = wanted - {case.reference for case in found}
    if missing:
        raise wrong("cases", _("No case has the reference %s.") % ", ".join(sorted(missing))[:200])
    for case in found:
        allowed = may_act(case, request.user, "problems.manage")
        if not (allowed and may_read(case, request.user, at=now())):
            raise PermissionDenied(case.reference)
    return found


def _owner(email: str, problem: Problem, account: Account) -> Account:
    if problem.owner is not None and problem.owner.email.lower() == email.strip().lower():
        return problem.owner
    offered = [account, *Account.objects.working_with(account)]
    found = next((each for each in offered if each.email.lower() == email.strip().lower()), None)
    if found is None:
        raise wrong("owner", _("Nobody you work with signs in with this address."))
    return found


def _said(problem: Problem, cases: int) -> dict[str, Any]:
    plain = ("title", "state", "made_at", "fixed_at", "reference")
    return {name: getattr(problem, name) for name in plain} | {
        "id": problem.pk, "team": problem.team.key, "owner": problem.owner.email if problem.owner else None,
        "cases": cases,
    }  # fmt: skip


def _record(request: StaffRequest, problem: Problem) -> ProblemRecord:
    links = looking.links_seen_by(request.user, problem)
    return ProblemRecord(
        **_said(problem, len(links)), cause=problem.cause, workaround=problem.workaround,
        workaround_cy=problem.workaround_cy, words=problem.words,
        linked=[
            LinkedCase(
                reference=link.case.reference, title=link.case.title, status=link.case.status,
                received_at=link.case.received_at, told_at=link.told_at,
            )
            for link in links
        ],
    )  # fmt: skip
