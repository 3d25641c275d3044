"""How the routes of training are asked: sessions and courses, one's own place, and those of others."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from moothall.core.clock import now, today
from moothall.people.models import Account, Place
from moothall.training.models import (
    CourseRequirement,
    DutyFile,
    Nomination,
    PlanInput,
    PlanRun,
    Repair,
    RepairProposal,
    ScheduleVersion,
    Session,
    TeamMinimum,
    TrainerDay,
)
from moothall.training.planning.year import digest, packed
from moothall.training.rules import schedule
from moothall.training.rules.courses import Content, add_course, require_course
from moothall.training.rules.duties import bring_duties
from moothall.training.rules.ledger import set_minimum
from moothall.training.rules.nominating import put_forward
from moothall.training.rules.planned import PlannedLine
from moothall.training.rules.publishing import publish
from moothall.training.rules.readers import add_reader
from moothall.training.rules.sessions import open_session
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager, make_post, make_unit

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
LATER = dt.date(2040, 1, 1)
DUTIES = b"number,day,part,kind\nNOBODY,2040-01-01,E,DUTY\n"


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def _plan_runs(office: "Office") -> None:
    """One that is made, of nobody; one that waits; one that broke off."""
    case, runs = packed({"reqs": [], "courses": [], "officers": []}), packed([])
    names = {"first": "2040-01-02", "teams": [], "officers": [], "courses": [], "trainers": [], "sites": []}
    kept = PlanInput.objects.create(
        digest=digest(case, runs), case=case, runs=runs, names=names, made_at=now()
    )
    plan = packed({"classes": [], "places": [], "unplaced": []})
    figures = {"classes": 0, "weeks": [], "teams": [], "courses": [], "reasons": {}, "levers": []}
    months = {
        "from_on": LATER, "until_on": LATER + dt.timedelta(days=60), "seconds": 10, "asked_at": now(),
        "input": kept, "figures": figures,
    }  # fmt: skip
    office.rows["plan made"] = PlanRun.objects.create(state=PlanRun.DONE, plan=plan, **months)
    office.rows["plan waiting"] = PlanRun.objects.create(state=PlanRun.WAITING, **months)
    office.rows["plan broken"] = PlanRun.objects.create(state=PlanRun.BROKEN, **months)


def make_rows(office: "Office") -> None:
    _plan_runs(office)
    course = add_course(name="First aid", content=Content(), from_on=today(), by=None, at=now())
    office.rows["training course"] = course
    office.rows["training session"] = session = _session(course)
    office.rows["training free"] = _session(course)
    office.rows["training unit"] = unit = make_unit()
    by = office.account("A")
    office.rows["training requirement"] = require_course(
        course, workforce="intern", from_on=LATER, by=None, at=now()
    )
    _boss, top = make_manager()
    make_employment(unit=unit)
    office.rows["duty file"] = bring_duties(DUTIES, name="duties.csv", by=None, at=now())
    office.rows["training minimum"] = set_minimum(
        unit, least=1, from_on=LATER, why="Agreed", by=by, at=now(), today=today()
    )
    _plans(office, course)
    for seat, account in office.seats.items():
        if account is not None:
            mine = _employment(account)
            office.rows[f"taught {seat}"] = _session(course, trainers=[mine])
            _places(office, f"{seat} own", mine, session, course)
            led = make_employment(manager=mine, post=make_post(team=office.home))
            office.rows[f"training led {seat}"] = led
            _places(office, f"{seat} led", led, session, course)
            over = office.rows[f"passed {seat} led"].session
            TrainerDay.objects.create(session=over, trainer=mine, day=over.first_on)
    elsewhere = make_employment(manager=top, post=make_post(team=office.away))
    _places(office, "other", elsewhere, session, course)


def _plans(office: "Office", course: Any) -> None:
    """A schedule that was published twice, and a draft that leaves a session out."""
    place = Place.objects.create(name="Training centre")
    first = today() + dt.timedelta(days=60)
    lines = [
        PlannedLine(key, course.versions.get().pk, place.pk, (first + dt.timedelta(days=number),))
        for number, key in enumerate(("one", "two"))
    ]
    plan = schedule.open_schedule(
        name="The year", from_on=today(), until_on=today() + dt.timedelta(days=365), by=None, at=now()
    )
    office.rows["schedule reader"] = add_reader(
        sort="CATERING", name="The kitchen", email="kitchen@example.org", language="en", place=None, by=None,
        at=now(),
    )  # fmt: skip
    for wanted in (lines[:1], lines):
        made = schedule.draft(schedule=plan, lines=wanted, by=None, at=now())
        publish(made, by=None, at=now(), today=today())
    office.rows["schedule published"] = made
    _repair(office, made)
    office.rows["schedule notice"] = made.notices.get()
    office.rows["schedule draft"] = schedule.draft(schedule=plan, lines=lines[:1], by=None, at=now())


def _repair(office: "Office", version: ScheduleVersion) -> None:
    """One that is made: a session is not to be held, once accepted and once open."""
    figures = dict.fromkeys(("sessions", "placed", "lost", "back", "moved", "waited", "left", "bound"), 0)
    office.rows["repair"] = repair = Repair.objects.create(
        version=version, frozen_until=today(), state=Repair.DONE, asked_at=now(), figures=figures
    )
    first, second = version.lines.order_by("key")
    RepairProposal.objects.create(repair=repair, number=0, sort=RepairProposal.OFF, session=first.session)
    office.rows["repair accepted"] = RepairProposal.objects.create(
        repair=repair, number=1, sort=RepairProposal.OFF, session=second.session,
        state=RepairProposal.ACCEPTED, decided_at=now(),
    )  # fmt: skip


def _session(course: Any, **changes: Any) -> Session:
    first = today() + dt.timedelta(days=30)
    return open_session(course, first_on=first, capacity=99, by=None, at=now(), today=today(), **changes)


def _taught(office: "Office", route: str, relation: str, seat: str) -> Parts:
    sits = seat if office.seats[seat] is not None else "C"
    if route == "keep_own_register" and relation == "own":
        return {"number": office.rows[f"passed {sits} led"].session_id}
    return {"number": office.rows["training free" if relation == "other" else f"taught {sits}"].pk}


def _employment(account: Account) -> Employment:
    held = Employment.objects.of_account(account).first()
    return held or make_employment(account=account)


def _places(office: "Office", name: str, employment: Employment, session: Session, course: Any) -> None:
    """One that waits to be decided, and one that was passed."""
    office.rows[f"place {name}"] = put_forward(employment, session, by=None, at=now(), today=today())
    over = _over(course)
    office.rows[f"passed {name}"] = Nomination.objects.create(
        employment=employment, session=over, state=Nomination.PLACED, asked_at=now(), attended=True,
        result=Nomination.PASSED, result_on=over.last_on, result_at=now(),
    )  # fmt: skip


def _over(course: Any) -> Session:
    day = today() - dt.timedelta(days=9)
    return Session.objects.create(
        version=course.versions.get(),
        days=[day],
        first_on=day,
        last_on=day,
        capacity=9,
        taken=1,
        made_at=now(),
    )


def _place(office: "Office", route: str, relation: str, seat: str) -> Parts:
    sits = seat if office.seats[seat] is not None else "C"
    name = "other" if relation == "other" else f"{sits} {relation}"
    kind = "passed" if route in ("training_certificate", "evaluate_training") else "place"
    return {"number": office.rows[f"{kind} {name}"].pk}


def _run(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    rows: dict[str, CourseRequirement | DutyFile | Session | TeamMinimum] = {
        "duty_file": office.rows["duty file"], "carry_out_duty_file": office.rows["duty file"],
        "note_register": office.rows["passed other"].session, "put_duty_file_aside": office.rows["duty file"],
        "withdraw_team_minimum": office.rows["training minimum"],
        "withdraw_training_requirement": office.rows["training requirement"],
    }  # fmt: skip
    return {"number": rows.get(route, office.rows["training session"]).pk}


def _made(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    names = {"stop_training_plan": "waiting", "start_training_plan_again": "broken"}
    more = {"part": "plan"} if route == "training_plan_file" else {}
    return {"number": office.rows[f"plan {names.get(route, 'made')}"].pk, **more}


def _plan(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    draft, published = office.rows["schedule draft"], office.rows["schedule published"]
    if route == "end_schedule_reader":
        return {"number": office.rows["schedule reader"].pk}
    if route == "schedule_notice_file":
        return {"number": office.rows["schedule notice"].pk}
    if route in ("planning_schedule", "draft_schedule"):
        return {"number": draft.schedule_id}
    version = published if route in ("step_back_schedule", "repair_schedule") else draft
    parts = {"number": draft.schedule_id, "version": version.number}
    if route in ("change_schedule_line", "take_out_schedule_line"):
        return parts | {"line": draft.lines.get().pk}
    if route == "put_back_schedule_line":
        return parts | {"line": published.lines.get(key="two").pk}
    return parts


def _repaired(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    return {"number": office.rows["repair accepted" if route == "undo_proposal" else "repair"].pk}


def _no_plan(route: str) -> Parts:
    if route in ("planning_schedule", "draft_schedule", "end_schedule_reader", "schedule_notice_file"):
        return {"number": NOWHERE}
    line = route in ("change_schedule_line", "take_out_schedule_line", "put_back_schedule_line")
    return {"number": NOWHERE, "version": 1} | ({"line": NOWHERE} if line else {})


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of training": lambda _office, _route, _relation, _seat: {},
    "session of training": _run,
    "plan of training": _made,
    "course of training": lambda o, _route, _relation, _seat: {"key": o.rows["training course"].key},
    "place of training": _place,
    "schedule of training": _plan,
    "repair of training": _repaired,
    "session that is taught": _taught,
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "plan of training": lambda route: (
        {"number": NOWHERE} | ({"part": "plan"} if route == "training_plan_file" else {})
    ),
    "session of training": lambda _route: {"number": NOWHERE},
    "course of training": lambda _route: {"key": "no-such-course"},
    "place of training": lambda _route: {"number": NOWHERE},
    "schedule of training": _no_plan,
    "repair of training": lambda _route: {"number": NOWHERE},
    "session that is taught": lambda _route: {"number": NOWHERE},
}
TAUGHT: Parts = {"days": "1", "least": "4", "most": "12", "trainers": "1", "room": "CLASSROOM"}
WHERE: Parts = {"begins": "09:00", "ends": "17:00", "capacity": "200"}


def _led(office: "Office") -> Parts:
    led = [row.pk for name, row in office.rows.items() if name.startswith("training led")]
    return {"ids": led, "session": office.rows["training free"].pk}


def _planned(office: "Office") -> Parts:
    place = office.rows["schedule draft"].lines.get().place_id
    course = office.rows["training course"].pk
    return {
        "course": course, "first_on": _day(90), "place": place, "begins": "09:00", "ends": "17:00",
        "language": "en",
    }  # fmt: skip


OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "open_training_session": lambda o: (
        WHERE | {"course": o.rows["training course"].pk, "first_on": _day(40), "language": "en"}
    ),
    "add_training_course": lambda _o: TAUGHT | {"name": "Second aid", "from_on": _day(0)},
    "add_course_version": lambda _o: TAUGHT | {"from_on": _day(0)},
    "require_training": lambda _o: {"workforce": "worker", "within_days": "30", "from_on": _day(0)},
    "ask_for_training_plan": lambda _o: {"from_on": _day(40), "months": "1", "seconds": "10", "seed": "1"},
    "try_training_plan": lambda o: {"unit": o.rows["training unit"].pk},
    "draft_training_plan": {"name": "Spring"},
    "weigh_moving": lambda _o: {
        "from_on": _day(40), "moving": "0.5", "moving_told": "0.8", "why": "The head of training",
    },
    "repair_schedule": lambda _o: {"frozen_until": _day(14)},
    "accept_repair": {"ids": "0"},
    "add_repair_change": lambda o: {
        "sort": "SITE", "place": o.rows["schedule draft"].lines.get().place_id, "from_on": _day(60)
    },
    "set_team_minimum": lambda o: {
        "unit": o.rows["training unit"].pk, "percent": "1", "from_on": "1/1/2040", "why": "Agreed",
    },
    "bring_duty_file": lambda _o: {"file": SimpleUploadedFile("duties.csv", DUTIES)},
    "open_planning_schedule": lambda _o: {"name": "Next year", "from_on": _day(1), "until_on": _day(300)},
    "add_schedule_reader": {
        "sort": "DUTY", "name": "Duty planning", "email": "duty@example.org", "language": "en",
    },
    "add_schedule_line": lambda o: _planned(o),
    "change_schedule_line": lambda o: _planned(o),
    "ask_for_training": lambda o: {"session": o.rows["training free"].pk},
    "book_team": _led,
    "change_training_session": WHERE,
    "move_training_session": lambda _o: {"first_on": _day(50), "because": "The room"},
    "set_session_trainers": {"numbers": ""},
    "cancel_training_session": {"because": "The trainer is sick"},
    "note_register": lambda o: {f"came-{o.rows['passed other'].pk}": "FAILED"},
    "keep_own_register": lambda o: {
        f"came-{row.pk}": "FAILED" for name, row in o.rows.items() if name.startswith("passed ")
    },
    "put_people_forward": lambda o: {"numbers": o.rows["holder other"].number},
    "refuse_training": {"because": "Court that day"},
    "choose_session_beds": {"number": "0"},
    "say_training_needs": {"needs": "Step-free access"},
    "evaluate_training": {"useful": "5", "taught": "4"},
}  # fmt: skip
