"""Rows of the interviews of the sample year: sittings, panels, marks and results."""

import datetime as dt
from typing import Final

from moothall.cases.models import Case
from moothall.core.clock import LONDON
from moothall.recruitment.models import (
    Assessing,
    EventAssessor,
    EventCandidate,
    EventDay,
    EventExercise,
    EventPlan,
    EventResult,
    EventRoom,
    EventSeat,
    EventSitting,
    Score,
    SelectionEvent,
)
from moothall.recruitment.rules.event_results import WHY
from moothall.recruitment.rules.event_rows import snapshot

from .days import INTERVIEW, PANEL, SLOTS, Booked, Days, Held
from .office import ALSO_GOOD

MINUTES, NOTES = 40, 10
ABSENT_AS: Final = ("no_show", "withdrew")
REMARKS: Final = (
    "Listened first, then asked what had been tried before.",
    "Gave one clear example, and said what they would do otherwise today.",
    "Spoke plainly; found it hard to say what they themselves had done.",
    "Kept calm when the panel pressed, and stayed with the question.",
)


def write_interviews(days: Days) -> list[int]:
    """Every day as an event of its own; the answer is the events."""
    found = []
    for several in days.held.values():
        for held in several:
            if held.booked:
                found.append(_event(days, held))
    return found


def _span(day: dt.date, slot: int, more: int = 0) -> tuple[dt.datetime, dt.datetime]:
    begins = dt.datetime.combine(day, SLOTS[slot], tzinfo=LONDON).astimezone(dt.UTC)
    return begins, begins + dt.timedelta(minutes=MINUTES + more)


def _range(span: tuple[dt.datetime, dt.datetime]) -> str:
    return f"[{span[0].isoformat()},{span[1].isoformat()})"


def _event(days: Days, held: Held) -> int:
    office, tables = days.office, days.office.tables
    made_at = min(each.step.ready_at for each in held.booked if each.step.ready_at)
    by = office.worker(None, held.campaign.team)
    is_over = held.over_at <= office.at
    event = tables.add(
        SelectionEvent, campaign_id=held.campaign.pk, kind=SelectionEvent.INTERVIEW, name="Interviews",
        name_cy="Cyfweliadau", about="Bring your passport or driving licence.", step=INTERVIEW,
        about_cy="Dewch â'ch pasbort neu'ch trwydded yrru.", made_at=made_at,
        made_by_id=by.pk if by else None,
        closed_at=held.over_at if is_over else None, closed_by_id=by.pk if by and is_over else None,
    )  # fmt: skip
    tables.add(EventDay, event_id=event, on=held.day, opens=dt.time(8, 30), closes=dt.time(17))
    exercise = tables.add(
        EventExercise, event_id=event, name="Interview", name_cy="Cyfweliad", minutes=MINUTES, hold=NOTES,
        assessors=PANEL, best=4, least=2,
    )  # fmt: skip
    for room in held.rooms:
        tables.add(EventRoom, event_id=event, resource_id=room.pk)
    panels = [
        [
            (tables.add(EventAssessor, event_id=event, account_id=each.pk, named_at=made_at), each.pk)
            for each in panel
        ]
        for panel in held.panels
    ]
    tables.add(
        EventPlan, event_id=event, state=EventPlan.DONE, asked_at=made_at, ended_at=made_at,
        published_at=made_at,
        heard_at=made_at,
    )  # fmt: skip
    office.audit("recruitment.draw_up_event", made_at, by, "recruitment.selectionevent", event, {})
    for place, booked in enumerate(held.booked, start=1):
        _candidate(days, held, event, exercise, panels[booked.room], booked, place)
    return event


def _candidate(
    days: Days,
    held: Held,
    event: int,
    exercise: int,
    panel: list[tuple[int, int]],
    booked: Booked,
    place: int,
) -> None:
    tables, life = days.office.tables, booked.life
    came = EventCandidate.ABSENT if booked.outcome in ABSENT_AS else EventCandidate.PRESENT
    candidate = tables.add(
        EventCandidate, event_id=event, application_id=life.application.pk, brought_at=booked.step.ready_at,
        attended=came if booked.decided_at else "", attended_at=booked.decided_at,
    )  # fmt: skip
    span = _span(held.day, booked.slot)
    taken = _span(held.day, booked.slot, NOTES)
    sitting = tables.add(
        EventSitting, event_id=event, exercise_id=exercise, room_id=held.rooms[booked.room].pk,
        begins_at=span[0], ends_at=span[1], taken=_range(taken),
    )  # fmt: skip
    goes_on = life.own.case.status != Case.CLOSED or booked.decided_at is not None
    tables.add(
        EventSeat, sitting_id=sitting, place=place, span=_range(span),
        candidate_id=candidate if goes_on else None,
        applicant_id=life.application.applicant_id if goes_on else None,
    )  # fmt: skip
    for assessor, account in panel:
        tables.add(
            Assessing, sitting_id=sitting, assessor_id=assessor, account_id=account, span=_range(taken)
        )
    if booked.decided_at is not None:
        _result(days, held, candidate, exercise, panel, booked)


def _result(
    days: Days, held: Held, candidate: int, exercise: int, panel: list[tuple[int, int]], booked: Booked
) -> None:
    tables, dice = days.office.tables, days.office.dice
    absent, passed = booked.outcome in ABSENT_AS, booked.outcome in ALSO_GOOD
    outcome = EventResult.ABSENT if absent else EventResult.PASSED if passed else EventResult.NOT_PASSED
    marks = [] if absent else [dice.choice((2, 3, 3, 4) if passed else (0, 1, 1)) for _each in panel]
    for mark, (assessor, _account) in zip(marks, panel, strict=False):
        tables.add(
            Score, assessor_id=assessor, candidate_id=candidate, exercise_id=exercise, mark=mark,
            because=dice.choice(REMARKS), handed_in_at=held.over_at - dt.timedelta(minutes=30),
        )  # fmt: skip
    tables.add(
        EventResult, candidate_id=candidate, outcome=outcome, reason_id=days.event_reasons[WHY[outcome]].pk,
        total=round(sum(marks) / len(marks), 2) if marks else 0, step=booked.step.pk,
        decided_at=booked.decided_at, decided_by_id=booked.step.done_by_id,
    )  # fmt: skip


def put_plans_in_force(events: list[int]) -> None:
    """Each plan says what stands, as one that was made by the planner does."""
    rows = SelectionEvent.objects.filter(pk__in=events).prefetch_related("days", "rooms", "plans")
    for event in rows.iterator(chunk_size=200):
        [plan] = event.plans.all()
        EventPlan.objects.filter(pk=plan.pk).update(sittings=snapshot(event))
        SelectionEvent.objects.filter(pk=event.pk).update(plan=plan)
