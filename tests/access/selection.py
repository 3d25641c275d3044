"""Selection events in the table: drawn up, planned, in force, decided, cancelled; and who assesses."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.bookings.tests.make import make_resource
from moothall.core.clock import now, today
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_account, make_person
from moothall.recruitment.models import (
    AssessorAway,
    Conflict,
    EventAssessor,
    EventCandidate,
    EventPlan,
    EventReason,
    SelectionEvent,
)
from moothall.recruitment.rules import (
    event_candidates,
    event_plans,
    event_results,
    event_scoring,
    event_setup,
    event_telling,
    events,
)
from moothall.recruitment.rules.links import signed_application
from moothall.recruitment.tests.make import approve, finish, make_application, make_campaign, make_vacancy

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
STATES = ("planning", "live", "ready", "decided", "drawn")
STATE_OF = {
    "change_event": "drawn", "plan_event": "drawn", "remove_exercise": "drawn", "add_exercise": "drawn",
    "bring_candidates": "drawn", "take_back_bringing": "drawn", "publish_event_plan": "drawn",
    "stop_event_plan": "planning", "remove_event_room": "drawn", "let_go_assessor": "drawn",
    "take_assessor_back": "drawn", "put_back_candidate": "drawn", "decide_event_results": "ready",
    "reopen_event_results": "decided", "hold_event_after_all": "cancelled",
}  # fmt: skip


def make_rows(office: "Office") -> None:
    for key in ("passed", "below", "absent"):
        EventReason.objects.create(key=key, name=key, name_cy=key, from_on=dt.date(2026, 1, 1))
    for relation, team in (("home", office.home), ("other", office.away)):
        campaign = _campaign(office, team)
        office.rows[f"event campaign {relation}"] = campaign
        for state in STATES:
            office.rows[f"event {relation} {state}"] = _event(campaign, state)
        cancelled = _event(_campaign(office, team), "cancelled")
        office.rows[f"event {relation} cancelled"] = cancelled
    live: SelectionEvent = office.rows["event home live"]
    for seat, account in office.seats.items():
        if account is not None:
            office.rows[f"assessor {seat}"] = _sees(live, account)
    office.rows["assessor of another"] = _sees(live, make_account())
    _second(live)
    event_telling.tell_event(live.pk, at=now())


def _campaign(office: "Office", team: Team) -> Any:
    profile = office.rows["job profile"]
    return make_campaign(
        team=team, profile=profile, routes=[office.rows["job route"]],
        vacancies=[approve(make_vacancy(profile=profile, team=team))],
        opens_on=today(), closes_on=today() + dt.timedelta(days=30),
    )  # fmt: skip


def _event(campaign: Any, state: str) -> SelectionEvent:
    content = events.EventContent(
        kind=SelectionEvent.INTERVIEW, name=f"Interviews {state}", name_cy="Cyfweliadau", step="board",
        days=[today()], opens=dt.time(0), closes=dt.time(23, 55), spare=1,
    )  # fmt: skip
    made = events.draw_up_event(campaign, content, by=None, at=now())
    exercise = event_setup.add_exercise(
        made, name="Interview", name_cy="Cyfweliad", minutes=30, assessors=1, by=None, at=now()
    )
    event_setup.add_rooms(made, resources=[make_resource()], by=None, at=now())
    who = event_setup.name_assessor(made, account=make_account(person=make_person()), by=None, at=now())
    at_stage = [make_application(campaign, at=now()) for _ in range(2)]
    for each in at_stage:
        finish(each.case, "sift", "met", at=now())
    one, other = event_candidates.bring_candidates(made, by=None, at=now())
    AssessorAway.objects.create(
        assessor=who, begins_at=now(), ends_at=now() + dt.timedelta(hours=1), because="", noted_at=now()
    )
    Conflict.objects.create(assessor=who, candidate=other, declared_at=now())
    if state == "planning":
        _plan(made, EventPlan.WAITING, [])
        return made
    plan = _plan(made, EventPlan.DONE, [_sitting(made, exercise.pk, who, [f"c{one.pk}"], 23 * 60)])
    if state != "drawn":
        _go_on(made, plan, who, one, state)
    else:
        finish(make_application(campaign, at=now()).case, "sift", "met", at=now())
        EventCandidate.objects.filter(pk=other.pk).update(removed_at=now())
        gone = event_setup.name_assessor(made, account=make_account(), by=None, at=now())
        EventAssessor.objects.filter(pk=gone.pk).update(let_go_at=now())
    return made


def _plan(event: SelectionEvent, state: str, sittings: list[Parts]) -> EventPlan:
    return EventPlan.objects.create(event=event, state=state, sittings=sittings, asked_at=now())


def _sitting(
    event: SelectionEvent, exercise: int, who: EventAssessor, people: list[str], begins: int
) -> Parts:
    return {
        "exercise": f"e{exercise}", "day": 0, "begins": begins, "ends": begins + 30,
        "room": f"r{event.rooms.get().pk}", "candidates": people, "assessors": [f"a{who.pk}"],
    }  # fmt: skip


def _go_on(
    event: SelectionEvent, plan: EventPlan, who: EventAssessor, one: EventCandidate, state: str
) -> None:
    event_plans.publish_plan(plan, by=None, at=now())
    by, exercise = make_account(), event.exercises.get()
    if state in ("ready", "decided"):
        event_candidates.note_attendance(
            one, attended=EventCandidate.PRESENT, help_given=None, note="", by=by, at=now()
        )
        event_scoring.hand_in_score(
            who, candidate=one.pk, exercise=exercise.pk, mark=3, because="Calm", at=now()
        )
    if state == "decided":
        event_results.decide_results(event, by=by, at=now())
    if state == "cancelled":
        events.cancel_event(event, because="Flood", by=by, at=now())


def _sees(event: SelectionEvent, account: Account) -> EventAssessor:
    """Somebody with a candidate of their own, in a sitting of the plan in force."""
    made = event_setup.name_assessor(event, account=account, by=None, at=now())
    sitting = event.sittings.get()
    sitting.panel.create(assessor=made, account=account, span=(sitting.begins_at, sitting.ends_at))
    return made


def _second(event: SelectionEvent) -> None:
    """Another candidate in the same sitting, whom everybody has marked but the last of the panel."""
    exercise, sitting = event.exercises.get(), event.sittings.get()
    event.exercises.update(assessors=event.assessors.count() + 1)
    other = event.candidates.order_by("pk")[1]
    sitting.seats.create(
        place=2, candidate=other, applicant=other.application.applicant,
        span=(sitting.begins_at, sitting.ends_at),
    )  # fmt: skip
    for each in event.assessors.all():
        each.scores.create(candidate=other, exercise=exercise, mark=2, because="Calm", handed_in_at=now())


def _of_campaign(office: "Office", _route: str, relation: str, _seat: str) -> Parts:
    return {"number": office.rows[f"event campaign {relation}"].pk}


def _of_event(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    event: SelectionEvent = office.rows[f"event {relation} {STATE_OF.get(route, 'live')}"]
    return {"number": event.pk} | _part(event, route)


def _part(event: SelectionEvent, route: str) -> Parts:
    rows: dict[str, Any] = {
        "remove_exercise": event.exercises, "remove_event_room": event.rooms,
        "let_go_assessor": event.assessors.standing(),
        "take_assessor_back": event.assessors.filter(let_go_at__isnull=False),
        "assessor_away": event.assessors,
        "assessor_there": AssessorAway.objects.filter(assessor__event=event),
        "remove_conflict": Conflict.objects.filter(assessor__event=event),
        "settle_help": event.candidates, "take_out_candidate": event.candidates,
        "add_conflict": event.candidates, "note_attendance": event.candidates,
        "put_back_candidate": event.candidates.filter(removed_at__isnull=False),
        "stop_event_plan": event.plans.filter(state=EventPlan.WAITING),
        "publish_event_plan": event.plans.filter(state=EventPlan.DONE),
        "event_plan": event.plans.filter(state=EventPlan.DONE),
        "take_back_event_plan": event.plans.filter(state=EventPlan.DONE),
    }  # fmt: skip
    return {"part": rows[route].order_by("pk")[0].pk} if route in rows else {}


PARTS = frozenset({
    "remove_exercise", "remove_event_room", "let_go_assessor", "take_assessor_back", "assessor_away",
    "assessor_there", "remove_conflict", "settle_help", "take_out_candidate", "add_conflict",
    "note_attendance", "put_back_candidate", "stop_event_plan", "publish_event_plan", "event_plan",
    "take_back_event_plan",
})  # fmt: skip
OF_ONE = ("score_candidate", "take_back_score")


def _of_assessor(office: "Office", route: str, relation: str, seat: str) -> Parts:
    sits = seat if office.seats[seat] is not None else "C"
    who: EventAssessor = office.rows["assessor of another" if relation == "other" else f"assessor {sits}"]
    return {"assessor": who.pk} | (_one(who, route) if route in OF_ONE else {})


def _one(who: EventAssessor, route: str) -> Parts:
    """The first is still to be marked; what was given the second can be taken back."""
    event = who.event
    seat = event.sittings.get().seats.order_by("place")[int(route == "take_back_score")]
    return {"candidate": seat.candidate_id, "exercise": event.exercises.get().pk}


def _of_mine(office: "Office", _route: str, _relation: str, _seat: str) -> Parts:
    event: SelectionEvent = office.rows["event home live"]
    seat = event.sittings.get().seats.filter(candidate__isnull=False).select_related(
        "candidate__application"
    )[0]  # fmt: skip
    assert seat.candidate is not None
    return {"signed": signed_application(seat.candidate.application)}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of assessing": lambda _office, _route, _relation, _seat: {},
    "events of a campaign": _of_campaign,
    "selection event": _of_event,
    "assessing": _of_assessor,
    "times of an applicant": _of_mine,
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "events of a campaign": lambda _route: {"number": NOWHERE},
    "selection event": lambda route: {"number": NOWHERE} | ({"part": NOWHERE} if route in PARTS else {}),
    "assessing": lambda route: (
        {"assessor": NOWHERE} | ({"candidate": NOWHERE, "exercise": NOWHERE} if route in OF_ONE else {})
    ),
}


def _event_typed(_office: "Office") -> Parts:
    return {
        "kind": "INTERVIEW", "name": "Board", "name_cy": "Bwrdd", "step": "board",
        "first_on": f"{today():%d/%m/%Y}", "last_on": f"{today():%d/%m/%Y}", "opens": "00:00",
        "closes": "23:55", "spare": "0",
    }  # fmt: skip


OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "draw_up_event": _event_typed,
    "change_event": _event_typed,
    "cancel_event": {"because": "Flood"},
    "add_exercise": {
        "name": "Written", "name_cy": "Ysgrifenedig", "minutes": "30", "size": "10", "assessors": "1",
        "hold": "0", "rest": "0", "best": "4", "least": "2",
    },
    "add_event_rooms": lambda _office: {"rooms": [str(make_resource().pk)]},
    "name_assessors": lambda _office: {"accounts": make_account().email, "assesses": "yes"},
    "assessor_away": lambda _office: {"day": f"{today():%d/%m/%Y}", "because": "Cannot come"},
    "settle_help": {"longer": "25", "rest": "0"},
    "add_conflict": lambda o: {
        "who": str(o.rows["assessor of another"].pk), "kind": "DECLARED"
    },
    "plan_event": {"seconds": "5"},
    "mend_event": {"because": "Illness"},
    "note_attendance": {"attended": "PRESENT"},
    "score_candidate": {"mark": "3", "because": "Calm"},
    "my_conflicts": lambda o: {
        "who": str(o.rows["event home live"].candidates.order_by("pk")[0].pk), "kind": "DECLARED"
    },
    "my_times": {"place": "2"},
}  # fmt: skip
