"""A vehicle looked over before its first run of the day: what is not fine keeps it in or is mended."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import (
    CheckItem,
    Defect,
    Duty,
    OffRoad,
    PlanningFigure,
    Press,
    Vehicle,
    VehicleCheck,
)

from . import day_refusals as refusals
from . import fleet
from .accounting import owner_of_all
from .refusals import NobodyToOwn

FINE, NOT_FINE = "FINE", "NOT_FINE"
WEEK: Final = 7  # days to mend something, where no figure is on record


@dataclass(frozen=True)
class Answer:
    """Of one thing: fine, or what was seen."""

    item: CheckItem
    fine: bool
    words: str = ""


def items_for(vehicle: Vehicle, day: dt.date) -> list[CheckItem]:
    """What is looked at on this vehicle that day, in order."""
    rows = CheckItem.objects.in_force(day).order_by("place", "id")
    return [each for each in rows if each.kind_id in (None, vehicle.kind_id)]


def checked_on(day: dt.date, vehicles: Collection[int]) -> set[int]:
    """Which of them have been looked over."""
    return set(
        VehicleCheck.objects.of_day(day).filter(vehicle__in=vehicles).values_list("vehicle", flat=True)
    )


def kinds_checked(day: dt.date) -> set[int | None]:
    """Of which kinds something is looked at; None: of every vehicle."""
    return set(CheckItem.objects.in_force(day).order_by().values_list("kind", flat=True))


def check_from_phone(press: Press, duty: Duty, said: Mapping[str, str], *, at: dt.datetime) -> VehicleCheck:
    """As it was filled in on the phone page, in the transaction that keeps the press."""
    if duty.vehicle is None:
        raise refusals.NothingToCheck
    answers = [
        Answer(item, said.get(f"item-{item.pk}") == FINE, said.get(f"words-{item.pk}", "").strip()[:300])
        for item in items_for(duty.vehicle, duty.day)
        if said.get(f"item-{item.pk}") in (FINE, NOT_FINE)
    ]
    return check_vehicle(duty.vehicle, day=duty.day, answers=answers, press=press, by=press.by, at=at)


@transaction.atomic
def check_vehicle(
    vehicle: Vehicle, *, day: dt.date, answers: Sequence[Answer], press: Press, by: Account, at: dt.datetime
) -> VehicleCheck:
    """Every line answered, once a day. What is critical takes the vehicle off the road there and then."""
    held = Vehicle.objects.select_for_update(of=("self",)).get(pk=vehicle.pk)
    if VehicleCheck.objects.of_day(day).filter(vehicle=held).exists():
        raise refusals.CheckedAlready
    asked = {each.pk for each in items_for(held, day)}
    if not asked:
        raise refusals.NothingToCheck
    whole = asked == {each.item.pk for each in answers}
    if not whole or any(not each.fine and not each.words for each in answers):
        raise refusals.AnswerMissing
    made = VehicleCheck.objects.create(
        key=press.key, vehicle=held, day=day, at=press.pressed_at, received_at=at, by=by,
        answers=[
            {
                "item": each.item.pk, "name": each.item.name, "name_cy": each.item.name_cy,
                "fine": each.fine, "words": each.words,
            }
            for each in answers
        ],
    )  # fmt: skip
    days = int(PlanningFigure.objects.on(day).get(PlanningFigure.MEND_DAYS, WEEK))
    for each in answers:
        if not each.fine:
            _defect(made, each, day + dt.timedelta(days=0 if each.item.critical else days), by=by, at=at)
    detail = {"defects": sum(not each.fine for each in answers), "day": day.isoformat()}
    append_audit("transport.check_vehicle", about=held, by=by, at=at, detail=detail)
    return made


def _defect(
    check: VehicleCheck, found: Answer, deadline_on: dt.date, *, by: Account, at: dt.datetime
) -> None:
    off: OffRoad | None = None
    if found.item.critical:
        because = f"{found.item.name_in(get_language() or 'en')}: {found.words}"
        off = fleet.take_off_road(
            check.vehicle, from_on=check.day, until_on=None, because=because, by=by, at=at
        )
    Defect.objects.create(
        check_of=check, item=found.item, words=found.words, critical=found.item.critical, off_road=off,
        owner=_owner(by), deadline_on=deadline_on,
    )  # fmt: skip


def _owner(found_by: Account) -> Account:
    """Whoever sees to what is nobody's; in an office that has nobody of the desk, whoever found it."""
    try:
        return owner_of_all()
    except NobodyToOwn:
        return found_by


