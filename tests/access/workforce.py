"""Staff records for the table: each seat has one of its own, manages somebody, and managed somebody else."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_person
from moothall.workforce.models import (
    ChecklistEntry,
    DetailKind,
    EmployeeSkill,
    Employment,
    FileClass,
    StaffImport,
    StaffProfile,
    StaffRow,
)
from moothall.workforce.rules.assigning import change_assignment
from moothall.workforce.rules.details.asking import ask_for_change
from moothall.workforce.rules.details.deciding import approve_change
from moothall.workforce.rules.ending import end_employment
from moothall.workforce.rules.file import file_papers, withdraw_paper
from moothall.workforce.rules.items.handing import end_item, give_item, tick
from moothall.workforce.rules.kin import add_next_of_kin, end_next_of_kin
from moothall.workforce.rules.skills import add_skill, end_skill
from moothall.workforce.tests.make import (
    make_employment,
    make_item_kind,
    make_leaving_reason,
    make_post,
    make_skill,
    make_unit,
)

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOBODY = {"number": "NOBODY"}
WITH_KIN = ("end_next_of_kin", "restore_next_of_kin")


def make_rows(office: "Office") -> None:
    office.rows["papers"] = FileClass.objects.create(key="letters", name="Letters", own_sees=True)
    office.rows["detail kind"] = DetailKind.objects.create(
        key="table-known-as", name="Known as", changes=DetailKind.KNOWN_AS
    )
    office.rows["thing"] = make_item_kind("employee", name="Lanyard")
    office.rows["thing ticked"] = make_item_kind("employee", name="Badge")
    office.rows["thing given"], office.rows["thing back"] = make_item_kind(), make_item_kind()
    for name in ("new", "to confirm", "to end", "ended"):
        office.rows[f"skill {name}"] = make_skill(name=f"Skill {name}")
    office.rows["leaving reason"] = make_leaving_reason(name="Moved away")
    office.rows["staff post"] = make_post(title="Curator")
    office.rows["staff unit"] = make_unit(name="Museums")
    office.rows["starter"] = make_person(full_name="Bronagh Achterberg", at=now())
    boss = _record(office, "boss")
    for route, state in (("map", "READ"), ("run", "CHECKED"), ("undo", "FINISHED")):
        office.rows[f"{route}_staff_import"] = _extract(state)
    office.rows["staff home"] = _record(office, "home", post=make_post(team=office.home), manager=boss)
    office.rows["staff other"] = _record(office, "other", manager=boss)
    asker = make_account(name="Somebody who asks")
    _details(office, "other", make_employment(account=asker), asker)
    for seat, account in office.seats.items():
        if account is not None:
            _seat(office, seat, account, boss)


def _seat(office: "Office", seat: str, account: Account, boss: Employment) -> None:
    own = office.rows[f"staff own {seat}"] = _record(office, f"own {seat}", account=account)
    _details(office, seat, own, account)
    office.rows[f"staff managed {seat}"] = _record(office, f"managed {seat}", manager=own)
    moved = office.rows[f"staff moved {seat}"] = _record(office, f"moved {seat}", manager=own)
    change_assignment(moved, from_on=today(), manager=boss, by=None, at=now() + dt.timedelta(seconds=1))
    end_employment(
        moved, last_day=dt.date(2099, 12, 31), because=office.rows["leaving reason"], by=None, at=now()
    )


def _extract(state: str) -> StaffImport:
    table = StaffImport.objects.create(
        file="staff.csv", path="nowhere", sha256="0" * 64, state=state, source=StaffProfile.ESR,
        columns=["Number"], rows=1, started_at=now(), finished_at=now(),
    )  # fmt: skip
    StaffRow.objects.create(
        table=table, number=2, cells=["E1"], kind=StaffRow.CHANGED if state == "CHECKED" else ""
    )
    return table


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
    _things(office, employment)
    _papers(office, employment)
    return employment


def _things(office: "Office", employment: Employment) -> None:
    """One entry to tick and one ticked; one thing out and one back; skills to confirm, to end, and ended."""
    by, at, rows = office.cases["own"].colleague, now(), office.rows
    listed = ChecklistEntry.objects.filter(employment=employment)
    waiting, ticked = listed.get(kind=rows["thing"]), listed.get(kind=rows["thing ticked"])
    tick(ticked, by=by, at=at)
    out, back = (
        give_item(employment, kind=rows[f"thing {name}"], given_on=today(), by=by, at=at)
        for name in ("given", "back")
    )
    end_item(back, ended_as="RETURNED", by=by, at=at)
    held = {
        name: add_skill(employment, skill=rows[f"skill {name}"], level=2, by=by, at=at)
        for name in ("to confirm", "to end", "ended")
    }
    EmployeeSkill.objects.filter(pk=held["to confirm"].pk).update(confirmed_at=None, confirmed_by=None)
    end_skill(held["ended"], by=by, at=at)
    rows |= {
        f"tick_entry {employment.pk}": waiting, f"untick_entry {employment.pk}": ticked,
        f"end_item {employment.pk}": out, f"restore_item {employment.pk}": back,
        f"confirm_skill {employment.pk}": held["to confirm"], f"end_skill {employment.pk}": held["to end"],
        f"restore_skill {employment.pk}": held["ended"],
    }  # fmt: skip


def employment_of(office: "Office", relation: str, seat: str) -> Employment:
    if relation in {"home", "other"}:
        return office.rows[f"staff {relation}"]  # type: ignore[no-any-return]
    return office.rows[f"staff {relation} {'N' if seat == 'X' else seat}"]  # type: ignore[no-any-return]


def _keys(office: "Office", route: str, relation: str, seat: str) -> Parts:
    employment = employment_of(office, relation, seat)
    kin = {"kin_id": office.rows[f"{route} {employment.pk}"]} if route in WITH_KIN else {}
    return {"number": employment.number, **kin}


KEY_OF = {
    "tick_entry": "entry_id", "untick_entry": "entry_id", "end_item": "item_id", "restore_item": "item_id",
    "confirm_skill": "skill_id", "end_skill": "skill_id", "restore_skill": "skill_id",
}  # fmt: skip


def _thing_keys(office: "Office", route: str, relation: str, seat: str) -> Parts:
    employment = employment_of(office, relation, seat)
    key = {KEY_OF[route]: office.rows[f"{route} {employment.pk}"].pk} if route in KEY_OF else {}
    return {"number": employment.number, **key}


def _papers(office: "Office", employment: Employment) -> None:
    """Two papers that they may read themselves: one in the file, and one taken out of it."""
    by, at = office.cases["own"].colleague, now()
    for route in ("read_paper", "withdraw_paper", "restore_paper"):
        text = SimpleUploadedFile(f"{route}.txt", b"Dear Ottoline", content_type="text/plain")
        [paper] = file_papers(employment, [text], file_class=office.rows["papers"], by=by, at=at)
        office.rows[f"{route} {employment.pk}"] = paper
    withdraw_paper(office.rows[f"restore_paper {employment.pk}"], by=by, at=at)


def _details(office: "Office", name: str, employment: Employment, account: Account) -> None:
    """What somebody asked to have changed, in the state that each route needs."""
    for route in WITH_CHANGE:
        kind = DetailKind.objects.create(
            key=f"{route}-{employment.pk}".replace("_", "-"), name=route, changes=DetailKind.KNOWN_AS
        )
        change = ask_for_change(
            employment, kind=kind, after=f"Otti {route}"[:100], from_on=today(), by=account, at=now(),
            today=today(),
        )  # fmt: skip
        if route == "undo_detail_change":
            approve_change(change, by=office.cases["own"].colleague, at=now(), today=today())
        office.rows[f"{route} {name}"] = change


def _paper_keys(office: "Office", route: str, relation: str, seat: str) -> Parts:
    employment = employment_of(office, relation, seat)
    key = {"paper_id": office.rows[f"{route} {employment.pk}"].pk} if route in WITH_PAPER else {}
    return {"number": employment.number, **key}


def _change_keys(office: "Office", route: str, relation: str, seat: str) -> Parts:
    sits = "N" if office.seats[seat] is None else seat
    return {"change_id": office.rows[f"{route} {'other' if relation == 'other' else sits}"].pk}


def _page_keys(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    return {"key": office.rows["detail kind"].key} if route == "change_my_detail" else {}


WITH_PAPER = ("read_paper", "withdraw_paper", "restore_paper")
WITH_CHANGE = (
    "withdraw_detail_change", "detail_change", "approve_detail_change", "refuse_detail_change",
    "undo_detail_change",
)  # fmt: skip


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


def _extract_keys(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    return {"import_id": office.rows[route if route in office.rows else "run_staff_import"].pk}


def _extract_sent(_office: "Office") -> Parts:
    return {"column:number": "Number", "source": "ESR", "days": "dmy", "changes_from": "today"}


KIN = {"name": "Somebody Near", "phone": "01632 960998"}
KEYS = {
    "pages of staff records": _page_keys, "staff record": _keys,
    "things of staff": _thing_keys,
    "change of details": _change_keys,
    "personnel file": _paper_keys,
    "staff extract": _extract_keys,
}  # fmt: skip
NOTHING: dict[str, Callable[[str], Parts]] = {
    "staff extract": lambda _route: {"import_id": 999_999_999},
    "change of details": lambda _route: {"change_id": 999_999_999},
    "personnel file": lambda route: NOBODY | ({"paper_id": 999_999_999} if route in WITH_PAPER else {}),
    "staff record": lambda route: NOBODY | ({"kin_id": 999_999_999} if route in WITH_KIN else {}),
    "things of staff": lambda route: NOBODY | ({KEY_OF[route]: 999_999_999} if route in KEY_OF else {}),
}
OTHERWISE = {
    "add_starter": _starter,
    "change_assignment": lambda office: _terms(office) | {"from_on": today().strftime("%d/%m/%Y")},
    "record_leaving": lambda office: {
        "last_day": today().strftime("%d/%m/%Y"), "because": office.rows["leaving reason"].pk,
    },
    "add_next_of_kin": lambda _office: KIN,
    "change_my_detail": lambda _office: {"after": "Ottilie", "from_on": "today"},
    "refuse_detail_change": lambda _office: {"because": "It is not so."},
    "add_papers": lambda office: {
        "file_class": office.rows["papers"].pk, "papers": SimpleUploadedFile("more.txt", b"More words"),
    },
    "import_staff": lambda _office: {"file": SimpleUploadedFile("staff.csv", b"Number,Name\nE1,Nia\n")},
    "map_staff_import": _extract_sent,
    "run_staff_import": lambda _office: {"kinds": ["CHANGED"]},
    "tick_many_entries": lambda office: {
        "ids": [office.rows[f"tick_entry {office.rows['staff other'].pk}"].pk]
    },
    "give_item": lambda office: {"kind": office.rows["thing given"].pk, "given_on": "today"},
    "end_item": lambda _office: {"ended_as": "RETURNED"},
    "add_skill": lambda office: {"skill": office.rows["skill new"].pk, "level": "2"},
}  # fmt: skip
