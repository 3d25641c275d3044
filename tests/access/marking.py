"""Shortlisting in the table: campaigns that are marked and one that is closed, and who marks what."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now, today
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_account
from moothall.recruitment.models import Application, Campaign, Marker, SiftReason
from moothall.recruitment.rules import merit, shortlisting
from moothall.recruitment.tests.make import approve, make_application, make_campaign, make_vacancy

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
REASONS = ("guaranteed", "merit", "tie", "essential", "below")


def make_rows(office: "Office") -> None:
    for key in REASONS:
        SiftReason.objects.create(key=key, name=key, name_cy=key, from_on=dt.date(2026, 1, 1))
    for relation, team in (("home", office.home), ("other", office.away)):
        for stands in ("marked", "closed"):
            made = _marked(office, team)
            office.rows[f"shortlist {relation} {stands}"] = made
            if stands == "closed":
                shortlisting.close_shortlist(made, places=1, least=0, by=make_account(), at=now())
    campaign: Campaign = office.rows["campaign home applied"]
    marked: Campaign = office.rows["shortlist home marked"]
    for seat, account in office.seats.items():
        if account is not None:
            office.rows[f"marker {seat}"] = _marker(campaign, account)
            office.rows[f"marker {seat} done"] = done = _marker(marked, account)
            _hand_in(done)
    office.rows["marker of another"] = _marker(campaign, make_account())


def _marker(campaign: Campaign, account: Account) -> Marker:
    return Marker.objects.create(campaign=campaign, account=account, named_at=now())


def _marked(office: "Office", team: Team) -> Campaign:
    """One application, marked by two people."""
    profile = office.rows["job profile"]
    made = make_campaign(
        team=team, profile=profile, routes=[office.rows["job route"]],
        vacancies=[approve(make_vacancy(profile=profile, team=team))],
        opens_on=today(), closes_on=today() + dt.timedelta(days=30),
    )  # fmt: skip
    make_application(made, at=now())
    for _ in range(2):
        _hand_in(_marker(made, make_account()))
    return made


def _hand_in(marker: Marker) -> None:
    """The one application of the campaign."""
    marks = {each.pk: (3, "") for each in merit.criteria_of(marker.campaign)}
    one = marker.campaign.applications.get()
    shortlisting.hand_in(marker, application=one.pk, marks=marks, at=now())


def _of_shortlist(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    stands = "closed" if route == "reopen_shortlist" else "marked"
    found: Campaign = office.rows[f"shortlist {relation} {stands}"]
    if route == "agree_mark":
        return {"number": found.applications.all()[0].pk, "criterion": merit.criteria_of(found)[0].pk}
    more = {"marker": found.markers.all()[0].pk} if route == "let_go_marker" else {}
    return {"number": found.pk} | more


def _of_marker(office: "Office", route: str, relation: str, seat: str) -> Parts:
    sits = seat if office.seats[seat] is not None else "C"
    done = " done" if route == "take_back_marks" else ""
    marker: Marker = office.rows["marker of another" if relation == "other" else f"marker {sits}{done}"]
    one: Application = office.rows["job application home"]
    if done and relation == "own":
        one = marker.campaign.applications.get()
    found: Parts = {"marker": marker.pk}
    if route != "marking":
        found["number"] = one.pk
    return found | ({"file": one.files.all()[0].pk} if route == "marking_file" else {})


def _marks_typed(office: "Office") -> Parts:
    criteria = merit.criteria_of(office.rows["campaign home applied"])
    return {f"mark-{each.pk}": "3" for each in criteria} | {f"why-{each.pk}": "" for each in criteria}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of marking": lambda _office, _route, _relation, _seat: {},
    "shortlist": _of_shortlist,
    "marking": _of_marker,
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "shortlist": lambda route: (
        {"number": NOWHERE}
        | ({"criterion": NOWHERE} if route == "agree_mark" else {})
        | ({"marker": NOWHERE} if route == "let_go_marker" else {})
    ),
    "marking": lambda route: (
        {"marker": NOWHERE}
        | ({"number": NOWHERE} if route != "marking" else {})
        | ({"file": NOWHERE} if route == "marking_file" else {})
    ),
}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "name_marker": lambda _office: {"account": make_account().email},
    "agree_mark": {"mark": "3", "because": "Spoken about"},
    "close_shortlist": {"places": "1", "least": "2"},
    "mark_application": _marks_typed,
}
