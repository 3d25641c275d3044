"""The pages around the desk, each by the role it belongs to: judged wide in English and narrow in Welsh."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moothall.bookings.models import Appointment, AppointmentKind, OpeningHours
from moothall.bookings.rules.booking import book_appointment
from moothall.bookings.rules.slots import free_slots, read_book
from moothall.core.clock import now, today
from moothall.enquiries.models import TableImport
from moothall.enquiries.rules.calling_back import Window, ask_for_call_back
from moothall.enquiries.rules.table.bringing import keep_table, read_rows
from moothall.enquiries.rules.triage.suggesting import look_at_what_came_in
from moothall.enquiries.rules.wallboard import hang_display, signed
from moothall.people.models import Team
from moothall.problems.rules.settling import make_problem
from moothall.webhooks.rules.endpoints import allow_host

from .journey import DELYTH, FARIDA, KWAME, NARROW, Journey, account_of
from .make import make_case, person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ZANELE, PERCIVAL = "zanele.dube", "percival.ottley"  # administrator; auditor
WIDE = {"width": 1280, "height": 900}
LONG = "Hyfforddiant cymorth cyntaf yn y gweithle i gydlynwyr " * 4
TABLE = (
    "Enquiry,Who,When\nWhere is the hall?,Idris Nwosu,14/11/2026\nIs it free?,Mairwen Adeyemi,13/11/2026\n"
)
ANYBODY = ""
BY_ROLE: dict[str, tuple[str, ...]] = {
    KWAME: (
        "/appointments/", "/appointments/day/", "/appointments/week/", "/appointments/new/",
        "/appointments/{appointment}/", "/appointments/{appointment}/move/", "/enquiries/wallboard/",
        "/enquiries/triage/", "/enquiries/call-backs/", "/enquiries/contacts/", "/enquiries/imports/table/",
        "/enquiries/imports/table/{table}/", "/knowledge/", "/knowledge/new/",
        "/knowledge/articles/book-a-course/", "/knowledge/articles/book-a-course/text/",
        "/knowledge/directory/", "/knowledge/directory/payroll/", "/own/", "/cases/{case}/",
    ),
    FARIDA: (
        "/workload/", "/workload/mine/", "/workload/sharing/", "/appointments/set-up/", "/problems/",
        "/problems/new/", "/problems/found/", "/problems/{problem}/", "/problems/{problem}/telling/",
        "/satisfaction/", "/satisfaction/answers/", "/complaints/", "/complaints/lessons/",
        "/enquiries/triage/quality/", "/knowledge/missing/", "/enquiries/wallboard/learning/",
    ),
    DELYTH: ("/complaints/", "/team/"),
    ZANELE: (
        "/webhooks/", "/webhooks/add/", "/enquiries/mailboxes/", "/enquiries/new-mailbox/",
        "/people/accounts/sign-ins/", "/people/accounts/sign-in-rules/", "/people/accounts/second-factors/",
    ),
    PERCIVAL: ("/records/audit/", "/records/seals/"),
    ANYBODY: ("/ask/", "/ask/about/general-enquiry/", "/help/", "/help/who-can-help/", "/wall/{wall}/"),
}  # fmt: skip


class Walking(Journey):
    """Somebody of a role, from page to page."""

    def given_something_on_every_page(self, folder: Path) -> None:
        learning = Team.objects.get(key="learning")
        case = make_case(title=LONG.strip(), words=LONG)
        look_at_what_came_in(at=now())
        self.known: dict[str, Any] = {
            "case": case.reference,
            "appointment": self._appointment(case).pk,
            "table": self._table(folder, learning).pk,
            "problem": make_problem(
                title=LONG[:120], words=["hall", "expired"], team=learning, cases=[case],
                by=account_of(FARIDA), at=now(),
            ).pk,
            "wall": signed(
                hang_display(learning, where="Reception", language="cy", by=account_of(FARIDA), at=now())
            ),
        }  # fmt: skip
        window = Window(now() + dt.timedelta(minutes=5), now() + dt.timedelta(hours=2))
        ask_for_call_back(
            about=LONG[:200], window=window, number="029 2018 0123", team=learning, person=case.requester,
            case=case, by=account_of(KWAME), at=now(),
        )  # fmt: skip
        allow_host("timetables.tawe.example", reason="Timetables", by=account_of(ZANELE), at=now())
        make_case(title="It came too late", service="complaint")

    def _appointment(self, case: Any) -> Appointment:
        kind = AppointmentKind.objects.get(name="Advice on learning")
        place = OpeningHours.objects.select_related("place").order_by("id")[0].place
        days = [today() + dt.timedelta(days=ahead) for ahead in range(1, 15)]
        book = read_book(kind, place=place, first=days[0], last=days[-1])
        slot = free_slots(book, days, place=place, after=now())[0]
        return book_appointment(
            kind=kind, starts_at=slot.starts_at, person=person("Elin Trahaearn"), place=place, case=case,
            by=account_of(KWAME), at=now(),
        )  # fmt: skip

    def _table(self, folder: Path, team: Team) -> TableImport:
        path = folder / "enquiries.csv"
        path.write_text(TABLE)
        service = make_case(title="For its service").service
        table = keep_table(path, source=path.name, team=team, service=service, by=account_of(KWAME), at=now())
        read_rows(table)
        return table

    def then_their_pages_are_well(self, name: str, language: str) -> None:
        if name:
            self.given_signed_in_as(name, language)
        for path in BY_ROLE[name]:
            self.page.set_viewport_size(NARROW if language == "cy" else WIDE)  # type: ignore[arg-type]
            self.go(path.format(**self.known))
            words = re.sub("[^a-z0-9]+", "-", path).strip("-")
            self.look(f"{language}-page-{name.partition('.')[0] or 'anybody'}-{words}")
            self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
            self.is_not_cut()


@pytest.mark.timeout(400)
@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("name", BY_ROLE)
def test_the_pages_of_each_role_are_well(
    begin: Callable[..., Any], tmp_path: Path, name: str, language: str
) -> None:
    somebody = begin(Walking, locale="cy-GB" if language == "cy" else "en-GB")
    somebody.given_something_on_every_page(tmp_path)
    somebody.then_their_pages_are_well(name, language)
