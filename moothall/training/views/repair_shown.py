"""What the page of a repair shows: what was found, what is proposed, what is accepted and told."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Prefetch, QuerySet

from moothall.training.models import Repair, RepairMove, RepairProposal
from moothall.workforce.models import Employment

REFUSALS_SAID = 5
ACCEPTED_SHOWN = 100


@dataclass(frozen=True)
class Shown:
    """A proposal with the names of those who would teach."""

    row: RepairProposal
    moves: list[RepairMove]
    trainers: list[str]
    before: list[str]

    @property
    def number(self) -> int:
        """As people count."""
        return self.row.number + 1

    @property
    def needs(self) -> list[int]:
        return [each + 1 for each in self.row.needs]


def shown(repair: Repair, page: Page[RepairProposal], *, at: dt.datetime) -> dict[str, Any]:
    """All that the page and its live part need."""
    said: dict[str, Any] = {"repair": repair, "busy": repair.is_busy(at), "broken": repair.is_broken(at)}
    said["changes"] = repair.changes.select_related(
        "employment__person", "place", "session__version__course"
    ).order_by("pk")
    if not repair.is_made:
        return said
    accepted = list(_full(repair.proposals.to_tell())[:ACCEPTED_SHOWN])
    proposed = list(_full(RepairProposal.objects.filter(pk__in=[each.pk for each in page.object_list])))
    names = _names([*accepted, *proposed])
    return said | {
        "page": page, "accepted": [_shown(each, names) for each in accepted],
        "proposed": [_shown(each, names) for each in proposed],
        "to_tell": repair.proposals.to_tell().count(),
        "told": repair.proposals.filter(told_in__isnull=False).count(),
    }  # fmt: skip


def _full(rows: QuerySet[RepairProposal]) -> QuerySet[RepairProposal]:
    moves = RepairMove.objects.select_related(
        "employment__person", "out_of__version__course", "out_of__place", "into__version__course",
        "into__place",
    ).order_by("pk")  # fmt: skip
    full = rows.select_related("session__version__course", "session__place", "decided_by")
    return full.prefetch_related(Prefetch("moves", moves)).order_by("number")


def _names(rows: Iterable[RepairProposal]) -> dict[int, str]:
    ids = {who for row in rows for who in (*row.trainers, *row.trainers_before)}
    people = Employment.objects.filter(pk__in=ids).select_related("person")
    return {each.pk: each.person.full_name for each in people}


def _shown(row: RepairProposal, names: dict[int, str]) -> Shown:
    return Shown(
        row, list(row.moves.all()), [names.get(each, "") for each in row.trainers],
        [names.get(each, "") for each in row.trainers_before],
    )  # fmt: skip