@transaction.atomic
def give_defect(
    defect: Defect, *, owner: Account, deadline_on: dt.date, by: Account, at: dt.datetime
) -> Defect:
    """Somebody else sees to it, or by another day."""
    rows = Defect.objects.filter(pk=defect.pk, mended_at=None)
    if not rows.update(owner=owner, deadline_on=deadline_on):
        raise refusals.MendedAlready
    detail = {"owner": owner.pk, "by": deadline_on.isoformat()}
    append_audit("transport.give_defect", about=defect.check_of.vehicle, by=by, at=at, detail=detail)
    return defect


@transaction.atomic
def mend(defect: Defect, *, how: str, by: Account, at: dt.datetime) -> Defect:
    """It is as it should be again; what kept the vehicle off the road is over."""
    if not how.strip():
        raise refusals.SayWhy
    rows = Defect.objects.filter(pk=defect.pk, mended_at=None)
    if not rows.update(mended_at=at, mended_by=by, mended_how=how.strip()[:200]):
        raise refusals.MendedAlready
    if defect.off_road is not None:
        OffRoad.objects.filter(pk=defect.off_road.pk, withdrawn_at=None).update(
            withdrawn_at=at, withdrawn_by=by
        )
    append_audit("transport.mend", about=defect.check_of.vehicle, by=by, at=at, detail={"defect": defect.pk})
    return defect


@transaction.atomic
def not_mended(defect: Defect, *, by: Account, at: dt.datetime) -> Defect:
    """It was said by mistake that it is mended: as it was before."""
    rows = Defect.objects.filter(pk=defect.pk, mended_at__isnull=False)
    if not rows.update(mended_at=None, mended_by=None, mended_how=""):
        raise refusals.MendedAlready
    if defect.off_road is not None:
        OffRoad.objects.filter(pk=defect.off_road.pk).update(withdrawn_at=None, withdrawn_by=None)
    append_audit(
        "transport.not_mended", about=defect.check_of.vehicle, by=by, at=at, detail={"defect": defect.pk}
    )
    return defect


@transaction.atomic
def take_back_check(check: VehicleCheck, *, because: str, by: Account, at: dt.datetime) -> VehicleCheck:
    """It was of another vehicle, say: the vehicle is to be checked again, and is on the road again."""
    if not because.strip():
        raise refusals.SayWhy
    rows = VehicleCheck.objects.filter(pk=check.pk, undone_at=None)
    if not rows.update(undone_at=at, undone_by=by, undone_because=because.strip()[:200]):
        raise refusals.CheckIsOver
    off = check.defects.filter(off_road__isnull=False, mended_at=None).values("off_road")
    OffRoad.objects.filter(pk__in=off, withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by)
    append_audit("transport.take_back_check", about=check.vehicle, by=by, at=at, detail={"check": check.pk})
    return check


@transaction.atomic
def confirm_item(item: CheckItem, *, by: Account, at: dt.datetime, today: dt.date) -> None:
    """Somebody has read it in its source."""
    CheckItem.objects.filter(pk=item.pk).update(confirmed=True, source_read_on=today)
    append_audit("transport.confirm_check_item", by=by, at=at, detail={"item": item.key})


def unchecked_words() -> str:
    return _("Its first-use check has not been done.")
