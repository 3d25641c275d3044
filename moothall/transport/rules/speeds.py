"""Travel times corrected by what was driven: kept from a day on, left out again, brought back."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import LearnedSpeeds, SpeedFactor

DAY: Final = dt.timedelta(days=1)
LEARN: Final = "transport.learn_speeds"


class NoLegs(Refusal):
    sentence = _("Nothing was recorded that times could be corrected by.")
    next_step = _("Crews press Arrived at each stop on the page of their run; then try again.")


class CorrectionsGone(Refusal):
    sentence = _("These corrections are left out already.")
    next_step = _("Look at the page again: a colleague may have been quicker.")


class CorrectionsThere(Refusal):
    sentence = _("These corrections hold already, or others hold on these days.")
    next_step = _("Leave the others out first.")


class FactorRow(NamedTuple):
    """Of one kind of street in one band; without a leg it is that of its band."""

    band: str
    kind: str
    factor: float
    legs: int


class From(NamedTuple):
    """What the factors come from."""

    legs: int
    left_out: int
    days: int
    first_on: dt.date
    last_on: dt.date
    streets: str


@transaction.atomic
def ask_to_learn(*, by: Account, at: dt.datetime) -> None:
    """A worker works them out from what was driven until yesterday."""
    app.configure_task(LEARN).defer(by_id=by.pk)
    append_audit("transport.ask_to_learn_speeds", by=by, at=at)


def _hold() -> list[LearnedSpeeds]:
    rows = LearnedSpeeds.objects.select_for_update(of=("self",)).filter(withdrawn_at=None)
    return list(rows.order_by("from_on", "id"))


def _reaches(row: LearnedSpeeds, day: dt.date) -> bool:
    return row.until_on is None or row.until_on >= day


@transaction.atomic
def keep_speeds(
    factors: Sequence[FactorRow], came: From, *, from_on: dt.date, by: Account | None, at: dt.datetime
) -> LearnedSpeeds:
    """They hold from that day on; those before end the day before. Of two learned for one day the later."""
    if not came.legs:
        raise NoLegs
    there = _hold()
    same = [each.pk for each in there if each.from_on == from_on]
    LearnedSpeeds.objects.filter(pk__in=same).update(withdrawn_at=at, withdrawn_by=by)
    before = [each.pk for each in there if each.from_on < from_on and _reaches(each, from_on)]
    LearnedSpeeds.objects.filter(pk__in=before).update(until_on=from_on - DAY)
    later = min((each.from_on for each in there if each.from_on > from_on), default=None)
    made = LearnedSpeeds.objects.create(
        from_on=from_on, until_on=later - DAY if later else None, recorded_at=at, recorded_by=by,
        **came._asdict(),
    )  # fmt: skip
    SpeedFactor.objects.bulk_create(
        SpeedFactor(
            learned=made, band=each.band, kind=each.kind, factor=Decimal(str(round(each.factor, 4))),
            legs=each.legs,
        )
        for each in factors
    )  # fmt: skip
    append_audit("transport.learn_speeds", about=made, by=by, at=at, detail={"legs": came.legs})
    return made


@transaction.atomic
def leave_out_speeds(learned: LearnedSpeeds, *, by: Account, at: dt.datetime) -> LearnedSpeeds:
    """They were wrong: those before them go on in their place."""
    there = _hold()
    held = next((each for each in there if each.pk == learned.pk), None)
    if held is None:
        raise CorrectionsGone
    LearnedSpeeds.objects.filter(pk=held.pk).update(withdrawn_at=at, withdrawn_by=by)
    before = [each.pk for each in there if each.until_on == held.from_on - DAY]
    LearnedSpeeds.objects.filter(pk__in=before).update(until_on=held.until_on)
    append_audit("transport.leave_out_speeds", about=held, by=by, at=at)
    held.refresh_from_db()
    return held


@transaction.atomic
def bring_back_speeds(learned: LearnedSpeeds, *, by: Account, at: dt.datetime) -> LearnedSpeeds:
    """They were right after all: those before end again where these begin."""
    there = _hold()
    held = LearnedSpeeds.objects.select_for_update(of=("self",)).get(pk=learned.pk)
    following = Q(from_on__gte=held.from_on) & (Q(from_on__lte=held.until_on) if held.until_on else Q())
    if held.withdrawn_at is None or LearnedSpeeds.objects.standing().filter(following).exists():
        raise CorrectionsThere
    before = [each.pk for each in there if each.from_on < held.from_on and _reaches(each, held.from_on)]
    LearnedSpeeds.objects.filter(pk__in=before).update(until_on=held.from_on - DAY)
    LearnedSpeeds.objects.filter(pk=held.pk).update(withdrawn_at=None, withdrawn_by=None)
    append_audit("transport.bring_back_speeds", about=held, by=by, at=at)
    held.refresh_from_db()
    return held
