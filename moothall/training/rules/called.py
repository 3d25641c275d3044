"""What places and courses are called where only their number is known, and who may see letters about them."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from moothall.people.models import Account
from moothall.records.rules.naming import Named
from moothall.training.models import Nomination, ScheduleVersion, Session, TrainerDay
from moothall.workforce.models import Employment


def name_places(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = Nomination.objects.visible_to(account).filter(pk__in=ids).in_full()
    return {
        each.pk: Named(
            f"{each.employment.person}: {each.session.version.course}",
            reverse("training_place", args=[each.pk]),
        )
        for each in rows
    }


def find_places(account: Account, words: str) -> list[int]:
    """By staff number, or by the person."""
    rows = Nomination.objects.visible_to(account)
    found = rows.filter(employment__number__iexact=words) | rows.filter(
        employment__person__reference=words.upper()
    )
    return list(found.values_list("pk", flat=True)[:200])


def visible_ids(account: Account) -> Any:
    return Nomination.objects.visible_to(account).values("pk")


def visible_versions(account: Account) -> Any:
    """Letters to readers of the schedule are seen by those who keep it."""
    rows = ScheduleVersion.objects.values("pk")
    return rows if account.may("training.manage") else rows.none()


def name_versions(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = ScheduleVersion.objects.filter(pk__in=ids).select_related("schedule")
    return {
        each.pk: Named(
            _("%(schedule)s, version %(number)s") % {"schedule": each.schedule, "number": each.number},
            reverse("schedule_version", args=[each.schedule_id, each.number]),
        )
        for each in (rows if account.may("training.manage") else ())
    }


def find_versions(account: Account, words: str) -> list[int]:
    """By the name of the schedule."""
    if not account.may("training.manage"):
        return []
    rows = ScheduleVersion.objects.filter(schedule__name__icontains=words)
    return list(rows.values_list("pk", flat=True)[:200])


def visible_session_ids(account: Account) -> Any:
    """Letters about a session as a whole are those to its trainers."""
    if account.may("training.manage"):
        return Session.objects.values("pk")
    own = Employment.objects.of_account(account).values("pk")
    taught = TrainerDay.objects.filter(trainer__in=own, session__isnull=False).values("session")
    return Session.objects.filter(pk__in=taught).values("pk")
