"""What it costs to ask somebody to move who could have stayed, beside a place given back: from a day on."""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import Repair, RepairWeight

MOVING, MOVING_TOLD = Decimal("0.5"), Decimal("0.9")  # until somebody has said others
MOST: Final = Decimal(1)


class WeightsWrong(Refusal):
    sentence = _("Both are more than 0 and at most 1, and whoever was told costs no less than the others.")
    next_step = _("Choose such numbers: 1 is never to be asked.")


class WeighedThatDay(Refusal):
    sentence = _("Others hold from that day already, and a repair was made with them.")
    next_step = _("Choose another day.")


@transaction.atomic
def weigh_moving(
    *, from_on: dt.date, moving: Decimal, moving_told: Decimal, why: str, by: Account | None, at: dt.datetime
) -> RepairWeight:
    """From this day on. What was said of the same day is replaced, as long as no repair has used it."""
    if not 0 < moving <= moving_told <= MOST:
        raise WeightsWrong
    same = RepairWeight.objects.select_for_update().filter(from_on=from_on)
    if Repair.objects.filter(weighed__in=same).exists():
        raise WeighedThatDay
    same.delete()
    try:
        with transaction.atomic():
            made = RepairWeight.objects.create(
                from_on=from_on, moving=moving, moving_told=moving_told, why=why.strip()[:200], set_at=at,
                set_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise WeighedThatDay from None
    detail = {"from": from_on.isoformat(), "moving": str(moving), "told": str(moving_told)}
    append_audit("training.weigh_moving", about=made, by=by, at=at, detail=detail)
    return made


def weights_of(repair: Repair) -> tuple[Decimal, Decimal]:
    """What moving somebody costs in it, and somebody who was told."""
    held = repair.weighed
    return (held.moving, held.moving_told) if held is not None else (MOVING, MOVING_TOLD)
