"""What absences are called in the audit, and who may see it there."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from moothall.absence.models import Episode
from moothall.core.clock import today
from moothall.people.models import Account
from moothall.records.rules.naming import Named


def name_absences(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Episode.objects.visible_to(account, on=today()).filter(pk__in=ids)
    found = rows.select_related("employment__person")
    return {
        each.pk: Named(each.employment.person.full_name, reverse("absence", args=[each.pk])) for each in found
    }


def find_absences(account: Account, words: str) -> list[int]:
    """By the number of the employment."""
    rows = Episode.objects.visible_to(account, on=today()).filter(employment__number=words.strip())
    return list(rows.values_list("pk", flat=True))


def visible_absence_ids(account: Account) -> Any:
    """Letters about an absence are read by whoever records it, and by the person."""
    rows = Episode.objects.visible_to(account, on=today())
    return rows.values("pk")
