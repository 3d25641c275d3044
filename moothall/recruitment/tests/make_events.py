"""Rows of selection events for tests: an event of one day with interviews in two rooms."""

import datetime as dt
from contextlib import nullcontext
from typing import Any
from unittest.mock import patch

from moothall.bookings.tests.make import make_resource
from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account, make_person
from moothall.recruitment.models import (
    Application,
    Campaign,
    EventAssessor,
    EventCandidate,
    EventExercise,
    EventPlan,
    EventReason,
    SelectionEvent,
)
from moothall.recruitment.planning import event_making
from moothall.recruitment.planning.event_child import EventOrder, made
from moothall.recruitment.rules import event_candidates, event_plans, event_setup, events

from .make import finish, make_application, make_campaign

DAY = AT.date() + dt.timedelta(days=7)


def make_reasons() -> None:
    for place, key in enumerate(("passed", "below", "absent"), start=1):
        EventReason.objects.create(
            key=key, place=place, name=key.title(), name_cy=f"{key} cy", from_on=dt.date(2026, 1, 1)
        )


def content_of_event(**changes: Any) -> events.EventContent:
    given: dict[str, Any] = {
        "kind": SelectionEvent.INTERVIEW, "name": "Interviews", "name_cy": "Cyfweliadau", "step": "board",
        "days": [DAY], "opens": dt.time(9), "closes": dt.time(12), "about": "Bring your passport.",
        "about_cy": "Dewch â'ch pasbort.",
    }  # fmt: skip
    return events.EventContent(**given | changes)


def make_event(campaign: Campaign | None = None, *, rooms: int = 2, **changes: Any) -> SelectionEvent:
    """Interviews of half an hour before one, in two rooms, from nine until noon."""
    made = events.draw_up_event(campaign or make_campaign(), content_of_event(**changes), by=None, at=AT)
    make_exercise(made)
    found = [make_resource(capacity=6) for _ in range(rooms)]
    if found:
        event_setup.add_rooms(made, resources=found, by=None, at=AT)
    return made


def make_exercise(event: SelectionEvent, **changes: Any) -> EventExercise:
    given: dict[str, Any] = {
        "name": "Interview", "name_cy": "Cyfweliad", "minutes": 30, "assessors": 1, "hold": 0, "rest": 0,
    }  # fmt: skip
    return event_setup.add_exercise(event, by=None, at=AT, **given | changes)


def make_assessor(event: SelectionEvent, account: Account | None = None, **changes: Any) -> EventAssessor:
    who = account or make_account(person=make_person())
    return event_setup.name_assessor(event, account=who, by=None, at=AT, **changes)


def at_the_board(campaign: Campaign, **changes: Any) -> Application:
    """Somebody whose application has come as far as the interview."""
    made = make_application(campaign, **changes)
    finish(made.case, "sift", "met")
    return made


def make_candidates(event: SelectionEvent, many: int, **changes: Any) -> list[EventCandidate]:
    for _ in range(many):
        at_the_board(event.campaign, **changes)
    return event_candidates.bring_candidates(event, by=None, at=AT)


def ready_event(many: int = 3, *, assessors: int = 2, **changes: Any) -> SelectionEvent:
    event = make_event(**changes)
    for _ in range(assessors):
        make_assessor(event)
    make_candidates(event, many)
    return event


def made_plan(plan: EventPlan, *, rounds: int = 1, aside: bool = False) -> EventPlan:
    """As the worker makes it; the search in this process, unless `aside`."""

    def here(_self: Any, order: EventOrder) -> dict[str, Any]:
        return made(order)

    with nullcontext() if aside else patch.object(event_making._Search, "searched", here):
        event_making.make_event_plan(plan.pk, clock=lambda: AT, rounds=rounds)
    plan.refresh_from_db()
    return plan


def planned(event: SelectionEvent) -> EventPlan:
    return made_plan(event_plans.ask_for_plan(event, by=None, at=AT))


def published(event: SelectionEvent) -> EventPlan:
    plan = event_plans.publish_plan(planned(event), by=None, at=AT)
    event.refresh_from_db()
    return plan
