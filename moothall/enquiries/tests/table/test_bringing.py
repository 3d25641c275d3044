"""A table is tried without writing, opened exactly once, and taken back as far as nobody has touched it."""

from pathlib import Path

import pytest

from moothall.cases.models import Case, Entry
from moothall.cases.rules.timeline import write_note
from moothall.cases.tests.make import AT, make_manager, make_service
from moothall.enquiries import tasks
from moothall.enquiries.models import Contact, TableImport, TableMapping, TableRow
from moothall.enquiries.rules.table.bringing import NotNow, TitleOrText, keep_table, say_what_it_means
from moothall.enquiries.rules.table.meaning import Means, guess_columns, read_day
from moothall.enquiries.rules.table.mending import refused_rows
from moothall.enquiries.rules.table.opening import begin_opening, begin_undoing
from moothall.people.models import Account, Person
from moothall.people.tests.make import make_person, make_team

pytestmark = pytest.mark.django_db
HEADING = "Ref,Subject,Details,Customer,Mail,Tel,Type,Received\n"
ROWS = (
    "1,A room,For twelve,Siân Puw,sian@borth.example,,LD,02/11/2026\n"
    "2,A course,First aid,Ahmed Farah,,029 2018 0456,LD,03/11/2026\n"
)
MEANS = Means(
    {
        "external": "Ref", "title": "Subject", "text": "Details", "name": "Customer", "email": "Mail",
        "phone": "Tel", "service": "Type", "received": "Received",
    },
    {"service": {"LD": "learning"}},
)  # fmt: skip


@pytest.fixture
def worker() -> Account:
    team = make_team()
    make_service(team=team, key="learning", name="Learning")
    return make_manager(team=team)


def kept(worker: Account, folder: Path, text: str = HEADING + ROWS) -> TableImport:
    """A table kept and read by the worker."""
    path = folder / f"table-{TableImport.objects.count()}.csv"
    path.write_text(text)
    team = worker.grants.get().team
    assert team is not None
    service = make_service(team=team)
    table = keep_table(path, source="table.csv", team=team, service=service, by=worker, at=AT)
    return worked(table)


def worked(table: TableImport) -> TableImport:
    tasks.bring_table_on(table_id=table.pk)
    table.refresh_from_db()
    return table


def tried(worker: Account, folder: Path, text: str = HEADING + ROWS, means: Means = MEANS) -> TableImport:
    table = kept(worker, folder, text)
    say_what_it_means(table, means, by=worker, at=AT)
    return worked(table)


def opened(worker: Account, folder: Path, text: str = HEADING + ROWS) -> TableImport:
    table = tried(worker, folder, text)
    begin_opening(table, by=worker, at=AT)
    return worked(table)


def results(table: TableImport) -> list[str]:
    return list(table.lines.order_by("number").values_list("result", flat=True))


def test_trying_says_what_would_happen_and_writes_nothing(worker: Account, tmp_path: Path) -> None:
    table = tried(worker, tmp_path)
    assert table.state == TableImport.CHECKED
    assert results(table) == ["NEW", "NEW"]
    assert not Case.objects.exists()
    assert not Person.objects.filter(full_name="Siân Puw").exists()


def test_opened_each_row_is_a_case_with_its_person_and_its_words(worker: Account, tmp_path: Path) -> None:
    table = opened(worker, tmp_path)
    first = Case.objects.get(title="A room")
    assert table.state == TableImport.FINISHED
    assert results(table) == ["OPENED", "OPENED"]
    assert first.service.key == "learning"
    assert first.requester is not None
    assert (first.requester.full_name, f"{first.received_at:%d %H}") == ("Siân Puw", "02 09")
    assert Entry.objects.get(case=first).text == "For twelve"
    assert Contact.objects.filter(led_to__case=first).count() == 1
    assert table.lines.get(number=2).case == first


def test_the_same_file_again_opens_nothing(worker: Account, tmp_path: Path) -> None:
    opened(worker, tmp_path)
    again = opened(worker, tmp_path)
    assert results(again) == ["COPY", "COPY"]
    assert Case.objects.count() == 2
    assert Person.objects.filter(full_name="Ahmed Farah").count() == 1


def test_a_row_without_a_number_is_known_by_all_that_stands_in_it(worker: Account, tmp_path: Path) -> None:
    means = Means({"title": "Subject"})
    text = HEADING + ",A room,,,,,,\n,A room,,,,,,\n,A room,again,,,,,\n"
    assert results(tried(worker, tmp_path, text, means)) == ["NEW", "TWICE", "NEW"]


