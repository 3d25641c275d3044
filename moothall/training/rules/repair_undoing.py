"""An accepted proposal undone, as long as nobody was told: everything is as it was before."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import Nomination, RepairMove, RepairProposal, Session

from .beds import give_bed_to, take_bed_from
from .placing_many import free_many
from .repair_planned import undo_planned
from .repair_refusals import CannotAccept, NeededByAnother, NotAccepted, NotAsItWas, ToldAlready
from .repair_rooms import put_into_rooms
from .repairing import Act, hold_all, hold_repair, said_of, teach
from .restoring import restore_places


@transaction.atomic
def undo_proposal(proposal: RepairProposal, *, by: Account, at: dt.datetime, today: dt.date) -> None:
    """As it was before it was accepted, as long as nobody was told."""
    held, act = hold_repair(proposal.repair), Act(by, at, today)
    rows = {each.number: each for each in held.proposals.order_by("number")}
    mine = rows[proposal.number]
    if mine.state != RepairProposal.ACCEPTED:
        raise NotAccepted
    if mine.told_in_id is not None:
        raise ToldAlready
    for each in rows.values():
        if each.state == RepairProposal.ACCEPTED and mine.number in each.needs:
            raise NeededByAnother(_("Proposal %(number)s needs this one.") % {"number": each.number + 1})
    moves = list(
        mine.moves.select_related(
            "employment__person", "given__employment__person", "freed__employment__person"
        ).order_by("pk")
    )
    if held.of_draft:
        undo_planned(mine, held.version, moves, today=today)
    else:
        _undo_in_sessions(mine, moves, act)
    mine.state, mine.decided_at, mine.decided_by = RepairProposal.OPEN, None, None
    mine.save(update_fields=["state", "decided_at", "decided_by", "before"])
    detail = {"number": mine.number}
    append_audit("training.undo_proposal", about=held, by=by, at=at, detail=detail)


def _undo_in_sessions(mine: RepairProposal, moves: Sequence[RepairMove], act: Act) -> None:
    sessions = hold_all(mine, moves)
    if mine.sort == RepairProposal.TRAINERS:
        teach(mine, sessions, mine.trainers, mine.trainers_before, act)
    elif mine.sort == RepairProposal.ROOMS:
        session = sessions[mine.session_id or 0]
        put_into_rooms(session, mine.rooms, mine.rooms_before, by=act.by, at=act.at)
    else:
        _move_back(moves, sessions, act)


def _move_back(moves: Sequence[RepairMove], sessions: Mapping[int, Session], act: Act) -> None:
    """The new places are free, and everybody is where they were."""
    _take_back([move.given for move in moves if move.given is not None], sessions, act)
    back = [move.freed for move in moves if move.freed is not None and move.out_of_id]
    took = {move.freed_id: move.took for move in moves}
    try:
        with transaction.atomic():
            restore_places([(each, took[each.pk]) for each in back])
    except IntegrityError:
        raise CannotAccept(_("Somebody else has one of the places since.")) from None
    for each in back:
        each.session = sessions[each.session_id]
        give_bed_to(each, by=act.by, at=act.at)
    for move in moves:
        if move.freed_id and not move.out_of_id:
            _wait(move.freed_id)
        move.given, move.freed = None, None
        move.save(update_fields=["given", "freed"])


def _take_back(given: Sequence[Nomination], sessions: Mapping[int, Session], act: Act) -> None:
    for each in given:
        each.session = sessions[each.session_id]
        if each.state != Nomination.PLACED:
            words = _("%(who)s has no place in %(course)s of %(day)s any more.")
            raise NotAsItWas(words % (said_of(each.session) | {"who": each.employment.person.full_name}))
        take_bed_from(each, by=act.by, at=act.at)
    free_many(given)
    ids = [each.pk for each in given]
    Nomination.objects.filter(pk__in=ids).update(state=Nomination.WITHDRAWN, placed_at=None)


def _wait(number: int) -> None:
    """On the waiting list again; the next night looks at it."""
    Nomination.objects.filter(pk=number).update(
        state=Nomination.WAITING, waits_because=Nomination.FULL, waits_for="", because="", placed_at=None
    )
