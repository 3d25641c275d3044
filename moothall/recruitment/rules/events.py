"""A selection event is drawn up with its days, changed while no plan is in force, and cancelled."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from moothall.bookings.models import Reservation
from moothall.bookings.rules.reserving import cancel
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Campaign, EventDay, EventSitting, SelectionEvent

from . import event_refusals as refusals
from .timetable import definition_for, names_in, plan_stages, routes_of

KIND: Final = "recruitment.selectionevent"
LONGEST: Final = 20
ONE: Final = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class EventContent:
    """What is known of an event while it is drawn up."""

    kind: str
    name: str
    name_cy: str
    step: str
    days: Sequence[dt.date]
    opens: dt.time
    closes: dt.time
    about: str = ""
    about_cy: str = ""
    spare: int = 0
    choose_until: dt.date | None = None


def stages_of(campaign: Campaign, language: str) -> dict[str, str]:
    """The steps of its processes at which an event may be, by what they are called outside."""
    found: dict[str, str] = {}
    for route in routes_of(campaign):
        names = names_in(definition_for(route), language)
        for stage in plan_stages(route, opens_on=campaign.opens_on, closes_on=campaign.closes_on)[1:]:
            found.setdefault(stage.key, names[stage.key])
    return found


def weekdays(first: dt.date, last: dt.date) -> list[dt.date]:
    """From one day to another without the weekends between; a Saturday asked for alone is one."""
    days = [first + number * ONE for number in range(max(0, (last - first).days) + 1)]
    return [each for each in days if each.weekday() < 5 or first == last][: LONGEST + 1]


def held_event(event: SelectionEvent) -> SelectionEvent:
    """Nobody else changes it until the transaction ends; one that is over is changed no more."""
    held: SelectionEvent = SelectionEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if held.cancelled_at is not None or held.closed_at is not None:
        raise refusals.EventOver
    return held


def _check(campaign: Campaign, content: EventContent) -> None:
    if not 1 <= len(content.days) <= LONGEST or content.closes <= content.opens:
        raise refusals.NoDays
    if not content.name_cy.strip():
        raise refusals.WelshNameMissing
    if content.step not in stages_of(campaign, "en"):
        raise refusals.StageNotDeclared


def _fill(event: SelectionEvent, content: EventContent) -> None:
    for name, value in vars(content).items():
        if name not in ("days", "opens", "closes"):
            setattr(event, name, value.strip() if isinstance(value, str) else value)
    event.save()


def _put_days(event: SelectionEvent, content: EventContent) -> None:
    EventDay.objects.bulk_create(
        EventDay(event=event, on=day, opens=content.opens, closes=content.closes)
        for day in sorted(set(content.days))
    )


@for_the_office()
@transaction.atomic
def draw_up_event(
    campaign: Campaign, content: EventContent, *, by: Account | None, at: dt.datetime
) -> SelectionEvent:
    """Nobody is told of it until a plan is published."""
    _check(campaign, content)
    made = SelectionEvent(campaign=campaign, made_at=at, made_by=by)
    _fill(made, content)
    _put_days(made, content)
    append_audit("recruitment.draw_up_event", about=made, by=by, at=at)
    return made


@for_the_office()
@transaction.atomic
def change_event(event: SelectionEvent, content: EventContent, *, by: Account, at: dt.datetime) -> None:
    """Its rooms are taken anew where the days are others; it keeps everything if they cannot be had."""
    from .event_setup import take_rooms

    held = held_event(event)
    if held.plan_id is not None:
        raise refusals.PlanInForce
    _check(held.campaign, content)
    _fill(held, content)
    before = [(each.on, each.opens, each.closes) for each in held.days.all()]
    if before != [(day, content.opens, content.closes) for day in sorted(set(content.days))]:
        held.days.all().delete()
        _put_days(held, content)
        resources = [each.resource for each in held.rooms.select_related("resource")]
        free_rooms(held, because=held.name, by=by, at=at)
        take_rooms(held, resources, by=by, at=at)
    append_audit("recruitment.change_event", about=held, by=by, at=at)


def free_rooms(
    event: SelectionEvent, *, because: str, by: Account | None, at: dt.datetime, only: int | None = None
) -> None:
    """What it has booked is free again: all of it, or of one room."""
    rows = Reservation.objects.about(KIND, event.pk).standing()
    for each in rows if only is None else rows.filter(takings__resource=only).distinct():
        cancel(reservation=each, because=because, by=by, at=at)


@for_the_office()
@transaction.atomic
def cancel_event(event: SelectionEvent, *, because: str, by: Account, at: dt.datetime) -> SelectionEvent:
    """It does not take place: rooms and people are free, and whoever was told is told."""
    from .event_telling import tell_soon

    held = held_event(event)
    EventSitting.objects.filter(event=held).delete()
    free_rooms(held, because=because, by=by, at=at)
    held.cancelled_at, held.cancelled_by, held.cancelled_because = at, by, because.strip()[:300]
    held.plan = None
    held.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_because", "plan"])
    append_audit("recruitment.cancel_event", about=held, by=by, at=at, detail={"because": because})
    tell_soon(held)
    return held


@for_the_office()
@transaction.atomic
def hold_after_all(event: SelectionEvent, *, by: Account, at: dt.datetime) -> SelectionEvent:
    """Cancelled by mistake: its rooms are taken again if they are free; it is planned anew."""
    from .event_setup import take_rooms

    held: SelectionEvent = SelectionEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if held.cancelled_at is None:
        raise refusals.EventOver
    held.cancelled_at, held.cancelled_by, held.cancelled_because = None, None, ""
    held.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_because"])
    take_rooms(held, [each.resource for each in held.rooms.select_related("resource")], by=by, at=at)
    append_audit("recruitment.hold_event_after_all", about=held, by=by, at=at)
    return held
