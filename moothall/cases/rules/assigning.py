"""Who does the work: assigning, taking, handing over to another team, and holding until a date."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Team

from .changing import change_case
from .escalating import settle_escalations


class NotInThatTeam(Refusal):
    sentence = _("That person does not work in this case's team.")
    next_step = _("Choose somebody in the team, or hand the case to their team.")


class ReasonNeeded(Refusal):
    sentence = _("A reason is needed, so that whoever reads this later knows why.")
    next_step = _("Write one sentence.")


class AlreadyClosed(Refusal):
    sentence = _("This case is closed.")
    next_step = _("Reopen it first.")


class DateHasPassed(Refusal):
    sentence = _("A case is held until a day to come.")
    next_step = _("Choose tomorrow or later.")


def refuse_if_closed(case: Case) -> None:
    if case.is_closed:
        raise AlreadyClosed


@transaction.atomic
def assign_case(
    case: Case, *, to: Account | None, by: Account | None, at: dt.datetime, edition: int | None = None
) -> Entry:
    """Give the case to somebody in its team, or to nobody."""
    refuse_if_closed(case)
    if to is not None and not (to.standing().everywhere or case.team_id in to.team_ids()):
        raise NotInThatTeam
    changes: dict[str, Any] = {"assignee": to}
    handed = to is not None and by is not None and to.pk != by.pk
    if handed:
        changes |= {"handed_at": at, "handed_because": ""}
    said = {"to": to.name if to else ""}
    return change_case(case, verb="assign", by=by, at=at, changes=changes, said=said, edition=edition)


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
    refuse_if_closed(case)
    if not because.strip():
        raise ReasonNeeded
    receiver = to or to_team.lead
    seen_by = list(dict.fromkeys([to_team.pk, *case.seen_by_teams]))
    changes = {
        "team": to_team,
        "assignee": receiver,
        "seen_by_teams": seen_by,
        "handed_at": at,
        "handed_because": because,
        "held_until": None,
        "hold_reason": "",
    }
    said = {"team": to_team.name, "team_cy": to_team.name_cy, "to": receiver.name if receiver else ""}
    entry = change_case(case, verb="hand_over", by=by, at=at, changes=changes, note=because, said=said)
    settle_escalations(case, at=at)
    return entry


@transaction.atomic
def hold_case(
    case: Case, *, until: dt.date, because: str, by: Account, at: dt.datetime, today: dt.date,
    waiting_on: str = Case.PERSON,
) -> Entry:  # fmt: skip
    """Put the case away until a day, saying why; its clock goes on unless its rule lets it pause."""
    refuse_if_closed(case)
    if not because.strip():
        raise ReasonNeeded
    if until <= today:
        raise DateHasPassed
    changes = {
        "held_until": until,
        "hold_reason": because[:200],
        "status": Case.WAITING,
        "waiting_on": waiting_on,
    }
    said = {"until": until.isoformat()}
    return change_case(case, verb="hold", by=by, at=at, changes=changes, note=because, said=said)


@transaction.atomic
def resume_case(case: Case, *, by: Account | None, at: dt.datetime) -> Entry:
    """Take the case up again: it is our turn."""
    refuse_if_closed(case)
    changes = {"held_until": None, "hold_reason": "", "status": Case.OPEN, "waiting_on": Case.US}
    return change_case(case, verb="resume", by=by, at=at, changes=changes)


@transaction.atomic
def prioritise_case(case: Case, *, priority: int, by: Account, at: dt.datetime) -> Entry:
    refuse_if_closed(case)
    changes = {"priority": priority}
    return change_case(case, verb="prioritise", by=by, at=at, changes=changes, said={"priority": priority})
