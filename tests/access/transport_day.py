"""The day of transport in the table: runs of a seat's own, what was pressed, told and checked."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now, today
from moothall.transport.models import DayMessage, DayNotice, Defect, Duty, LateRun, Press, VehicleCheck
from moothall.transport.rules.day_notices import note_told
from moothall.transport.rules.vehicle_checks import mend
from moothall.transport.tests.make_crews import make_depot, make_duty, make_going, make_member, make_run_plan
from moothall.transport.tests.make_day import make_check_item
from moothall.workforce.models import Employment

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
ALL_DAYS = [0, 1, 2, 3, 4, 5, 6]


def make_rows(office: "Office") -> None:
    """A run of today that the adviser drives, one that somebody else does; all that can come of a day."""
    rows, at, by = office.rows, now(), office.account("M")
    yard = make_depot(key="day-yard")
    day = _weekday()
    plan = make_run_plan(from_on=day, until_on=day, weekdays=ALL_DAYS, direction="FROM")
    mine = make_member(yard, employment=Employment.objects.get(person=office.account("V").person))
    run = make_going(yard, plan=plan, direction="FROM")
    run.rides.update(weekdays=ALL_DAYS)
    rows["day run"], rows["day centre"] = run, run.rides.all()[0].centre
    rows["day centre"].calendar = None
    rows["day centre"].save(update_fields=["calendar"])
    rows["day duty own"] = make_duty(run, mine, day=today())
    rows["day duty other"] = make_duty(
        make_going(yard, plan=plan, direction="FROM"), make_member(yard), day=today()
    )
    for name, seen in (("day press", None), ("day press seen", at)):
        rows[name] = Press.objects.create(
            key=uuid.uuid4(), by=by, said={}, pressed_at=at, received_at=at, found=Press.NOT_THEIRS,
            seen_at=seen,
        )  # fmt: skip
    LateRun.objects.create(run=run, day=day, minutes=12, at=at, by=by)
    message = DayMessage.objects.create(key="words:access", kind="WORDS", day=today(), at=at, by=by)
    rows["day message"] = message
    for name in ("day notice", "day notice told"):
        rows[name] = DayNotice.objects.create(
            message=message, who="CENTRE" if name == "day notice" else "FAMILY", by_telephone=True,
            centre=rows["day centre"] if name == "day notice" else None,
            person=None if name == "day notice" else rows["passenger"].person,
        )  # fmt: skip
    note_told(rows["day notice told"], by=by, at=at)
    _check(office, by, at)


def _weekday() -> dt.date:
    """Today, or the Monday after: nothing opens on Saturdays and Sundays."""
    day = today()
    return day if day.weekday() < 5 else day + dt.timedelta(days=7 - day.weekday())


def _check(office: "Office", by: Any, at: dt.datetime) -> None:
    rows = office.rows
    rows["day item"] = make_check_item("access-tyres", critical=False)
    rows["day check"] = check = VehicleCheck.objects.create(
        key=uuid.uuid4(), vehicle=rows["runs vehicle"], day=today(), at=at, received_at=at, by=by, answers=[]
    )
    for name, item in (
        ("day defect", rows["day item"]),
        ("day defect mended", make_check_item("access-mud")),
    ):
        rows[name] = Defect.objects.create(
            check_of=check, item=item, words="Mud", critical=False, owner=by, deadline_on=today()
        )
    mend(rows["day defect mended"], how="Washed", by=by, at=at)


ROW_OF = {
    "see_press": "day press", "unsee_press": "day press seen", "day_message": "day message",
    "ring_of_day": "day notice", "not_rung_of_day": "day notice told", "vehicle_check": "day check",
    "take_back_vehicle_check": "day check", "confirm_check_item": "day item", "give_defect": "day defect",
    "mend_defect": "day defect", "defect_not_mended": "day defect mended",
}  # fmt: skip


def _late(office: "Office") -> Parts:
    return {"number": office.rows["day run"].pk, "day": _weekday().isoformat()}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of the day": lambda _office, _route, _relation, _seat: {},
    "run of today": lambda office, _route, relation, _seat: {
        "number": office.rows[f"day duty {relation}"].pk
    },
    "thing of the day": lambda office, route, _relation, _seat: {"number": office.rows[ROW_OF[route]].pk},
    "run on a day": lambda office, _route, _relation, _seat: _late(office),
    "centre of the day": lambda office, _route, _relation, _seat: {"key": office.rows["day centre"].key},
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "run of today": lambda _route: {"number": NOWHERE},
    "thing of the day": lambda _route: {"number": NOWHERE},
    "run on a day": lambda _route: {"number": NOWHERE, "day": _weekday().isoformat()},
    "centre of the day": lambda _route: {"key": "nowhere"},
}


def _words(office: "Office") -> Parts:
    return {
        "about": "CENTRE", "centre": office.rows["day centre"].pk, "words": "The road is closed.",
        "key": "access-again",
    }  # fmt: skip


def _seen(office: "Office") -> Parts:
    """With the list that was looked at."""
    from moothall.transport.rules.concerned import concerned_by_centre, digest_of

    to = concerned_by_centre(today(), office.rows["day centre"])
    return _words(office) | {"seen": digest_of(to)}


def _press(office: "Office") -> Parts:
    duty: Duty = office.rows["day duty own"]
    return {"key": str(uuid.uuid4()), "duty": duty.pk, "what": "ARRIVED", "call": duty.run.calls.all()[0].pk}


OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "press_on_run": _press,
    "preview_day_message": _words,
    "send_day_message": _seen,
    "tell_late": {"minutes": "20"},
    "take_back_vehicle_check": {"because": "Another vehicle"},
    "give_defect": lambda o: {"owner": o.account("M").pk, "deadline_on": "3/12/2030"},
    "mend_defect": {"how": "Washed"},
    "centre_contact": {"email": "office@school.example", "language": "en"},
}
