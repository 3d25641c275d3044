"""What plans are called where only their number is known, and who may see letters about them."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from moothall.casework.models import ContactPlan
from moothall.people.models import Account
from moothall.records.rules.naming import Named


def name_plans(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = ContactPlan.objects.visible_to(account).filter(pk__in=ids).select_related("person")
    return {each.pk: Named(each.person.full_name, reverse("contact_plan", args=[each.pk])) for each in rows}


def find_plans(account: Account, words: str) -> list[int]:
    """By the person they are about."""
    rows = ContactPlan.objects.visible_to(account).filter(person__reference=words.upper())
    return list(rows.values_list("pk", flat=True))


def visible_plan_ids(account: Account) -> Any:
    return ContactPlan.objects.visible_to(account).values("pk")
