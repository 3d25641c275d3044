"""Somebody decides on leave in a manager's place, between two days."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.leave.models import LeaveDeputy
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .refusals import TakenBack


class NotThemself(Refusal):
    sentence = _("Nobody stands in for themself.")
    next_step = _("Choose a colleague.")


class EndsTooSoon(Refusal):
    sentence = _("The last day is before the first, or has passed.")
    next_step = _("Check both days.")


@transaction.atomic
def name_deputy(
    manager: Account, *, deputy: Account, from_on: dt.date, until_on: dt.date, by: Account, at: dt.datetime,
    today: dt.date,
) -> LeaveDeputy:  # fmt: skip
    """Whoever is named decides on the leave of the manager's people on these days, and on nothing else."""
    if manager.pk == deputy.pk:
        raise NotThemself
    if until_on < from_on or until_on < today:
        raise EndsTooSoon
    made = LeaveDeputy.objects.create(
        manager=manager, deputy=deputy, from_on=from_on, until_on=until_on, named_by=by, named_at=at
    )
    detail = {"deputy": deputy.pk, "from": from_on.isoformat(), "until": until_on.isoformat()}
    append_audit("leave.deputy", about=made, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def withdraw_deputy(deputy: LeaveDeputy, *, by: Account, at: dt.datetime) -> None:
    """They decide no more; what they decided stands."""
    found = LeaveDeputy.objects.filter(pk=deputy.pk, withdrawn_at=None)
    if not found.update(withdrawn_at=at, withdrawn_by=by):
        raise TakenBack
    append_audit("leave.deputy_withdrawn", about=deputy, by=by, at=at)
