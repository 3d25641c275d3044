"""Credentials are brought in from a file: compared first, recorded as chosen, taken back with one press."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from xlsxwriter import Workbook

from moothall.core.clock import now, today
from moothall.credentials import tasks
from moothall.credentials.models import Credential, CredentialFile, CredentialKind, CredentialRow
from moothall.credentials.rules.bringing import steps
from moothall.credentials.rules.bringing.reading import Means, guess_means
from moothall.credentials.rules.recording import record_credential, verify_credential
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_person, make_team
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

from .make import KEEPER, make_keeper, make_kind

pytestmark = pytest.mark.django_db
HEADING = "Staff number,Certificate,Certificate number,Issued,Expires,Issued by\n"


@pytest.fixture(autouse=True)
def raw_home(settings: Any, tmp_path: Path) -> None:
    settings.RAW_HOME = tmp_path / "raw"


@pytest.fixture
def driver() -> Employment:
    make_kind(key="first-aid", name="First aid at work", name_cy="Cymorth cyntaf yn y gwaith")
    make_kind(key="midas", name="MiDAS certificate", second_check=True)
    return make_employment(make_person(full_name="Ffion Adeyemi"), number="D100")


def worked(table: CredentialFile) -> CredentialFile:
    tasks.bring_credentials_on(file_id=table.pk)
    table.refresh_from_db()
    return table


def sent(keeper: Account, rows: str, name: str = "licences.csv") -> CredentialFile:
    file = SimpleUploadedFile(name, (HEADING + rows).encode())
    table = worked(steps.take_file(file, by=keeper, at=now()))
    assert table.state == CredentialFile.READ, table.problem
    return table


def compared(keeper: Account, rows: str, **changes: object) -> CredentialFile:
    table = sent(keeper, rows)
    means = Means(**{**guess_means(table.columns).as_dict(), **changes})
    steps.say_what_it_means(table, means, by=keeper, at=now())
    return worked(table)


def recorded(keeper: Account, rows: str, **changes: object) -> CredentialFile:
    table = compared(keeper, rows, **changes)
    steps.begin_recording(table, kinds=CredentialRow.CARRIED_OUT, by=keeper, at=now())
    return worked(table)


def kinds(table: CredentialFile) -> list[str]:
    return list(table.lines.order_by("number").values_list("kind", flat=True))


def test_columns_are_known_by_what_they_are_usually_called() -> None:
    found = guess_means(["Rhif staff", "Tystysgrif", "Rhif tystysgrif", "Dyddiad cyhoeddi", "Valid until"])
    assert dict(found.columns) == {
        "employee": "Rhif staff", "kind": "Tystysgrif", "number": "Rhif tystysgrif",
        "issued_on": "Dyddiad cyhoeddi", "expires_on": "Valid until",
    }  # fmt: skip


def test_every_row_is_compared_and_nothing_is_recorded(driver: Employment) -> None:
    table = compared(
        make_keeper(),
        "D100,First aid at work,FA-1,01/02/2025,31/01/2028,St John\n"
        "D100,Cymorth cyntaf yn y gwaith,FA-1,01/02/2025,31/01/2028,St John\n"
        "D999,First aid at work,FA-2,01/02/2025,31/01/2028,St John\n"
        "D100,Tightrope,T-1,01/02/2025,31/01/2028,Circus\n"
        "D100,First aid at work,FA-3,40/02/2025,31/01/2028,St John\n"
        "D100,MiDAS certificate,M-1,01/02/2025,,CTA\n",
    )
    assert kinds(table) == ["NEW", "TWICE", "REFUSED", "REFUSED", "REFUSED", "REFUSED"]
    reasons = list(table.lines.order_by("number").values_list("reason", flat=True))
    assert "Nobody on record" in reasons[2]
    assert "Certificate: No kind is called “Tightrope”" in reasons[3]
    assert "Issued: “40/02/2025” is no day" in reasons[4]
    assert "runs out" in reasons[5]
    assert not Credential.objects.exists()


def test_what_is_chosen_is_recorded_once_and_what_needs_a_second_person_waits(driver: Employment) -> None:
    keeper = make_keeper()
    rows = (
        "D100,First aid at work,FA-1,01/02/2025,31/01/2028,St John\n"
        "D100,MiDAS certificate,M-1,01/02/2025,31/01/2028,CTA\n"
    )
    table = recorded(keeper, rows, seen=True)
    assert table.state == CredentialFile.FINISHED
    held = {each.kind.key: each for each in Credential.objects.select_related("kind")}
    assert (held["first-aid"].issuer, held["first-aid"].verified_by) == ("St John", keeper)
    assert held["midas"].verified_at is None
    assert kinds(compared(keeper, rows)) == ["SAME", "SAME"]


def test_a_renewal_takes_the_place_of_what_was_held_until_it_is_undone(
    driver: Employment,
) -> None:
    keeper = make_keeper()
    recorded(keeper, "D100,First aid at work,FA-1,01/02/2023,31/01/2026,St John\n", seen=True)
    table = recorded(keeper, "D100,First aid at work,FA-2,01/02/2026,31/01/2029,St John\n", seen=True)
    assert kinds(table) == ["RENEWAL"]
    older, newer = Credential.objects.order_by("issued_on")
    assert older.superseded_by == newer
    steps.begin_undoing(table, by=keeper, at=now())
    assert worked(table).state == CredentialFile.UNDONE
    older.refresh_from_db()
    newer.refresh_from_db()
    assert older.superseded_by is None
    assert newer.withdrawn_at is not None


def test_days_that_differ_are_shown_and_left_to_a_person(driver: Employment) -> None:
    keeper = make_keeper()
    recorded(keeper, "D100,First aid at work,FA-1,01/02/2025,31/01/2028,St John\n")
    table = compared(keeper, "D100,First aid at work,FA-1,01/02/2025,31/01/2027,St John\n")
    assert kinds(table) == ["DIFFERS"]
    assert "31/01/2028" in table.lines.get().reason
    with pytest.raises(steps.NothingToRecord):
        steps.begin_recording(table, kinds=["DIFFERS"], by=keeper, at=now())


def test_what_somebody_worked_on_since_stays_and_says_so(driver: Employment) -> None:
    keeper = make_keeper()
    table = recorded(keeper, "D100,MiDAS certificate,M-1,01/02/2025,31/01/2028,CTA\n")
    verify_credential(Credential.objects.get(), by=make_keeper(), at=now())
    steps.begin_undoing(table, by=keeper, at=now())
    worked(table)
    assert Credential.objects.get().withdrawn_at is None
    assert "so it stays" in table.lines.get().reason


def test_nobody_brings_in_what_they_hold_themselves(driver: Employment) -> None:
    keeper = make_keeper(person=driver.person)
    table = compared(keeper, "D100,First aid at work,FA-1,01/02/2025,31/01/2028,St John\n")
    assert kinds(table) == ["REFUSED"]


def test_a_file_of_one_kind_and_with_words_of_its_own_is_read(driver: Employment, tmp_path: Path) -> None:
    path = tmp_path / "dvla.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(
            (["Driver number", "From", "Valid to"], ["D100", "01/02/2025", "31/01/2028"])
        ):
            sheet.write_row(place, 0, row)
    keeper = make_keeper()
    file = SimpleUploadedFile("dvla.xlsx", path.read_bytes())
    table = worked(steps.take_file(file, by=keeper, at=now()))
    means = guess_means(table.columns)
    with pytest.raises(steps.ColumnsNeeded):
        steps.say_what_it_means(table, means, by=keeper, at=now())
    steps.say_what_it_means(table, Means(means.columns, kind="first-aid"), by=keeper, at=now())
    assert kinds(worked(table)) == ["NEW"]
    words = compared(
        keeper, "D100,FAW,FA-1,01/02/2025,31/01/2028,St John\n", words={"faw": "First aid at work"}
    )
    assert kinds(words) == ["NEW"]


def test_a_job_that_is_run_twice_records_once(driver: Employment) -> None:
    table = recorded(make_keeper(), "D100,First aid at work,FA-1,01/02/2025,31/01/2028,St John\n")
    CredentialFile.objects.filter(pk=table.pk).update(state=CredentialFile.RUNNING)
    worked(table)
    assert Credential.objects.count() == 1
    assert table.state == CredentialFile.FINISHED


def test_a_file_goes_from_page_to_page_to_the_record_and_back(client: Client, driver: Employment) -> None:
    client.force_login(make_keeper())
    assert reverse("bring_credentials") in client.get(reverse("credential_list")).content.decode()
    assert "No file has been brought in yet." in client.get(reverse("bring_credentials")).content.decode()
    bad = client.post(reverse("bring_credentials"), {"file": SimpleUploadedFile("x.pdf", b"x")})
    assert bad.status_code == 422
    rows = "D100,First aid at work,FA-1,01/02/2025,31/01/2028,St John\nD999,Nothing,X,1/1/2025,,\n"
    client.post(
        reverse("bring_credentials"), {"file": SimpleUploadedFile("fa.csv", (HEADING + rows).encode())}
    )
    table = worked(CredentialFile.objects.get())
    mapping = reverse("map_credential_file", args=[table.pk])
    assert "Staff number" in client.get(mapping).content.decode()
    assert client.post(mapping, {"days": "dmy"}).status_code == 422
    named = {f"column:{name}": column for name, column in guess_means(table.columns).columns.items()}
    client.post(mapping, named | {"days": "dmy", "seen": "on"})
    worked(table)
    page = reverse("credential_file", args=[table.pk])
    assert "Record them" in client.get(page).content.decode()
    refused = client.get(reverse("credential_file_refused", args=[table.pk]))
    assert b"Nobody on record" in refused.content or b"No kind is called" in refused.content
    client.post(reverse("record_credential_file", args=[table.pk]), {"kinds": ["NEW"]})
    worked(table)
    assert "1 credential was recorded." in client.get(page).content.decode()
    assert "FA-1" in client.get(reverse("credential", args=[Credential.objects.get().pk])).content.decode()
    client.post(reverse("undo_credential_file", args=[table.pk]))
    worked(table)
    assert Credential.objects.get().withdrawn_at is not None
    assert "Taken back" in client.get(reverse("credential_file_rows", args=[table.pk])).content.decode()


def test_what_is_ours_and_not_in_the_file_is_listed(client: Client, driver: Employment) -> None:
    keeper = make_keeper()
    other = make_employment(make_person(full_name="Tomos Wójcik"), number="D200")
    record_credential(
        other.person, kind=CredentialKind.objects.get(key="first-aid"), number="FA-9",
        issued_on=today(), expires_on=today(), by=None, at=now(), seen=True,
    )  # fmt: skip
    rows = "D100,First aid at work,FA-1,01/02/2025,31/01/2028,St John\n"
    recorded(keeper, rows, seen=True)
    table = compared(keeper, rows)
    client.force_login(keeper)
    shown = client.get(reverse("credential_file_missing", args=[table.pk])).content.decode()
    assert "Tomos Wójcik" in shown
    assert "Ffion Adeyemi" not in shown


def test_a_file_is_for_those_who_keep_everybodys_record(client: Client, driver: Employment) -> None:
    table = sent(make_keeper(), "D100,First aid at work,FA-1,01/02/2025,31/01/2028,St John\n")
    client.force_login(make_account(*KEEPER, team=make_team()))
    assert client.get(reverse("bring_credentials")).status_code == 404
    assert client.get(reverse("credential_file", args=[table.pk])).status_code == 404


def test_the_rows_ask_as_often_for_many_as_for_few(client: Client, driver: Employment) -> None:
    keeper = make_keeper()
    table = compared(keeper, "D100,First aid at work,FA-1,01/02/2025,31/01/2028,St John\n")
    client.force_login(keeper)
    address = reverse("credential_file_rows", args=[table.pk])
    client.get(address)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    few = queries()
    CredentialRow.objects.bulk_create(
        CredentialRow(table=table, number=number, cells=table.lines.get(number=2).cells, kind="SAME")
        for number in range(10, 40)
    )
    assert queries() == few
