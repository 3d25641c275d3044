"""A group becomes a problem, or is said to be none; cases are linked and taken apart."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Team
from moothall.problems.models import Candidate, Problem, ProblemCase, ProblemEntry
from moothall.records.rules.audit import append_audit, append_audit_each


class SettledAlready(Refusal):
    sentence = _("Somebody has settled this already.")
    next_step = _("Look at the list again.")


class IsOver(Refusal):
    sentence = _("This problem is closed.")
    next_step = _("Open it again before you link more cases.")


@transaction.atomic
def make_problem(
    *,
    title: str,
    team: Team,
    words: Iterable[str] = (),
    cases: Iterable[Case] = (),
    by: Account,
    at: dt.datetime,
) -> Problem:
    """Begin a problem, with the cases that belong to it."""
    problem = Problem.objects.create(
        title=title.strip()[:200], team=team, owner=by, words=list(words)[:5], made_by=by, made_at=at
    )
    append_audit("problems.make", about=problem, by=by, at=at, detail={"title": problem.title})
    link_cases(problem, cases, by=by, at=at)
    return problem


@transaction.atomic
def make_of_candidate(
    candidate: Candidate, *, title: str, team: Team, words: Iterable[str], cases: Iterable[Case], by: Account,
    at: dt.datetime,
) -> Problem:  # fmt: skip
    """What was found at night is a problem: with the cases that whoever says so may see."""
    _settle(candidate, Candidate.MADE, by=by, at=at)
    problem = make_problem(title=title, team=team, words=words, cases=cases, by=by, at=at)
    Candidate.objects.filter(pk=candidate.pk).update(problem=problem)
    return problem


@transaction.atomic
def refuse_candidate(candidate: Candidate, *, by: Account, at: dt.datetime) -> None:
    """It is not a problem, and is not offered again."""
    _settle(candidate, Candidate.REFUSED, by=by, at=at)


def _settle(candidate: Candidate, state: str, *, by: Account, at: dt.datetime) -> None:
    fresh = Candidate.objects.filter(pk=candidate.pk, state=Candidate.NEW)
    if not fresh.update(state=state, settled_by=by, settled_at=at):
        raise SettledAlready
    append_audit("problems.settle", about=candidate, by=by, at=at, detail={"state": state})


@transaction.atomic
def link_cases(problem: Problem, cases: Iterable[Case], *, by: Account, at: dt.datetime) -> int:
    """These cases belong to the problem; the answer is how many did not before."""
    problem = Problem.objects.select_for_update().get(pk=problem.pk)
    if problem.state == Problem.CLOSED:
        raise IsOver
    wanted = {case.pk: case for case in cases}
    linked = ProblemCase.objects.in_force().filter(problem=problem, case__in=list(wanted))
    for id in linked.values_list("case_id", flat=True):
        wanted.pop(id)
    new = ProblemCase.objects.bulk_create(
        ProblemCase(problem=problem, case=case, linked_by=by, linked_at=at) for case in wanted.values()
    )
    if new:
        detail = {"problem": problem.reference}
        append_audit_each("problems.link", by=by, at=at, about=list(wanted.values()), detail=detail)
    return len(new)


@transaction.atomic
def unlink_case(problem: Problem, case: Case, *, by: Account, at: dt.datetime) -> None:
    """It was something else after all."""
    if ProblemCase.objects.filter(problem=problem, case=case, ended_at=None).update(ended_by=by, ended_at=at):
        append_audit("problems.unlink", about=case, by=by, at=at, detail={"problem": problem.reference})


@transaction.atomic
def change_problem(problem: Problem, given: dict[str, object], *, by: Account, at: dt.datetime) -> Problem:
    """Say what is known of it now: title, cause, workaround, owner, and how it stands."""
    problem = Problem.objects.select_for_update().get(pk=problem.pk)
    names = ("title", "owner", "cause", "workaround", "workaround_cy", "state")
    changes = {name: given[name] for name in names if name in given and given[name] != getattr(problem, name)}
    if not changes:
        return problem
    state = changes.get("state", problem.state)
    if state == Problem.FIXED and problem.fixed_at is None:
        changes["fixed_at"] = at
    if state in {Problem.OPEN, Problem.KNOWN}:
        changes["fixed_at"] = None
    said = {name: str(value) for name, value in changes.items()}
    for name, value in changes.items():
        setattr(problem, name, value)
    Problem.objects.filter(pk=problem.pk).update(**changes)
    text = problem.state if "state" in changes else ""
    ProblemEntry.objects.create(problem=problem, kind=ProblemEntry.CHANGE, text=text, by=by, at=at)
    append_audit("problems.change", about=problem, by=by, at=at, detail=said)
    return problem
