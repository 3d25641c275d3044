"""What passengers, applications and journeys are called where only their number is known."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from moothall.people.models import Account
from moothall.records.rules.naming import Named
from moothall.transport.models import (
    Application,
    Contractor,
    DayMessage,
    Finding,
    Incident,
    Inspection,
    Journey,
    Paper,
    Passenger,
    RunPlan,
    Vehicle,
)


def name_passengers(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Passenger.objects.visible_to(account).filter(pk__in=ids).select_related("person")
    return {each.pk: Named(str(each), reverse("passenger", args=[each.pk])) for each in rows}


def find_passengers(account: Account, words: str) -> list[int]:
    """By the reference of the person."""
    rows = Passenger.objects.visible_to(account).filter(person__reference=words.upper())
    return list(rows.values_list("pk", flat=True)[:200])


def name_applications(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Application.objects.visible_to(account).filter(pk__in=ids)
    return {each.pk: Named(each.name, reverse("travel_application", args=[each.pk])) for each in rows}


def find_applications(account: Account, words: str) -> list[int]:
    """By the reference of the case."""
    rows = Application.objects.visible_to(account).filter(case__reference=words.upper())
    return list(rows.values_list("pk", flat=True)[:200])


def name_journeys(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Journey.objects.visible_to(account).filter(pk__in=ids).select_related("passenger__person")
    return {
        each.pk: Named(f"{each.passenger}, {each.day:%d/%m/%Y}", reverse("journey", args=[each.pk]))
        for each in rows
    }


def find_journeys(account: Account, words: str) -> list[int]:
    """By the reference of the person who travels."""
    rows = Journey.objects.visible_to(account).filter(passenger__person__reference=words.upper())
    return list(rows.order_by("-day", "-id").values_list("pk", flat=True)[:200])


def name_contractors(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Contractor.objects.visible_to(account).filter(pk__in=ids)
    return {each.pk: Named(each.name, reverse("contractor", args=[each.pk])) for each in rows}


def find_contractors(account: Account, words: str) -> list[int]:
    """By their number or their name."""
    rows = Contractor.objects.visible_to(account)
    found = rows.filter(number__iexact=words) | rows.filter(name__iexact=words)
    return list(found.values_list("pk", flat=True)[:200])


def name_papers(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Paper.objects.visible_to(account).filter(pk__in=ids).with_holder()
    return {
        each.pk: Named(f"{each.holder}: {each.kind}", reverse("contractor_paper", args=[each.pk]))
        for each in rows
    }


def find_papers(account: Account, words: str) -> list[int]:
    """By their number."""
    rows = Paper.objects.visible_to(account).filter(number__iexact=words)
    return list(rows.values_list("pk", flat=True)[:200])


def visible_papers(account: Account) -> QuerySet[Paper, Any]:
    return Paper.objects.visible_to(account).values("pk")


def name_inspections(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Inspection.objects.visible_to(account).filter(pk__in=ids).in_full()
    return {each.pk: Named(str(each), reverse("inspection", args=[each.pk])) for each in rows}


def find_inspections(account: Account, words: str) -> list[int]:
    """By the contractor or the centre."""
    rows = Inspection.objects.visible_to(account)
    found = rows.filter(contractor__name__iexact=words) | rows.filter(centre__name__iexact=words)
    return list(found.values_list("pk", flat=True)[:200])


def visible_inspections(account: Account) -> QuerySet[Inspection, Any]:
    return Inspection.objects.visible_to(account).values("pk")


def name_findings(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Finding.objects.visible_to(account).filter(pk__in=ids).select_related("question")
    return {each.pk: Named(str(each)[:120], reverse("finding", args=[each.pk])) for each in rows}


def find_findings(account: Account, words: str) -> list[int]:
    """By the contractor or the centre where it was found."""
    rows = Finding.objects.visible_to(account)
    found = rows.filter(inspection__contractor__name__iexact=words)
    found |= rows.filter(inspection__centre__name__iexact=words)
    return list(found.values_list("pk", flat=True)[:200])


def name_plans(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = RunPlan.objects.visible_to(account).filter(pk__in=ids).only("name")
    return {each.pk: Named(each.name, reverse("run_plan", args=[each.pk])) for each in rows}


def find_plans(account: Account, words: str) -> list[int]:
    """By the name of the plan."""
    rows = RunPlan.objects.visible_to(account).filter(name__iexact=words)
    return list(rows.values_list("pk", flat=True)[:200])


def name_vehicles(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Vehicle.objects.filter(pk__in=ids) if account.may("transport.use") else Vehicle.objects.none()
    return {each.pk: Named(each.registration, reverse("vehicle", args=[each.pk])) for each in rows}


def find_vehicles(account: Account, words: str) -> list[int]:
    """By the registration."""
    if not account.may("transport.use"):
        return []
    plate = "".join(words.split()).upper()
    return list(Vehicle.objects.filter(registration=plate).values_list("pk", flat=True))


def name_incidents(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Incident.objects.open_to(account).filter(pk__in=ids).select_related("case")
    return {each.pk: Named(str(each), reverse("incident", args=[str(each)])) for each in rows}


def find_incidents(account: Account, words: str) -> list[int]:
    """By the reference of the case."""
    rows = Incident.objects.open_to(account).filter(case__reference=words.upper())
    return list(rows.values_list("pk", flat=True)[:200])


def name_messages(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = DayMessage.objects.visible_to(account).filter(pk__in=ids)
    return {each.pk: Named(str(each), reverse("day_message", args=[each.pk])) for each in rows}


def find_messages(account: Account, words: str) -> list[int]:
    """By the number of the run."""
    rows = DayMessage.objects.visible_to(account).filter(about__iexact=words)
    return list(rows.values_list("pk", flat=True)[:200])


def visible_messages(account: Account) -> QuerySet[DayMessage, Any]:
    return DayMessage.objects.visible_to(account).values("pk")
