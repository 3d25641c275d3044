"""How the papers of a contractor, of each of their crew and of each vehicle stand on a day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from moothall.transport.models import Contractor, ContractorStaff, Paper, Vehicle

from .allotting import Bar, bar_of
from .papers import Held, Holder, column_of, parts_of


@dataclass(frozen=True)
class Standing:
    """One holder: the papers that count or wait, what is lacking, and the last day on which all count."""

    holder: Holder
    papers: list[Paper]
    lacking: list[Bar]
    ends_on: dt.date | None

    @property
    def kind(self) -> str:
        """Which page shows this holder."""
        return column_of(self.holder)


def standings_of(contractor: Contractor, *, on: dt.date) -> list[Standing]:
    """The contractor first, then vehicles, then the crew; a handful of questions however many they are."""
    vehicles = Vehicle.objects.there(on).filter(contractor=contractor).select_related("kind", "contractor")
    crew = (
        ContractorStaff.objects.from_now(on)
        .filter(contractor=contractor)
        .select_related("person", "contractor")
    )
    return standings([contractor, *vehicles, *crew.order_by("person__folded_name", "id")], on=on)


def standings(holders: Sequence[Holder], *, on: dt.date) -> list[Standing]:
    held = Held(holders, on, on)
    return [_standing(each, held, on) for each in holders]


def _standing(holder: Holder, held: Held, on: dt.date) -> Standing:
    lacks = [lack for of in parts_of(holder) for lack in held.lacking(holder, of, on=on)]
    unlike = {lack.kind.pk: lack for lack in lacks}
    papers = sorted(held.of(holder), key=lambda one: (one.kind.place, one.expires_on or dt.date.max, one.pk))
    current = [one for one in papers if one.followed_by_id is None]
    needed = held.needed(holder, parts_of(holder), on)
    days = [one.expires_on for one in current if one.expires_on and one.kind_id in needed]
    return Standing(holder, current, [bar_of(lack) for lack in unlike.values()], min(days, default=None))