def test_somebody_known_by_address_or_by_number_and_name_is_not_added_again(
    worker: Account, tmp_path: Path
) -> None:
    known = make_person(full_name="Siân Puw", emails=["sian@borth.example"])
    other = make_person(full_name="Ahmed Farah", phones=["+44 29 2018 0456"])
    opened(worker, tmp_path)
    assert {case.requester for case in Case.objects.select_related("requester")} == {known, other}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("3,,,x,,,,", "neither a title nor a text"),
        ("3,A,,x,no address,,,", "no email address"),
        ("3,A,,x,,,Magic,", "No service is called “Magic”"),
        ("3,A,,x,,,,31/02/2026", "no day in the order chosen"),
        ("3,A,,x,,,,02/11/2096", "in the future"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_in_words(
    worker: Account, tmp_path: Path, row: str, words: str
) -> None:
    table = tried(worker, tmp_path, f"{HEADING}{row}\n")
    assert results(table) == ["REFUSED"]
    assert words in table.lines.get().reason


def test_rows_in_are_rows_opened_copied_and_refused(worker: Account, tmp_path: Path) -> None:
    table = opened(worker, tmp_path, HEADING + ROWS + "1,Again,,,,,,\n9,,,,,,,\n")
    assert results(table) == ["OPENED", "OPENED", "TWICE", "REFUSED"]
    assert table.rows == table.lines.exclude(result="").count() == 4


def test_refused_rows_come_back_as_they_stood_with_the_reason_and_harmless(
    worker: Account, tmp_path: Path
) -> None:
    table = tried(worker, tmp_path, HEADING + '9,,,"=cmd|calc",,,,\n')
    text = refused_rows(table).decode("utf-8-sig")
    assert text.splitlines()[0].endswith("Received,Why it was refused")
    assert "'=cmd|calc" in text


def test_taken_back_the_untouched_cases_close_and_the_rows_may_come_again(
    worker: Account, tmp_path: Path
) -> None:
    table = opened(worker, tmp_path)
    touched = Case.objects.get(title="A room")
    write_note(touched, text="Rang them.", by=worker, at=AT)
    begin_undoing(table, by=worker, at=AT)
    worked(table)
    assert table.state == TableImport.UNDONE
    assert results(table) == ["OPENED", "UNDONE"]
    assert Case.objects.get(title="A course").outcome == "opened_by_mistake"
    assert not Case.objects.get(title="A room").is_closed
    assert results(opened(worker, tmp_path)) == ["COPY", "OPENED"]


def test_a_job_that_runs_twice_or_was_stopped_opens_nothing_twice(worker: Account, tmp_path: Path) -> None:
    table = opened(worker, tmp_path)
    TableImport.objects.filter(pk=table.pk).update(state=TableImport.RUNNING)
    worked(worked(table))
    assert Case.objects.count() == 2
    with pytest.raises(NotNow):
        begin_opening(table, by=worker, at=AT)


def test_a_mapping_is_kept_under_its_name_and_kept_anew(worker: Account, tmp_path: Path) -> None:
    for _round in range(2):
        say_what_it_means(kept(worker, tmp_path), MEANS, name="Old desk", by=worker, at=AT)
    assert Means.of(TableMapping.objects.get(name="Old desk").means) == MEANS


def test_a_mapping_without_title_or_text_is_refused(worker: Account, tmp_path: Path) -> None:
    with pytest.raises(TitleOrText):
        say_what_it_means(kept(worker, tmp_path), Means({"name": "Customer"}), by=worker, at=AT)


def test_what_is_no_table_says_so_and_stops(worker: Account, tmp_path: Path) -> None:
    table = kept(worker, tmp_path, "Title\n")
    assert table.state == TableImport.STOPPED
    assert "There are no rows in this table." in table.problem


def test_usual_names_of_columns_are_guessed() -> None:
    guessed = guess_columns(["Ticket ID", "Subject", "Description", "E-mail", "Created", "Queue"])
    assert guessed["title"] == "Subject"
    assert (guessed["text"], guessed["email"], guessed["team"]) == ("Description", "E-mail", "Queue")


@pytest.mark.parametrize(
    ("said", "order", "day"),
    [("02/11/2026", "dmy", "2026-11-02"), ("02/11/2026", "mdy", "2026-02-11"),
     ("2026-11-02", "mdy", "2026-11-02"),
     ("2 November 2026", "dmy", "2026-11-02"), ("2026/11/02", "ymd", "2026-11-02"), ("soon", "dmy", "")],
)  # fmt: skip
def test_a_day_is_read_in_the_order_chosen(said: str, order: str, day: str) -> None:
    found = read_day(said, order)
    assert (f"{found:%Y-%m-%d}" if found else "") == day


def test_a_row_may_answer_the_form_of_its_service(worker: Account, tmp_path: Path) -> None:
    means = Means({"title": "Subject", "answer:level": "Details"})
    table = tried(worker, tmp_path, HEADING + "1,A course,Level 3,,,,,\n", means)
    begin_opening(table, by=worker, at=AT)
    worked(table)
    assert Case.objects.get().answers == {"level": "Level 3"}
    assert TableRow.objects.get().case == Case.objects.get()
