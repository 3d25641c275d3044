"""What credentials are called where only their number is known, and who may see letters about them."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from moothall.credentials.models import Credential
from moothall.people.models import Account
from moothall.records.rules.naming import Named


def name_credentials(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Credential.objects.visible_to(account).filter(pk__in=ids).select_related("person", "kind")
    return {
        each.pk: Named(f"{each.person}: {each.kind}", reverse("credential", args=[each.pk])) for each in rows
    }


def find_credentials(account: Account, words: str) -> list[int]:
    """By their number, or by the person who holds them."""
    rows = Credential.objects.visible_to(account)
    found = rows.filter(number__iexact=words) | rows.filter(person__reference=words.upper())
    return list(found.values_list("pk", flat=True)[:200])


def visible_ids(account: Account) -> Any:
    return Credential.objects.visible_to(account).values("pk")
