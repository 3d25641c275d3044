"""How the routes of pathways are asked: cohorts, one's own way, one's students, and those of others."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.training.models import (
    Attachment,
    CohortClass,
    CohortGroup,
    District,
    DutyArrival,
    PathwayModule,
    PathwayTutor,
    SignOff,
    Student,
)
from moothall.training.rules.pathways.cohorts import open_cohort
from moothall.training.rules.pathways.hosts import HostContent, add_host
from moothall.training.rules.pathways.making import ItemPart, ModulePart, PathwayContent, add_pathway
from moothall.training.rules.team_feed import open_team_feed
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
DUTIES = b"number,day,part,kind\nNOBODY,2040-01-01,E,DUTY\n"
WEEK = dt.timedelta(days=7)
CONTENT = PathwayContent(
    [
        ModulePart("Law", items=[ItemPart("Powers")]),
        ModulePart("Community", kind=PathwayModule.PLACEMENT),
        ModulePart("Patrol", kind=PathwayModule.TUTORED),
    ]
)


def _monday(weeks: int) -> dt.date:
    return today() - dt.timedelta(days=today().weekday()) + weeks * WEEK


def make_rows(office: "Office") -> None:
    district = District.objects.create(key="north", name="North", latitude=52.4, longitude=-4.0)
    away = District.objects.create(key="south", name="South", latitude=52.3, longitude=-4.0)
    office.rows["district"] = district
    office.rows["placement host"] = add_host(HostContent("Foodbank", away, places=90), by=None, at=now())
    office.rows["pathway"] = add_pathway(name="Student officer", content=CONTENT, by=None, at=now())
    office.rows["free pathway"] = add_pathway(name="Special constable", content=CONTENT, by=None, at=now())
    cohort = open_cohort(
        office.rows["pathway"], name="2027/A", starts_on=_monday(5), by=None, at=now(), today=today()
    )
    later = open_cohort(
        office.rows["pathway"], name="2027/B", starts_on=_monday(9), by=None, at=now(), today=today()
    )
    cohort.planned_at = now()
    cohort.save()
    office.rows["cohort"] = cohort
    office.rows["group"] = group = CohortGroup.objects.create(cohort=cohort, number=1)
    _class(CohortGroup.objects.create(cohort=later, number=1), 9)
    office.rows["cohort class"] = _class(group, 5)
    stranger = _tutor(make_employment(), district)
    office.rows["tutor"] = stranger
    for seat, account in office.seats.items():
        if account is not None:
            office.rows[f"team feed {seat}"] = open_team_feed(account=account, at=now())
            mine = _employment(account)
            _student(office, f"{seat} own", mine, stranger)
            _student(office, f"{seat} tutored", make_employment(), _tutor(mine, district))
    _student(office, "other", make_employment(), stranger)
    office.rows["duty arrival"] = DutyArrival.objects.create(
        name="night.csv", source=DutyArrival.API, digest="0", state=DutyArrival.SAME, arrived_at=now()
    )


def _class(group: CohortGroup, weeks: int) -> CohortClass:
    first, module = _monday(weeks), group.cohort.pathway.modules.get(number=1)
    return CohortClass.objects.create(
        group=group, module=module, weeks=[first], first_on=first, last_on=first + dt.timedelta(days=4)
    )


def _tutor(employment: Employment, district: District) -> PathwayTutor:
    return PathwayTutor.objects.create(employment=employment, district=district, most=90, added_at=now())


def _employment(account: Account) -> Employment:
    held = Employment.objects.of_account(account).first()
    return held or make_employment(account=account)


def _student(office: "Office", name: str, employment: Employment, tutor: PathwayTutor) -> None:
    """Somebody with a tutor, of whom one thing was seen."""
    pathway = office.rows["pathway"]
    student = Student.objects.create(
        employment=employment, cohort=office.rows["cohort"], group=office.rows["group"],
        district=office.rows["district"], joined_at=now(),
    )  # fmt: skip
    office.rows[f"student {name}"] = student
    office.rows[f"attachment {name}"] = Attachment.objects.create(
        student=student, module=pathway.modules.get(number=3), tutor=tutor, first_on=_monday(8),
        last_on=_monday(9), arranged_at=now(),
    )  # fmt: skip
    office.rows[f"sign-off {name}"] = SignOff.objects.create(
        student=student, item=pathway.modules.get(number=1).items.get(), result=SignOff.PASSED,
        seen_on=today(), at=now(),
    )  # fmt: skip


def _of_student(office: "Office", route: str, relation: str, seat: str) -> Parts:
    sits = seat if office.seats[seat] is not None else "C"
    name = "other" if relation == "other" else f"{sits} {relation}"
    kinds = {"take_back_sign_off": "sign-off", "change_attachment": "attachment"}
    found = {"number": office.rows[f"{kinds.get(route, 'student')} {name}"].pk}
    if route == "sign_off_item":
        found["item"] = office.rows["pathway"].modules.get(number=1).items.get().pk
    return found


def _of_cohort(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    names = {
        "change_cohort_class": "cohort class", "change_placement_host": "placement host",
        "retire_placement_host": "placement host", "stop_pathway_tutor": "tutor",
    }  # fmt: skip
    return {"number": office.rows[names.get(route, "cohort")].pk}


def _of_pathway(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    return {"key": office.rows["free pathway" if route.startswith("change") else "pathway"].key}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of pathways": lambda _office, _route, _relation, _seat: {},
    "pathway": _of_pathway,
    "api of training": lambda _office, _route, _relation, _seat: {},
    "api duty file": lambda o, _route, _relation, _seat: {"number": o.rows["duty arrival"].pk},
    "calendar of a team": lambda o, _route, _relation, seat: {
        "address": o.rows[f"team feed {'C' if o.seats[seat] is None else seat}"]
    },
    "cohort of students": _of_cohort,
    "student on a pathway": _of_student,
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "api duty file": lambda _route: {"number": NOWHERE},
    "calendar of a team": lambda _route: {"address": "no-such-address"},
    "pathway": lambda _route: {"key": "no-such-pathway"},
    "cohort of students": lambda _route: {"number": NOWHERE},
    "student on a pathway": lambda route: (
        {"number": NOWHERE} | ({"item": NOWHERE} if route == "sign_off_item" else {})
    ),
}
TYPED: Parts = {
    "name": "Detective", "group_size": "20", "spare": "2", "rooms": "3", "most_minutes": "60",
    "modules": "Law; 2",
}  # fmt: skip


def _said(day: dt.date) -> str:
    return day.strftime("%d/%m/%Y")


OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "add_training_pathway": TYPED,
    "change_training_pathway": TYPED,
    "fetch_abstractions": {"kind": "csv"},
    "change_duty_rule": {"fewer": "30", "unreadable": "5"},
    "open_training_cohort": lambda o: (
        {"pathway": o.rows["pathway"].pk, "name": "2030/A", "starts_on": _said(_monday(20))}
    ),
    "join_training_cohort": lambda o: (
        {"numbers": make_employment().number, "district": o.rows["district"].pk}
    ),
    "change_cohort_class": lambda _o: {"first_on": _said(_monday(6))},
    "add_placement_host": lambda o: _host(o) | {"name": "Library"},
    "change_placement_host": lambda o: _host(o),
    "add_pathway_tutor": lambda o: (
        {"number": make_employment().number, "district": o.rows["district"].pk, "most": "2"}
    ),
    "sign_off_item": {"result": "PASSED"},
    "change_student": lambda o: {"district": o.rows["district"].pk},
    "recourse_student": lambda o: (
        {"module": o.rows["pathway"].modules.get(number=1).pk, "because": "Seven weeks off sick"}
    ),
    "end_studies": lambda _o: {"on": _said(today()), "because": "Another career"},
    "change_attachment": lambda o: {"taker": o.rows["tutor"].pk},
}


BY_A_PROGRAM: dict[str, Callable[["Office"], Parts]] = {
    "api_duties": lambda _o: {"file": SimpleUploadedFile("duties.csv", DUTIES)}
}


def _host(office: "Office") -> Parts:
    return {"name": "Foodbank", "district": office.rows["district"].pk, "places": "3", "language": "en"}
