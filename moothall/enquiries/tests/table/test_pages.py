"""The pages of a table: sent, mapped, tried, opened, read row by row, and taken back."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.cases.models import Case
from moothall.cases.tests.make import make_manager, make_service
from moothall.enquiries import tasks
from moothall.enquiries.models import TableImport, TableMapping, TableRow
from moothall.people.models import Account
from moothall.people.tests.make import make_team

pytestmark = pytest.mark.django_db
PAGE = "/enquiries/imports/table/"
TEXT = "Ref,Subject,Name\n1,A room,Ffion\n2,A course,Ahmed\n3,,\n"


@pytest.fixture
def worker(client: Client) -> Account:
    account = make_manager(team=make_team())
    client.force_login(account)
    return account


@pytest.fixture
def send(client: Client, worker: Account) -> Callable[..., TableImport]:
    """Send a table through the page, and have the worker read it."""
    team = worker.grants.get().team
    service = make_service(team=team)

    def sent(text: str = TEXT, name: str = "desk.csv") -> TableImport:
        file = SimpleUploadedFile(name, text.encode())
        assert team is not None
        answer = client.post(PAGE, {"file": file, "team": team.pk, "service": service.pk})
        assert answer.status_code == 302, answer.content.decode()
        table = TableImport.objects.latest("id")
        assert answer["Location"] == f"{PAGE}{table.pk}/"
        return table

    return sent


def worked(table: TableImport) -> None:
    tasks.bring_table_on(table_id=table.pk)


def test_a_table_goes_all_the_way_and_back(client: Client, send: Callable[..., TableImport]) -> None:
    table = send()
    page = f"{PAGE}{table.pk}/"
    assert 'hx-trigger="every 1s"' in client.get(page).content.decode()
    worked(table)
    assert "3 rows were read. Nothing has been written yet." in client.get(page).content.decode()
    html = client.get(f"{page}mapping/").content.decode()
    assert '<option value="Subject" selected' in html
    sent = {
        "column:title": "Subject",
        "column:name": "Name",
        "column:external": "Ref",
        "days": "dmy",
        "name": "Desk",
    }
    assert client.post(f"{page}mapping/", sent)["Location"] == page
    worked(table)
    html = client.get(page).content.decode()
    assert "Open 2 cases" in html
    assert not Case.objects.exists()
    client.post(f"{page}opening/")
    worked(table)
    assert "3 rows in: 2 opened, 0 copies, 1 refused." in client.get(page).content.decode()
    rows = client.get(f"{page}rows/").content.decode()
    assert Case.objects.earliest("id").reference in rows
    assert "neither a title nor a text" in rows
    assert b"Why it was refused" in client.get(f"{page}refused/").content
    client.post(f"{page}undoing/")
    worked(table)
    assert "Taken back" in client.get(page).content.decode()
    assert Case.objects.filter(outcome="opened_by_mistake").count() == 2


def test_a_saved_mapping_is_offered_for_the_next_file(
    client: Client, send: Callable[..., TableImport], worker: Account
) -> None:
    table = send()
    worked(table)
    kept = TableMapping.objects.create(
        team=table.team, name="Old desk", means={"columns": {"title": "Name"}}, saved_by=worker,
        saved_at=table.started_at,
    )  # fmt: skip
    html = client.get(f"{PAGE}{table.pk}/mapping/?saved={kept.pk}").content.decode()
    assert "Old desk" in html
    assert '<option value="Name" selected' in html


@pytest.mark.parametrize("name", ["letter.docx", "run.exe"])
def test_what_is_no_table_is_refused_at_the_door(client: Client, worker: Account, name: str) -> None:
    team = worker.grants.get().team
    assert team is not None
    sent = {"file": SimpleUploadedFile(name, b"x"), "team": team.pk, "service": make_service(team=team).pk}
    answer = client.post(PAGE, sent)
    assert answer.status_code == 422
    assert "not a table we can read" in answer.content.decode()
    assert not TableImport.objects.exists()


def test_another_teams_table_does_not_exist(client: Client, send: Callable[..., TableImport]) -> None:
    table = send()
    client.force_login(make_manager(team=make_team()))
    for place in ("", "mapping/", "rows/", "refused/"):
        assert client.get(f"{PAGE}{table.pk}/{place}").status_code == 404


def test_the_rows_are_asked_for_as_often_when_they_are_many(
    client: Client, send: Callable[..., TableImport]
) -> None:
    table = send()
    worked(table)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{PAGE}{table.pk}/rows/").status_code == 200
        return len(asked)

    queries()
    few = queries()
    TableRow.objects.bulk_create(TableRow(table=table, number=100 + n, cells=["x"]) for n in range(20))
    assert queries() == few
