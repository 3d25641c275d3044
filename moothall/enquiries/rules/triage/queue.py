"""The cases that wait for triage, the longest waiting first."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from moothall.cases.models import Case
from moothall.people.models import Account

COUNTED = 1_000


@dataclass(frozen=True)
class Place:
    """One case of the queue, with its neighbours and where it stands."""

    case: Case | None
    before: Case | None
    after: Case | None
    number: int
    total: int


def waiting(account: Account) -> QuerySet[Case]:
    """Nobody's cases whose turn is ours and whose triage is not settled, in the teams in which this account
    triages. What has been answered waits for somebody else."""
    standing = account.standing()
    cases = Case.objects.visible_to(account).filter(
        status=Case.OPEN, triaged__settled_at=None, triaged__isnull=False, assignee=None,
        confidentiality__in=[Case.ANYONE, Case.TEAM],
    )  # fmt: skip
    if not standing.everywhere_for("enquiries.log"):
        cases = cases.filter(team_id__in=standing.teams_for("enquiries.log"))
    return cases.order_by("received_at", "id")


def place_of(account: Account, reference: str) -> Place:
    """Where the case of this reference stands. Where it waits no longer, the one after it."""
    queue = waiting(account).select_related("service", "team", "requester")
    total = waiting(account)[:COUNTED].count()
    case = queue.filter(reference=reference).first() if reference else None
    if case is None and reference:
        gone = Case.objects.visible_to(account).filter(reference=reference).first()
        case = queue.filter(_later_than(gone)).first() if gone else None
    case = case or queue.first()
    if case is None:
        return Place(None, None, None, 0, 0)
    earlier = Q(received_at__lt=case.received_at) | Q(received_at=case.received_at, pk__lt=case.pk)
    before = queue.filter(earlier).order_by("-received_at", "-id").first()
    number = waiting(account).filter(earlier)[:COUNTED].count() + 1
    return Place(case, before, queue.filter(_later_than(case)).first(), number, total)


def _later_than(case: Case) -> Q:
    return Q(received_at__gt=case.received_at) | Q(received_at=case.received_at, pk__gt=case.pk)
