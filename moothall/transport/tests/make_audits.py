"""Rows of audits and visits for tests: a checklist of three questions, ratings, figures, what follows."""

import datetime as dt
from itertools import count
from typing import Any

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.transport.models import (
    AuditFigure,
    AuditRating,
    Centre,
    Checklist,
    ChecklistQuestion,
    Contractor,
    Finding,
    Inspection,
    TransportVoice,
)
from moothall.transport.models.audit import MET
from moothall.transport.models.checklist import CENTRE, FIRM
from moothall.transport.rules import auditing, findings, visiting, voicing

from .make import make_centre, make_manager
from .make_contractors import make_contractor

SINCE = dt.date(2026, 1, 1)
SOURCE: dict[str, Any] = {"from_on": SINCE, "source": "Our framework agreement"}
_numbers = count(1)


def make_checklist(of: str = FIRM, **changes: Any) -> Checklist:
    """Three questions: the first is critical and counts three, the others count two and one."""
    key = f"checklist-{next(_numbers)}"
    made = Checklist.objects.create(**{"key": key, "name": key.capitalize(), "of": of} | SOURCE | changes)
    for place, (words, weight) in enumerate((("Badges", 3), ("Defects", 2), ("Clean inside", 1)), start=1):
        ChecklistQuestion.objects.create(
            checklist=made, place=place, name=words, name_cy=f"{words} (cy)", weight=weight,
            is_critical=place == 1,
        )  # fmt: skip
    return made


def make_ratings() -> dict[str, AuditRating]:
    """Good from 90 and improve from 50, neither with a critical question not met; poor whatever it is."""
    rows = (("good", 90, 0, 365), ("improve", 50, 0, 90), ("poor", 0, None, 28))
    return {
        key: AuditRating.objects.get_or_create(
            key=key, from_on=SINCE,
            defaults={"place": place, "name": key.capitalize(), "score_from": least, "critical_most": most,
                      "again_days": days, "source": "Our framework agreement"},
        )[0]
        for place, (key, least, most, days) in enumerate(rows, start=1)
    }  # fmt: skip


def make_figures(**changes: int) -> None:
    given = {"first-audit": 90, "finding-critical": 1, "finding-major": 14, "finding-minor": 42,
             "visit-special": 91}  # fmt: skip
    for key, amount in (given | {name.replace("_", "-"): days for name, days in changes.items()}).items():
        AuditFigure.objects.update_or_create(
            key=key, from_on=SINCE, defaults={"amount": amount, "source": "We"}
        )


def make_audit(contractor: Contractor | None = None, **changes: Any) -> Inspection:
    """Planned for today, by somebody who works with transport."""
    make_ratings()
    make_figures()
    given: dict[str, Any] = {"planned_on": today(), "by": None, "at": now()}
    if "auditor" not in changes:
        given["auditor"] = make_manager()
    if "checklist" not in changes:
        given["checklist"] = make_checklist()
    return auditing.plan_audit(contractor or make_contractor(), **given | changes)


def make_visit(centre: Centre | None = None, **changes: Any) -> Inspection:
    make_figures()
    given: dict[str, Any] = {"planned_on": today(), "by": None, "at": now()}
    if "auditor" not in changes:
        given["auditor"] = make_manager()
    if "checklist" not in changes:
        given["checklist"] = make_checklist(CENTRE)
    return visiting.plan_visit(centre or make_centre(), **given | changes)


def fill_in(inspection: Inspection, *said: str, by: Account | None = None) -> Inspection:
    """Answer its questions in their order, those that are not named as met, and finish it."""
    who = by or inspection.auditor
    for number, question in enumerate(inspection.checklist.questions.order_by("place")):
        answer = said[number] if number < len(said) else MET
        auditing.answer(inspection, question=question, said=answer, note="", by=who, at=now())
    day = min(inspection.planned_on, today())
    return auditing.finish(inspection, carried_out_on=day, by=who, at=now())


def make_finding(inspection: Inspection | None = None, **changes: Any) -> Finding:
    found = inspection or make_audit()
    given: dict[str, Any] = {"severity": "MAJOR", "words": "A broken step", "owner": found.auditor}
    return findings.record_finding(found, **given | {"by": found.auditor, "at": now()} | changes)


def make_voice(case: Any, **changes: Any) -> TransportVoice:
    given: dict[str, Any] = {"kind": TransportVoice.COMPLAINT, "happened_on": today()}
    return voicing.say_whom(case, **given | changes, by=None, at=now())
