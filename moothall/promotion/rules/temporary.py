"""Promotions for a while: they begin, are looked at, go on longer, and end for good or with the way back."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from clocks.months import last_day_of_months
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.people.models import Account, Organisation, Post
from moothall.promotion.models import Period, PoolPlace, Prolonging, Rank, TemporaryPromotion
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Assignment, Employment
from moothall.workforce.rules.assigning import change_assignment

from .going_on import PROMOTED, UNSUCCESSFUL, end, finish_if_open
from .ranks import period_of
from .refusals import (
    EndedAlready,
    EndsBefore,
    NoStaffRecord,
    NotProlonged,
    NotYourOwn,
    PromotedAlready,
    ReasonNeeded,
)
from .telling import write_about

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Posting:
    """To which post somebody goes, when and why. Without a last day it is that of the row in force."""

    post: Post
    unit: Organisation
    from_on: dt.date
    because: str
    manager: Employment | None = None
    until_on: dt.date | None = None
    allowance: str = ""


@for_the_office()
@transaction.atomic
def begin(
    employment: Employment, posting: Posting, *, rank: Rank, by: Account | None, at: dt.datetime,
    place: PoolPlace | None = None,
) -> TemporaryPromotion:  # fmt: skip
    """Their record says it from the first day; what they did before is kept to go back to."""
    first = posting.from_on
    until = posting.until_on or last_day_of_months(first, period_of(Period.TEMPORARY, first).length)
    review = min(until, last_day_of_months(first, period_of(Period.REVIEW, first).length))
    if until < first:
        raise EndsBefore
    if not posting.because.strip():
        raise ReasonNeeded
    if by is not None and by.person_id == employment.person_id:
        raise NotYourOwn
    if TemporaryPromotion.objects.not_over(first).filter(employment=employment).exists():
        raise PromotedAlready
    before = Assignment.objects.in_force(first).filter(employment=employment, is_main=True).in_full().first()
    if before is None:
        raise NoStaffRecord
    changes = {"post": posting.post, "unit": posting.unit, "manager": posting.manager or before.manager}
    change_assignment(employment, from_on=first, by=by, at=at, because=posting.because.strip(), **changes)
    made = TemporaryPromotion.objects.create(
        employment=employment, rank=rank, pool_place=place, post=posting.post, unit=posting.unit,
        post_before=before.post, unit_before=before.unit, manager_before=before.manager, from_on=first,
        until_on=until, review_on=review, because=posting.because.strip()[:300],
        allowance=posting.allowance.strip(), made_at=at, made_by=by,
    )  # fmt: skip
    write_about("promotion_posting", made, at=at)
    append_audit("promotion.begin", about=made, by=by, at=at, detail={"rank": rank.key})
    return made


def _held(promotion: TemporaryPromotion) -> TemporaryPromotion:
    rows = TemporaryPromotion.objects.select_for_update(of=("self",)).in_full()
    held: TemporaryPromotion = rows.get(pk=promotion.pk)
    if held.ended_at is not None:
        raise EndedAlready
    return held


@for_the_office()
@transaction.atomic
def prolong(
    promotion: TemporaryPromotion, *, until_on: dt.date, because: str, by: Account, at: dt.datetime
) -> TemporaryPromotion:
    """It goes on longer than was agreed; they hear why."""
    held = _held(promotion)
    if until_on <= held.until_on:
        raise EndsBefore
    if not because.strip():
        raise ReasonNeeded
    Prolonging.objects.create(
        promotion=held, until_before=held.until_on, until_on=until_on, because=because.strip()[:300], at=at,
        by=by,
    )  # fmt: skip
    held.until_on = until_on
    held.save(update_fields=["until_on"])
    write_about("promotion_prolonged", held, at=at, because=because.strip())
    append_audit("promotion.prolong", about=held, by=by, at=at, detail={"until": until_on.isoformat()})
    return held


@for_the_office()
@transaction.atomic
def take_back_prolonging(
    promotion: TemporaryPromotion, *, by: Account, at: dt.datetime
) -> TemporaryPromotion:
    held = _held(promotion)
    last = held.prolonged.filter(undone_at=None, until_on=held.until_on).order_by("-pk").first()
    if last is None:
        raise NotProlonged
    Prolonging.objects.filter(pk=last.pk).update(undone_at=at)
    held.until_on = last.until_before
    held.save(update_fields=["until_on"])
    append_audit("promotion.take_back_prolonging", about=held, by=by, at=at)
    return held


@for_the_office()
@transaction.atomic
def review(promotion: TemporaryPromotion, *, words: str, by: Account, at: dt.datetime) -> TemporaryPromotion:
    """How it goes, as it was talked over. Written again, it takes the place of what stood there."""
    held = _held(promotion)
    if not words.strip():
        raise ReasonNeeded
    held.review, held.reviewed_at, held.reviewed_by = words.strip(), at, by
    held.save(update_fields=["review", "reviewed_at", "reviewed_by"])
    append_audit("promotion.review", about=held, by=by, at=at)
    return held


def _end(
    held: TemporaryPromotion, way: str, *, on: dt.date, because: str, by: Account, at: dt.datetime
) -> None:
    held.ended_at, held.ended_by, held.ended_on = at, by, on
    held.ended_as, held.ended_because = way, because[:300]
    held.save(update_fields=["ended_at", "ended_by", "ended_on", "ended_as", "ended_because"])


@for_the_office()
@transaction.atomic
def confirm(promotion: TemporaryPromotion, *, by: Account, at: dt.datetime) -> TemporaryPromotion:
    """For good: the post stays theirs. Their case waits for pay and record, then ends."""
    held = _held(promotion)
    day = in_london(at).date()
    if day < held.from_on:
        raise EndsBefore
    _end(held, TemporaryPromotion.CONFIRMED, on=day, because="", by=by, at=at)
    if held.pool_place is not None:
        if held.prolonged.filter(undone_at=None).exists():
            finish_if_open(held.pool_place.application, "temp", by=by, at=at, outcome="extended")
        finish_if_open(held.pool_place.application, "temp", by=by, at=at, outcome="confirmed")
        finish_if_open(held.pool_place.application, "subst", by=by, at=at)
    write_about("substantive_promotion", held, at=at, first=day + DAY)
    if held.pool_place is not None:
        end(held.pool_place.application, PROMOTED, by=by, at=at, reason=str(_("Promoted for good.")))
    append_audit("promotion.confirm", about=held, by=by, at=at)
    return held


@for_the_office()
@transaction.atomic
def go_back(
    promotion: TemporaryPromotion, *, last_day: dt.date, because: str, by: Account, at: dt.datetime
) -> TemporaryPromotion:
    """It ends: from the next day they are in the post they held before."""
    held = _held(promotion)
    if last_day < held.from_on:
        raise EndsBefore
    if not because.strip():
        raise ReasonNeeded
    changes = {"post": held.post_before, "unit": held.unit_before, "manager": held.manager_before}
    change_assignment(
        held.employment, from_on=last_day + DAY, by=by, at=at, because=because.strip(), **changes
    )
    _end(held, TemporaryPromotion.REVERTED, on=last_day, because=because.strip(), by=by, at=at)
    write_about("promotion_ended", held, at=at, because=because.strip(), last=last_day)
    if held.pool_place is not None:
        said = because.strip()
        finish_if_open(held.pool_place.application, "temp", by=by, at=at, outcome="reverted", note=said)
        end(held.pool_place.application, UNSUCCESSFUL, by=by, at=at, reason=because.strip())
    append_audit("promotion.go_back", about=held, by=by, at=at)
    return held
