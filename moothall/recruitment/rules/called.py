"""What vacancies, campaigns and applications are called where only their number is known."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from moothall.people.models import Account
from moothall.records.rules.naming import Named
from moothall.recruitment.models import (
    Application,
    Campaign,
    Draft,
    Offer,
    Referee,
    SelectionEvent,
    Vacancy,
)

MOST = 200


def visible_applications(account: Account) -> Any:
    return Application.objects.visible_to(account).values("pk")


def visible_drafts(_account: Account) -> Any:
    """What somebody has not sent yet is nobody's to read but theirs."""
    return Draft.objects.none().values("pk")


def visible_referees(account: Account) -> Any:
    return Referee.objects.filter(application__in=visible_applications(account)).values("pk")


def visible_offers(account: Account) -> Any:
    return Offer.objects.filter(application__in=visible_applications(account)).values("pk")


def name_vacancies(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Vacancy.objects.visible_to(account).filter(pk__in=ids)
    return {each.pk: Named(each.title, reverse("vacancy", args=[each.pk])) for each in rows}


def find_vacancies(account: Account, words: str) -> list[int]:
    """By the reference of its case."""
    rows = Vacancy.objects.visible_to(account).filter(case__reference=words.upper())
    return list(rows.values_list("pk", flat=True)[:MOST])


def name_campaigns(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Campaign.objects.visible_to(account).filter(pk__in=ids)
    return {each.pk: Named(each.name, reverse("campaign", args=[each.pk])) for each in rows}


def find_campaigns(account: Account, words: str) -> list[int]:
    rows = Campaign.objects.visible_to(account).filter(name__iexact=words.strip())
    return list(rows.values_list("pk", flat=True)[:MOST])


def name_applications(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Application.objects.visible_to(account).filter(pk__in=ids)
    return {each.pk: Named(each.number, reverse("application", args=[each.pk])) for each in rows}


def find_applications(account: Account, words: str) -> list[int]:
    """By its number, or the reference of its case."""
    rows = Application.objects.visible_to(account)
    found = rows.filter(number=words.upper()) | rows.filter(case__reference=words.upper())
    return list(found.values_list("pk", flat=True)[:MOST])


def visible_events(account: Account) -> Any:
    return SelectionEvent.objects.visible_to(account).values("pk")


def name_events(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = SelectionEvent.objects.visible_to(account).filter(pk__in=ids)
    return {each.pk: Named(each.name, reverse("selection_event", args=[each.pk])) for each in rows}


def find_events(account: Account, words: str) -> list[int]:
    rows = SelectionEvent.objects.visible_to(account).filter(name__iexact=words.strip())
    return list(rows.values_list("pk", flat=True)[:MOST])
