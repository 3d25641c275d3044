"""Roles and who holds them, for which team and between which days."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from moothall.core.audit import write_down
from moothall.core.clock import in_london
from moothall.core.permissions import known
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Grant, Role, Team
from moothall.people.models.contact_folding import tidy

from .accounts import keep_an_administrator
from .leaving import see_out_if_last


class HeldAlready(Refusal):
    sentence = _("This account holds that role there already.")


class EndsBeforeItStarts(Refusal):
    sentence = _("A role ends after the day it starts.")
    next_step = _("Check the two days.")


class AccountEnded(Refusal):
    sentence = _("Access to this account has ended.")
    next_step = _("Restore the account first.")


class RoleNameTaken(Refusal):
    sentence = _("There is a role of this name already.")
    next_step = _("Change that role, or choose another name.")


class RoleNameMissing(Refusal):
    sentence = _("A role needs a name.")


class GrantEnded(Refusal):
    sentence = _("This role has been ended already.")


@transaction.atomic
def grant_role(
    account: Account,
    *,
    role: Role,
    by: Account | None,
    at: dt.datetime,
    team: Team | None = None,
    started_on: dt.date | None = None,
    ended_on: dt.date | None = None,
) -> Grant:
    """Give somebody a role, in one team or in the whole office, from today unless another day is given.

    `ended_on` is the first day without it.
    """
    fresh = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if not fresh.is_active:
        raise AccountEnded
    first = started_on or in_london(at).date()
    if ended_on is not None and ended_on <= first:
        raise EndsBeforeItStarts
    held = Grant.objects.not_ended(first).filter(account=fresh, role=role, team=team)
    if held.filter(started_on__lt=ended_on).exists() if ended_on else held.exists():
        raise HeldAlready
    grant = Grant.objects.create(
        account=fresh, role=role, team=team, started_on=first, ended_on=ended_on, granted_by=by
    )
    detail = {"role": role.key, "team": team.key if team else None, "from": first.isoformat()}
    write_down("people.grant_role", by=by, at=at, about=fresh, detail=detail)
    return grant


@transaction.atomic
def end_grant(grant: Grant, *, by: Account | None, at: dt.datetime, ended_on: dt.date | None = None) -> Grant:
    """Somebody no longer holds a role, from today or from a later day on; who holds none is signed out."""
    today = in_london(at).date()
    fresh = (
        Grant.objects.select_for_update(of=("self",))
        .select_related("account", "role", "team")
        .order_by("pk")
        .get(pk=grant.pk)
    )
    if fresh.ended_on is not None and fresh.ended_on <= today:
        raise GrantEnded
    fresh.ended_on = max(ended_on or today, today, fresh.started_on)
    fresh.save(update_fields=["ended_on"])
    keep_an_administrator(fresh.ended_on)
    detail = {"role": fresh.role.key, "until": fresh.ended_on.isoformat()}
    write_down("people.end_grant", by=by, at=at, about=fresh.account, detail=detail)
    if fresh.ended_on <= today:
        see_out_if_last(fresh.account, on=today, by=by, at=at)
    return fresh


@transaction.atomic
def add_role(
    *,
    name: str,
    permissions: Iterable[str],
    by: Account | None,
    at: dt.datetime,
    name_cy: str = "",
    mfa_required: bool = False,
) -> Role:
    """Make a named set of permissions; one that no app declares is a mistake in the caller."""
    shown = tidy(name, 120)
    key = slugify(shown)[:60]
    if not key:
        raise RoleNameMissing
    if Role.objects.filter(key=key).exists():
        raise RoleNameTaken
    role = Role.objects.create(
        key=key,
        name=shown,
        name_cy=tidy(name_cy, 120),
        permissions=sorted({known(permission).name for permission in permissions}),
        mfa_required=mfa_required,
    )
    write_down("people.add_role", by=by, at=at, about=role, detail={"permissions": role.permissions})
    return role


@transaction.atomic
def change_role(
    role: Role,
    *,
    name: str,
    permissions: Iterable[str],
    mfa_required: bool,
    by: Account,
    at: dt.datetime,
    name_cy: str = "",
) -> Role:
    """Change what a role is called and what it allows; everybody who holds it feels it at once."""
    fresh: Role = Role.objects.select_for_update().order_by("pk").get(pk=role.pk)
    before = set(fresh.permissions)
    fresh.name, fresh.name_cy = tidy(name, 120), tidy(name_cy, 120)
    if not fresh.name:
        raise RoleNameMissing
    fresh.permissions = sorted({known(permission).name for permission in permissions})
    fresh.mfa_required = mfa_required
    fresh.save(update_fields=["name", "name_cy", "permissions", "mfa_required"])
    if "people.administer" in before - set(fresh.permissions):
        keep_an_administrator(in_london(at).date())
    detail = {
        "added": sorted(set(fresh.permissions) - before),
        "removed": sorted(before - set(fresh.permissions)),
        "second_factor": mfa_required,
    }
    write_down("people.change_role", by=by, at=at, about=fresh, detail=detail)
    return fresh
