"""Kinds of bedroom: added, renamed, sold no more or again, and whole corridors of bedrooms added at once."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.bookings.models import BedKind, Resource
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Place
from moothall.records.rules.audit import append_audit, append_audits, audit_event

from .nights import count_anew

LEVELS, MOST_AT_ONCE = 10, 200


class LevelTaken(Refusal):
    sentence = gettext_lazy("Another kind of bedroom is as good as this one already.")
    next_step = gettext_lazy("Choose a place in the order that is free.")


class KindNamedAlready(Refusal):
    sentence = gettext_lazy("There is a kind of bedroom of this name already.")
    next_step = gettext_lazy("Open that one, or choose another name.")


class RoomsNamedAlready(Refusal):
    next_step = gettext_lazy("Begin with another number, or give the corridor a name of its own.")


class TooManyRooms(Refusal):
    sentence = gettext_lazy("One to 200 bedrooms are added at once.")
    next_step = gettext_lazy("Do it in several steps.")


def free_levels() -> list[int]:
    """Where in the order another kind could stand, the plainest first."""
    taken = set(BedKind.objects.values_list("level", flat=True))
    return [level for level in range(LEVELS) if level not in taken]


@transaction.atomic
def add_bed_kind(
    *, name: str, level: int, rate: Decimal, by: Account | None, at: dt.datetime, name_cy: str = ""
) -> BedKind:
    """Another kind, with its place in the order: whoever is sold a lower one may be given a room of it."""
    _refuse_same_name(name)
    try:
        with transaction.atomic():
            made = BedKind.objects.create(
                name=name.strip(), name_cy=name_cy.strip(), level=level, rate=rate
            )  # fmt: skip
    except IntegrityError:
        raise LevelTaken from None
    append_audit("bookings.add_bed_kind", about=made, by=by, at=at, detail={"level": level})
    return made


@transaction.atomic
def change_bed_kind(
    kind: BedKind, *, name: str, rate: Decimal, by: Account, at: dt.datetime, name_cy: str = ""
) -> BedKind:
    """What it is called and what a night costs from now on; what is sold keeps the rate it was sold at."""
    held = BedKind.objects.select_for_update().get(pk=kind.pk)
    _refuse_same_name(name, but=held)
    before = {"name": held.name, "rate": str(held.rate)}
    held.name, held.name_cy, held.rate = name.strip(), name_cy.strip(), rate
    held.save(update_fields=["name", "name_cy", "rate"])
    append_audit("bookings.change_bed_kind", about=held, by=by, at=at, detail={"before": before})
    return held


def _refuse_same_name(name: str, *, but: BedKind | None = None) -> None:
    same = BedKind.objects.filter(name__iexact=name.strip())
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise KindNamedAlready


@transaction.atomic
def retire_bed_kind(kind: BedKind, *, by: Account, at: dt.datetime) -> None:
    """It is sold no more. What is sold stays, and its rooms go to whoever was sold a plainer kind."""
    if BedKind.objects.filter(pk=kind.pk, retired_at=None).update(retired_at=at):
        append_audit("bookings.retire_bed_kind", about=kind, by=by, at=at)


@transaction.atomic
def restore_bed_kind(kind: BedKind, *, by: Account, at: dt.datetime) -> None:
    if BedKind.objects.filter(pk=kind.pk, retired_at__isnull=False).update(retired_at=None):
        append_audit("bookings.restore_bed_kind", about=kind, by=by, at=at)


@dataclass(frozen=True)
class Corridor:
    """Bedrooms beside each other, numbered from one on: `Room 101`, `Room 102` …"""

    place: Place
    name: str = ""
    before_number: str = ""
    before_number_cy: str = ""
    first: int = 1
    count: int = 1
    step_free: bool = False

    def numbers(self) -> list[int]:
        return list(range(self.first, self.first + self.count))

    def named(self, number: int) -> str:
        return f"{self.before_number.strip()} {number}".strip()


@transaction.atomic
def add_bedrooms(kind: BedKind, corridor: Corridor, *, by: Account, at: dt.datetime) -> list[Resource]:
    """All of a corridor in one go; the nights of its place are counted anew once."""
    if not 0 < corridor.count <= MOST_AT_ONCE:
        raise TooManyRooms
    _refuse_same_rooms(corridor)
    welsh = corridor.before_number_cy.strip()
    made = Resource.objects.bulk_create(
        Resource(
            kind=Resource.BED, place=corridor.place, name=corridor.named(number), capacity=1, bed_kind=kind,
            name_cy=f"{welsh} {number}" if welsh else "", step_free=corridor.step_free,
            corridor=corridor.name.strip(), along=number, for_appointments=False,
        )
        for number in corridor.numbers()
    )  # fmt: skip
    append_audits(audit_event("bookings.resource", about=each, by=by, at=at) for each in made)
    count_anew(place=corridor.place, today=in_london(at).date(), by=by, at=at)
    return made


def _refuse_same_rooms(corridor: Corridor) -> None:
    names = [corridor.named(number) for number in corridor.numbers()]
    there = Resource.objects.filter(
        place=corridor.place, kind=Resource.BED, name__in=names, retired_at=None
    ).order_by("along", "name", "id")
    if first := there.first():
        raise RoomsNamedAlready(_("There is a bedroom “%s” at this place already.") % first.name)
