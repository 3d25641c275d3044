"""Extracts of other systems: read, compared without writing, carried out once, and taken back."""

from pathlib import Path

import pytest
import xlsxwriter

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.workforce import tasks
from moothall.workforce.models import Assignment, Employment, StaffImport, StaffProfile, StaffRow
from moothall.workforce.rules.assigning import change_assignment
from moothall.workforce.rules.bringing.columns import Means, guess_means, guess_source
from moothall.workforce.rules.bringing.meaning import Known, Reader
from moothall.workforce.rules.bringing.taking import (
    NothingChosen,
    NotNow,
    NumberColumnNeeded,
    begin_running,
    begin_undoing,
    keep_extract,
    refused_rows,
    say_what_it_means,
)

from .make import make_employment, make_leaving_reason, make_unit
from .test_pages import KEEPS

EXTRACTS = Path(__file__).parent / "extracts"
ALL = StaffRow.CARRIED_OUT
pytestmark = pytest.mark.django_db
HEADING = (
    "Personal Reference,Surname,Forename,Start Date,Leaving Date,Position Reference,Position Title,Org Unit,"
    "Reports To,Contracted Hours\n"
)


@pytest.fixture
def keeper() -> Account:
    for name in ("Tramways", "Harbour", "Infirmary", "Bryn Division"):
        make_unit(name=name)
    make_leaving_reason(key="moved-away", name="Moved away")
    return make_account(*KEEPS)


def worked(table: StaffImport) -> StaffImport:
    tasks.bring_staff_on(import_id=table.pk)
    table.refresh_from_db()
    return table


def compared(keeper: Account, path: Path, **changes: str) -> StaffImport:
    table = worked(keep_extract(path, name=path.name, by=keeper, at=now()))
    assert table.state == StaffImport.READ, table.problem
    means = Means.of(guess_means(table.columns).as_dict() | changes)
    say_what_it_means(table, means, by=keeper, at=now())
    return worked(table)


def carried_out(keeper: Account, path: Path, **changes: str) -> StaffImport:
    table = compared(keeper, path, **changes)
    begin_running(table, kinds=ALL, by=keeper, at=now())
    return worked(table)


def kinds(table: StaffImport) -> list[str]:
    return list(StaffRow.objects.filter(table=table).order_by("number").values_list("kind", flat=True))


def reasons(table: StaffImport) -> list[str]:
    return list(StaffRow.objects.filter(table=table).order_by("number").values_list("reason", flat=True))


