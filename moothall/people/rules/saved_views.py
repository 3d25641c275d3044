"""Keeping a filter and an order of a list under a name, for oneself."""

from collections.abc import Sequence

from django.db import transaction

from moothall.core.lists import KeptView
from moothall.people.models import Account, SavedView


@transaction.atomic
def create_saved_view(account: Account, *, list_key: str, name: str, query: str) -> SavedView:
    """Keep a view, in place of the one that has this name."""
    view, _made = SavedView.objects.update_or_create(
        account=account, list_key=list_key, name=name, defaults={"query": query}
    )
    return view


@transaction.atomic
def delete_saved_view(account: Account, *, view_id: int) -> None:
    """Remove a view of one's own; somebody else's does not exist."""
    SavedView.objects.filter(account=account, id=view_id).delete()


class SavedViews:
    """What `core.lists` needs to know of the views accounts keep."""

    def views_of(self, account: Account, list_key: str) -> Sequence[KeptView]:
        rows = SavedView.objects.filter(account=account, list_key=list_key).order_by("name", "id")
        return [KeptView(*row) for row in rows.values_list("id", "name", "query")]

    def keep(self, account: Account, *, list_key: str, name: str, query: str) -> None:
        create_saved_view(account, list_key=list_key, name=name, query=query)

    def forget(self, account: Account, *, view_id: int) -> None:
        delete_saved_view(account, view_id=view_id)
