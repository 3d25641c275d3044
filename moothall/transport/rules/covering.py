"""Places of a day that change hands because somebody does not come; done whole, and taken back whole."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db import transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Cover, Manning, StandBy

from . import crew_refusals as refusals


@dataclass(frozen=True)
class Change:
    """A place (or a stand-by) that goes from one person, or nobody, to another, or nobody."""

    manning: int | None
    stand_by: int | None
    before: int | None
    after: int | None
    reason: str = ""
    reason_before: str = ""

    def said(self) -> dict[str, Any]:
        return dict(self.__dict__)

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        return cls(**said)


@transaction.atomic
def apply_cover(*, day: dt.date, name: str, changes: Sequence[Change], by: Account, at: dt.datetime) -> Cover:
    """All of it, if everything is still as it was when the option was worked out."""
    held = _hold(changes)
    if not changes or not all(_is(held, each, each.before) for each in changes):
        raise refusals.OptionIsGone
    for each in changes:
        _give(held, each, each.after, each.reason, at)
    made = Cover.objects.create(
        day=day, name=name[:40], changes=[each.said() for each in changes], at=at, by=by
    )
    append_audit("transport.cover", about=made, by=by, at=at, detail={"places": len(changes)})
    return made


@transaction.atomic
def take_back_cover(cover: Cover, *, by: Account, at: dt.datetime) -> Cover:
    """Everybody has again what they had."""
    rows = Cover.objects.filter(pk=cover.pk, undone_at=None)
    changes = [Change.of(each) for each in cover.changes]
    held = _hold(changes)
    if not all(_is(held, each, each.after) for each in changes):
        raise refusals.CoverIsOver
    if not rows.update(undone_at=at, undone_by=by):
        raise refusals.CoverIsOver
    for each in changes:
        _give(held, each, each.before, each.reason_before, at)
    append_audit("transport.take_back_cover", about=cover, by=by, at=at)
    cover.refresh_from_db()
    return cover


Held = tuple[Mapping[int, Manning], Mapping[int, StandBy]]


def _hold(changes: Sequence[Change]) -> Held:
    """The rows as they now stand, held in order until the transaction ends."""
    places = Manning.objects.select_for_update(of=("self",)).order_by("pk")
    waiting = StandBy.objects.select_for_update(of=("self",)).order_by("pk")
    return (
        {row.pk: row for row in places.filter(pk__in=[each.manning for each in changes if each.manning])},
        {row.pk: row for row in waiting.filter(pk__in=[each.stand_by for each in changes if each.stand_by])},
    )


def _is(held: Held, change: Change, who: int | None) -> bool:
    """Whether the place is this person's now. A stand-by stays theirs on paper when they are called out."""
    places, waiting = held
    if change.manning is not None:
        place = places.get(change.manning)
        return place is not None and place.member_id == who
    row = waiting.get(change.stand_by or 0)
    return row is not None and row.called_out == (who is None)


def _give(held: Held, change: Change, who: int | None, reason: str, at: dt.datetime) -> None:
    if change.manning is not None:
        rows = Manning.objects.filter(pk=change.manning)
        rows.update(member_id=who, reason="" if who else reason[:400], changed_at=at)
        return
    StandBy.objects.filter(pk=change.stand_by or 0).update(called_out=who is None)
