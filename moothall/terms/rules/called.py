"""What terms are called where only their number is known, and who may see letters about them."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.urls import reverse

from moothall.people.models import Account
from moothall.records.rules.naming import Named
from moothall.terms.models import Term


def name_terms(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Term.objects.visible_to(account).filter(pk__in=ids).select_related("employment__person")
    return {each.pk: Named(str(each), reverse("term", args=[each.pk])) for each in rows}


def find_terms(account: Account, words: str) -> list[int]:
    """By the number of the staff record."""
    rows = Term.objects.visible_to(account).filter(employment__number=words.upper())
    return list(rows.order_by("-due_on").values_list("pk", flat=True)[:200])


def visible_term_ids(account: Account) -> Any:
    """Letters of a retirement for ill health are for the person and for whoever may see what is private."""
    rows = Term.objects.visible_to(account)
    if not account.standing().everywhere_for("workforce.private"):
        theirs = Q(employment__person=account.person_id or 0)
        rows = rows.filter(theirs | ~Q(route=Term.ILL_HEALTH))
    return rows.values("pk")
