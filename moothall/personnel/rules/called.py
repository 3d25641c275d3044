"""What requests, leaves and references are called where only their number is known, and who may see them."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Q
from django.urls import reverse

from moothall.people.models import Account
from moothall.personnel.models import FamilyLeave, FlexibleRequest, ReferenceRequest, SharedNotice
from moothall.records.rules.naming import Named

from .parts import kept_by, led_by


def flexible_of(account: Account) -> Any:
    """One's own, those of whom one manages today, and those whose records one keeps."""
    kept = kept_by(account, "workforce.edit")
    rows = FlexibleRequest.objects.all()
    if kept is None:
        return rows
    return rows.filter(_own(account) | Q(employment__in=[*kept, *led_by(account)]))


def family_of(account: Account) -> Any:
    """One's own, and those of whose records one sees what is private."""
    kept = kept_by(account, "workforce.private")
    rows = FamilyLeave.objects.all()
    return rows if kept is None else rows.filter(_own(account) | Q(employment__in=kept))


def shared_of(account: Account) -> Any:
    """One's own, and those of whose records one sees what is private."""
    kept = kept_by(account, "workforce.private")
    rows = SharedNotice.objects.all()
    return rows if kept is None else rows.filter(_own(account) | Q(employment__in=kept))


def references_of(account: Account) -> Any:
    """Those on people whose records one keeps; never on oneself."""
    rows = ReferenceRequest.objects.of(kept_by(account, "workforce.edit"))
    return rows.exclude(employment__person=account.person_id) if account.person_id else rows


def _own(account: Account) -> Q:
    return Q(employment__person=account.person_id) if account.person_id else Q(pk__in=[])


def _namer(
    seen: Callable[[Account], Any], route: str
) -> Callable[[Account, Collection[int]], dict[int, Named]]:
    def name(account: Account, ids: Collection[int]) -> dict[int, Named]:
        rows = seen(account).filter(pk__in=ids).select_related("employment__person")
        return {
            each.pk: Named(each.employment.person.full_name, reverse(route, args=[each.pk])) for each in rows
        }

    return name


def _finder(seen: Callable[[Account], Any]) -> Callable[[Account, str], list[int]]:
    def find(account: Account, words: str) -> list[int]:
        """By the number of the employment they are about."""
        return list(seen(account).filter(employment__number=words.upper()).values_list("pk", flat=True))

    return find


def _ids(seen: Callable[[Account], Any]) -> Callable[[Account], Any]:
    return lambda account: seen(account).order_by().values("pk")


SEEN: dict[type[Any], tuple[Callable[[Account], Any], str]] = {
    FlexibleRequest: (flexible_of, "flexible_page"),
    FamilyLeave: (family_of, "family_page"),
    ReferenceRequest: (references_of, "reference_page"),
    SharedNotice: (shared_of, "shared_page"),
}
VISIBLE = {model: _ids(seen) for model, (seen, _route) in SEEN.items()}
NAMES = {model: _namer(seen, route) for model, (seen, route) in SEEN.items()}
FOUND = {model: _finder(seen) for model, (seen, _route) in SEEN.items()}
