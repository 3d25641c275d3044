"""What somebody is shown of the groups found: only from the cases they may see."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch

from moothall.cases.models import Case
from moothall.people.models import Account
from moothall.problems.models import Candidate, CandidateCase

from .grouping import FEWEST, shared_words


@dataclass(frozen=True)
class Offered:
    """A group as one account sees it: the words, the cases, when they came and on which services."""

    candidate: Candidate
    words: tuple[str, ...]
    cases: tuple[Case, ...]
    services: tuple[str, ...]

    @property
    def first_on(self) -> dt.date:
        return min(case.received_at for case in self.cases).date()

    @property
    def last_on(self) -> dt.date:
        return max(case.received_at for case in self.cases).date()

    @property
    def title(self) -> str:
        return " ".join(self.words[:4]).capitalize()


def offered_to(account: Account, *, language: str, only: int | None = None) -> list[Offered]:
    """The groups of which this account may see enough cases, the largest first."""
    visible = Case.objects.visible_to(account)
    members = CandidateCase.objects.filter(case__in=visible).select_related("case__service").order_by("id")
    rows = Candidate.objects.filter(state=Candidate.NEW).order_by("id")
    if only is not None:
        rows = rows.filter(pk=only)
    found = [
        _as_seen(row, list(row.members.all()), language)
        for row in rows.prefetch_related(Prefetch("members", members))
        if len(row.members.all()) >= FEWEST
    ]
    return sorted(found, key=lambda each: (-len(each.cases), each.candidate.pk))


def _as_seen(candidate: Candidate, members: list[CandidateCase], language: str) -> Offered:
    cases = sorted(
        (each.case for each in members), key=lambda case: (case.received_at, case.pk), reverse=True
    )
    services = dict.fromkeys(case.service.name_in(language) for case in cases)
    return Offered(candidate, tuple(shared_words(members)), tuple(cases), tuple(services))
