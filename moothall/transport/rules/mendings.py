"""A plan in force is to fit what is on record now: asked for, the options kept, one of them taken."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Mending, MendingOption, PlanCase, RunPlan
from moothall.transport.models.plan import SILENT

from . import plan_refusals as refusals
from .run_plans import Half, keep_half

MEND: Final = "transport.mend"
Kept = tuple[str, str, bytes, bytes, Mapping[str, Any], bytes]
"""Direction; digest, case, tables and names; the plan in the published form."""


@dataclass(frozen=True)
class Option:
    """One way to mend a plan: what it costs and whom it moves, and each direction of it."""

    figures: Mapping[str, Any]
    halves: Sequence[Kept]


@transaction.atomic
def ask_for_mending(
    plan: RunPlan, *, because: str, from_on: dt.date, until_on: dt.date | None, by: Account, at: dt.datetime,
    today: dt.date,
) -> Mending:  # fmt: skip
    """A worker looks for three options that fit what is on record for these days."""
    if plan.state != RunPlan.PUBLISHED:
        raise refusals.NotInForce
    if from_on < today or (until_on is not None and until_on < from_on):
        raise refusals.RunsInThePast
    if not because.strip():
        raise refusals.NothingHappened
    span = {"from": from_on.isoformat(), "until": until_on.isoformat() if until_on else ""}
    mending = Mending.objects.create(
        plan=plan, because=because.strip()[:200], changes=span, asked_at=at, asked_by=by
    )
    append_audit("transport.ask_for_mending", about=plan, by=by, at=at, detail=span)
    app.configure_task(MEND).defer(mending_id=mending.pk)
    return mending


def version_of(mending: Mending) -> RunPlan:
    """The version that would come of it, not kept yet."""
    plan, span = mending.plan, mending.changes
    first = dt.date.fromisoformat(span["from"])
    last = dt.date.fromisoformat(span["until"]) if span["until"] else plan.until_on
    days = plan.weekdays
    if last is not None and (last - first).days < 7:
        there = {(first + dt.timedelta(days=each)).weekday() for each in range((last - first).days + 1)}
        days = [each for each in days if each in there]
    return RunPlan(
        name=plan.name, direction=plan.direction, weekdays=days, from_on=first, until_on=last,
        version_of=plan, because=mending.because, seconds=plan.seconds, seed=plan.seed,
        making=RunPlan.DONE, asked_at=mending.asked_at,
    )  # fmt: skip


def begin_mending(mending_id: int, *, at: dt.datetime) -> Mending | None:
    """Take it up; None where that was done already."""
    waiting = Mending.objects.filter(pk=mending_id, making=RunPlan.WAITING)
    if waiting.update(making=RunPlan.RUNNING, heard_at=at):
        return Mending.objects.select_related("plan").get(pk=mending_id)
    gone = Mending.objects.filter(pk=mending_id, making=RunPlan.RUNNING, heard_at__lt=at - SILENT / 2)
    gone.update(making=RunPlan.BROKEN, ended_at=at)
    return None


def note_mending(mending_id: int, *, at: dt.datetime) -> None:
    """It is alive."""
    Mending.objects.filter(pk=mending_id, making=RunPlan.RUNNING).update(heard_at=at)


@transaction.atomic
def keep_options(mending_id: int, *, options: Sequence[Option], at: dt.datetime) -> None:
    mending = Mending.objects.select_for_update(of=("self",)).get(pk=mending_id)
    if mending.making != RunPlan.RUNNING:
        return
    for number, option in enumerate(options, start=1):
        for way, digest, case, tables, names, said in option.halves:
            defaults = {"case": case, "tables": tables, "names": dict(names), "made_at": at}
            kept, _new = PlanCase.objects.get_or_create(digest=digest, defaults=defaults)
            MendingOption.objects.create(mending=mending, number=number, direction=way, case=kept, said=said)
    mending.options = [dict(each.figures) for each in options]
    mending.making, mending.ended_at = RunPlan.DONE, at
    mending.save(update_fields=["options", "making", "ended_at"])
    detail = {"mending": mending.pk, "options": len(options)}
    append_audit("transport.keep_options", about=mending.plan, by=mending.asked_by, at=at, detail=detail)


def end_without_options(mending_id: int, *, problem: str, at: dt.datetime) -> None:
    running = Mending.objects.filter(pk=mending_id, making=RunPlan.RUNNING)
    running.update(making=RunPlan.FAILED, problem=problem[:500], ended_at=at)


@transaction.atomic
def accept(mending: Mending, halves: Sequence[Half], *, by: Account, at: dt.datetime) -> RunPlan:
    """Another version of the plan, made and judged; it is published like any other."""
    held = Mending.objects.select_for_update(of=("self",)).select_related("plan").get(pk=mending.pk)
    if held.accepted_id is not None or held.plan.state != RunPlan.PUBLISHED:
        raise refusals.OptionGone
    made = version_of(held)
    made.asked_at, made.asked_by, made.ended_at = at, by, at
    made.figures = {each.direction: dict(each.figures) for each in halves}
    made.times_from = held.plan.times_from
    made.save(force_insert=True)
    for each in halves:
        keep_half(made, each, at=at)
    held.accepted = made
    held.save(update_fields=["accepted"])
    append_audit("transport.accept_option", about=made, by=by, at=at, detail={"mending": held.pk})
    return made


@transaction.atomic
def take_back_option(mending: Mending, *, by: Account, at: dt.datetime) -> Mending:
    """The version that came of it is withdrawn, as long as nobody published it; another can be taken."""
    held = Mending.objects.select_for_update(of=("self",)).select_related("accepted").get(pk=mending.pk)
    if held.accepted is None:
        raise refusals.OptionGone
    version = RunPlan.objects.filter(pk=held.accepted.pk, state__in=RunPlan.OPEN)
    words = {"withdrawn_at": at, "withdrawn_by": by, "withdrawn_because": str(_("Taken back"))}
    if not version.update(state=RunPlan.WITHDRAWN, **words):
        raise refusals.OptionPublished
    append_audit("transport.take_back_option", about=held.accepted, by=by, at=at, detail={"mending": held.pk})
    held.accepted = None
    held.save(update_fields=["accepted"])
    return held
