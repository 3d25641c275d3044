"""Audits, visits, findings and voices in the table: their rows, addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now, today
from moothall.people.tests.make import make_account
from moothall.records.rules.documents import keep_document
from moothall.transport.models import AuditRating, Evidence
from moothall.transport.models.checklist import CENTRE
from moothall.transport.rules import auditing, voicing
from moothall.transport.rules import findings as rules
from moothall.transport.tests.make_audits import fill_in, make_audit, make_checklist, make_finding
from moothall.transport.tests.make_contractors import make_contractor

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def make_rows(office: "Office") -> None:
    """Each as far as what is done to it asks for. Contractors, centres and travel cases are there already."""
    rows, at = office.rows, now()
    by = make_account("transport.use", "cases.manage", name="Quillon Auditor")
    firm = make_contractor(name="Quillon Audited", email="office@audited.example")
    rows["audit firm"], rows["audit checklist"] = firm, make_checklist()
    rows["visit checklist"], rows["audit auditor"] = make_checklist(CENTRE), office.account("M")
    rows["audit"] = make_audit(firm, auditor=by)
    rows["audit answered"] = answered = make_audit(firm, auditor=by)
    for question in answered.checklist.questions.all():
        auditing.answer(answered, question=question, said="MET", by=by, at=at)
    rows["audit finished"] = finished = fill_in(make_audit(firm, auditor=by), "NOT_MET")
    rows["audit withdrawn"] = make_audit(firm, auditor=by)
    auditing.withdraw_inspection(rows["audit withdrawn"], because="Mistake", by=by, at=at)
    rows["audit rating"] = AuditRating.objects.get(key="good")
    rows["finding"] = finished.findings.get()
    rows["finding closed"] = make_finding(finished)
    rules.close_finding(rows["finding closed"], words="Seen", by=by, at=at)
    for name, withdrawn_at in (("evidence", None), ("evidence taken away", at)):
        copy = keep_document(b"%PDF-1.4 seen", name="seen.pdf", by=by, at=at)
        rows[name] = Evidence.objects.create(
            inspection=finished, document=copy, added_at=at, withdrawn_at=withdrawn_at
        )
    for relation in ("home", "other"):
        case = rows[f"travel {relation}"].case
        given: Parts = {"kind": "COMPLAINT", "contractor": firm, "by": by, "at": at}
        rows[f"voice {relation}"] = voicing.say_whom(case, happened_on=today(), **given)
        taken = voicing.say_whom(case, happened_on=today() - dt.timedelta(days=1), **given)
        rows[f"voice {relation} taken back"] = voicing.take_back_voice(taken, by=by, at=at)


OF: dict[str, str] = {
    "plan_audit": "audit firm", "finish_inspection": "audit answered",
    "open_inspection_again": "audit finished", "tell_of_audit": "audit finished",
    "restore_inspection": "audit withdrawn", "evidence": "evidence", "take_away_evidence": "evidence",
    "put_back_evidence": "evidence taken away", "confirm_audit_rule": "audit rating", "add_finding": "audit",
    "reopen_finding": "finding closed",
}  # fmt: skip
MORE: dict[str, Parts] = {"answer_question": {"place": 1}, "confirm_audit_rule": {"what": "rating"}}


def _parts(office: "Office", route: str, usual: str) -> Parts:
    if route == "plan_visit":
        return {"key": office.rows["travel centre"].key}
    return {"number": office.rows[OF.get(route, usual)].pk} | MORE.get(route, {})


def _voice(office: "Office", route: str, relation: str) -> Parts:
    if route == "say_whom":
        return {"reference": office.rows[f"travel {relation}"].case.reference}
    taken = " taken back" if route == "put_back_voice" else ""
    return {"number": office.rows[f"voice {relation}{taken}"].pk}


def _no_parts(route: str) -> Parts:
    if route == "plan_visit":
        return {"key": "nowhere"}
    return (
        {"reference": "LOD-26-999999"} if route == "say_whom" else {"number": NOWHERE} | MORE.get(route, {})
    )


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of audits": lambda _office, _route, _relation, _seat: {},
    "audit or visit": lambda office, route, _relation, _seat: _parts(office, route, "audit"),
    "finding of an audit": lambda office, route, _relation, _seat: _parts(office, route, "finding"),
    "voice about transport": lambda office, route, relation, _seat: _voice(office, route, relation),
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "audit or visit": _no_parts,
    "finding of an audit": _no_parts,
    "voice about transport": _no_parts,
}

OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "plan_audit": lambda o: {
        "checklist": o.rows["audit checklist"].pk, "whom": "contractor", "planned_on": _day(3),
        "auditor": o.rows["audit auditor"].pk,
    },
    "plan_visit": lambda o: {
        "checklist": o.rows["visit checklist"].pk, "planned_on": _day(3),
        "auditor": o.rows["audit auditor"].pk,
    },
    "answer_question": {"said": "PARTLY", "note": "One badge was hidden"},
    "finish_inspection": lambda _o: {"carried_out_on": _day(0)},
    "move_inspection": lambda o: {"planned_on": _day(5), "auditor": o.rows["audit auditor"].pk},
    "withdraw_inspection": {"because": "Made by mistake"},
    "add_finding": lambda o: {
        "words": "A broken step", "severity": "MAJOR", "owner": o.rows["audit auditor"].pk,
    },
    "change_finding": lambda o: {
        "severity": "MINOR", "deadline_on": _day(9), "owner": o.rows["audit auditor"].pk, "because": "Parts",
    },
    "report_put_right": {"words": "It is welded"},
    "close_finding": {"words": "Seen"},
    "reopen_finding": {"words": "Loose again"},
    "sanction_finding": lambda _o: {
        "kind": "WARNING", "whom": "contractor", "because": "Late", "from_on": _day(0),
    },
    "say_whom": lambda _o: {"kind": "COMPLIMENT", "happened_on": _day(0), "job": "Q-J1"},
}  # fmt: skip
