"""Extracts of many rows: managers come before their people, and go after them; what each row costs."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moothall.core.clock import now, today
from moothall.people.models import Account, ContactPoint, Person
from moothall.people.rules.contact_points import add_contact_point
from moothall.people.tests.make import AT, make_account, make_person
from moothall.records.models import AuditEvent
from moothall.workforce.models import Assignment, Employment, FileClass, StaffImport, StaffRow
from moothall.workforce.rules.assigning import change_assignment
from moothall.workforce.rules.bringing import undoing
from moothall.workforce.rules.bringing.taking import begin_running, begin_undoing
from moothall.workforce.rules.file import file_papers

from .make import make_employment, make_unit
from .test_bringing import HEADING, carried_out, compared, manager_of, worked, written
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


BORN = (
    "Personal Reference,Surname,Forename,Date of Birth,Start Date,Position Reference,Position Title,Org Unit,"
    "Email\n"
)


def test_whoever_is_on_record_is_not_added_again_and_is_one_person_only(
    keeper: Account, tmp_path: Path
) -> None:
    born, reached = make_person(full_name="Siân Ó Dálaigh"), make_person(full_name="Ama Boateng")
    Person.objects.filter(pk=born.pk).update(born_on="1980-05-17")
    add_contact_point(reached, kind=ContactPoint.EMAIL, value="Ama@one.example", by=None, at=AT)
    here = make_employment(make_person(full_name="Works Here")).person
    Person.objects.filter(pk=here.pk).update(born_on="1980-05-17")
    rows = [
        "R1,Ó Dálaigh,SIÂN,17/05/1980,01/09/2020,TR-1,Conductor,Tramways,",
        "R2,Ó Dálaigh,Siân,17/05/1980,01/09/2020,TR-1,Conductor,Tramways,",
        "R3,Boateng,Ama,01/01/1990,01/09/2020,TR-1,Conductor,Tramways,ama@one.example",
        "R4,Here,Works,17/05/1980,01/09/2020,TR-1,Conductor,Tramways,",
    ]
    carried_out(keeper, written(tmp_path, BORN + "\n".join(rows) + "\n"))
    people = dict(Employment.objects.values_list("number", "person_id"))
    assert (people["R1"], people["R3"]) == (born.pk, reached.pk)
    assert len({people[key] for key in ("R1", "R2", "R3", "R4")} | {here.pk}) == 5


def test_a_post_that_a_refused_row_would_have_added_is_added_by_the_next(
    keeper: Account, tmp_path: Path
) -> None:
    make_employment(number="M001")
    table = compared(keeper, written(tmp_path, HEADING + line(2) + line(3)))
    make_employment(number="M002")
    begin_running(table, kinds=StaffRow.CARRIED_OUT, by=keeper, at=now())
    worked(table)
    kinds = dict(StaffRow.objects.filter(table=table).values_list("key", "kind"))
    assert kinds == {"M002": StaffRow.REFUSED, "M003": StaffRow.JOINER}
    held = Assignment.objects.select_related("post").get(employment__number="M003")
    assert held.post.number == "TR-1"


def statements_of_carrying_out(keeper: Account, path: Path) -> int:
    table = compared(keeper, path)
    begin_running(table, kinds=StaffRow.CARRIED_OUT, by=keeper, at=now())
    with CaptureQueriesContext(connection) as asked:
        worked(table)
    return len(asked)


def test_carrying_out_a_row_takes_a_score_of_statements_however_many_rows_there_are(
    keeper: Account, tmp_path: Path
) -> None:
    carried_out(keeper, written(tmp_path, many(2, first=900), "first.csv"))
    few = statements_of_carrying_out(keeper, written(tmp_path, many(5), "few.csv"))
    more = statements_of_carrying_out(keeper, written(tmp_path, many(45, first=100), "more.csv"))
    assert (more - few) / 40 <= 24


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
