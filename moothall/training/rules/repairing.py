"""Proposals of a repair accepted, each as a whole, by the rules that hold for any place.

Locks are taken as everywhere: the schedule, sessions, employments, lines of the ledger. Until what was
accepted is told, nobody is written to, and it can be undone (`repair_undoing`).
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit, append_audit_each
from moothall.training.models import (
    Nomination,
    Repair,
    RepairMove,
    RepairProposal,
    Schedule,
    ScheduleVersion,
    Session,
)
from moothall.workforce.models import Employment

from .beds import give_bed_to, take_bed_from
from .placing_many import free_many, place_many
from .repair_planned import accept_planned
from .repair_refusals import (
    AcceptedAlready,
    CannotAccept,
    NeedsAnother,
    NotAsItWas,
    RepairOutdated,
)
from .repair_rooms import put_into_rooms
from .sessions import put_in_hands_of


@dataclass
class Accepted:
    """What came of accepting: the numbers of the proposals, and what stopped each of the others."""

    done: list[int] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Act:
    """Who does it and when."""

    by: Account
    at: dt.datetime
    today: dt.date


@transaction.atomic
def accept_proposals(
    repair: Repair, numbers: Collection[int], *, by: Account, at: dt.datetime, today: dt.date
) -> Accepted:
    """Each of these or not at all, those first that others need. What cannot be done says what stops it, and
    leaves the rest."""
    held, act, found = hold_repair(repair), Act(by, at, today), Accepted()
    rows = {each.number: each for each in held.proposals.select_related("decided_by").order_by("number")}
    for each in rows.values():
        each.repair = held
    for number in _in_order(rows, numbers):
        proposal = rows[number]
        try:
            with transaction.atomic():
                _accept(proposal, rows, act)
        except Refusal as refusal:
            found.refused.append((number, str(refusal)))
            RepairProposal.objects.open().filter(pk=proposal.pk).update(said=str(refusal)[:500])
        else:
            found.done.append(number)
    return found


def hold_repair(repair: Repair) -> Repair:
    """The repair, its schedule held; it has to be about the version that is published still, or about one
    that is not decided yet."""
    Schedule.objects.select_for_update().get(versions=repair.version_id)
    held = Repair.objects.in_full().get(pk=repair.pk)
    if held.of_draft:
        if not held.version.is_open or not held.is_made:
            raise RepairOutdated
        return held
    published = ScheduleVersion.objects.published().filter(schedule=held.version.schedule_id).first()
    if published is None or published.pk != held.stands_on or not held.is_made:
        raise RepairOutdated
    return held


def _in_order(rows: Mapping[int, RepairProposal], numbers: Iterable[int]) -> list[int]:
    """Those that are there, and before each of them those it needs that are wanted too."""
    wanted = {number for number in numbers if number in rows}
    found: list[int] = []
    for number in sorted(wanted):
        _put(number, rows, wanted, found, set())
    return found


def _put(
    number: int, rows: Mapping[int, RepairProposal], wanted: set[int], found: list[int], on_the_way: set[int]
) -> None:
    if number in found or number not in wanted or number in on_the_way:
        return
    for each in rows[number].needs:
        _put(each, rows, wanted, found, on_the_way | {number})
    found.append(number)


def _accept(proposal: RepairProposal, rows: Mapping[int, RepairProposal], act: Act) -> None:
    if proposal.state == RepairProposal.ACCEPTED:
        said = {"who": proposal.decided_by, "when": _moment(proposal)}
        raise AcceptedAlready(_("%(who)s accepted this already, at %(when)s.") % said)
    missing = [each for each in proposal.needs if rows[each].state != RepairProposal.ACCEPTED]
    if missing:
        raise NeedsAnother(_("This needs proposal %(number)s too.") % {"number": missing[0] + 1})
    moves = list(proposal.moves.select_related("employment__person", "into", "out_of").order_by("pk"))
    if proposal.repair.of_draft:
        accept_planned(proposal, proposal.repair.version, moves, today=act.today)
    else:
        _accept_in_sessions(proposal, moves, act)
    proposal.state, proposal.said = RepairProposal.ACCEPTED, ""
    proposal.decided_at, proposal.decided_by = act.at, act.by
    proposal.save(update_fields=["state", "said", "decided_at", "decided_by", "before"])
    append_audit(
        "training.accept_proposal", about=proposal.repair, by=act.by, at=act.at,
        detail={"number": proposal.number, "sort": proposal.sort},
    )  # fmt: skip


def _accept_in_sessions(proposal: RepairProposal, moves: Sequence[RepairMove], act: Act) -> None:
    sessions = hold_all(proposal, moves)
    if proposal.sort in (RepairProposal.PEOPLE, RepairProposal.LEAVE):
        _move(moves, sessions, act)
    elif proposal.sort == RepairProposal.TRAINERS:
        teach(proposal, sessions, proposal.trainers_before, proposal.trainers, act)
    elif proposal.sort == RepairProposal.ROOMS:
        session = sessions[proposal.session_id or 0]
        _check_to_come(session, act)
        put_into_rooms(session, proposal.rooms_before, proposal.rooms, by=act.by, at=act.at)


def _moment(proposal: RepairProposal) -> str:
    return f"{in_london(proposal.decided_at):%H:%M}" if proposal.decided_at else ""


def hold_all(proposal: RepairProposal, moves: Sequence[RepairMove]) -> dict[int, Session]:
    """All that it is about, locked in order, with the people after them."""
    ids = {each for move in moves for each in (move.out_of_id, move.into_id) if each}
    ids |= {proposal.session_id} if proposal.session_id else set()
    rows = Session.objects.select_for_update(of=("self",)).in_full().filter(pk__in=ids).order_by("pk")
    found = {each.pk: each for each in rows}
    people = Employment.objects.select_for_update(of=("self",), no_key=True)
    list(people.filter(pk__in={move.employment_id for move in moves}).order_by("pk").values_list("pk"))
    return found


def said_of(session: Session) -> dict[str, str]:
    return {
        "course": session.version.course.name_in(get_language() or "en"),
        "day": f"{session.first_on:%d/%m/%Y}",
    }


def _check_to_come(session: Session, act: Act) -> None:
    if not session.is_standing or session.first_on <= act.today:
        words = _("%(course)s of %(day)s is not held any more, or has begun.")
        raise NotAsItWas(words % said_of(session))


def _move(moves: Sequence[RepairMove], sessions: Mapping[int, Session], act: Act) -> None:
    """The old places are free, then the new ones are given; if one cannot be, nothing has changed."""
    for move in moves:
        if move.into_id:
            _check_to_come(sessions[move.into_id], act)
    freed = [_freed(move, sessions, act) for move in moves]
    placed = [each for each in freed if each is not None and each.state == Nomination.PLACED]
    for each in placed:
        take_bed_from(each, by=act.by, at=act.at)
    for move, one in zip(moves, freed, strict=True):
        move.freed = one
        move.took = list(one.spared.order_by("line").values_list("line", flat=True)) if one else []
    free_many(placed)
    for each in placed:
        each.session.taken -= 1
    _withdraw(moves, act)
    given = [_given(move, sessions, act) for move in moves if move.into_id]
    place_many(given, by=act.by, at=act.at)
    for each in given:
        if each.state != Nomination.PLACED:
            why = ": ".join(part for part in (str(each.get_waits_because_display()), each.waits_for) if part)
            raise CannotAccept(
                _("%(who)s: %(why)s.") % {"who": each.employment.person.full_name, "why": why.rstrip(".")}
            )
        give_bed_to(each, by=act.by, at=act.at)
    by_person = {(each.employment_id, each.session_id): each for each in given}
    for move in moves:
        move.given = by_person.get((move.employment_id, move.into_id or 0))
        move.save(update_fields=["given", "freed", "took"])


def _freed(move: RepairMove, sessions: Mapping[int, Session], act: Act) -> Nomination | None:
    """The place they have now; of somebody who waits for the course, that."""
    rows = Nomination.objects.filter(employment=move.employment_id).select_related("employment__person")
    if move.out_of_id:
        found = rows.placed().filter(session=move.out_of_id).first()
        if found is None:
            words = _("%(who)s has no place in %(course)s of %(day)s any more.")
            said = said_of(sessions[move.out_of_id]) | {"who": move.employment.person.full_name}
            raise NotAsItWas(words % said)
        found.session = sessions[move.out_of_id]
        return found
    if move.into_id is None:
        return None
    into = sessions[move.into_id]
    same = rows.filter(session__version__course=into.version.course_id)
    if same.placed().filter(session__last_on__gte=act.today).exists():
        words = _("%(who)s has a place in %(course)s already.")
        raise NotAsItWas(words % (said_of(into) | {"who": move.employment.person.full_name}))
    return same.in_turn().select_related("session__version__course").first()


def _withdraw(moves: Sequence[RepairMove], act: Act) -> None:
    """They do not come there; why is what they read. Whoever waits for the very session keeps that row."""
    gone = [move for move in moves if move.freed is not None and move.freed.session_id != move.into_id]
    for move in gone:
        if move.freed is not None:
            move.freed.state, move.freed.waits_because, move.freed.waits_for = Nomination.WITHDRAWN, "", ""
            move.freed.because = str(move.get_why_display())
            move.freed.save(update_fields=["state", "waits_because", "waits_for", "because"])
    about = [move.freed for move in gone if move.freed is not None]
    append_audit_each("training.withdraw", by=act.by, at=act.at, about=about, detail={"repair": True})


def _given(move: RepairMove, sessions: Mapping[int, Session], act: Act) -> Nomination:
    """What they are put forward with: the row they have for that session, or a new one."""
    rows = Nomination.objects.standing().filter(employment=move.employment_id, session=move.into_id)
    one = rows.first() or Nomination(asked_at=act.at, asked_by=act.by)
    if one.state == Nomination.PLACED:
        said = said_of(sessions[move.into_id or 0]) | {"who": move.employment.person.full_name}
        raise NotAsItWas(_("%(who)s has a place in %(course)s already.") % said)
    one.employment, one.session = move.employment, sessions[move.into_id or 0]
    one.decided_at, one.decided_by = act.at, act.by
    return one


def teach(
    proposal: RepairProposal, sessions: Mapping[int, Session], before: Collection[int],
    after: Collection[int], act: Act,
) -> None:  # fmt: skip
    """These teach it instead of those; nobody teaches twice on a day."""
    session = sessions[proposal.session_id or 0]
    _check_to_come(session, act)
    there = set(session.trainer_days.order_by().values_list("trainer_id", flat=True))
    if there != set(before):
        words = _("%(course)s of %(day)s is taught by others since.")
        raise NotAsItWas(words % said_of(session))
    people = Employment.objects.filter(pk__in=after).select_related("person").order_by("pk")
    put_in_hands_of(session, list(people), by=act.by, at=act.at)
