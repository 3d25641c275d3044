"""What was accepted of a repair published as a changed version: only the differences are sent, once."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import Nomination, Repair, RepairProposal, ScheduleVersion

from .carrying_out import Done
from .consulting import consult
from .planned import PlannedLine, lines_of_version
from .publishing import publish
from .repair_refusals import NothingToTell
from .repairing import hold_repair
from .schedule import draft


@transaction.atomic
def tell_of_repair(
    repair: Repair, *, by: Account, at: dt.datetime, today: dt.date, because: str = ""
) -> ScheduleVersion:
    """All that is accepted and not told yet; those concerned are written to once this stands. Of a version
    that is consulted on those are asked again for whom something differs since they were asked."""
    held = hold_repair(repair)
    rows = list(held.proposals.to_tell().prefetch_related("moves").order_by("number"))
    if not rows:
        raise NothingToTell
    told = _asked_again(held, by, at) if held.of_draft else _published(held, rows, by, at, today, because)
    RepairProposal.objects.filter(pk__in=[each.pk for each in rows]).update(told_in=told)
    Repair.objects.filter(pk=held.pk).update(told=told)
    append_audit("training.tell_of_repair", about=held, by=by, at=at, detail={"proposals": len(rows)})
    return told


def _asked_again(held: Repair, by: Account, at: dt.datetime) -> ScheduleVersion:
    return consult(held.version, by=by, at=at)


def _published(
    held: Repair, rows: Sequence[RepairProposal], by: Account, at: dt.datetime, today: dt.date, because: str
) -> ScheduleVersion:
    before = ScheduleVersion.objects.select_related("schedule").get(pk=held.stands_on)
    made = draft(
        schedule=before.schedule, lines=_lines(before, rows), plan=before.plan, by=by, at=at,
        note=_("Version %(number)s, repaired") % {"number": before.number},
    )  # fmt: skip
    words = because.strip() or _("The Planning Schedule was repaired")
    return publish(made, by=by, at=at, today=today, because=words, done=_done(rows))


def _lines(before: ScheduleVersion, rows: Sequence[RepairProposal]) -> list[PlannedLine]:
    """The sessions as they are planned with what was accepted."""
    session_of = dict(before.lines.filter(session__isnull=False).values_list("key", "session_id"))
    off = {each.session_id for each in rows if each.sort == RepairProposal.OFF}
    taught = {each.session_id: each.trainers for each in rows if each.sort == RepairProposal.TRAINERS}
    joined: dict[int, list[int]] = defaultdict(list)
    left: dict[int, set[int]] = defaultdict(set)
    for move in (move for each in rows if each.sort != RepairProposal.OFF for move in each.moves.all()):
        if move.into_id:
            joined[move.into_id].append(move.employment_id)
        if move.out_of_id:
            left[move.out_of_id].add(move.employment_id)
    found = []
    for line in lines_of_version(before):
        session = session_of.get(line.key)
        if session in off:
            continue
        if session in joined or session in left or session in taught:
            line = _changed(line, session or 0, joined[session or 0], left[session or 0])
        if session in taught:
            line = dataclasses.replace(line, trainers=tuple(taught[session]))
        found.append(line)
    return found


def _changed(line: PlannedLine, session: int, joined: Sequence[int], left: set[int]) -> PlannedLine:
    """Without those who left; where there are too many then, without those who do not come any more."""
    stay = [who for who in line.people if who not in left and who not in joined]
    if len(stay) + len(joined) > line.places:
        there = Nomination.objects.standing().filter(session=session).order_by()
        coming = set(there.values_list("employment_id", flat=True))
        stay = [who for who in stay if who in coming]
    return dataclasses.replace(line, people=tuple([*stay, *joined][: line.places]))


def _done(rows: Sequence[RepairProposal]) -> Done:
    """The places that were given and taken, with where people were."""
    done = Done()
    moves = [move for each in rows for move in each.moves.all()]
    ids = {number for move in moves for number in (move.given_id, move.freed_id) if number}
    found = Nomination.objects.filter(pk__in=ids).in_full()
    by_number = {each.pk: each for each in found.select_related("session__version", "employment__person")}
    for move in moves:
        given, freed = by_number.get(move.given_id or 0), by_number.get(move.freed_id or 0)
        if freed is not None and move.out_of_id:
            done.before[freed.session_id, freed.employment_id] = freed.session
            done.touched[freed.session_id, freed.employment_id] = freed
        if given is not None:
            done.touched[given.session_id, given.employment_id] = given
    rehoused = [each.session_id for each in rows if each.sort == RepairProposal.ROOMS]
    there = Nomination.objects.placed().filter(session__in=rehoused).in_full().order_by("pk")
    for each in there:
        done.elsewhere[each.session_id, each.employment_id] = each
    return done
