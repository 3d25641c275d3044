"""What closed months are called where only their number is known."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.formats import date_format

from moothall.people.models import Account
from moothall.records.rules.naming import Named
from moothall.reports.models import MonthClosing, QualityRule

from .quality_sight import findings_for


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


def name_findings(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = findings_for(account).filter(pk__in=ids).select_related("rule", "employment")
    return {each.pk: Named(str(each), reverse("quality_finding", args=[each.pk])) for each in rows}


def find_findings(account: Account, words: str) -> list[int]:
    """By the number of the employment on whose record they are."""
    rows = findings_for(account).filter(employment__number__iexact=words.strip())
    return list(rows.values_list("pk", flat=True)[:200])


def name_rules(account: Account, ids: Collection[int]) -> dict[int, Named]:
    if not account.may("workforce.view"):
        return {}
    return {
        each.pk: Named(each.name, reverse("quality_rules")) for each in QualityRule.objects.filter(pk__in=ids)
    }


def find_rules(account: Account, words: str) -> list[int]:
    if not account.may("workforce.view"):
        return []
    return list(QualityRule.objects.filter(key=words.strip()).values_list("pk", flat=True))
