"""Bringing staff records in on pages: send, say what columns mean, look, carry out, take back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_team
from moothall.records.rules import tables
from moothall.workforce.models import Employment, StaffImport, StaffRow

from .make import make_employment
from .test_bringing import EXTRACTS, compared, keeper, worked
from .test_pages import KEEPS, browser, said

pytestmark = pytest.mark.django_db
__all__ = ["keeper"]


def test_an_extract_goes_from_the_file_to_the_records_and_back(keeper: Account) -> None:
    client = browser(keeper)
    file = SimpleUploadedFile("itrent.csv", (EXTRACTS / "itrent.csv").read_bytes())
    client.post(reverse("import_staff"), {"file": file})
    table = worked(StaffImport.objects.get())
    assert "itrent.csv" in said(client, "import_staff")
    page = said(client, "map_staff_import", table.pk)
    assert "Personal Reference" in page
    named = {
        "number": "Personal Reference", "family_name": "Surname", "given_name": "Forename",
        "started_on": "Start Date", "post_number": "Position Reference", "post_title": "Position Title",
        "unit": "Org Unit", "manager": "Reports To",
    }  # fmt: skip
    fields = {f"column:{name}": column for name, column in named.items()}
    sent = fields | {"source": "ITRENT", "days": "dmy", "changes_from": "today", "name": "Ours"}
    client.post(reverse("map_staff_import", args=[table.pk]), sent)
    worked(table)
    page = said(client, "staff_import", table.pk)
    assert "Joiner" in page
    assert "Carry it out" in page
    client.post(reverse("run_staff_import", args=[table.pk]), {"kinds": ["JOINER"]})
    worked(table)
    assert Employment.objects.count() == 3
    assert "3 rows were carried out." in said(client, "staff_import", table.pk)
    assert "Blodwen Okonkwo-Pryce" in said(client, "staff_import_rows", table.pk)
    client.post(reverse("undo_staff_import", args=[table.pk]))
    worked(table)
    assert Employment.objects.count() == 0


def test_who_is_ours_and_not_in_the_file_is_listed(keeper: Account) -> None:
    make_employment(number="OURS1")
    table = compared(keeper, EXTRACTS / "itrent.csv")
    client = browser(keeper)
    assert "OURS1" in said(client, "staff_import_missing", table.pk)
    assert "In our records, not in the file" in said(client, "staff_import", table.pk)


def test_refused_rows_are_downloaded_to_be_mended(keeper: Account) -> None:
    table = compared(keeper, EXTRACTS / "broken.csv")
    response = browser(keeper).get(reverse("staff_import_refused", args=[table.pk]))
    assert response["Content-Type"].startswith("text/csv")
    assert "No unit is called “Airships”" in response.content.decode()


def test_a_file_that_is_too_large_or_no_table_is_refused_in_words(
    keeper: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser(keeper)
    wrong = client.post(reverse("import_staff"), {"file": SimpleUploadedFile("staff.exe", b"MZ")})
    assert "This is not a table we can read." in wrong.content.decode()
    monkeypatch.setattr("moothall.workforce.rules.bringing.taking.LARGEST", 5)
    large = client.post(reverse("import_staff"), {"file": SimpleUploadedFile("staff.csv", b"a,b\n1,2\n")})
    assert "This file is larger than 50 MB." in large.content.decode()
    assert tables.LARGEST == 50 * 2**20


def test_an_extract_is_for_those_who_keep_everybodys_record(keeper: Account) -> None:
    table = compared(keeper, EXTRACTS / "itrent.csv")
    client = browser(make_account(*KEEPS, team=make_team()))
    assert client.get(reverse("import_staff")).status_code == 404
    assert client.get(reverse("staff_import", args=[table.pk])).status_code == 404


def test_the_rows_ask_as_often_for_many_as_for_few(keeper: Account) -> None:
    table, client, counts = compared(keeper, EXTRACTS / "itrent.csv"), browser(keeper), []
    said(client, "staff_import_rows", table.pk)
    for number in (2, 20):
        StaffRow.objects.bulk_create(
            StaffRow(table=table, number=number * 100 + each, cells=[], kind="SAME",
                     employment=make_employment())
            for each in range(number)
        )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            said(client, "staff_import_rows", table.pk)
        counts.append(len(asked))
    assert counts[0] == counts[1]
