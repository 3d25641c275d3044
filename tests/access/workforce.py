"""Staff records for the table: each seat has one of its own, manages somebody, and managed somebody else."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_person
from moothall.workforce.models import Employment
from moothall.workforce.rules.assigning import change_assignment
from moothall.workforce.rules.ending import end_employment
from moothall.workforce.rules.kin import add_next_of_kin, end_next_of_kin
from moothall.workforce.tests.make import make_employment, make_leaving_reason, make_post, make_unit

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOBODY = {"number": "NOBODY"}
WITH_KIN = ("end_next_of_kin", "restore_next_of_kin")


def make_rows(office: "Office") -> None:
    office.rows["leaving reason"] = make_leaving_reason(name="Moved away")
    office.rows["staff post"] = make_post(title="Curator")
    office.rows["staff unit"] = make_unit(name="Museums")
    office.rows["starter"] = make_person(full_name="Bronagh Achterberg", at=now())
    boss = _record(office, "boss")
    office.rows["staff home"] = _record(office, "home", post=make_post(team=office.home), manager=boss)
    office.rows["staff other"] = _record(office, "other", manager=boss)
    for seat, account in office.seats.items():
        if account is not None:
            _seat(office, seat, account, boss)


def _seat(office: "Office", seat: str, account: Account, boss: Employment) -> None:
    own = office.rows[f"staff own {seat}"] = _record(office, f"own {seat}", account=account)
    office.rows[f"staff managed {seat}"] = _record(office, f"managed {seat}", manager=own)
    moved = office.rows[f"staff moved {seat}"] = _record(office, f"moved {seat}", manager=own)
    change_assignment(moved, from_on=today(), manager=boss, by=None, at=now() + dt.timedelta(seconds=1))
    end_employment(
        moved, last_day=dt.date(2099, 12, 31), because=office.rows["leaving reason"], by=None, at=now()
    )


def _record(office: "Office", relation: str, **changes: Any) -> Employment:
    account = changes.pop("account", None)
    person = make_person(full_name=f"Ottoline {relation.title()}", at=now())
    number = "S-" + relation.replace(" ", "").upper()
    employment = make_employment(person, account=account, number=number, at=now(), **changes)
    for route in WITH_KIN:
        kin = add_next_of_kin(
            employment, name=f"Kin of {relation}", phone="01632 960999", by=office.account("A"), at=now()
        )
        office.rows[f"{route} {employment.pk}"] = kin.pk
        if route == "restore_next_of_kin":
            end_next_of_kin(kin, by=office.account("A"), at=now())
    return employment


def employment_of(office: "Office", relation: str, seat: str) -> Employment:
    if relation in {"home", "other"}:
        return office.rows[f"staff {relation}"]  # type: ignore[no-any-return]
    return office.rows[f"staff {relation} {'N' if seat == 'X' else seat}"]  # type: ignore[no-any-return]


def _keys(office: "Office", route: str, relation: str, seat: str) -> Parts:
    employment = employment_of(office, relation, seat)
    kin = {"kin_id": office.rows[f"{route} {employment.pk}"]} if route in WITH_KIN else {}
    return {"number": employment.number, **kin}


def _starter(office: "Office") -> Parts:
    return _terms(office) | {
        "person-key": office.rows["starter"].pk, "person": "Bronagh", "number": "S-NEW",
        "workforce": "employee", "nation": "WLS", "started_on": "01/12/2026",
    }  # fmt: skip


def _terms(office: "Office") -> Parts:
    return {
        "post-key": office.rows["staff post"].pk, "post": "Curator", "unit-key": office.rows["staff unit"].pk,
        "unit": "Museums", "contract": "PERMANENT", "weekly_hours": "30", "fte": "0.8",
    }  # fmt: skip


KIN = {"name": "Somebody Near", "phone": "01632 960998"}
KEYS = {"pages of staff records": lambda _office, _route, _relation, _seat: {}, "staff record": _keys}
NOTHING = {"staff record": lambda route: NOBODY | ({"kin_id": 999_999_999} if route in WITH_KIN else {})}
OTHERWISE = {
    "add_starter": _starter,
    "change_assignment": lambda office: _terms(office) | {"from_on": today().strftime("%d/%m/%Y")},
    "record_leaving": lambda office: {
        "last_day": today().strftime("%d/%m/%Y"), "because": office.rows["leaving reason"].pk,
    },
    "add_next_of_kin": lambda _office: KIN,
}  # fmt: skip
