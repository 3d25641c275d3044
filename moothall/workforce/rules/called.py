"""What changes of details are called where only their number is known, and who may see letters about them."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.urls import reverse

from moothall.core.clock import today
from moothall.people.models import Account
from moothall.records.rules.naming import Named
from moothall.workforce.models import DetailChange


def _shown(account: Account) -> Any:
    rows = DetailChange.objects.all()
    mine = Q(employment__person=account.person_id) if account.person_id else Q(pk__in=[])
    keeps = DetailChange.objects.kept_by(account, today()) if account.may("workforce.edit") else rows.none()
    return rows.filter(mine | Q(pk__in=keeps.order_by().values("pk")))


def name_changes(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = _shown(account).filter(pk__in=ids).select_related("employment__person", "kind")
    return {
        each.pk: Named(f"{each.employment.person}: {each.kind}", reverse("detail_change", args=[each.pk]))
        for each in rows
    }


def find_changes(account: Account, words: str) -> list[int]:
    """By the employee number."""
    found = _shown(account).filter(employment__number=words.strip().upper())
    return list(found.values_list("pk", flat=True)[:200])


def visible_ids(account: Account) -> Any:
    return _shown(account).values("pk")
