"""What a complaint's case offers to do, and the box beside it."""

from typing import Any

from moothall.cases.models import Case
from moothall.people.models import Account
from moothall.satisfaction.models import Complaint

from .complaining import stage_of


def can_escalate(case: Case) -> bool:
    return stage_of(case) == 1


def can_be_extended(case: Case) -> bool:
    return stage_of(case) > 0 and not case.is_closed


def can_be_concluded(case: Case) -> bool:
    return stage_of(case) > 0 and not case.is_closed


def complaint_on(account: Account, case: Case) -> dict[str, Any] | None:
    """Its stage, the other stage where this account may see that, the finding, and more time given."""
    if not stage_of(case):
        return None
    rows = Complaint.objects.filter(case=case).select_related("first__case", "second__case")
    complaint = rows.prefetch_related("lessons", "extensions").first()
    if complaint is None:
        return None
    other = complaint.first or getattr(complaint, "second", None)
    seen = other is not None and Case.objects.visible_to(account).filter(pk=other.case_id).exists()
    return {"complaint": complaint, "other": other.case if seen and other is not None else None}
