"""Boards and panels kept: who sits on them and who comes instead; times kept free, and journeys."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Panel, PanelMember, ProtectedTime, SiteJourney
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Place
from moothall.records.rules.audit import append_audit


class PanelThere(Refusal):
    sentence = _("There is a board or panel of this name already.")
    next_step = _("Open that one, or choose another name.")


class SitsAlready(Refusal):
    sentence = _("They sit on it already.")
    next_step = _("Take them off first, then add them as you want.")


class ChairTaken(Refusal):
    sentence = _("Somebody else takes the chair.")
    next_step = _("Take them off first, or choose another role.")


class OwnDeputy(Refusal):
    sentence = _("Nobody is their own deputy.")
    next_step = _("Choose somebody else, or nobody.")


class SameSite(Refusal):
    sentence = _("These are one and the same site.")
    next_step = _("Choose two sites.")


@transaction.atomic
def save_panel(
    panel: Panel | None, *, name: str, name_cy: str, minutes: int, quorum: int, papers_days: int,
    place: Place | None, by: Account | None, at: dt.datetime,
) -> Panel:  # fmt: skip
    """A new board or panel, or one that is changed."""
    others = Panel.objects.in_use().filter(name=name.strip())
    if (others.exclude(pk=panel.pk) if panel else others).exists():
        raise PanelThere
    kept = panel or Panel(made_at=at, made_by=by)
    kept.name, kept.name_cy, kept.minutes = name.strip(), name_cy.strip(), minutes
    kept.quorum, kept.papers_days, kept.place = quorum, papers_days, place
    kept.save()
    append_audit("bookings.panel", about=kept, by=by, at=at, detail={"name": kept.name})
    return kept


@transaction.atomic
def retire_panel(panel: Panel, *, by: Account, at: dt.datetime) -> bool:
    """It meets no more, or, if that was so, it meets again. The answer is whether it meets."""
    held = Panel.objects.select_for_update().get(pk=panel.pk)
    if held.retired_at is not None and Panel.objects.in_use().filter(name=held.name).exists():
        raise PanelThere
    held.retired_at = None if held.retired_at is not None else at
    held.save(update_fields=["retired_at"])
    append_audit("bookings.panel_use", about=held, by=by, at=at, detail={"in_use": held.retired_at is None})
    return held.retired_at is None


@transaction.atomic
def add_member(
    panel: Panel, *, account: Account, role: str, deputy: Account | None, by: Account | None, at: dt.datetime
) -> PanelMember:
    """They sit on it from now on."""
    held = Panel.objects.select_for_update().get(pk=panel.pk)
    if deputy == account:
        raise OwnDeputy
    if held.members.filter(account=account).exists():
        raise SitsAlready
    if role == PanelMember.CHAIR and held.members.filter(role=PanelMember.CHAIR).exists():
        raise ChairTaken
    made = PanelMember.objects.create(panel=held, account=account, role=role, deputy=deputy)
    append_audit("bookings.panel_member", about=held, by=by, at=at, detail={"account": account.pk})
    return made


@transaction.atomic
def remove_member(member: PanelMember, *, by: Account, at: dt.datetime) -> None:
    append_audit(
        "bookings.panel_member_gone", about=member.panel, by=by, at=at, detail={"account": member.account_id}
    )
    member.delete()


@transaction.atomic
def protect_time(
    *, weekday: int | None, begins: dt.time, ends: dt.time, why: str, by: Account | None, at: dt.datetime
) -> ProtectedTime:
    """Nobody is asked to a meeting then."""
    made = ProtectedTime.objects.create(weekday=weekday, begins=begins, ends=ends, why=why.strip())
    append_audit("bookings.protect_time", about=made, by=by, at=at)
    return made


@transaction.atomic
def unprotect_time(time: ProtectedTime, *, by: Account, at: dt.datetime) -> None:
    append_audit("bookings.unprotect_time", about=time, by=by, at=at, detail={"why": time.why})
    time.delete()


@transaction.atomic
def set_journey(
    *, one: Place, other: Place, minutes: int, by: Account | None, at: dt.datetime
) -> SiteJourney:
    """So many minutes from one to the other, and back; what was said before is put right."""
    if one.pk == other.pk:
        raise SameSite
    first, second = sorted((one, other), key=lambda each: each.pk)
    made, _new = SiteJourney.objects.update_or_create(one=first, other=second, defaults={"minutes": minutes})
    append_audit("bookings.journey", about=made, by=by, at=at, detail={"minutes": minutes})
    return made


@transaction.atomic
def forget_journey(journey: SiteJourney, *, by: Account, at: dt.datetime) -> None:
    append_audit("bookings.journey_gone", about=journey, by=by, at=at)
    journey.delete()
