"""Work for the journeys to be about: cases as they come in, at a moment some days ago."""

import datetime as dt
import lzma
from pathlib import Path
from threading import Thread
from typing import Any

from django.db import connections

from moothall.cases.models import Case, Service
from moothall.cases.rules.assigning import assign_case
from moothall.cases.rules.opening import open_case
from moothall.cases.rules.timeline import add_entry
from moothall.core.clock import now, today
from moothall.enquiries.models import Import
from moothall.enquiries.tasks import import_in_background
from moothall.people.models import Person, Team
from moothall.recruitment.models import Campaign
from moothall.recruitment.tests.make import make_campaign

from .journey import account_of

MAIL = Path(__file__).resolve().parents[2] / "moothall/enquiries/tests/mail"


def person(name: str) -> Person:
    return Person.objects.get(full_name=name)


def make_case(**changes: Any) -> Case:
    """Somebody asks by telephone; `days_ago`, `service`, `to` and `words` may be said."""
    at = now() - dt.timedelta(days=changes.pop("days_ago", 1))
    service = Service.objects.get(key=changes.pop("service", "general-enquiry"))
    to, words = changes.pop("to", ""), changes.pop("words", "Could you tell me how to book a place?")
    given: dict[str, Any] = {
        "title": "How to book a place",
        "channel": "phone",
        "received_at": at,
        "at": at,
        "by": account_of("kwame.osei-bonsu"),
        "requester": person("Elin Trahaearn"),
        "language": "en",
    }
    case = open_case(service, **given | changes)
    by = account_of("kwame.osei-bonsu")
    add_entry(case, kind="CALL", at=at, by=by, person=case.requester, subject=case.title, text=words)
    if to:
        assign_case(case, to=account_of(to), by=by, at=now())
    return case


def open_campaign() -> Campaign:
    """Of a team that Kwame works in, open today."""
    teams = account_of("kwame.osei-bonsu").standing().teams_for("cases.work")
    team = Team.objects.filter(pk__in=teams).order_by("pk")[0]
    return make_campaign(team=team, opens_on=today(), closes_on=today() + dt.timedelta(days=21))


def unpacked_mailbox(folder: Path, name: str = "public-lists.mbox") -> Path:
    """A real mailbox, as a file somebody could choose."""
    path = folder / name
    path.write_bytes(lzma.decompress((MAIL / f"{name}.xz").read_bytes()))
    return path


def booking_form(folder: Path) -> Path:
    path = folder / "booking-form.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n")
    return path


class Worker(Thread):
    """Does in another thread what the worker of a running office does: reads the newest import."""

    def run(self) -> None:
        try:
            import_in_background(import_id=Import.objects.latest("id").pk)
        finally:
            connections.close_all()
