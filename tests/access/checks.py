"""Checks, references and offers in the table. One department is the home team, the other is elsewhere; each
does its check of applications of both teams, which it does not see."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from moothall.cases.models import Step
from moothall.core.clock import now, today
from moothall.people.models import Team
from moothall.people.tests.make import make_account
from moothall.recruitment.models import Application, CheckWeek, Contract, ContractTemplate, Offer, Referee
from moothall.recruitment.rules import checking, contracts, offers, references
from moothall.recruitment.rules.links import signed_application, signed_referee
from moothall.recruitment.tests.make import approve, finish, make_application, make_campaign, make_vacancy
from moothall.recruitment.tests.make_checks import make_checked_route, sub_case
from moothall.recruitment.tests.make_contracts import make_template, word_file
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_post, make_unit

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
FRESH, DONE, ENTERED = "checked", "further", "entered"
FURTHER = (
    "take_back_application_check", "restore_referee", "open_reference", "enter_among_staff",
    "take_back_check_step", "make_offer", "contract_file", "take_back_contract",
)  # fmt: skip
WITH_STEP = ("application_check", "take_back_application_check")
WITH_REFEREE = ("remove_referee", "restore_referee", "open_reference")
WITH_OFFER = ("take_back_offer", "enter_among_staff", "take_back_start", "make_contract")
WITH_CONTRACT = ("contract_file", "take_back_contract")


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def make_rows(office: "Office") -> None:
    rows = office.rows
    rows["contract in Word"], rows["contract in Word out of use"] = make_template(), make_template()
    contracts.retire_contract_template(rows["contract in Word out of use"], by=make_account(), at=now())
    for relation, team in (("home", office.home), ("other", office.away)):
        for stands in (FRESH, DONE, ENTERED):
            rows[f"{stands} {relation}"] = _checked(office, team, further=stands != FRESH)
        _enter(rows[f"{ENTERED} {relation}"])
        CheckWeek.objects.create(team=team, on=today(), late=2, told_at=now())
    rows["post to fill"], rows["unit to fill"] = make_post(), make_unit()


def _checked(office: "Office", team: Team, *, further: bool) -> Application:
    """With a referee asked and an offer to answer; or further on, with one of everything done."""
    profile = office.rows["job profile"]
    made = make_campaign(
        team=team, profile=profile, vacancies=[approve(make_vacancy(profile=profile, team=team))],
        routes=[make_checked_route(team=team, vetting=office.home, health=office.away)],
        opens_on=today(), closes_on=today() + dt.timedelta(days=30),
    )  # fmt: skip
    found = make_application(made, at=now(), name=f"Sioned{made.pk} Quist")
    finish(found.case, "offer", "accepted", at=now())
    _referee(found, "asked")
    kind = Offer.FINAL if further else Offer.CONDITIONAL
    Offer.objects.create(
        application=found, kind=kind, job="Clerk", grade="D", hours=Decimal(37), pay="£1", made_at=now(),
        starts_on=today() + dt.timedelta(days=60), answer_by=today() + dt.timedelta(days=9),
        accepted_at=now() if further else None,
    )  # fmt: skip
    if further:
        _go_further(found)
        contracts.make_contract(
            found.offers.get(),
            template=office.rows["contract in Word"],
            send=False,
            by=make_account(),
            at=now(),
        )
    return found


def _enter(found: Application) -> None:
    """Among the staff, from a day to come."""
    offers.enter_among_staff(
        found.offers.get(), number=f"E-{found.pk}", unit=make_unit(), post=make_post(), manager=None,
        workforce=Employment.EMPLOYEE, by=make_account(), at=now(),
    )  # fmt: skip


def _go_further(found: Application) -> None:
    by = make_account()
    references.send_reference(_referee(found, "answered"), said={"work": "Steady"}, at=now())
    references.remove_referee(_referee(found, "removed"), by=by, at=now())
    checking.finish_check_step(_step(found, "rtw"), by=by, at=now(), outcome="unlimited")
    for key in ("vetting", "oh_clearance"):
        first = sub_case(found, key).steps.select_related("case__version", "case__service").all()[0]
        checking.finish_check_step(first, by=by, at=now())


def _referee(found: Application, called: str) -> Referee:
    content = references.RefereeContent(
        name=called, email=f"{called}{found.pk}@post.example", knows_from=dt.date(2020, 1, 1)
    )
    return references.name_referee(found, content, by=None, at=now())


def _step(found: Application, key: str) -> Step:
    return Step.objects.select_related("case__version", "case__service").get(case=found.case_id, key=key)


def _of_application(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    stands = ENTERED if route == "take_back_start" else DONE if route in FURTHER else FRESH
    found: Application = office.rows[f"{stands} {relation}"]
    parts: Parts = {"number": found.campaign_id if route == "campaign_checks" else found.pk}
    if route in WITH_STEP:
        parts["step"] = _step(found, "rtw").pk
    if route in WITH_REFEREE:
        called = {"restore_referee": "removed", "open_reference": "answered"}.get(route, "asked")
        parts["referee"] = found.referees.get(name=called).pk
    if route in WITH_OFFER:
        parts["offer"] = found.offers.get().pk
    if route in WITH_CONTRACT:
        parts["contract"] = Contract.objects.get(offer__application=found).pk
    return parts


def _of_template(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    out = " out of use" if route.startswith("restore") else ""
    template: ContractTemplate = office.rows[f"contract in Word{out}"]
    listed = route in ("contract_templates", "add_contract_template")
    language = {"language": "en"} if route == "contract_template_file" else {}
    return {} if listed else {"number": template.pk} | language


def _of_check(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    """Of an application elsewhere the home team does the vetting; of one at home others do the medical."""
    found: Application = office.rows[f"{DONE if route in FURTHER else FRESH} other"]
    case = sub_case(found, "vetting" if relation == "home" else "oh_clearance")
    return {"reference": case.reference} | ({} if route == "check" else {"number": case.steps.all()[0].pk})


def _of_mine(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    made: Application = office.rows[f"{FRESH} home"]
    found: Parts = {"signed": signed_application(made)}
    return found | ({"referee": made.referees.get().pk} if route == "remove_my_referee" else {})


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of checks": lambda _office, _route, _relation, _seat: {},
    "contract in Word": _of_template,
    "department’s check": _of_check,
    "application in checks": _of_application,
    "followed application in checks": _of_mine,
    "referee’s link": lambda office, _route, _relation, _seat: {
        "signed": signed_referee(office.rows[f"{FRESH} home"].referees.get())
    },
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "contract in Word": lambda route: (
        {"number": NOWHERE} | ({"language": "en"} if route == "contract_template_file" else {})
        if route not in ("contract_templates", "add_contract_template")
        else {}
    ),
    "department’s check": lambda route: (
        {"reference": "VET-26-99999"} | ({} if route == "check" else {"number": NOWHERE})
    ),
    "application in checks": lambda route: (
        {"number": NOWHERE}
        | ({"step": NOWHERE} if route in WITH_STEP else {})
        | ({"referee": NOWHERE} if route in WITH_REFEREE else {})
        | ({"offer": NOWHERE} if route in WITH_OFFER else {})
        | ({"contract": NOWHERE} if route in WITH_CONTRACT else {})
    ),
}
REFEREE: Parts = {
    "name": "Imran Whittaker", "email": "imran@school.example", "language": "cy", "knows_from": "1/1/2020",
}  # fmt: skip
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "check_step": lambda _office: {"note": "Seen"},
    "application_check": {"outcome": "unlimited", "note": "Passport seen"},
    "add_referee": REFEREE,
    "name_my_referee": REFEREE,
    "make_offer": lambda _office: {
        "kind": Offer.CONDITIONAL, "job": "Clerk", "grade": "D", "hours": "37", "pay": "£25,000",
        "answer_by": _day(9), "send": "1",
    },
    "make_contract": lambda office: {"template": office.rows["contract in Word"].pk, "make": "1"},
    "add_contract_template": lambda _office: {
        "name": "Sessional", "from_on": _day(0),
        "file_en": SimpleUploadedFile("c.docx", word_file("{{ offer.job }}")),
    },
    "take_back_offer": {"because": "The wrong grade"},
    "enter_among_staff": lambda office: {
        "number": "S-90210", "post": "Clerk", "post-key": office.rows["post to fill"].pk,
        "unit": "Museums", "unit-key": office.rows["unit to fill"].pk,
        "workforce": "employee",
    },
    "answer_offer": {"answer": "accept"},
    "reference_form": {
        "how": "At work", "job": "Clerk", "first_day": "1/1/2020", "sanctions": "No", "again": "yes",
        "work": "Steady", "send": "1",
    },
}  # fmt: skip
