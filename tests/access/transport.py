"""Transport in the table: its rows, addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from moothall.cases.rules.opening import open_case
from moothall.core.clock import now, today
from moothall.credentials.tests.make import make_kind as make_paper
from moothall.people.models import Team
from moothall.people.tests.make import make_account, make_grant, make_person, make_role
from moothall.transport.models import (
    Application,
    Centre,
    Cover,
    CrewWeek,
    Entitlement,
    Mending,
    MendingOption,
    NoRide,
    PlanChange,
    RunNotice,
    RunPlan,
    VehicleSwap,
)
from moothall.transport.rules import fleet
from moothall.transport.rules.accounting import account_for_day
from moothall.transport.rules.applying import assess
from moothall.transport.rules.covering import Change
from moothall.transport.rules.crew_weeks import monday_of
from moothall.transport.rules.deciding import decide
from moothall.transport.rules.opening import close_days
from moothall.transport.rules.travelling import record_away
from moothall.transport.tests.make import make_centre, make_passenger, make_rule, make_services, make_travel
from moothall.transport.tests.make_crews import (
    make_crew_need,
    make_depot,
    make_duty,
    make_going,
    make_hours,
    make_member,
    make_run_plan,
)
from moothall.transport.tests.make_runs import make_asked, make_fleet, make_plan
from moothall.workforce.tests.make import make_employment

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
SCHOOL_DAY = dt.date(2026, 11, 30)


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def make_rows(office: "Office") -> None:
    role, rows, at = make_role("transport.use"), office.rows, now()
    for seat in "VM":
        make_grant(account=office.account(seat), role=role, team=office.home)
    by = make_account("transport.use", "cases.manage", "people.view")
    rows["travel centre"] = centre = make_centre()
    rows["passenger"] = passenger = make_passenger(name="Osian Bello")
    make_travel(passenger, centre=centre)
    account_for_day(SCHOOL_DAY, by=by, at=at)
    rows["journey"] = passenger.journeys.all()[0]
    rows["away"] = record_away(
        passenger, from_on=today(), until_on=today() + dt.timedelta(days=9), because="Ill", by=by, at=at
    )
    rows["travel closure"] = close_days(
        kind="INSET", first_on=today(), last_on=today(), because="Training", centre=centre, by=by, at=at
    )
    rows["travel rule"] = make_rule()
    rows["entitlement"] = Entitlement.objects.create(
        passenger=passenger, centre=centre, way="TRANSPORT", from_on=today(), review_on=today()
    )
    _runs(office, by, at)
    _crews(office, by, at)
    service = make_services(office.home)
    for relation, team in (("home", office.home), ("other", office.away)):
        for stands in ("", " refused"):
            rows[f"travel {relation}{stands}"] = _application(service, team, centre, relation)
        refused = rows[f"travel {relation} refused"]
        decide(refused, outcome="REFUSED", because="By the rule", by=by, at=now())


def _runs(office: "Office", by: Any, at: dt.datetime) -> None:
    """A plan for each thing that is done with one: a draft, one that waits, one that failed, one in force."""
    rows = office.rows
    vehicle = make_fleet(1)[0]
    rows["runs vehicle"] = vehicle
    rows["runs off road"] = fleet.take_off_road(
        vehicle, from_on=SCHOOL_DAY - dt.timedelta(days=60), until_on=SCHOOL_DAY - dt.timedelta(days=59),
        because="Brakes", by=by, at=at,
    )  # fmt: skip
    far: dict[str, Any] = {"from_on": SCHOOL_DAY + dt.timedelta(days=7 * 8), "weekdays": [0]}
    rows["runs plan"] = draft = make_plan(**far)
    rows["runs ride"] = draft.runs.get(direction="TO").rides.get()
    rows["runs run"] = rows["runs ride"].run
    PlanChange.objects.create(
        plan=draft, direction="TO", passenger=rows["runs ride"].passenger, from_run="1", to_run="2", pounds=0,
        before=bytes(draft.halves.get(direction="TO").said), at=at, by=by,
    )  # fmt: skip
    rows["runs plan busy"] = make_asked(**far)
    rows["runs plan broken"] = make_asked(**far, making=RunPlan.FAILED)
    rows["runs plan published"] = made = make_plan(**far)
    RunPlan.objects.filter(pk=made.pk).update(state=RunPlan.PUBLISHED, published_at=at)
    rows["runs notice"] = RunNotice.objects.create(plan=made, passenger=rows["passenger"], lines=[])
    rows["runs mending"] = mending = Mending.objects.create(
        plan=made, because="Snow", asked_at=at, options=[],
        changes={"from": far["from_on"].isoformat(), "until": far["from_on"].isoformat()},
    )  # fmt: skip
    rows["runs mending taken"] = Mending.objects.create(
        plan=made, because="Snow", asked_at=at, options=[], changes=mending.changes, making=RunPlan.DONE,
        accepted=make_plan(**far),
    )  # fmt: skip
    for half in made.halves.all():
        MendingOption.objects.create(
            mending=mending, number=1, direction=half.direction, case=half.case, said=half.said
        )
    rows["runs without"] = NoRide.objects.create(
        plan=draft, direction="TO", passenger=rows["passenger"], weekdays=[0], owner=by,
        centre=rows["travel centre"], reason="No vehicle is left", home=rows["passenger"].homes.get(),
    )  # fmt: skip


PLAN_OF = {
    "stop_run_plan": "runs plan busy", "start_run_plan_again": "runs plan broken",
    "ring_family": "runs notice",
    "withdraw_run_plan": "runs plan published", "run_plan_notices": "runs plan published",
    "mend_run_plan": "runs plan published", "mending": "runs mending", "accept_mending": "runs mending",
    "take_back_mending": "runs mending taken",
}  # fmt: skip
DUTY_OF = {"undo_cover": "cover", "undo_swap": "vehicle swap"}
RUN_OF = {
    "lock_ride": "runs ride", "move_ride": "runs ride", "place_without": "runs without",
    "vehicle": "runs vehicle", "take_off_road": "runs vehicle", "back_on_road": "runs off road",
}  # fmt: skip


def _plan(office: "Office", route: str) -> Parts:
    return {"number": office.rows[PLAN_OF.get(route, "runs plan")].pk} | _file(route)


def _file(route: str) -> Parts:
    return {"way": "TO", "part": "case"} if route == "run_plan_file" else {}


def _crews(office: "Office", by: Any, at: dt.datetime) -> None:
    """One place that nobody has, somebody who could have it, a cover, and a week that is being made."""
    rows, yard = office.rows, make_depot(key="crews-yard")
    make_hours()
    rows["crew yard"], rows["crew staff"] = yard, make_employment(number="CREW-1")
    rows["crew member"] = member = make_member(yard)
    rows["crew paper"] = make_paper(name="Crew paper")
    rows["crew need"] = make_crew_need(rows["crew paper"], role="escort")
    run = make_going(yard, plan=make_run_plan(), passenger=rows["passenger"])
    rows["crew duty"] = make_duty(run, None, day=SCHOOL_DAY)
    place = make_duty(run, member, day=SCHOOL_DAY + dt.timedelta(days=1)).mannings.get()
    rows["cover"] = Cover.objects.create(
        day=SCHOOL_DAY, name="FREE", changes=[Change(place.pk, None, None, member.pk, "", "busy:1").said()],
        at=at, by=by,
    )  # fmt: skip
    _vehicles_of_runs(rows, yard, run, at, by)
    rows["crew week"] = CrewWeek.objects.create(
        first_on=SCHOOL_DAY, state=CrewWeek.RUNNING, asked_at=at, heard_at=at - dt.timedelta(hours=1)
    )


def _vehicles_of_runs(rows: dict[str, Any], yard: Any, run: Any, at: dt.datetime, by: Any) -> None:
    """A duty whose vehicle is off the road, one more that stands at the depot, and a change made."""
    duty = rows["crew duty"]
    fleet.take_off_road(duty.vehicle, from_on=SCHOOL_DAY, until_on=SCHOOL_DAY, because="Brakes", by=by, at=at)
    spare = fleet.add_vehicle(registration="MH99SPA", kind=run.kind, depot=yard, by=by, at=at)
    rows["spare vehicle"] = spare
    later = make_duty(run, None, day=SCHOOL_DAY + dt.timedelta(days=2))
    rows["vehicle swap"] = VehicleSwap.objects.create(
        day=later.day, at=at, by=by,
        changes=[{"duty": later.pk, "run": None, "before": spare.pk, "after": later.vehicle_id}],
    )  # fmt: skip


def _application(service: Any, team: Team, centre: Centre, relation: str) -> Application:
    """With its facts entered; the words of the case mark it."""
    asks = make_person(full_name=f"Ysolde{relation} Bello", emails=[f"ysolde{relation}@post.example"])
    case = open_case(
        service, title=f"Quillon{relation}", channel="form", received_at=now(), at=now(), requester=asks,
        team=team, answers={"name": f"Ysolde{relation} Bello"},
    )  # fmt: skip
    made = Application.objects.get(case=case)
    by = make_account("transport.use")
    assess(
        made, nation="ENG", phase="PRIMARY", born_on=dt.date(2018, 5, 2), centre=centre, on=today(), facts=(),
        miles=Decimal("1.2"), by=by, at=now(),
    )  # fmt: skip
    return made


def _passenger(office: "Office", route: str) -> Parts:
    found: Parts = {"number": office.rows["passenger"].pk}
    if route == "end_passenger_entry":
        found["entry"] = office.rows["away"].pk
    return found | ({"part": "away"} if route.endswith("_entry") else {})


def _centre(office: "Office", route: str) -> Parts:
    found: Parts = {"key": office.rows["travel centre"].key}
    return found | ({"number": office.rows["travel closure"].pk} if route == "open_after_all" else {})


def _of_application(office: "Office", route: str, relation: str) -> Parts:
    stands = " refused" if route == "record_travel_appeal" else ""
    found: Parts = {"number": office.rows[f"travel {relation}{stands}"].pk}
    return found | ({"stage": 0} if route == "decide_travel" else {})


def _entitlement(office: "Office", route: str) -> Parts:
    kind = "travel rule" if route == "confirm_eligibility_rule" else "entitlement"
    return {"number": office.rows[kind].pk}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of transport": lambda _office, _route, _relation, _seat: {},
    "passenger": lambda office, route, _relation, _seat: _passenger(office, route),
    "journey": lambda office, _route, _relation, _seat: {"number": office.rows["journey"].pk},
    "centre": lambda office, route, _relation, _seat: _centre(office, route),
    "application for travel": lambda office, route, relation, _seat: _of_application(office, route, relation),
    "entitlement to travel": lambda office, route, _relation, _seat: _entitlement(office, route),
    "plan of runs": lambda office, route, _relation, _seat: _plan(office, route),
    "run": lambda office, route, _relation, _seat: {"number": office.rows[RUN_OF.get(route, "runs run")].pk},
}


def _no_passenger(route: str) -> Parts:
    found: Parts = {"number": NOWHERE}
    found |= {"part": "away"} if route.endswith("_entry") else {}
    return found | ({"entry": NOWHERE} if route == "end_passenger_entry" else {})


KEYS |= {
    "crews": lambda _office, _route, _relation, _seat: {},
    "member of a crew": lambda office, route, _relation, _seat: {
        "number": office.rows["crew need" if route == "ask_no_more" else "crew member"].pk
    },
    "week of crews": lambda office, _route, _relation, _seat: {"number": office.rows["crew week"].pk},
    "day to cover": lambda _office, _route, _relation, _seat: {"day": SCHOOL_DAY.isoformat()},
    "duty of a crew": lambda office, route, _relation, _seat: {
        "number": office.rows[DUTY_OF.get(route, "crew duty")].pk
    },
}


NOTHING: dict[str, Callable[[str], Parts]] = {
    "passenger": _no_passenger,
    "journey": lambda _route: {"number": NOWHERE},
    "centre": lambda route: {"key": "nowhere"} | ({"number": NOWHERE} if route == "open_after_all" else {}),
    "application for travel": lambda route: (
        {"number": NOWHERE} | ({"stage": 0} if route == "decide_travel" else {})
    ),
    "entitlement to travel": lambda _route: {"number": NOWHERE},
    "plan of runs": lambda route: {"number": NOWHERE} | _file(route),
    "run": lambda _route: {"number": NOWHERE},
}


NOTHING |= {
    "member of a crew": lambda _route: {"number": NOWHERE},
    "week of crews": lambda _route: {"number": NOWHERE},
    "day to cover": lambda _route: {"day": "nowhere"},
    "duty of a crew": lambda _route: {"number": NOWHERE},
}


def _facts(office: "Office") -> Parts:
    return {
        "nation": "ENG", "phase": "PRIMARY", "born_on_0": "2", "born_on_1": "5", "born_on_2": "2018",
        "born_on": "2/5/2018", "centre": office.rows["travel centre"].pk, "on": _day(30), "miles": "2.5",
    }  # fmt: skip


OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "add_passenger": {"full_name": "Maryam Qureshi", "language": "en", "nation": "ENG"},
    "account_day": {"day": SCHOOL_DAY.isoformat()},
    "add_travel_application": lambda o: _facts(o) | {
        "requester-key": o.rows["passenger"].person_id, "name": "Osian Bello", "starts_on": _day(30),
    },
    "set_transport_rate": lambda _o: {
        "key": "pass-year", "amount": "425", "from_on": _day(0), "source": "Our own",
    },
    "passenger_leaves": lambda _o: {"on": _day(3), "because": "Moved away"},
    "add_passenger_entry": lambda _o: {
        "from_on": _day(20), "until_on": _day(21), "which": "BOTH", "because": "Holiday",
    },
    "end_passenger_entry": lambda _o: {"until_on": _day(1)},
    "settle_journey": {"how": "OWN", "own": "mother"},
    "add_bell": lambda _o: {
        "session": "day", "weekdays": ["0"], "begins": "08:40", "ends": "15:10", "from_on": _day(9),
    },
    "add_centre_closure": lambda _o: {
        "kind": "SHUT", "first_on": _day(2), "last_on": _day(2), "because": "Boiler",
    },
    "enter_travel_facts": _facts,
    "decide_travel": {"outcome": "REFUSED", "because": "By the rule"},
    "record_travel_appeal": lambda _o: {"received_on": _day(0), "grounds": "It is unfair"},
    "end_travel_entitlement": {"because": "Moved away"},
    "ask_for_run_plan": lambda _o: {
        "name": "Winter", "direction": "BOTH", "weekdays": ["0"], "from_on": _day(30), "seconds": "10",
    },
    "add_vehicle": lambda o: {
        "registration": "MH99ZZZ", "kind": o.rows["runs vehicle"].kind_id,
        "depot": o.rows["runs vehicle"].depot_id, "fuel": "DIESEL",
    },
    "set_vehicle_price": lambda o: {
        "kind": o.rows["runs vehicle"].kind_id, "a_run": "30", "an_hour": "18", "a_mile": "0",
        "from_on": _day(9), "source": "Ours",
    },
    "set_planning_figure": lambda _o: {
        "key": "move", "amount": "5", "from_on": _day(9), "source": "Ours",
    },
    "mend_run_plan": lambda _o: {
        "because": "Snow", "from_on": (SCHOOL_DAY + dt.timedelta(days=56)).strftime("%d/%m/%Y"),
    },
    "accept_mending": {"option": "1"},
    "move_ride": {"to": "0"},
    "place_without": {"to": "0"},
    "consider_run_plan": {"considered": "yes"},
    "own_run_plan": lambda o: {"owner": o.account("M").pk},
    "withdraw_run_plan": {"because": "A mistake"},
    "take_off_road": lambda _o: {"from_on": _day(2), "because": "Brakes"},
}  # fmt: skip

OTHERWISE |= {
    "give_vehicle": lambda o: {"vehicle": o.rows["spare vehicle"].pk},
    "join_crew": lambda o: {"number": "CREW-1", "depot": o.rows["crew yard"].pk, "roles": ["driver"]},
    "ask_of_crews": lambda o: {
        "role": "escort", "credential": o.rows["crew paper"].pk, "from_on": _day(0),
    },
    "man_week": lambda _o: {
        "first_on": (monday_of(today()) + dt.timedelta(days=7)).isoformat(), "seconds": "20",
        "standby_drivers": "0", "standby_escorts": "0",
    },
}  # fmt: skip
