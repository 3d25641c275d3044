"""What a person is to the office: staff, applicant, constituent, from one day until another."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.audit import write_down
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Organisation, Person, PersonRole, PersonRoleKind, Post

from .persons import locked


class HasRoleAlready(Refusal):
    sentence = _("The person is that to the office already.")


class RoleEnded(Refusal):
    sentence = _("That has ended already.")


@transaction.atomic
def give_person_role(
    person: Person,
    *,
    kind: PersonRoleKind,
    started_on: dt.date,
    by: Account | None,
    at: dt.datetime,
    organisation: Organisation | None = None,
    post: Post | None = None,
) -> PersonRole:
    """Note what somebody is to the office, since when, and of which organisation or in which post."""
    fresh = locked(person)
    there = PersonRole.objects.in_force(max(started_on, in_london(at).date()))
    if there.filter(person=fresh, kind=kind, organisation=organisation, post=post).exists():
        raise HasRoleAlready
    role = PersonRole.objects.create(
        person=fresh, kind=kind, organisation=organisation, post=post, started_on=started_on
    )
    write_down("people.give_person_role", by=by, at=at, about=fresh, detail={"kind": kind.key})
    return role


@transaction.atomic
def end_person_role(
    role: PersonRole, *, by: Account | None, at: dt.datetime, ended_on: dt.date | None = None
) -> PersonRole:
    """Somebody is that no longer, from today unless another day is given."""
    fresh = (
        PersonRole.objects.select_for_update(of=("self",))
        .select_related("person", "kind")
        .order_by("pk")
        .get(pk=role.pk)
    )
    if fresh.ended_on is not None:
        raise RoleEnded
    fresh.ended_on = max(ended_on or in_london(at).date(), fresh.started_on)
    fresh.save(update_fields=["ended_on"])
    detail = {"kind": fresh.kind.key}
    write_down("people.end_person_role", by=by, at=at, about=fresh.person, detail=detail)
    return fresh
