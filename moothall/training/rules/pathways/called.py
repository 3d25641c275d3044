"""What students and their placements are called where only their number is known, and who may see them."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from moothall.people.models import Account
from moothall.records.rules.naming import Named
from moothall.training.models import Attachment, Student


def name_students(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Student.objects.visible_to(account).filter(pk__in=ids).in_full()
    return {each.pk: Named(f"{each}: {each.cohort}", reverse("student", args=[each.pk])) for each in rows}


def find_students(account: Account, words: str) -> list[int]:
    """By staff number, or by the person."""
    rows = Student.objects.visible_to(account)
    found = rows.filter(employment__number__iexact=words) | rows.filter(
        employment__person__reference=words.upper()
    )
    return list(found.values_list("pk", flat=True)[:200])


def visible_students(account: Account) -> Any:
    return Student.objects.visible_to(account).values("pk")


def visible_attachments(account: Account) -> Any:
    return Attachment.objects.filter(student__in=visible_students(account)).values("pk")
