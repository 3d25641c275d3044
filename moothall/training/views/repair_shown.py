"""What the page of a repair shows: what was found, what is proposed, what is accepted and told."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Prefetch, QuerySet

from moothall.bookings.models import Resource
from moothall.people.models import Place
from moothall.training.models import (
    CourseVersion,
    Repair,
    RepairMove,
    RepairProposal,
    ScheduleLine,
    Session,
)
from moothall.training.rules.repair_planned import as_session, line_from
from moothall.training.rules.repair_weights import weights_of
from moothall.training.rules.schedule import row_of
from moothall.workforce.models import Employment

REFUSALS_SAID = 5
ACCEPTED_SHOWN = 100
Sessions = Mapping[str, Session]


@dataclass(frozen=True)
class ShownMove:
    """Somebody, and the session they leave and the one they come to, held or only planned."""

    row: RepairMove
    leaves: Session | None
    joins: Session | None


@dataclass(frozen=True)
class Shown:
    """A proposal with the names of those who would teach and of the rooms, and the session it is about."""

    row: RepairProposal
    session: Session | None
    moves: list[ShownMove]
    trainers: list[str]
    before: list[str]
    rooms: list[Resource]
    rooms_before: list[Resource]

    @property
    def number(self) -> int:
        """As people count."""
        return self.row.number + 1

    @property
    def needs(self) -> list[int]:
        return [each + 1 for each in self.row.needs]


@dataclass(frozen=True)
class _Names:
    people: Mapping[int, str]
    rooms: Mapping[int, Resource]
    planned: Sessions


def shown(repair: Repair, page: Page[RepairProposal], *, at: dt.datetime) -> dict[str, Any]:
    """All that the page and its live part need."""
    said: dict[str, Any] = {"repair": repair, "busy": repair.is_busy(at), "broken": repair.is_broken(at)}
    said["moving"], said["moving_told"] = weights_of(repair)
    changes = repair.changes.select_related("employment__person", "place", "session__version__course")
    said["changes"] = _with_lines(repair, changes.order_by("pk"))
    if not repair.is_made:
        return said
    accepted = list(_full(repair.proposals.to_tell())[:ACCEPTED_SHOWN])
    proposed = list(_full(RepairProposal.objects.filter(pk__in=[each.pk for each in page.object_list])))
    names = _names(repair, [*accepted, *proposed])
    return said | {
        "page": page, "accepted": [_shown(each, names) for each in accepted],
        "proposed": [_shown(each, names) for each in proposed],
        "to_tell": repair.proposals.to_tell().count(),
        "told": repair.proposals.filter(told_in__isnull=False).count(),
    }  # fmt: skip


def _with_lines(repair: Repair, changes: Iterable[Any]) -> list[Any]:
    """A session that is only planned stands where a held one would."""
    rows = list(changes)
    planned = _planned(repair, {each.line for each in rows})
    for each in rows:
        each.session = each.session or planned.get(each.line)
    return rows


def _full(rows: QuerySet[RepairProposal]) -> QuerySet[RepairProposal]:
    moves = RepairMove.objects.select_related(
        "employment__person", "out_of__version__course", "out_of__place", "into__version__course",
        "into__place",
    ).order_by("pk")  # fmt: skip
    full = rows.select_related("session__version__course", "session__place", "decided_by")
    return full.prefetch_related(Prefetch("moves", moves)).order_by("number")


def _names(repair: Repair, rows: list[RepairProposal]) -> _Names:
    ids = {who for row in rows for who in (*row.trainers, *row.trainers_before)}
    people = Employment.objects.filter(pk__in=ids).select_related("person")
    rooms = {room for row in rows for room in (*row.rooms, *row.rooms_before)}
    keys = {key for row in rows for each in row.moves.all() for key in (each.out_of_line, each.into_line)}
    planned = _planned(repair, keys | {row.line for row in rows})
    planned |= _taken_out(repair, {row.line: row for row in rows if row.before})
    return _Names(
        {each.pk: each.person.full_name for each in people}, Resource.objects.in_bulk(rooms), planned
    )


def _planned(repair: Repair, keys: Iterable[str]) -> dict[str, Session]:
    """The sessions that are only planned, by the keys of their lines."""
    wanted = set(keys) - {""}
    if not wanted:
        return {}
    rows = ScheduleLine.objects.filter(version=repair.version_id, key__in=wanted).in_full()
    return {each.key: as_session(each) for each in rows.order_by("pk")}


def _taken_out(repair: Repair, rows: Mapping[str, RepairProposal]) -> dict[str, Session]:
    """Those that are not planned any more, as they were."""
    if not rows:
        return {}
    lines = {key: row_of(repair.version, line_from(row.before)) for key, row in rows.items()}
    versions = CourseVersion.objects.select_related("course").in_bulk(
        {each.course_version_id for each in lines.values()}
    )
    places = Place.objects.in_bulk({each.place_id for each in lines.values()})
    for each in lines.values():
        each.course_version, each.place = versions[each.course_version_id], places[each.place_id]
    return {key: as_session(each) for key, each in lines.items()}


def _shown(row: RepairProposal, names: _Names) -> Shown:
    moves = [
        ShownMove(
            each, each.out_of or names.planned.get(each.out_of_line),
            each.into or names.planned.get(each.into_line),
        )
        for each in row.moves.all()
    ]  # fmt: skip
    return Shown(
        row, row.session or names.planned.get(row.line), moves,
        [names.people.get(each, "") for each in row.trainers],
        [names.people.get(each, "") for each in row.trainers_before],
        [names.rooms[each] for each in row.rooms if each in names.rooms],
        [names.rooms[each] for each in row.rooms_before if each in names.rooms],
    )  # fmt: skip
