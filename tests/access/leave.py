"""How the routes of leave are asked: one's own requests, those of somebody one manages, and a stranger's."""

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now, today
from moothall.core.signed_links import sign
from moothall.leave.models import LeaveDeputy, LeaveLink, LeaveRequest
from moothall.leave.rules.asking import withdraw_leave
from moothall.leave.rules.deciding import approve_leave
from moothall.leave.rules.feeding import end_link, make_link
from moothall.leave.rules.paying import run_payroll
from moothall.leave.rules.setting import add_cover_rule, add_entry
from moothall.leave.tests.make import make_kind, make_request, working_day
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager, make_post, make_unit

if TYPE_CHECKING:
    from .office import Office

NOWHERE = 999_999_999
LATER = dt.date(2040, 1, 1)
PLAIN = (
    "my_leave",
    "ask_leave",
    "leave_to_decide",
    "approve_fitting_leave",
    "leave_calendar",
    "cover_rules",
    "add_cover_rule",
    "make_leave_link",
    "leave_year",
    "leave_deputies",
    "name_leave_deputy",
)


def make_rows(office: "Office") -> None:
    make_kind()
    office.rows["leave deputy"] = make_account(name="Deputy")
    office.rows["payroll run"] = run_payroll(month=today().replace(day=1), by=None, at=now(), today=today())
    boss, top = make_manager()
    unit = office.rows["leave unit"] = make_unit()
    for seat, account in office.seats.items():
        if account is not None:
            mine = _employment(account)
            _requests(office, f"{seat} own", mine, account, boss)
            led = make_employment(manager=mine, unit=unit, post=make_post(team=office.home))
            _requests(office, f"{seat} led", led, account, boss)
            _kept(office, f"{seat} own", led, account)
    elsewhere = make_employment(manager=top, post=make_post(team=office.away))
    _requests(office, "other", elsewhere, boss, boss)
    _kept(office, "other", elsewhere, boss)
    ended = make_link(boss, shows=LeaveLink.TEAM, at=now())
    end_link(ended, by=boss, at=now())
    office.rows["feed ended"] = ended


def _kept(office: "Office", name: str, employment: Employment, account: Account) -> None:
    """A record with an entry, a rule of its unit, and a calendar of whoever is in the seat."""
    unit = employment.assignments.get().unit
    entry = add_entry(
        employment, kind="ADJUSTED", hours=Decimal(5), counts_on=today(), why="Put right", by=None, at=now()
    )
    office.rows |= {
        f"record {name}": employment, f"entry {name}": entry,
        f"rule {name}": add_cover_rule(unit, percent=1, from_on=LATER, by=None, at=now()),
        f"link {name}": make_link(account, shows=LeaveLink.OWN, at=now()),
        f"deputy {name}": LeaveDeputy.objects.create(
            manager=account, deputy=office.rows["leave deputy"], from_on=LATER, until_on=LATER,
            named_by=account, named_at=now(),
        ),
    }  # fmt: skip


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


def _kept_parts(office: "Office", route: str, relation: str, seat: str) -> dict[str, Any]:
    sits = seat if office.seats[seat] is not None else "C"
    name = "other" if relation == "other" else f"{sits} own"
    if route == "withdraw_leave_deputy":
        return {"number": office.rows[f"deputy {name}"].pk}
    if route in ("withdraw_cover_rule", "end_leave_link"):
        key, row = ("rule_id", "rule") if route == "withdraw_cover_rule" else ("link_id", "link")
        return {key: office.rows[f"{row} {name}"].pk}
    number = {"number": office.rows[f"record {name}"].number}
    return number | ({"entry_id": office.rows[f"entry {name}"].pk} if route == "withdraw_leave_entry" else {})


def _no_kept(route: str) -> dict[str, Any]:
    if route == "withdraw_leave_deputy":
        return {"number": NOWHERE}
    if route in ("withdraw_cover_rule", "end_leave_link"):
        return {"rule_id" if route == "withdraw_cover_rule" else "link_id": NOWHERE}
    return {"number": "NOBODY"} | ({"entry_id": NOWHERE} if route == "withdraw_leave_entry" else {})


def _feed(office: "Office", _route: str, relation: str, _seat: str) -> dict[str, Any]:
    link = office.rows["link other" if relation == "made" else "feed ended"]
    return {"token": sign(link.token, "leave")}


def _payroll(office: "Office", route: str, _relation: str, _seat: str) -> dict[str, Any]:
    return {"number": office.rows["payroll run"].pk} if route == "leave_payroll_file" else {}


KEYS = {
    "leave payroll": _payroll,
    "own leave": _parts, "leave request": _parts, "leave kept": _kept_parts, "leave entry": _kept_parts,
    "leave feed": _feed,
}  # fmt: skip
NOTHING = {
    "leave payroll": lambda _route: {"number": NOWHERE},
    "leave request": _nothing, "leave kept": _no_kept, "leave entry": _no_kept,
    "leave feed": lambda _route: {"token": "made-up"},
}  # fmt: skip


def _asked(_office: "Office") -> dict[str, Any]:
    return {"kind": "annual", "from_on": working_day(120).strftime("%d/%m/%Y"), "send": "1"}


def _led(office: "Office") -> dict[str, Any]:
    return {"ids": [row.pk for name, row in office.rows.items() if re.fullmatch("leave . led", name)]}


def _sick(_office: "Office") -> dict[str, Any]:
    return {"first": today().strftime("%d/%m/%Y"), "last": working_day(70).strftime("%d/%m/%Y")}


OTHERWISE: dict[str, Any] = {
    "add_cover_rule": lambda o: {"unit": o.rows["leave unit"].pk, "percent": "1", "from_on": "1/1/2040"},
    "make_leave_link": {"shows": "TEAM"},
    "name_leave_deputy": lambda o: {
        "deputy-key": o.rows["leave deputy"].pk,
        "from_on": "1/1/2040",
        "until_on": "2/1/2040",
    },
    "run_leave_payroll": lambda _o: {
        "month": f"{today().replace(day=1) - dt.timedelta(days=1):%Y-%m}",
    },
    "add_leave_entry": {"kind": "ADJUSTED", "hours": "2", "counts_on": "today", "why": "Put right"},
    "ask_leave": _asked,
    "approve_fitting_leave": _led,
    "refuse_leave": {"reason": "Year end"},
    "give_back_leave": _sick,
}
