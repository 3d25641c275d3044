"""`moothall import table`: what it prints, what it refuses, and that its sums are right."""

import argparse
import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moothall.cases.models import Case
from moothall.cases.rules.timeline import write_note
from moothall.cases.tests.make import AT, make_manager, make_service
from moothall.enquiries import command
from moothall.enquiries.models import Contact, TableImport, TableMapping, TableRow
from moothall.people.models import Account, Person
from moothall.people.tests.make import make_team

pytestmark = pytest.mark.django_db
Output = pytest.CaptureFixture[str]
NAMES = ("Nia Ní Ó'Brien-Łukasiewicz", "Đặng Thị Hồng", "José “Pepe” d'Arc", "Zoë O’Neill")
HEADING = "Ref,Subject,Details,Customer,Mail,Type,Received\n"
MEANS = {
    "columns": {
        "external": "Ref", "title": "Subject", "text": "Details", "name": "Customer", "email": "Mail",
        "service": "Type", "received": "Received",
    },
    "values": {"service": {"LD": "learning"}},
    "days": "dmy",
}  # fmt: skip


@pytest.fixture
def keeper() -> Account:
    team = make_team()
    make_service(team=team, key="learning", name="Learning")
    TableMapping.objects.create(team=team, name="Old desk", means=MEANS, saved_at=AT)
    return make_manager(team=team)


def brought(file: Path, *words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    asked = ["table", str(file), "--mapping", "Old desk", "--service", "learning", "--json", *words]
    return command.run(parser.parse_args(asked))


def counted(output: Output) -> dict[str, int]:
    said = output.readouterr()
    assert said.err == ""
    found: dict[str, int] = json.loads(said.out)
    assert found["rows"] == sum(count for name, count in found.items() if name != "rows")
    return found


def line(number: int, *, name: str = "", kind: str = "LD", day: str = "02/11/2026") -> str:
    who = (name or f"Person {number}").replace('"', '""')
    return f'{number},Subject {number},"Said, once","{who}",p{number}@borth.example,{kind},{day}\n'


def table_of(folder: Path, *lines: str) -> Path:
    path = folder / "desk.csv"
    path.write_text(HEADING + "".join(lines))
    return path


def test_a_dry_run_says_what_would_happen_and_opens_nothing(
    keeper: Account, tmp_path: Path, capsys: Output
) -> None:
    file = table_of(tmp_path, line(1), line(2), line(2), line(3, kind="?"), line(4, day="31/02/2026"))
    assert brought(file, "--dry-run") == 0
    assert counted(capsys) == {"rows": 5, "new": 2, "refused": 2, "twice": 1}
    assert not Case.objects.exists()
    assert not Person.objects.filter(full_name="Person 1").exists()
    assert not Contact.objects.exists()


def test_rows_in_are_opened_copies_and_refused_and_the_same_file_again_opens_nothing(
    keeper: Account, tmp_path: Path, capsys: Output
) -> None:
    file = table_of(tmp_path, line(1), line(2), line(3, kind="?"))
    assert brought(file) == 0
    assert counted(capsys) == {"rows": 3, "opened": 2, "refused": 1}
    refused = TableRow.objects.get(result=TableRow.REFUSED)
    assert (refused.number, "“?”" in refused.reason) == (4, True)
    assert brought(file) == 0
    assert counted(capsys) == {"rows": 3, "copy": 2, "refused": 1}
    assert Case.objects.count() == Contact.objects.count() == 2


def test_people_are_called_as_they_are_called(keeper: Account, tmp_path: Path, capsys: Output) -> None:
    file = table_of(tmp_path, *(line(number, name=name) for number, name in enumerate(NAMES, start=1)))
    assert brought(file) == 0
    counted(capsys)
    cases = Case.objects.select_related("requester").order_by("pk")
    assert tuple(case.requester.full_name for case in cases if case.requester) == NAMES


def test_what_cannot_be_brought_in_is_said_with_what_there_is(
    keeper: Account, tmp_path: Path, capsys: Output
) -> None:
    good = table_of(tmp_path, line(1))
    assert brought(tmp_path / "nowhere.csv") == 2
    assert "not a table" in capsys.readouterr().err
    empty = tmp_path / "empty.csv"
    empty.write_text(HEADING)
    assert brought(empty) == 2
    assert "no rows" in capsys.readouterr().err
    assert brought(good, "--mapping", "Another") == 2
    assert "Old desk" in capsys.readouterr().err
    assert brought(good, "--service", "no-such") == 2
    assert "--service" in capsys.readouterr().err
    assert not Case.objects.exists()


def test_what_came_from_a_file_is_taken_back_as_far_as_nobody_has_touched_it(
    keeper: Account, tmp_path: Path, capsys: Output
) -> None:
    file = table_of(tmp_path, line(1), line(2), line(3))
    brought(file)
    counted(capsys)
    touched = Case.objects.get(title="Subject 2")
    write_note(touched, text="I have begun with this.", by=keeper, at=AT)
    assert brought(file, "--undo") == 0
    assert counted(capsys) == {"rows": 3, "opened": 1, "undone": 2}
    assert list(Case.objects.exclude(status=Case.CLOSED)) == [touched]
    assert brought(file) == 0
    assert counted(capsys) == {"rows": 3, "copy": 1, "opened": 2}


def test_a_file_of_which_nothing_is_open_is_not_taken_back(
    keeper: Account, tmp_path: Path, capsys: Output
) -> None:
    file = table_of(tmp_path, line(1))
    assert brought(file, "--undo") == 2
    assert "Nothing that came from this file" in capsys.readouterr().err
    brought(file, "--dry-run")
    capsys.readouterr()
    assert brought(file, "--undo") == 2


def test_more_rows_cost_queries_by_the_batch_and_not_by_the_row(
    keeper: Account, tmp_path: Path, capsys: Output
) -> None:
    brought(table_of(tmp_path, *(line(number) for number in range(10))))  # what is asked once is asked
    with CaptureQueriesContext(connection) as few:
        brought(table_of(tmp_path, *(line(number) for number in range(100, 150))))
    with CaptureQueriesContext(connection) as many:
        brought(table_of(tmp_path, *(line(number) for number in range(200, 350))))
    assert Case.objects.count() == 210
    batch = (len(many) - len(few)) / 2  # two more batches of fifty rows
    assert batch < 50, f"{batch} queries for fifty rows"


@pytest.mark.slow
def test_ten_thousand_rows_are_all_accounted_for(keeper: Account, tmp_path: Path, capsys: Output) -> None:
    brought(table_of(tmp_path, *(line(number) for number in range(20_000, 20_010))))
    capsys.readouterr()
    rows = [line(number, kind="?" if number % 100 == 0 else "LD") for number in range(10_000)]
    file = table_of(tmp_path, *rows, line(1))
    with CaptureQueriesContext(connection) as asked:
        assert brought(file) == 0
    assert counted(capsys) == {"rows": 10_001, "opened": 9_900, "refused": 100, "twice": 1}
    assert len(asked) < 10_000
    assert TableImport.objects.latest("pk").state == TableImport.FINISHED
    assert Case.objects.count() == Contact.objects.count() == 9_910
