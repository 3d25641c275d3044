"""Recruitment in the table: its rows, addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from moothall.core.clock import now, today
from moothall.people.models import Team
from moothall.people.tests.make import make_account, make_person
from moothall.recruitment.models import Application, Campaign
from moothall.recruitment.rules import campaigns, drafts, withdrawing, writing
from moothall.recruitment.rules.links import signed_application, signed_draft
from moothall.recruitment.tests.make import (
    approve,
    make_application,
    make_campaign,
    make_draft,
    make_profile,
    make_route,
    make_vacancy,
    make_vacancy_service,
)

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
STANDS = ("drawn", "published", "ended")
CAMPAIGN_OF = {
    "change_campaign": "drawn", "publish_campaign": "drawn", "unpublish_campaign": "published",
    "go_on_with_campaign": "ended",
}  # fmt: skip


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def make_rows(office: "Office") -> None:
    rows = office.rows
    make_vacancy_service(office.home)
    rows["job profile"], rows["job route"] = make_profile(), make_route(team=office.home, key="ROUTE-IN")
    for relation, team in (("home", office.home), ("other", office.away)):
        for stands in STANDS:
            rows[f"campaign {relation} {stands}"] = _campaign(office, team, stands)
        rows[f"campaign {relation} applied"] = applied = _campaign(office, team, "published")
        rows[f"job vacancy {relation}"] = make_vacancy(profile=rows["job profile"], team=team)
        rows[f"job application {relation}"] = _application(applied, f"Tegwen{relation} Bello")
        rows[f"job application {relation} withdrawn"] = gone = _application(applied, f"Emrys{relation} Bello")
        withdrawing.withdraw(gone, because="Another job", by=None, at=now())
    applied = rows["campaign home applied"]
    rows["job draft drafted"] = make_draft(applied, at=now())
    rows["job draft sent"] = rows["job application home"].draft
    account = make_account(name="Who applies", person=make_person(full_name="Who Applies"))
    rows["job draft theirs"] = drafts.begin_draft(
        applied, rows["job route"], account=account, language="en", at=now()
    )


def _campaign(office: "Office", team: Team, stands: str) -> Campaign:
    """One that is drawn up, with what it needs to be published; published; or ended."""
    profile = office.rows["job profile"]
    vacancy = approve(make_vacancy(profile=profile, team=team))
    made = make_campaign(
        team=team, published=stands != "drawn", profile=profile, routes=[office.rows["job route"]],
        vacancies=[vacancy], opens_on=today(), closes_on=today() + dt.timedelta(days=30),
    )  # fmt: skip
    if stands == "ended":
        campaigns.end_campaign(made, because="No money", by=make_account(), at=now())
    return made


def _application(campaign: Campaign, name: str) -> Application:
    made = make_application(campaign, at=now(), name=name)
    writing.send_file(
        made, content=BytesIO(b"My life"), name="cv.txt", kind="cv", declared_type="text/plain", at=now()
    )
    return made


def _of_campaign(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    return {"number": office.rows[f"campaign {relation} {CAMPAIGN_OF.get(route, 'applied')}"].pk}


def _of_application(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    stands = " withdrawn" if route == "take_up_application" else ""
    found: Application = office.rows[f"job application {relation}{stands}"]
    return {"number": found.pk} | ({"file": found.files.all()[0].pk} if route == "application_file" else {})


def _of_draft(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    found: Parts = {"signed": signed_draft(office.rows[f"job draft {relation}"])}
    return found | ({"page": "criterion-calm"} if route == "apply_page" else {})


def _of_mine(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    made: Application = office.rows["job application home"]
    found: Parts = {"signed": signed_application(made)}
    return found | ({"file": made.files.all()[0].pk} if route == "remove_my_file" else {})


def _of_pages(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    if route == "recruitment_time_rows":
        return {"service": office.rows["job route"].service.key, "step": "sift"}
    if route == "recruitment_forecast_rows":
        return {"route": "ROUTE-IN", "stage": "applied"}
    if route == "recruitment_hired_rows":
        return {"measure": "start", "route": "ROUTE-IN", "year": 2026, "month": 1}
    return {}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of recruitment": _of_pages,
    "campaign": _of_campaign,
    "vacancy": lambda office, _route, relation, _: {"number": office.rows[f"job vacancy {relation}"].pk},
    "job application": _of_application,
    "public pages of recruitment": lambda office, route, _relation, _seat: (
        {"number": office.rows["campaign home applied"].pk} if route == "job" else {}
    ),
    "draft of a job application": _of_draft,
    "followed job application": _of_mine,
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "campaign": lambda _route: {"number": NOWHERE},
    "vacancy": lambda _route: {"number": NOWHERE},
    "job application": lambda route: (
        {"number": NOWHERE} | ({"file": NOWHERE} if route == "application_file" else {})
    ),
}


def _campaign_typed(office: "Office") -> Parts:
    return {
        "name": "Winter", "profile": office.rows["job profile"].pk, "opens_on": _day(3),
        "closes_on": _day(20), "again_after_days": "0",
    }  # fmt: skip


OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "draw_up_campaign": _campaign_typed,
    "change_campaign": _campaign_typed,
    "campaign_places": lambda _o: {"route-ROUTE-IN": "4"},
    "end_campaign": {"because": "No money"},
    "ask_for_vacancy": lambda o: {
        "title": "Clerk", "profile": o.rows["job profile"].pk, "places": "1", "grade": "D", "hours": "37",
        "cost_code": "X1", "welsh": "DESIRABLE", "welsh_because": "The public", "because": "Needed",
        "is_new": "no",
    },
    "cancel_vacancy": {"because": "No money"},
    "withdraw_application": {"because": "They rang"},
    "job": {"route": "ROUTE-IN"},
    "apply_page": {"text": "I waited."},
    "apply_keep": {"email": "nobody@example.org"},
    "my_application": {"text": "One thing more."},
    "send_my_file": lambda _o: {"kind": "cv", "file": SimpleUploadedFile("cv.txt", b"My life", "text/plain")},
}  # fmt: skip
