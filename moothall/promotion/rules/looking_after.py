"""What happens by the clock: windows to appeal and times in the pool end, and whoever is concerned hears."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from moothall.cases.models import Step
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.letters.rules.fields import LANGUAGES
from moothall.promotion.models import Appeal, Board, Period, PoolPlace, TemporaryPromotion
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Application

from . import pool
from .checking import held
from .going_on import UNSUCCESSFUL, end, finish_if_open, write
from .results import NONE
from .telling import manager_of, write_to

AT_MOST = 500


def look_after_promotions(*, at: dt.datetime) -> None:
    """Each part may run twice on a day: nobody hears the same twice."""
    end_windows_to_appeal(at=at)
    warn_of_the_pool(at=at)
    empty_the_pool(at=at)
    warn_of_ends(at=at)


@for_the_office()
def end_windows_to_appeal(*, at: dt.datetime) -> int:
    """Nobody appealed in time: whoever did not pass comes to the end."""
    day = in_london(at).date()
    over = Step.objects.filter(key="appeal", state=Step.READY, due_on__lt=day).order_by().values("case")
    boards = Board.objects.order_by().values("campaign")
    rows = Application.objects.running().filter(case__in=over, campaign__in=boards)
    asked = Appeal.objects.filter(decided_at=None).values("application")
    waiting = list(rows.exclude(pk__in=asked).order_by("pk")[:AT_MOST])
    for each in waiting:
        with transaction.atomic():
            fresh = held(each)
            finish_if_open(fresh, "appeal", by=None, at=at, outcome=NONE)
            if not PoolPlace.objects.filter(application=fresh).exists():
                end(fresh, UNSUCCESSFUL, by=None, at=at)
            append_audit("promotion.end_window", about=fresh, by=None, at=at)
    return len(waiting)


@for_the_office()
def warn_of_the_pool(*, at: dt.datetime) -> int:
    day = in_london(at).date()
    period = Period.objects.of_day(Period.POOL_WARNING, day)
    if period is None:
        return 0
    soon = day + dt.timedelta(days=period.length)
    rows = PoolPlace.objects.standing().in_full().filter(
        until_on__gte=day, until_on__lte=soon, warned_at=None
    )  # fmt: skip
    found = list(rows.order_by("pk")[:AT_MOST])
    for each in found:
        with transaction.atomic():
            if PoolPlace.objects.filter(pk=each.pk, warned_at=None).update(warned_at=at):
                write("pool_ends_soon", each.application, at=at, until=each.until_on)
    return len(found)


@for_the_office()
def empty_the_pool(*, at: dt.datetime) -> int:
    """Whose last day is over leaves it."""
    found = list(PoolPlace.objects.over(in_london(at).date()).in_full()[:AT_MOST])
    for each in found:
        with override(LANGUAGES[each.application.language]):
            because = _("the time in the pool is over.")
        pool.expire(each, at=at, because=because)
    return len(found)


@for_the_office()
def warn_of_ends(*, at: dt.datetime) -> int:
    """The manager hears of each end once; of a new end again."""
    day = in_london(at).date()
    period = Period.objects.of_day(Period.END_WARNING, day)
    if period is None:
        return 0
    soon = day + dt.timedelta(days=period.length)
    rows = TemporaryPromotion.objects.standing().in_full().filter(until_on__lte=soon, from_on__lte=day)
    told = 0
    for each in rows.exclude(warned_for=F("until_on")).order_by("pk")[:AT_MOST]:
        with transaction.atomic():
            TemporaryPromotion.objects.filter(pk=each.pk).update(warned_for=each.until_on)
            manager = manager_of(each, on=day)
            if manager is not None:
                told += write_to(manager, "promotion_ends_soon", each, at=at) is not None
    return told