def written(folder: Path, text: str, name: str = "again.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def manager_of(number: str) -> str:
    held = Assignment.objects.in_force(today()).get(employment__number=number)
    return held.manager.number if held.manager else ""


@pytest.mark.parametrize(
    ("name", "source", "days"),
    [
        ("itrent.csv", StaffProfile.ITRENT, "dmy"), ("sap.csv", StaffProfile.SAP, "mdy"),
        ("esr.csv", StaffProfile.ESR, "dmy"), ("origin.csv", StaffProfile.ORIGIN, "dmy"),
    ],
)  # fmt: skip
def test_every_system_is_known_by_its_columns(keeper: Account, name: str, source: str, days: str) -> None:
    table = worked(keep_extract(EXTRACTS / name, name=name, by=keeper, at=now()))
    assert table.source == source
    means = guess_means(table.columns)
    assert means.days == days
    needed = {"number", "given_name", "family_name", "started_on", "post_number", "post_title", "unit"}
    assert needed | {"manager", "weekly_hours"} <= set(means.columns)
    reader = Reader(means, table.columns, Known.now())
    for row in StaffRow.objects.filter(table=table):
        said, wrong = reader.read(row.cells)
        assert not wrong
        assert said is not None


def test_comparing_writes_nothing_but_the_rows(keeper: Account) -> None:
    table = compared(keeper, EXTRACTS / "itrent.csv")
    assert kinds(table) == ["JOINER"] * 3
    assert not Employment.objects.exists()


@pytest.mark.parametrize("name", ["itrent.csv", "sap.csv", "esr.csv", "origin.csv"])
def test_the_same_file_again_changes_nothing(keeper: Account, name: str) -> None:
    carried_out(keeper, EXTRACTS / name)
    count, rows = Employment.objects.count(), Assignment.objects.count()
    assert count >= 2
    again = compared(keeper, EXTRACTS / name)
    assert set(kinds(again)) <= {"SAME", "TWICE"}
    with pytest.raises(NothingChosen):
        begin_running(again, kinds=[], by=keeper, at=now())
    begin_running(again, kinds=ALL, by=keeper, at=now())
    worked(again)
    assert (Employment.objects.count(), Assignment.objects.count()) == (count, rows)


def test_a_manager_further_down_is_set_in_a_second_pass(keeper: Account) -> None:
    carried_out(keeper, EXTRACTS / "sap.csv")
    assert manager_of("SF100") == "SF101"
    carried_out(keeper, EXTRACTS / "esr.csv")
    assert manager_of("20000001") == "20000002"
    assert Employment.objects.get(number="20000001").started_on.isoformat() == "2015-01-12"


def test_a_leaver_of_another_system_is_a_joiner_who_has_left(keeper: Account) -> None:
    carried_out(keeper, EXTRACTS / "origin.csv")
    left = Employment.objects.get(number="4403")
    assert left.ended_on is not None
    assert left.ended_because is not None
    assert (left.workforce, left.ended_because.key) == (Employment.SPECIAL, "moved-away")


def test_joiners_movers_leavers_and_details_are_told_apart_by_number(keeper: Account, tmp_path: Path) -> None:
    carried_out(keeper, EXTRACTS / "itrent.csv")
    text = HEADING + (
        "IT001,Okonkwo-Pryce,Blodwen,01/09/2014,31/12/2026,TR-01,Head of Tramways,Tramways,,37\n"
        "IT002,Vasquez-Moss,Idris,06/01/2020,,TR-02,Conductor,Tramways,IT001,18.5\n"
        "IT003,Ahmadi,Seren,01/10/2026,,TR-04,Inspector,Tramways,IT001,30\n"
        "IT004,Brand,New,01/11/2026,,TR-03,Points Keeper,Tramways,IT001,37\n"
    )
    table = compared(keeper, written(tmp_path, text), because="moved-away")
    assert kinds(table) == ["LEAVER", "CHANGED", "MOVER", "JOINER"]
    mover = StaffRow.objects.get(table=table, key="IT003")
    assert mover.changes == {
        "post": ["Points Keeper", "Inspector (TR-04)"], "weekly_hours": ["37", "30"],
        "manager": ["IT002", "IT001"],
    }  # fmt: skip
    begin_running(table, kinds=ALL, by=keeper, at=now())
    worked(table)
    assert manager_of("IT003") == "IT001"
    assert Employment.objects.get(number="IT002").person.full_name == "Idris Vasquez-Moss"
    assert Employment.objects.get(number="IT001").ended_on is not None


def test_only_what_was_chosen_is_carried_out(keeper: Account, tmp_path: Path) -> None:
    carried_out(keeper, EXTRACTS / "itrent.csv")
    text = HEADING + (
        "IT002,Vasquez,Idris,06/01/2020,,TR-02,Conductor,Tramways,IT001,20\n"
        "IT004,Brand,New,01/11/2026,,TR-03,Points Keeper,Tramways,IT001,37\n"
    )
    table = compared(keeper, written(tmp_path, text))
    begin_running(table, kinds=["MOVER"], by=keeper, at=now())
    worked(table)
    assert not Employment.objects.filter(number="IT004").exists()
    assert StaffRow.objects.get(table=table, key="IT002").done_at is not None


def test_every_wrong_row_says_which_column_and_what_to_do(keeper: Account) -> None:
    table = compared(keeper, EXTRACTS / "broken.csv")
    assert kinds(table) == ["REFUSED"] * 8 + ["JOINER", "TWICE"]
    for words, reason in zip(
        ("Personal Reference:", "NI Number:", "Start Date:", "No unit is called “Airships”", "GHOST",
         "Contracted Hours:", "not an address", "leave before they began"),
        reasons(table), strict=False,
    ):  # fmt: skip
        assert words in reason
    begin_running(table, kinds=ALL, by=keeper, at=now())
    worked(table)
    [employment] = Employment.objects.all()
    assert employment.person.family_name == "=1+1"
    assert b"'=1+1" not in refused_rows(table, "Why")
    assert b"Airships" in refused_rows(table, "Why")


def test_a_run_is_taken_back_but_for_what_somebody_worked_on(keeper: Account, tmp_path: Path) -> None:
    carried_out(keeper, EXTRACTS / "itrent.csv")
    before = Assignment.objects.standing().get(employment__number="IT003").weekly_hours
    text = HEADING + (
        "IT002,Vasquez-Moss,Idris,06/01/2020,,TR-02,Conductor,Tramways,IT001,20\n"
        "IT003,Ahmadi,Seren,01/10/2026,,TR-03,Points Keeper,Tramways,IT002,30\n"
        "IT004,Brand,New,01/11/2026,,TR-03,Points Keeper,Tramways,IT001,37\n"
        "IT005,Worked,On,01/11/2026,,TR-03,Points Keeper,Tramways,IT001,37\n"
    )
    table = carried_out(keeper, written(tmp_path, text))
    touched = Employment.objects.get(number="IT005")
    change_assignment(touched, from_on=today(), weekly_hours=5, by=keeper, at=now())
    begin_undoing(table, by=keeper, at=now())
    worked(table)
    assert table.state == StaffImport.UNDONE
    assert set(Employment.objects.values_list("number", flat=True)) == {"IT001", "IT002", "IT003", "IT005"}
    assert Employment.objects.get(number="IT002").person.full_name == "Idris Vasquez"
    hours = Assignment.objects.in_force(today()).get(employment__number="IT003").weekly_hours
    assert hours == before
    assert "so it stays" in StaffRow.objects.get(table=table, key="IT005").reason
    with pytest.raises(NotNow):
        begin_undoing(table, by=keeper, at=now())


def test_a_job_that_is_done_again_does_nothing_twice(keeper: Account) -> None:
    table = carried_out(keeper, EXTRACTS / "itrent.csv")
    StaffImport.objects.filter(pk=table.pk).update(state=StaffImport.RUNNING)
    worked(table)
    assert table.state == StaffImport.FINISHED
    assert Employment.objects.count() == 3


def test_nobody_brings_in_their_own_record(keeper: Account, tmp_path: Path) -> None:
    own = make_employment(account=keeper, number="OWN1")
    day = own.started_on.strftime("%d/%m/%Y")
    text = HEADING + f"OWN1,Richer,Much,{day},,,,Tramways,,10\n"
    table = compared(keeper, written(tmp_path, text))
    assert kinds(table) == ["REFUSED"]
    assert "your own record" in reasons(table)[0]


def test_a_workbook_is_read_and_whole_numbers_stay_numbers(keeper: Account, tmp_path: Path) -> None:
    path = tmp_path / "staff.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADING.strip().split(","))
        row = [7001.0, "Sheet", "Spread", "01/09/2014", "", "TR-9", "Clerk", "Tramways", "", 37.0]
        sheet.write_row(1, 0, row)
    table = carried_out(keeper, path)
    assert kinds(table) == ["JOINER"]
    assert Employment.objects.get().number == "7001"


def test_without_a_column_of_numbers_nothing_is_compared(keeper: Account) -> None:
    table = worked(keep_extract(EXTRACTS / "itrent.csv", name="itrent.csv", by=keeper, at=now()))
    with pytest.raises(NumberColumnNeeded):
        say_what_it_means(table, Means({"name": "Surname"}), by=keeper, at=now())


def test_a_mapping_is_saved_under_a_name(keeper: Account) -> None:
    table = worked(keep_extract(EXTRACTS / "sap.csv", name="sap.csv", by=keeper, at=now()))
    say_what_it_means(table, guess_means(table.columns), name="Monthly", by=keeper, at=now())
    profile = StaffProfile.objects.get()
    assert (profile.name, profile.source) == ("Monthly", StaffProfile.SAP)
    assert Means.of(profile.means).columns["number"] == "userId"
    assert guess_source(["Something", "Else"]) == StaffProfile.OTHER
