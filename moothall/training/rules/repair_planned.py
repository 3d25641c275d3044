"""Proposals of a repair for a version that is consulted on: planned sessions change, and nothing is booked.

What is changed is not what those concerned were asked about: it is a draft again until they are asked anew.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.training.models import (
    PlannedPerson,
    RepairMove,
    RepairProposal,
    ScheduleLine,
    ScheduleVersion,
    Session,
)

from .planned import PlannedLine, read_lines
from .repair_refusals import CannotAccept, NotAsItWas
from .schedule import back_to_draft, write_lines


def as_session(line: ScheduleLine) -> Session:
    """The session that it would be; it is not kept."""
    return Session(
        pk=line.pk, version=line.course_version, place=line.place, language=line.language, days=line.days,
        first_on=line.first_on, last_on=line.last_on, begins=line.begins, ends=line.ends,
        capacity=line.places, taken=line.planned,
    )  # fmt: skip


def accept_planned(
    proposal: RepairProposal, version: ScheduleVersion, moves: Sequence[RepairMove], *, today: dt.date
) -> None:
    """The planned sessions as they are proposed. The caller holds the schedule and is in a transaction."""
    held = _Held.of(proposal, version, moves, today)
    if proposal.sort == RepairProposal.TRAINERS:
        _teach(held.line(proposal.line), proposal.trainers_before, proposal.trainers)
    elif proposal.sort == RepairProposal.OFF:
        line = held.line(proposal.line)
        proposal.before = _said(read_lines([line])[0])
        line.delete()
    else:
        for move in moves:
            held.leave(move.out_of_line, move)
        for move in moves:
            held.join(move.into_line, move, waited=not move.out_of_line)
    back_to_draft(version)


def undo_planned(
    proposal: RepairProposal, version: ScheduleVersion, moves: Sequence[RepairMove], *, today: dt.date
) -> None:
    """As it was planned before."""
    held = _Held.of(proposal, version, moves, today)
    if proposal.sort == RepairProposal.TRAINERS:
        _teach(held.line(proposal.line), proposal.trainers, proposal.trainers_before)
    elif proposal.sort == RepairProposal.OFF:
        if proposal.line in held.lines:
            raise NotAsItWas(_("A session with its name is planned again since."))
        write_lines(version, [line_from(proposal.before)])
        proposal.before = {}
    else:
        for move in moves:
            held.leave(move.into_line, move)
        for move in moves:
            held.join(move.out_of_line, move)
    back_to_draft(version)


@dataclass(frozen=True)
class _Held:
    """The lines that a proposal is about, and those of them that this repair took out before."""

    version: ScheduleVersion
    lines: Mapping[str, ScheduleLine]
    out: Mapping[str, RepairProposal]
    today: dt.date

    @classmethod
    def of(
        cls, proposal: RepairProposal, version: ScheduleVersion, moves: Iterable[RepairMove], today: dt.date
    ) -> Self:
        keys = {key for move in moves for key in (move.out_of_line, move.into_line)} | {proposal.line}
        rows = version.lines.select_for_update(of=("self",)).filter(key__in=keys - {""})
        lines = {each.key: each for each in rows.in_full().order_by("pk")}
        off = RepairProposal.objects.select_for_update().filter(
            repair=proposal.repair_id, sort=RepairProposal.OFF, state=RepairProposal.ACCEPTED,
            line__in=keys - lines.keys() - {""},
        )  # fmt: skip
        return cls(version, lines, {each.line: each for each in off.order_by("pk")}, today)

    def line(self, key: str) -> ScheduleLine:
        line = self.lines.get(key)
        if line is None or line.first_on <= self.today:
            raise NotAsItWas(_("A session of this proposal is not planned any more, or has begun."))
        return line

    def leave(self, key: str, move: RepairMove) -> None:
        """They are not planned in there any more, nor come back when what was taken out is put back."""
        if not key:
            return
        if key in self.out:
            self._keep(key, [who for who in self._out(key) if who != move.employment_id])
            return
        line = self.line(key)
        gone, _each = line.people.filter(employment=move.employment_id).delete()
        if not gone:
            said = _said_of(line) | {"who": move.employment.person.full_name}
            raise NotAsItWas(_("%(who)s is not planned in for %(course)s of %(day)s any more.") % said)
        line.planned -= 1
        line.save(update_fields=["planned"])

    def join(self, key: str, move: RepairMove, *, waited: bool = False) -> None:
        """Nobody is planned in twice; whoever only waited, not if they are planned in for the course."""
        if not key:
            return
        if key in self.out:
            self._keep(key, [*self._out(key), move.employment_id])
            return
        line = self.line(key)
        same = PlannedPerson.objects.filter(
            employment=move.employment_id, line__version=self.version,
            line__course_version__course=line.course_version.course_id,
        )  # fmt: skip
        said = _said_of(line) | {"who": move.employment.person.full_name}
        if (same if waited else same.filter(line=line)).exists():
            raise NotAsItWas(_("%(who)s is planned in for %(course)s already.") % said)
        if line.planned >= line.places:
            raise CannotAccept(_("%(course)s of %(day)s is full.") % said)
        PlannedPerson.objects.create(line=line, employment_id=move.employment_id)
        line.planned += 1
        line.save(update_fields=["planned"])

    def _out(self, key: str) -> list[int]:
        """Who was planned in for a session that was taken out."""
        found: list[int] = self.out[key].before["people"]
        return found

    def _keep(self, key: str, people: list[int]) -> None:
        self.out[key].before["people"] = people
        self.out[key].save(update_fields=["before"])


def _said_of(line: ScheduleLine) -> dict[str, str]:
    return {
        "course": line.course_version.course.name_in(get_language() or "en"),
        "day": f"{line.first_on:%d/%m/%Y}",
    }


def _teach(line: ScheduleLine, before: Sequence[int], after: Sequence[int]) -> None:
    if set(line.trainers) != set(before):
        raise NotAsItWas(_("%(course)s of %(day)s is taught by others since.") % _said_of(line))
    line.trainers = list(after)
    line.save(update_fields=["trainers"])


def _said(line: PlannedLine) -> dict[str, Any]:
    said = dataclasses.asdict(line)
    return said | {
        "days": [day.isoformat() for day in line.days], "begins": line.begins.isoformat(),
        "ends": line.ends.isoformat(), "trainers": list(line.trainers), "people": list(line.people),
    }  # fmt: skip


def line_from(said: dict[str, Any]) -> PlannedLine:
    """A planned session as it was kept when it was taken out."""
    return PlannedLine(
        **said
        | {
            "days": tuple(dt.date.fromisoformat(day) for day in said["days"]),
            "begins": dt.time.fromisoformat(said["begins"]), "ends": dt.time.fromisoformat(said["ends"]),
            "trainers": tuple(said["trainers"]), "people": tuple(said["people"]),
        }
    )  # fmt: skip
