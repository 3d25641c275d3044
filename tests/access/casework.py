"""Contacts with care in the table: their rows, addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.casework.models import Approach, Authority, Basis, ContactPlan, Format, HoldingReply
from moothall.casework.rules.approaching import Body, approach_body, record_answer
from moothall.casework.rules.authority import give_authority
from moothall.casework.rules.holding import send_holding_reply
from moothall.casework.rules.planning_contact import record_appeal
from moothall.casework.tests.make import make_plan
from moothall.core.clock import now, today
from moothall.people.tests.make import make_person
from moothall.records.rules.documents import keep_document

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
ON_A_PERSON = {"add_authority", "person_formats", "propose_plan"}


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def _today() -> str:
    return _day(0)


def make_rows(office: "Office") -> None:
    by, at = office.cases["own"].colleague, now()
    basis = Basis.objects.create(
        key="written", name="Their own consent", source="UK GDPR", from_on=today().replace(year=2018)
    )
    office.rows["basis"] = basis
    office.rows["format"] = Format.objects.create(key="large", name="Large print", points=18, made_here=True)
    office.rows["neighbour"] = make_person(full_name="Emrys Puw", by=by, at=at)
    document = keep_document(b"They may act for me.", name="consent.txt", by=by, at=at)
    for relation in ("whole", "own", "other", "unnamed"):
        furnished = office.cases.get(relation)
        office.rows[f"authority {relation}"] = give_authority(
            representative=make_person(full_name=f"Ysolde{relation} acting", by=by, at=at),
            represented=office.rows["neighbour"], basis=basis, how=f"Quillon{relation} told us",
            document=document, case=furnished.case if furnished else None, from_on=today(), by=by, at=at,
        )  # fmt: skip
    body = Body("Lift inspectorate", "MAIL", "lifts@example.org", "en")
    for relation in ("own", "other", "unnamed", "settled"):
        case = office.cases["own" if relation == "settled" else relation].case
        made = approach_body(
            case, body=body, subject=f"Quillon{relation}", text="Mend it", by=by, at=at,
            reply_by=today() + dt.timedelta(days=9),
        )  # fmt: skip
        office.rows[f"approach {relation}"] = made
        if relation == "settled":
            record_answer(made, answer="It is mended.", document=document, by=by, at=at)
    for relation in ("own", "other", "unnamed"):
        office.rows[f"holding reply {relation}"] = send_holding_reply(
            office.cases[relation].case, subject="Longer", text=f"Quillon{relation}", by=by, at=at,
            promised_on=today() + dt.timedelta(days=9),
        )  # fmt: skip
    for relation in ("proposed", "approved", "appealed"):
        approver = None if relation == "proposed" else office.cases["mine"].colleague
        plan = make_plan(office.rows["neighbour"], by=by, approved_by=approver)
        if relation == "appealed":
            record_appeal(plan, appeal="It is unfair.", by=by, at=at)
        office.rows[f"plan {relation}"] = plan
    office.rows["holding reply raised"] = HoldingReply.objects.create(
        case=office.cases["mine"].case, due_on=today(), raised_at=at
    )


def _authority(office: "Office", _route: str, relation: str, _seat: str) -> Parts:
    found: Authority = office.rows[f"authority {relation}"]
    return {"number": found.pk}


def _approach(office: "Office", _route: str, relation: str, _seat: str) -> Parts:
    found: Approach = office.rows[f"approach {relation}"]
    return {"number": found.pk}


def _holding(office: "Office", _route: str, relation: str, _seat: str) -> Parts:
    found: HoldingReply = office.rows[f"holding reply {relation}"]
    return {"number": found.pk}


def _plan(office: "Office", _route: str, relation: str, _seat: str) -> Parts:
    found: ContactPlan = office.rows[f"plan {relation}"]
    return {"number": found.pk}


def _page(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    return {"reference": office.rows["neighbour"].reference} if route in ON_A_PERSON else {}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of casework": _page,
    "authority": _authority,
    "approach": _approach,
    "holding reply": _holding,
    "contact plan": _plan,
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "authority": lambda _route: {"number": NOWHERE},
    "approach": lambda _route: {"number": NOWHERE},
    "holding reply": lambda _route: {"number": NOWHERE},
    "contact plan": lambda _route: {"number": NOWHERE},
}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "withdraw_authority": {"because": "They told us so."},
    "add_authority": lambda o: {
        "person-key": o.cases["own"].person.pk, "basis": o.rows["basis"].pk,
        "how": "By letter", "from_on": _today(),
    },
}  # fmt: skip
LETTER = {"subject": "The lift", "text": "Please mend it by {day}."}
OTHERWISE |= {
    "send_holding_replies": lambda o: {"ids": [o.rows["holding reply raised"].pk]},
    "chase_approach": lambda _o: LETTER | {"reply_by": _day(21)},
    "answer_approach": {"answer": "It is mended."},
    "close_approach": {"because": "It is mended."},
    "person_formats": lambda o: {"formats": [o.rows["format"].pk]},
    "propose_plan": lambda _o: {
        "reason": "Forty calls a day",
        "instruction": "End the call",
        "from_on": _today(),
        "review_on": _day(60),
        "until_on": _day(90),
    },
    "refuse_plan": {"because": "It is too soon."},
    "tell_plan": {
        "channel": "MAIL",
        "address": "ysolde@example.org",
        "language": "en",
        "subject": "Contact",
        "text": "From now on by letter.",
    },
    "review_plan": lambda _o: {"because": "It goes on.", "review_on": _day(60), "until_on": _day(90)},
    "end_plan": {"because": "It is calm."},
    "appeal_plan": {"appeal": "It is unfair."},
    "decide_appeal": {"decision": "STANDS", "because": "It is needed."},
}
ON_A_CASE: dict[str, Callable[[Any, Any], Parts]] = {
    "acting_for": lambda o, _f: {
        "person-key": o.rows["neighbour"].pk, "basis": o.rows["basis"].pk, "how": "By letter",
        "scope": "case", "from_on": _today(),
    },
    "holding_reply": lambda _o, _f: {
        "subject": "It takes longer", "text": "You will hear by {day}.", "promised_on": _day(9),
    },
    "approach_body": lambda _o, _f: {
        "body": "Lift inspectorate", "channel": "MAIL", "address": "lifts@example.org", "language": "en",
        "subject": "The lift", "text": "Please mend it by {day}.", "reply_by": _day(21),
    },
}  # fmt: skip
