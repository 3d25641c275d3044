"""What closed months are called where only their number is known."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.formats import date_format

from moothall.people.models import Account
from moothall.records.rules.naming import Named
from moothall.reports.models import MonthClosing


def name_closings(account: Account, ids: Collection[int]) -> dict[int, Named]:
    if not account.may("workforce.view"):
        return {}
    rows = MonthClosing.objects.filter(pk__in=ids)
    return {
        each.pk: Named(date_format(each.month, "F Y"), f"{reverse('figures')}?month={each}") for each in rows
    }


def find_closings(account: Account, words: str) -> list[int]:
    """By the month as its address has it: 2026-10."""
    if not account.may("workforce.view"):
        return []
    return [each.pk for each in MonthClosing.objects.all() if str(each) == words.strip()]
