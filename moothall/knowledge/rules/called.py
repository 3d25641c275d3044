"""What articles and entries of the directory are called where only their number is known."""

from collections.abc import Collection

from django.urls import reverse

from moothall.knowledge.models import Article, Signpost
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


def name_articles(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Article.objects.visible_to(account).filter(pk__in=ids).values_list("pk", "title", "key")
    return {id: Named(title, reverse("article_page", args=[key])) for id, title, key in rows}


def find_articles(account: Account, words: str) -> list[int]:
    found = Article.objects.visible_to(account).filter(title__iexact=words.strip())
    return list(found.values_list("pk", flat=True))
