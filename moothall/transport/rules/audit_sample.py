"""Sample audits, visits, findings, complaints and compliments of a demo office: some late, some put right."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Service
from moothall.cases.rules.opening import open_case
from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.people.models import Account
from moothall.people.rules.persons import add_person
from moothall.transport.models import (
    Centre,
    Checklist,
    Contractor,
    ContractorStaff,
    Inspection,
    Vehicle,
)
from moothall.transport.models.audit import MET, NOT_MET, PARTLY

from . import auditing, findings, visiting, voicing
from .accounting import owner_of_all

DAY: Final = dt.timedelta(days=1)
SAID: Final = {"partly": PARTLY, "not": NOT_MET}


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo office."""
    doc = pack.file("demo/audits.yaml") if pack.demo else None
    able = _who_audits(pack)
    if doc is None or Inspection.objects.exists() or not able:
        return
    fields = Fields(doc)
    rows = list(fields.mappings("inspections"))
    progress.begin(_("Sample audits and visits"), len(rows))
    known: dict[str, Checklist] = {}
    for each in Checklist.objects.in_force(in_london(pack.at).date()):
        known[each.key] = each
    for row in rows:
        _inspection(Fields(row), known, able, pack)
        progress.advance()
    for row in fields.mappings("voices"):
        _voice(Fields(row), pack)
    fields.finish()
    progress.end()


def _who_audits(pack: Pack) -> dict[str, Account]:
    """Those who work with transport here: an office that had its roles before has perhaps other people."""
    rows = Account.objects.who_may("transport.use", on=in_london(pack.at).date()).order_by("name", "id")
    return {each.email: each for each in rows}


def _inspection(fields: Fields, known: dict[str, Checklist], able: dict[str, Account], pack: Pack) -> None:
    by = able.get(fields.text("by")) or next(iter(able.values()))
    today = in_london(pack.at).date()
    checklist = known[fields.text("checklist")]
    day = max(today + DAY * int(fields.text("day")), checklist.from_on)
    planned: dict[str, Any] = {
        "checklist": checklist, "planned_on": day, "auditor": by, "by": owner_of_all(), "at": pack.at,
    }  # fmt: skip
    centre = fields.text("centre", "")
    if centre:
        made = visiting.plan_visit(Centre.objects.get(key=centre), **planned)
    else:
        made = auditing.plan_audit(_contractor(fields), **planned, **_theirs(fields))
    seen = list(fields.mappings("seen"))
    summary = fields.text("summary", "")
    if day <= today and not fields.flag("passed"):
        _carry_out(made, seen, summary, day, by, pack)
    fields.finish()


def _contractor(fields: Fields) -> Contractor:
    return Contractor.objects.get(number=fields.text("contractor"))


def _theirs(fields: Fields) -> dict[str, Any]:
    """The vehicle or the crew member, where one is named."""
    vehicle, badge = fields.text("vehicle", ""), fields.text("badge", "")
    plate = "".join(vehicle.split())
    return {
        "vehicle": Vehicle.objects.get(registration=plate) if vehicle else None,
        "member": ContractorStaff.objects.standing().get(badge=badge) if badge else None,
        "job": fields.text("job", ""),
    }


def _carry_out(
    made: Inspection, seen: Iterable[Marked], summary: str, day: dt.date, by: Account, pack: Pack
) -> None:
    """What is not said was met."""
    told = {row["place"]: Fields(row) for row in seen}
    for question in made.checklist.questions.order_by("place"):
        row = told.get(question.place)
        said = SAID[row.text("said")] if row else MET
        note = row.text("note", "") if row else ""
        auditing.answer(made, question=question, said=said, note=note, by=by, at=pack.at)
    auditing.finish(made, carried_out_on=day, summary=summary, by=by, at=pack.at)
    for place, row in told.items():
        row.whole("place")
        _follow(made, place, row.text("put_right", ""), row.text("closed", ""), by, pack)
        row.finish()


def _follow(made: Inspection, place: int, put_right: str, closed: str, by: Account, pack: Pack) -> None:
    found = made.findings.get(question__place=place)
    if put_right:
        findings.report_put_right(found, words=put_right, by=by, at=pack.at)
    if closed:
        findings.close_finding(found, words=closed, by=owner_of_all(), at=pack.at)


def _voice(fields: Fields, pack: Pack) -> None:
    """Somebody complained or praised some days ago, on a case of its own."""
    by, ago = owner_of_all(), fields.whole("days_ago")
    service = Service.objects.select_related("team").get(key=fields.text("service"))
    person = add_person(
        full_name=fields.text("from"), emails=[fields.text("email")], by=None, at=pack.at,
        language=fields.choice("language", ("en", "cy"), "en"), language_source=_("Said so on applying"),
    )  # fmt: skip
    received = pack.at - DAY * ago
    case = open_case(
        service, at=pack.at, received_at=received, requester=person, title=fields.text("title"),
        language=person.language or "en", channel="EMAIL",
    )  # fmt: skip
    centre = fields.text("centre", "")
    about = {"centre": Centre.objects.get(key=centre)} if centre else {}
    if fields.text("contractor", ""):
        about |= {"contractor": _contractor(fields)} | _theirs(fields)
    voicing.say_whom(
        case, kind=voicing.kind_of(case), happened_on=in_london(received).date(), by=by, at=pack.at, **about
    )
    fields.finish()
