"""What problems are called where only their number is known, and who may see letters about them."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse

from moothall.people.models import Account
from moothall.problems.models import Problem
from moothall.records.rules.naming import Named


def name_problems(account: Account, ids: Collection[int]) -> dict[int, Named]:
    found = Problem.objects.visible_to(account).filter(pk__in=ids)
    return {each.pk: Named(str(each), reverse("problem_page", args=[each.pk])) for each in found}


def find_problems(account: Account, words: str) -> list[int]:
    number = words.strip().upper().removeprefix("PRB-")
    if not number.isdecimal() or len(number) > 9:
        return []
    return list(Problem.objects.visible_to(account).filter(pk=int(number)).values_list("pk", flat=True))


def visible_problem_ids(account: Account) -> QuerySet[Problem, int]:
    return Problem.objects.visible_to(account).values_list("pk", flat=True)
