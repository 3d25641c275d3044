"""What boards and promotions are called where only their number is known, and who sees letters about them."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from moothall.people.models import Account
from moothall.promotion.models import Board, TemporaryPromotion
from moothall.records.rules.naming import Named


def name_boards(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Board.objects.visible_to(account).filter(pk__in=ids).select_related("campaign")
    return {each.pk: Named(each.campaign.name, reverse("promotion_board", args=[each.pk])) for each in rows}


def find_boards(account: Account, words: str) -> list[int]:
    rows = Board.objects.visible_to(account).filter(campaign__name__iexact=words.strip())
    return list(rows.values_list("pk", flat=True)[:200])


def name_promotions(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = TemporaryPromotion.objects.visible_to(account).filter(pk__in=ids).in_full()
    return {
        each.pk: Named(
            f"{each.employment.person.full_name}: {each.rank}", reverse("temporary_promotion", args=[each.pk])
        )
        for each in rows
    }


def find_promotions(account: Account, words: str) -> list[int]:
    """By the number of the staff record."""
    rows = TemporaryPromotion.objects.visible_to(account).filter(employment__number=words.upper())
    return list(rows.values_list("pk", flat=True)[:200])


def visible_promotions(account: Account) -> Any:
    return TemporaryPromotion.objects.visible_to(account).values("pk")
