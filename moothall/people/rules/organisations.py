"""Bodies and teams."""

import datetime as dt

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from moothall.core.audit import write_down
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Organisation, Team
from moothall.people.models.contact_folding import fold_email, tidy


class NameMissing(Refusal):
    sentence = _("It needs a name.")


class TeamNameTaken(Refusal):
    sentence = _("There is a team of this name already.")
    next_step = _("Open that team, or choose another name.")


class PartOfItself(Refusal):
    sentence = _("An organisation cannot be a part of itself.")
    next_step = _("Choose the body it belongs to.")


@transaction.atomic
def add_organisation(
    *,
    name: str,
    by: Account | None,
    at: dt.datetime,
    name_cy: str = "",
    kind: str = "partner",
    parent: Organisation | None = None,
) -> Organisation:
    organisation = Organisation.objects.create(
        name=_name(name, 200), name_cy=tidy(name_cy, 200), kind=kind[:40], parent=parent
    )
    write_down("people.add_organisation", by=by, at=at, about=organisation)
    return organisation


@transaction.atomic
def correct_organisation(
    organisation: Organisation,
    *,
    name: str,
    name_cy: str,
    kind: str,
    parent: Organisation | None,
    by: Account,
    at: dt.datetime,
) -> Organisation:
    fresh = Organisation.objects.select_for_update(of=("self",)).order_by("pk").get(pk=organisation.pk)
    above = parent
    while above is not None:
        if above.pk == fresh.pk:
            raise PartOfItself
        above = above.parent
    fresh.name, fresh.name_cy = _name(name, 200), tidy(name_cy, 200)
    fresh.kind, fresh.parent = kind[:40], parent
    fresh.save(update_fields=["name", "name_cy", "kind", "parent"])
    write_down("people.correct_organisation", by=by, at=at, about=fresh)
    return fresh


@transaction.atomic
def add_team(
    *,
    name: str,
    by: Account | None,
    at: dt.datetime,
    name_cy: str = "",
    email: str = "",
    lead: Account | None = None,
    organisation: Organisation | None = None,
) -> Team:
    """Add a team, to our own office where no organisation is named. Its key, by which packs and addresses
    know it, is made from its name once."""
    shown = _name(name, 120)
    key = slugify(shown)[:60]
    if not key:
        raise NameMissing
    if Team.objects.filter(key=key).exists():
        raise TeamNameTaken
    team = Team.objects.create(
        key=key,
        name=shown,
        name_cy=tidy(name_cy, 120),
        organisation=organisation or _own_office(by=by, at=at),
        email=fold_email(email),
        lead=lead,
    )
    write_down("people.add_team", by=by, at=at, about=team)
    return team


@transaction.atomic
def change_team(
    team: Team, *, name: str, name_cy: str, email: str, lead: Account | None, by: Account, at: dt.datetime
) -> Team:
    fresh = Team.objects.select_for_update(of=("self",)).order_by("pk").get(pk=team.pk)
    fresh.name, fresh.name_cy = _name(name, 120), tidy(name_cy, 120)
    fresh.email, fresh.lead = fold_email(email), lead
    fresh.save(update_fields=["name", "name_cy", "email", "lead"])
    detail = {"lead": lead.pk if lead else None}
    write_down("people.change_team", by=by, at=at, about=fresh, detail=detail)
    return fresh


def _name(name: str, longest: int) -> str:
    shown = tidy(name, longest)
    if not shown:
        raise NameMissing
    return shown


def _own_office(*, by: Account | None, at: dt.datetime) -> Organisation:
    """Our own organisation, else the oldest; one is added where there is none at all."""
    known = Organisation.objects.order_by("pk")
    office = known.filter(kind="own").first() or known.first()
    return office or add_organisation(name=str(_("Our office")), kind="own", by=by, at=at)
