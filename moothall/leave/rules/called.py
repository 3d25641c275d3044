"""What requests for leave are called where only their number is known, and who may see letters about them."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from moothall.leave.models import LeaveRequest
from moothall.people.models import Account
from moothall.records.rules.naming import Named


def name_requests(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = LeaveRequest.objects.visible_to(account).filter(pk__in=ids).select_related("employment__person")
    return {
        each.pk: Named(
            f"{each.employment.person.full_name}, {each.from_on:%d/%m/%Y}",
            reverse("leave_request", args=[each.pk]),
        )
        for each in rows
    }


def find_requests(account: Account, words: str) -> list[int]:
    """By the number of the employment they are about."""
    rows = LeaveRequest.objects.visible_to(account).filter(employment__number=words.upper())
    return list(rows.values_list("pk", flat=True))


def visible_ids(account: Account) -> Any:
    return LeaveRequest.objects.visible_to(account).values("pk")
