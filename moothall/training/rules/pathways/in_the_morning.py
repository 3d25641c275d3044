"""What the digest says of cohorts that begin soon to whoever looks after training."""

import datetime as dt
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import ngettext

from moothall.people.models import Account
from moothall.training.models import Beginner, Cohort

from .beginners import expected_in

SOON: Final = dt.timedelta(weeks=4)


def beginners_in_the_morning(account: Account, on: dt.date) -> list[str]:
    """Who is expected within four weeks and lacks a clearance, and who began and is in no cohort."""
    if not account.may("training.manage"):
        return []
    lines, address = [], settings.PUBLIC_URL.rstrip("/")
    soon = Cohort.objects.in_full().filter(starts_on__gte=on, starts_on__lte=on + SOON)
    for cohort in soon:
        found = expected_in(cohort, account)
        lacking = sum(bool(each.lacks or each.short) for each in found)
        if lacking:
            words = ngettext(
                "%(cohort)s begins on %(day)s: %(count)s person lacks a clearance. %(address)s",
                "%(cohort)s begins on %(day)s: %(count)s people lack a clearance. %(address)s",
                lacking,
            )
            lines.append(words % {
                "cohort": cohort.name, "day": f"{cohort.starts_on:%d/%m/%Y}", "count": lacking,
                "address": address + reverse("training_cohort", args=[cohort.pk]),
            })  # fmt: skip
    waiting = Beginner.objects.waiting().count()
    if waiting:
        words = ngettext(
            "%(count)s starter is in no cohort yet.", "%(count)s starters are in no cohort yet.", waiting
        )
        lines.append(words % {"count": waiting})
    return lines
