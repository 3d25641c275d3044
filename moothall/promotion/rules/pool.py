"""Into the pool, out of it, and from it to a post."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from clocks.months import last_day_of_months
from moothall.cases.models import Case
from moothall.cases.rules.closing import reopen_case
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.promotion.models import Period, PoolPlace, Rank, TemporaryPromotion
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Application

from .going_on import POOL_EXPIRED, WITHDREW, end, finish_if_open, write
from .ranks import employment_of, period_of
from .refusals import LeftThePool, NoStaffRecord, NotLeft, ReasonNeeded
from .temporary import Posting, begin


def enter(
    application: Application, *, rank: Rank, place: int, marks: Decimal | None, on: dt.date
) -> PoolPlace:
    """Until the day that the row of that day gives."""
    last = last_day_of_months(on, period_of(Period.POOL, on).length)
    return PoolPlace.objects.create(
        application=application, rank=rank, place=place, marks=marks, entered_on=on, until_on=last
    )


def _held(place: PoolPlace) -> PoolPlace:
    held: PoolPlace = PoolPlace.objects.select_for_update(of=("self",)).in_full().get(pk=place.pk)
    if held.left_at is not None:
        raise LeftThePool
    return held


def _leave(held: PoolPlace, way: str, *, by: Account | None, at: dt.datetime, because: str = "") -> None:
    held.left_at, held.left_by, held.left_as, held.left_because = at, by, way, because[:300]
    held.save(update_fields=["left_at", "left_by", "left_as", "left_because"])


@for_the_office()
@transaction.atomic
def post_from_pool(
    place: PoolPlace, posting: Posting, *, by: Account | None, at: dt.datetime
) -> TemporaryPromotion:
    """To a post, for a while: their record says so from the first day, and they are written to."""
    held = _held(place)
    employment = employment_of(held.application.applicant.person, on=posting.from_on)
    if employment is None:
        raise NoStaffRecord
    made = begin(employment, posting, rank=held.rank, place=held, by=by, at=at)
    _leave(held, PoolPlace.POSTED, by=by, at=at)
    finish_if_open(held.application, "pool", by=by, at=at)
    append_audit("promotion.post", about=held.application, by=by, at=at, detail={"post": posting.post.number})
    return made


@for_the_office()
@transaction.atomic
def leave_pool(place: PoolPlace, *, because: str, by: Account, at: dt.datetime) -> PoolPlace:
    """Because they ask for it, or cannot be promoted any more."""
    held = _held(place)
    if not because.strip():
        raise ReasonNeeded
    write("pool_left", held.application, at=at, because=because.strip())
    _leave(held, PoolPlace.WITHDRAWN, by=by, at=at, because=because.strip())
    end(held.application, WITHDREW, by=by, at=at, reason=because.strip())
    append_audit("promotion.leave_pool", about=held.application, by=by, at=at)
    return held


@for_the_office()
@transaction.atomic
def return_to_pool(place: PoolPlace, *, by: Account, at: dt.datetime) -> PoolPlace:
    """They left it by mistake: their case is open again where it stood."""
    held: PoolPlace = PoolPlace.objects.select_for_update(of=("self",)).in_full().get(pk=place.pk)
    if held.left_as != PoolPlace.WITHDRAWN:
        raise NotLeft
    _take_up(held, by=by, at=at)
    held.left_at, held.left_by, held.left_as, held.left_because = None, None, "", ""
    held.save(update_fields=["left_at", "left_by", "left_as", "left_because"])
    append_audit("promotion.return_to_pool", about=held.application, by=by, at=at)
    return held


def _take_up(place: PoolPlace, *, by: Account, at: dt.datetime) -> None:
    case = Case.objects.get(pk=place.application.case_id)
    if case.is_closed:
        reopen_case(case, by=by, at=at, because=str(_("They are in the pool again.")))


@for_the_office()
@transaction.atomic
def expire(place: PoolPlace, *, at: dt.datetime, because: str) -> None:
    """Their last day is over: they hear, and their case ends."""
    held = _held(place)
    write("pool_left", held.application, at=at, because=because)
    _leave(held, PoolPlace.EXPIRED, by=None, at=at)
    end(held.application, POOL_EXPIRED, by=None, at=at)
    append_audit("promotion.expire", about=held.application, by=None, at=at)
