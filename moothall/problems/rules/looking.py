"""What a problem looks like to one account: its cases, its weeks, what is like it, and whether it stopped."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from moothall.cases.models import Case
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.problems.models import Problem, ProblemCase, weeks_back

WEEKS = 12
MOST_ALIKE = 20
LATELY = dt.timedelta(days=60)


@dataclass(frozen=True)
class Week:
    monday: dt.date
    cases: int
    share: int
    """Of the busiest week, in hundredths."""


def links_seen_by(account: Account, problem: Problem) -> list[ProblemCase]:
    visible = Case.objects.visible_to(account)
    links = ProblemCase.objects.in_force().filter(problem=problem, case__in=visible)
    return list(links.select_related("case", "case__service", "case__requester", "letter"))


def weeks_of(links: list[ProblemCase], *, on: dt.date) -> list[Week]:
    """How many of its cases came in each week, the running one last."""
    mondays = weeks_back(WEEKS, on=on)
    days = [in_london(link.case.received_at).date() for link in links]
    counts = [sum(monday <= day < monday + dt.timedelta(weeks=1) for day in days) for monday in mondays]
    most = max([*counts, 1])
    return [Week(*each, round(100 * each[1] / most)) for each in zip(mondays, counts, strict=True)]


def since_fixed(problem: Problem, links: list[ProblemCase]) -> int | None:
    """How many of its cases came in after it was fixed; None while it is not."""
    if problem.fixed_at is None:
        return None
    return sum(link.case.received_at > problem.fixed_at for link in links)


def cases_like(account: Account, problem: Problem, *, at: dt.datetime) -> list[Case]:
    """Recent cases with the two most telling words of the problem that belong to none yet."""
    if not problem.words:
        return []
    linked = ProblemCase.objects.filter(case=OuterRef("pk"), ended_at=None)
    words = " ".join(problem.words[:2])
    rows = Case.objects.visible_to(account).mentioning(words).filter(received_at__gte=at - LATELY)
    rows = rows.filter(~Exists(linked), merged_into=None).select_related("service")
    return list(rows.order_by("-received_at", "-id")[:MOST_ALIKE])


def counts_for(account: Account, problems: list[Problem]) -> dict[int, int]:
    """How many cases of each problem this account may see, in one question."""
    links = ProblemCase.objects.filter(
        problem__in=problems, ended_at=None, case__in=Case.objects.visible_to(account)
    )
    return dict(links.order_by().values_list("problem_id").annotate(many=Count("pk")))
