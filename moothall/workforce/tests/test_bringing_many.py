"""Extracts of many rows: managers come before their people, and go after them; what each row costs."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account
from moothall.records.models import AuditEvent
from moothall.workforce.models import Assignment, Employment, FileClass, StaffImport, StaffRow
from moothall.workforce.rules.assigning import change_assignment
from moothall.workforce.rules.bringing import undoing
from moothall.workforce.rules.bringing.taking import begin_undoing
from moothall.workforce.rules.file import file_papers

from .make import make_employment, make_unit
from .test_bringing import HEADING, carried_out, manager_of, worked, written
from .test_pages import KEEPS

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Account:
    make_unit(name="Tramways")
    return make_account(*KEEPS)


def line(number: int, manager: str = "", hours: str = "37") -> str:
    key = f"M{number:03}"
    return f"{key},Surname{key},Forename,01/09/2020,,TR-1,Conductor,Tramways,{manager},{hours}\n"


def many(rows: int, *, first: int = 0) -> str:
    """Each is led by whoever stands next, the last by nobody."""
    numbers = range(first, first + rows)
    return HEADING + "".join(line(each, f"M{each + 1:03}" if each != numbers[-1] else "") for each in numbers)


def undone(table: StaffImport, keeper: Account) -> dict[str, str]:
    begin_undoing(table, by=keeper, at=now())
    worked(table)
    return dict(StaffRow.objects.filter(table=table).values_list("key", "reason"))


def test_managers_come_before_their_people_wherever_they_stand(keeper: Account, tmp_path: Path) -> None:
    table = carried_out(keeper, written(tmp_path, many(4)))
    assert [manager_of(f"M00{each}") for each in range(4)] == ["M001", "M002", "M003", ""]
    assert not StaffRow.objects.filter(table=table).exclude(waits_for="").exists()
    assert Assignment.objects.count() == 4
    assert list(StaffRow.objects.filter(table=table).order_by("done_at").values_list("key", flat=True)) == [
        "M003", "M002", "M001", "M000",
    ]  # fmt: skip


def test_of_those_who_lead_each_other_in_a_circle_one_says_why_it_is_not_set(
    keeper: Account, tmp_path: Path
) -> None:
    text = HEADING + line(0, "M001") + line(1, "M000")
    table = carried_out(keeper, written(tmp_path, text))
    assert Employment.objects.count() == 2
    reasons = StaffRow.objects.filter(table=table).exclude(reason="").values_list("reason", flat=True)
    assert [each for each in reasons if "own manager" in each]


def test_managers_go_after_their_people_also_when_they_stand_further_down(
    keeper: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "SIZE", 2)
    table = carried_out(keeper, written(tmp_path, many(5)))
    reasons = undone(table, keeper)
    assert set(reasons.values()) == {"Taken back."}
    assert not Employment.objects.exists()
    assert (table.done, table.state) == (5, StaffImport.UNDONE)
    events = AuditEvent.objects.filter(verb="workforce.undo_start")
    assert sorted(each.detail["number"] for each in events) == [f"M00{each}" for each in range(5)]
    assert all(each.actor_id == keeper.pk and each.detail["person"] for each in events)


def test_whoever_leads_somebody_who_stays_stays(keeper: Account, tmp_path: Path) -> None:
    table = carried_out(keeper, written(tmp_path, many(4)))
    change_assignment(
        Employment.objects.get(number="M001"), from_on=today(), weekly_hours=5, by=keeper, at=now()
    )
    reasons = undone(table, keeper)
    assert {key: "so it stays" in why for key, why in reasons.items()} == {
        "M000": False, "M001": True, "M002": True, "M003": True,
    }  # fmt: skip
    assert set(Employment.objects.values_list("number", flat=True)) == {"M001", "M002", "M003"}
    assert table.done == 4


def test_whoever_leads_somebody_outside_the_file_stays(keeper: Account, tmp_path: Path) -> None:
    table = carried_out(keeper, written(tmp_path, many(2)))
    make_employment(manager=Employment.objects.get(number="M000"))
    reasons = undone(table, keeper)
    assert all("so it stays" in why for why in reasons.values())


def test_a_paper_on_file_keeps_a_record_and_nobody_else(keeper: Account, tmp_path: Path) -> None:
    table = carried_out(keeper, written(tmp_path, HEADING + line(0) + line(1)))
    text = SimpleUploadedFile("letter.txt", b"Dear Nia", content_type="text/plain")
    letters = FileClass.objects.create(key="letters", name="Letters")
    held = Employment.objects.get(number="M000")
    file_papers(held, [text], file_class=letters, by=keeper, at=AT)
    reasons = undone(table, keeper)
    assert "so it stays" in reasons["M000"]
    assert reasons["M001"] == "Taken back."


def statements(table: StaffImport, keeper: Account) -> int:
    begin_undoing(table, by=keeper, at=now())
    with CaptureQueriesContext(connection) as asked:
        worked(table)
    return len(asked)


def test_taking_back_asks_no_more_for_more_rows(keeper: Account, tmp_path: Path) -> None:
    few = carried_out(keeper, written(tmp_path, HEADING + line(0) + line(1), "few.csv"))
    more = carried_out(keeper, written(tmp_path, HEADING + "".join(map(line, range(10, 40))), "more.csv"))
    statements(few, keeper)
    assert not Employment.objects.filter(number__in=["M000", "M001"]).exists()
    again = carried_out(keeper, written(tmp_path, HEADING + line(0) + line(1), "again.csv"))
    assert statements(more, keeper) == statements(again, keeper)
