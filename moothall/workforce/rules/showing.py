"""What a staff record shows of skills, and of what somebody was given."""

from collections.abc import Mapping
from typing import Any

from moothall.core.clock import today
from moothall.people.models import Account
from moothall.workforce.known import may_have
from moothall.workforce.models import ChecklistEntry, EmployeeSkill, Employment, IssuedItem
from moothall.workforce.panels import Sight


def show_items(account: Account, employment: Employment, sight: Sight) -> Mapping[str, Any]:
    """What they have, and what is still to be given or taken back: for them, their manager and the desk."""
    items = IssuedItem.objects.out().filter(employment=employment).select_related("kind")
    waiting = ChecklistEntry.objects.open().filter(employment=employment).select_related("kind", "item")
    day = today()
    return {
        "items": list(items.order_by("given_on", "id")) if may_have(employment, IssuedItem) else [],
        "waiting": list(waiting.order_by("due_on", "act", "id"))
        if may_have(employment, ChecklistEntry)
        else [],
        "today": day,
        "edits": sight.desk and not sight.own and account.may("workforce.edit"),
        "has_left": employment.ended_on is not None and employment.ended_on < day,
    }  # fmt: skip


def show_skills(account: Account, employment: Employment, sight: Sight) -> Mapping[str, Any]:
    held = EmployeeSkill.objects.filter(employment=employment, ended_at=None)
    held = held.select_related("skill", "confirmed_by")
    edits = sight.desk and account.may("workforce.edit")
    return {
        "skills": list(held.order_by("skill__group", "skill__name"))
        if may_have(employment, EmployeeSkill)
        else [],
        "says": sight.own or sight.manages or edits, "confirms": not sight.own and (sight.manages or edits),
    }  # fmt: skip
