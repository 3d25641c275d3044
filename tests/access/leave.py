"""How the routes of leave are asked: one's own requests, those of somebody one manages, and a stranger's."""

import re
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now, today
from moothall.leave.models import LeaveRequest
from moothall.leave.rules.asking import withdraw_leave
from moothall.leave.rules.deciding import approve_leave
from moothall.leave.tests.make import make_kind, make_request, working_day
from moothall.people.models import Account
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager

if TYPE_CHECKING:
    from .office import Office

NOWHERE = 999_999_999
PLAIN = ("my_leave", "ask_leave", "leave_to_decide", "approve_fitting_leave")


def make_rows(office: "Office") -> None:
    make_kind()
    boss, top = make_manager()
    for seat, account in office.seats.items():
        if account is not None:
            mine = _employment(account)
            _requests(office, f"{seat} own", mine, account, boss)
            _requests(office, f"{seat} led", make_employment(manager=mine), account, boss)
    _requests(office, "other", make_employment(manager=top), boss, boss)


def _employment(account: Account) -> Employment:
    held = Employment.objects.of_account(account).first()
    return held or make_employment(account=account)


def _requests(office: "Office", name: str, employment: Employment, by: Account, boss: Account) -> None:
    """One that waits, one that is approved, and one whose last step this account may take back."""
    waits, approved, done = (
        make_request(employment, working_day(ahead), at=now(), on=today()) for ahead in (30, 60, 90)
    )
    approve_leave(approved, by=boss, at=now())
    event = withdraw_leave(done, by=by, at=now())
    office.rows |= {
        f"leave {name}": waits, f"approved {name}": approved, f"withdrawn {name}": done,
        f"withdrawal {name}": event,
    }  # fmt: skip


def _parts(office: "Office", route: str, relation: str, seat: str) -> dict[str, Any]:
    if route in PLAIN:
        return {}
    sits = seat if office.seats[seat] is not None else "C"
    name = "other" if relation == "other" else f"{sits} {relation}"
    if route == "undo_leave":
        return {
            "request_id": office.rows[f"withdrawn {name}"].pk,
            "event_id": office.rows[f"withdrawal {name}"].pk,
        }
    row: LeaveRequest = office.rows[f"{'approved' if route == 'give_back_leave' else 'leave'} {name}"]
    return {"request_id": row.pk}


def _nothing(route: str) -> dict[str, Any]:
    return {"request_id": NOWHERE} | ({"event_id": NOWHERE} if route == "undo_leave" else {})


KEYS = {"own leave": _parts, "leave request": _parts}
NOTHING = {"leave request": _nothing}


def _asked(_office: "Office") -> dict[str, Any]:
    return {"kind": "annual", "from_on": working_day(120).strftime("%d/%m/%Y"), "send": "1"}


def _led(office: "Office") -> dict[str, Any]:
    return {"ids": [row.pk for name, row in office.rows.items() if re.fullmatch("leave . led", name)]}


def _sick(_office: "Office") -> dict[str, Any]:
    return {"first": today().strftime("%d/%m/%Y"), "last": working_day(70).strftime("%d/%m/%Y")}


OTHERWISE: dict[str, Any] = {
    "ask_leave": _asked,
    "approve_fitting_leave": _led,
    "refuse_leave": {"reason": "Year end"},
    "give_back_leave": _sick,
}
