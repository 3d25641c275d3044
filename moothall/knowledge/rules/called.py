"""What articles and entries of the directory are called where only their number is known."""

from collections.abc import Collection

from django.urls import reverse

from moothall.knowledge.models import Signpost
from moothall.people.models import Account
from moothall.records.rules.naming import Named


def name_entries(account: Account, ids: Collection[int]) -> dict[int, Named]:
    if not account.may("cases.view"):
        return {}
    rows = Signpost.objects.filter(pk__in=ids).values_list("pk", "name", "key")
    return {id: Named(name, reverse("directory_entry", args=[key])) for id, name, key in rows}


def find_entries(account: Account, words: str) -> list[int]:
    if not account.may("cases.view"):
        return []
    return list(Signpost.objects.filter(name__iexact=words.strip()).values_list("pk", flat=True))
