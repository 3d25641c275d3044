"""What appraisals are called where only their number is known, and who may see letters about them."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.urls import reverse

from moothall.appraisal.models import Appraisal, Cycle, Mentoring
from moothall.people.models import Account
from moothall.records.rules.naming import Named
from moothall.workforce.models import Employment


def name_appraisals(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Appraisal.objects.visible_to(account).filter(pk__in=ids).in_full()
    return {
        each.pk: Named(f"{each.employment.person}: {each.cycle}", reverse("appraisal", args=[each.pk]))
        for each in rows
    }


def find_appraisals(account: Account, words: str) -> list[int]:
    """By the number of the employment."""
    rows = Appraisal.objects.visible_to(account).filter(employment__number__iexact=words)
    return list(rows.values_list("pk", flat=True)[:200])


def visible_ids(account: Account) -> Any:
    return Appraisal.objects.visible_to(account).values("pk")


def name_cycles(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = _cycles(account).filter(pk__in=ids)
    return {each.pk: Named(each.name, reverse("appraisal_cycle", args=[each.pk])) for each in rows}


def find_cycles(account: Account, words: str) -> list[int]:
    return list(_cycles(account).filter(name__icontains=words).values_list("pk", flat=True)[:200])


def visible_cycle_ids(account: Account) -> Any:
    return _cycles(account).values("pk")


def _cycles(account: Account) -> Any:
    """Cycles are no secret to whoever keeps or sees staff records."""
    return Cycle.objects.all() if account.may("workforce.view") else Cycle.objects.none()


def name_mentoring(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = _mentoring(account).filter(pk__in=ids).in_full()
    return {
        each.pk: Named(str(each.mentee.person), reverse("development", args=[each.mentee.number]))
        for each in rows
    }


def find_mentoring(account: Account, words: str) -> list[int]:
    """By the number of whoever is mentored."""
    rows = _mentoring(account).filter(mentee__number__iexact=words)
    return list(rows.values_list("pk", flat=True)[:200])


def visible_mentoring_ids(account: Account) -> Any:
    return _mentoring(account).values("pk")


def _mentoring(account: Account) -> Any:
    """The two, and whoever brings people together."""
    if account.may("workforce.edit"):
        seen = Employment.objects.visible_to(account).order_by().values("pk")
        return Mentoring.objects.filter(mentee__in=seen)
    mine = Q(mentee__person=account.person_id) | Q(mentor__person=account.person_id)
    return Mentoring.objects.filter(mine) if account.person_id else Mentoring.objects.none()
