"""Who read a restricted case is written down: when, what, and by what right."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moothall.cases.models import Case, EntryDocument
from moothall.cases.rules.access import open_sealed, set_confidentiality
from moothall.cases.rules.emergency import open_in_emergency
from moothall.cases.rules.reading import READ, note_read
from moothall.cases.rules.timeline import write_note
from moothall.core.clock import now
from moothall.letters.tests.make import make_letter
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_team
from moothall.people.tests.pages import main, page, signed_in_as, words
from moothall.records.models import AuditEvent
from moothall.records.rules.documents import keep_document

from .make import MANAGER, make_case, make_manager, make_service

pytestmark = pytest.mark.django_db


def make_restricted(level: str = Case.RESTRICTED) -> tuple[Case, Account]:
    team = make_team()
    at = now()
    case = make_case(service=make_service(team=team), title="About Quillon", at=at, received_at=at)
    keeper = make_manager(team=team, name="Keeper of the case")
    set_confidentiality(case, level=level, named=[], because="Delicate", by=keeper, at=now())
    return case, keeper


def readings(case: Case) -> list[dict[str, str]]:
    found = AuditEvent.objects.filter(verb=READ, about_kind="cases.case", about_id=case.pk).order_by("id")
    return [event.detail for event in found]


def test_what_is_read_in_ten_minutes_is_written_once_with_what_let_them() -> None:
    case, keeper = make_restricted()
    client = signed_in_as(keeper)
    for _each in range(3):
        page(client.get(f"/cases/{case.reference}/"))
    assert readings(case) == [{"what": "page", "way": "named", "reason": "Delicate"}]
    later = now() + dt.timedelta(minutes=10, seconds=1)
    note_read(case, by=keeper, at=later, what="page")
    note_read(case, by=keeper, at=later + dt.timedelta(minutes=9), what="page")
    assert len(readings(case)) == 2


def test_each_file_and_letter_is_written_beside_the_page_and_a_program_is_called_one() -> None:
    case, keeper = make_restricted()
    kept = keep_document(b"Told in confidence", name="told.txt", by=keeper, at=now())
    entry = write_note(case, text="See the file", by=keeper, at=now(), documents=[kept])
    letter = make_letter(about=case, subject="About Quillon", by=keeper)
    attached = EntryDocument.objects.get(entry=entry)
    client = signed_in_as(keeper)
    file = client.get(f"/cases/{case.reference}/files/{attached.pk}/")
    assert b"".join(file.streaming_content) == b"Told in confidence"  # type: ignore[attr-defined]
    assert client.get(f"/letters/{letter.pk}/").status_code == 200
    assert client.get(f"/api/cases/{case.reference}").status_code == 200
    assert client.get(f"/api/cases/{case.reference}/entries").status_code == 200
    seen = [(each["what"], each.get("name")) for each in readings(case)]
    assert seen == [("page", None), ("file", "told.txt"), ("letter", letter.subject), ("program", None)]


def test_a_sealed_case_says_the_reason_and_an_emergency_says_so() -> None:
    case, keeper = make_restricted(Case.SEALED)
    client = signed_in_as(keeper)
    assert client.get(f"/cases/{case.reference}/").status_code == 302
    assert readings(case) == []
    open_sealed(case, by=keeper, at=now(), reason="To answer the tribunal")
    page(client.get(f"/cases/{case.reference}/"))
    duty = make_account(*MANAGER, "cases.break_glass", team=case.team)
    why = "Nobody named can be reached, and she is in danger."
    open_in_emergency(reference=case.reference, reason=why, by=duty, at=now())
    page(signed_in_as(duty).get(f"/cases/{case.reference}/"))
    ways = [(each["way"], each["reason"]) for each in readings(case)]
    assert ways == [("reason", "To answer the tribunal"), ("emergency", why)]


def test_other_cases_are_read_freely() -> None:
    team = make_team()
    case = make_case(service=make_service(team=team))
    page(signed_in_as(make_manager(team=team)).get(f"/cases/{case.reference}/"))
    assert readings(case) == []


def test_a_list_in_which_it_stands_is_no_reading() -> None:
    case, keeper = make_restricted()
    assert case.reference in words(page(signed_in_as(keeper).get("/cases/?all=1")))
    assert readings(case) == []


def test_who_has_read_it_stands_on_its_own_page_for_those_who_say_who_may() -> None:
    case, keeper = make_restricted()
    client = signed_in_as(keeper)
    shown = words(page(client.get(f"/cases/{case.reference}/")))
    assert "Who has read it" in shown
    text = words(main(page(client.get(f"/cases/{case.reference}/readers/"))))
    assert all(each in text for each in ("Keeper of the case", "Named on it", "Delicate"))
    assert case.title in words(page(client.get(f"/cases/{case.reference}/readers/")))
    stranger = signed_in_as(make_manager(team=case.team))
    assert stranger.get(f"/cases/{case.reference}/readers/").status_code == 404


def test_the_auditor_sees_readings_across_cases_narrows_them_and_takes_them_away() -> None:
    case, keeper = make_restricted()
    other, second = make_restricted()
    page(signed_in_as(keeper).get(f"/cases/{case.reference}/"))
    page(signed_in_as(second).get(f"/cases/{other.reference}/"))
    auditor = signed_in_as(make_account("records.audit", "cases.view", name="Percival Ottley"))
    everything = words(main(page(auditor.get("/cases/readings/"))))
    assert everything.count("Keeper of the case") == 2
    assert f"cases.case {case.pk}" in everything
    assert not [each for each in (case.reference, "Quillon", "Delicate") if each in everything]
    one = words(main(page(auditor.get(f"/cases/readings/?case=cases.case+{case.pk}"))))
    assert (f"cases.case {case.pk} The case" in one, f"cases.case {other.pk}" in one) == (True, False)
    of_somebody = auditor.get("/cases/readings/", {"q": second.email, "way": "named"})
    assert words(main(page(of_somebody))).count("Keeper of the case") == 1
    none = words(main(page(auditor.get("/cases/readings/?way=emergency"))))
    assert "Keeper of the case" not in none
    file = auditor.post("/cases/readings/", {"export": "csv"})
    rows = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert (len(rows), "Delicate" in "".join(rows)) == (3, False)


def test_the_page_of_readings_asks_as_little_for_many_as_for_few() -> None:
    client = signed_in_as(make_account("records.audit", "cases.view"))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client.get("/cases/readings/"))
        return len(queries)

    page(signed_in_as(make_restricted()[1]).get("/cases/"))
    for times in (1, 5):
        for _each in range(times):
            case, keeper = make_restricted()
            note_read(case, by=keeper, at=now(), what="page")
        if times == 1:
            asked()
            few = asked()
    assert asked() == few


def test_who_reads_it_costs_a_restricted_case_one_question_more_each_time() -> None:
    case, keeper = make_restricted()
    client = signed_in_as(keeper)
    page(client.get(f"/cases/{case.reference}/"))
    with CaptureQueriesContext(connection) as queries:
        page(client.get(f"/cases/{case.reference}/"))
    asked = [each["sql"] for each in queries if "records_auditevent" in each["sql"]]
    assert (len(asked), asked[0][:6]) == (1, "SELECT")
