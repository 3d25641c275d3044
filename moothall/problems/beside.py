"""What stands beside a case that belongs to a problem: which, how it stands, and what to do meanwhile."""

from collections.abc import Mapping
from typing import Any

from moothall.cases.models import Case
from moothall.people.models import Account

from .models import Problem


def problems_of(account: Account, case: Case) -> Mapping[str, Any] | None:
    """The problems of a case, in one question; whoever sees the case sees them."""
    found = list(Problem.objects.filter(links__case=case, links__ended_at=None).order_by("-id").distinct())
    return {"problems": found} if found else None


def workaround_of(account: Account, case: Case, id: str, language: str) -> str:
    """What people can do meanwhile, for a reply on a case of this problem."""
    if not id.isdecimal() or len(id) > 9:
        return ""
    found = Problem.objects.visible_to(account).filter(pk=int(id), links__case=case, links__ended_at=None)
    problem = found.first()
    return problem.said("workaround", language) if problem is not None else ""
