"""Who does the work: assigning, taking, handing over to another team, and how soon it is done."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry, Step
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.barring import Barred, refuse_barred_account
from moothall.people.models import Account, Team

from .access import let_in
from .changing import change_case, lock, undone_by
from .clocks import unmove
from .definition import definition_of
from .escalating import settle_escalations
from .holding import go_on, remember
from .refusals import need_reason, refuse_if_closed


class NotInThatTeam(Refusal):
    sentence = _("That person does not work in this case's team.")
    next_step = _("Choose somebody in the team, or hand the case to their team.")


class TheirsAlready(Refusal):
    sentence = _("That team has this case already.")
    next_step = _("Assign it to somebody in the team instead.")


@transaction.atomic
def assign_case(
    case: Case, *, to: Account | None, by: Account | None, at: dt.datetime, edition: int | None = None
) -> Entry:
    """Give the case to somebody in its team, or to nobody."""
    lock(case, edition=edition)
    refuse_if_closed(case)
    if to is not None:
        _refuse_strangers(to, case.team_id)
        refuse_who_may_not(to, case, at=at)
    changes: dict[str, Any] = {"assignee": to}
    handed_at = at if to is not None and by is not None and to.pk != by.pk else None
    has_it_already = to is not None and to.pk == case.assignee_id
    if not has_it_already and handed_at != case.handed_at:
        changes |= {"handed_at": handed_at, "handed_because": ""}
    let_in(case, to, by=by, at=at)
    said = {"to": to.name if to else ""}
    return change_case(case, verb="assign", by=by, at=at, changes=changes, said=said)


def _refuse_strangers(account: Account, team_id: int) -> None:
    if not account.standing().covers("cases.view", [team_id]):
        raise NotInThatTeam


def refuse_who_may_not(account: Account, case: Case, *, at: dt.datetime) -> None:
    """Whoever lacks what the work needs is not given it."""
    refuse_barred_account(account, needs=definition_of(case.version).needs, on=in_london(at).date())


def _receiver(case: Case, to_team: Team, to: Account | None, *, at: dt.datetime) -> Account | None:
    """Whoever was named, else the lead of the team where they may have it."""
    if to is not None:
        _refuse_strangers(to, to_team.pk)
        refuse_who_may_not(to, case, at=at)
        return to
    lead = to_team.lead
    if lead is None or not lead.is_active:
        return None
    try:
        refuse_who_may_not(lead, case, at=at)
    except Barred:
        return None
    return lead


@transaction.atomic
def hand_over(
    case: Case,
    *,
    to_team: Team,
    because: str,
    by: Account,
    at: dt.datetime,
    to: Account | None = None,
) -> Entry:
    """Hand the case to another team, whose lead sees it at once; the team that had it goes on seeing it."""
    lock(case)
    refuse_if_closed(case)
    need_reason(because)
    if to_team.pk == case.team_id:
        raise TheirsAlready
    receiver = _receiver(case, to_team, to, at=at)
    from_team_id = case.team_id
    changes = {
        "team": to_team,
        "assignee": receiver,
        "seen_by_teams": list(dict.fromkeys([to_team.pk, *case.seen_by_teams])),
        "handed_at": at,
        "handed_because": because,
        "held_until": None,
        "hold_reason": "",
        "waiting_on": Case.US,
        "status": Case.OPEN,
    }
    let_in(case, receiver, to_team.lead, by=by, at=at)
    said = {"team": to_team.name, "team_cy": to_team.name_cy, "to": receiver.name if receiver else ""}
    entry = change_case(case, verb="hand_over", by=by, at=at, changes=changes, note=because, said=said)
    remember(entry, go_on(case, by=by, at=at))
    _steps_go_along(case, from_team_id=from_team_id)
    settle_escalations(case, at=at)
    return entry


def _steps_go_along(case: Case, *, from_team_id: int) -> None:
    """Steps that were the team's because the case was: not those its service gives to a team by name."""
    named = list(definition_of(case.version).owners)
    left = case.steps.filter(team_id=from_team_id, state__in=[Step.PENDING, Step.READY])
    left.exclude(owner__in=named).update(team_id=case.team_id, assignee=None)


@undone_by("hand_over")
def _undo_hand_over(case: Case, entry: Entry, by: Account | None, at: dt.datetime) -> None:
    unmove(case, entry.detail, at=at)
    _steps_go_along(case, from_team_id=entry.detail["after"]["team"])


@transaction.atomic
def prioritise_case(case: Case, *, priority: int, by: Account, at: dt.datetime) -> Entry:
    """Say how soon the case is done among others."""
    lock(case)
    refuse_if_closed(case)
    changes = {"priority": priority}
    return change_case(case, verb="prioritise", by=by, at=at, changes=changes, said={"priority": priority})
