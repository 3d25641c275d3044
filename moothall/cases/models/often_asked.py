"""What the case page and the pages of work ask each time, put into SQL once."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery, Value, Window

from moothall.core.ready_queries import ready_query

from .attention import OnHand
from .case import Case, CaseLink
from .clock import CaseClock, Escalation
from .entry import Entry
from .service import ServiceVersion
from .step import Step
from .worklists import Sight

SHOWN_WITH = (
    "service", "version", "team", "assignee", "requester__organisation", "logged_by",
)  # fmt: skip


@ready_query("account", "reference")
def cases_called(*, reference: str, account: int, teams: tuple[int, ...] | None) -> QuerySet[Case]:
    """The case of this reference, if the account may know of it, with what its page shows of it."""
    found = Case.objects.in_sight(Sight(account, teams)).filter(reference=reference)
    return found.select_related(*SHOWN_WITH).defer("version__definition")


@ready_query("case")
def steps_of(*, case: int) -> QuerySet[Step]:
    steps = Step.objects.filter(case=case).select_related("team", "assignee", "done_by")
    return steps.prefetch_related("sub_cases")


@ready_query("case")
def clocks_of(*, case: int) -> QuerySet[CaseClock]:
    return CaseClock.objects.filter(case=case)


@ready_query("case")
def links_of(*, case: int) -> QuerySet[CaseLink]:
    """Links in force, from both sides."""
    return CaseLink.objects.filter(Q(case=case) | Q(other=case), ended_at=None).order_by("id")


@ready_query("case")
def newest_entries_of(*, case: int, left_out: tuple[str, ...], most: int) -> QuerySet[Entry]:
    """The top of the timeline, without the kinds left out."""
    return Entry.objects.filter(case=case).exclude(kind__in=left_out).timeline()[:most]


ON_A_LIST = (
    "reference", "title", "status", "priority", "waiting_on", "assignee", "received_at", "due_on", "amber_on",
    "held_until", "hold_reason", "came_back_at", "handed_at", "handed_because", "first_answered_at",
    "service__name", "service__name_cy", "requester__full_name",
)  # fmt: skip


TOTAL = Window(Count("pk"))


def counted(cases: QuerySet[Case]) -> QuerySet[Case, Any]:
    """How many they are, counted in an index; a window would fetch for each what only the first rows show."""
    return cases.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")


def listed(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With no more of each than a row shows, and what says why it is there."""
    return cases.select_related("service", "requester").only(*ON_A_LIST)


def cases_in_hand(*, account: int, teams: tuple[int, ...] | None, on: dt.date, most: int) -> list[OnHand]:
    """What somebody is to work on: of each case what its place in the order depends on."""
    return [OnHand(*row) for row in _in_hand(account=account, teams=teams, on=on, most=most)]


@ready_query("account")
def _in_hand(*, account: int, teams: tuple[int, ...] | None, on: dt.date, most: int) -> QuerySet[Case, Any]:
    mine = Case.objects.in_sight(Sight(account, teams)).filter(assignee=account).on_hand(on)
    return mine.order_by("due_on", "id").values_list(*OnHand._fields)[:most]


@ready_query("account", "cases")
def cases_to_list(*, account: int, teams: tuple[int, ...] | None, cases: list[int]) -> QuerySet[Case]:
    """These cases as a list shows them, in any order."""
    seen = Case.objects.in_sight(Sight(account, teams))
    return listed(seen.filter(pk__one_of=cases))


@ready_query("account")
def cases_of_nobody(
    *, account: int, teams: tuple[int, ...] | None, works_in: tuple[int, ...], on: dt.date, most: int
) -> QuerySet[Case]:
    """What nobody in these teams has taken yet, the newest first; each says how many there are in `total`."""
    free = Case.objects.in_sight(Sight(account, teams)).on_hand(on).unassigned().filter(team_id__in=works_in)
    return listed(free.annotate(total=Subquery(counted(free))).order_by("-received_at", "-id")[:most])


@ready_query("account")
def steps_to_do(
    *, account: int, teams: tuple[int, ...] | None, works_in: tuple[int, ...], most: int
) -> QuerySet[Step]:
    """Steps assigned to this person, and those waiting for anybody in their teams; and their `total`."""
    ready = Step.objects.ready().filter(case__in=Case.objects.in_sight(Sight(account, teams)).unfinished())
    mine = ready.filter(Q(assignee=account) | Q(assignee=None, team_id__in=works_in))
    shown = ("name", "due_on", "case__reference", "case__title", "case__received_at")
    whose = ("case__service__name", "case__service__name_cy", "case__requester__full_name")
    found = mine.select_related("case__service", "case__requester").only(*shown, *whose)
    return found.annotate(total=TOTAL)[:most]


@ready_query("account")
def escalations_to(*, account: int, teams: tuple[int, ...] | None, most: int) -> QuerySet[Escalation]:
    """What ran late and this person was told of, the newest first; and its `total`."""
    told = Escalation.objects.filter(
        to=account, settled_at=None, case__in=Case.objects.in_sight(Sight(account, teams))
    )
    told = told.select_related("case__service", "case__assignee", "step")
    return told.annotate(total=TOTAL).order_by("-at")[:most]


@ready_query("service")
def current_versions(*, service: int) -> QuerySet[ServiceVersion]:
    """The one in force, if any; what it says is known to every process that has read it once."""
    return ServiceVersion.objects.filter(service=service, current=True).defer("definition")
