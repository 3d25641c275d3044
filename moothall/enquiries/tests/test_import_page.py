"""Sending a mailbox from the browser: stored, read by the worker, and its progress shown."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client

from moothall.cases.models import Case
from moothall.cases.tests.make import make_manager
from moothall.enquiries import tasks
from moothall.enquiries.models import Import, Mailbox, Message, RawMessage
from moothall.enquiries.rules import uploading
from moothall.letters.models import Letter
from moothall.people.models import Account

from .make import mail, make_acknowledgement, make_mailbox, with_files

pytestmark = pytest.mark.django_db
PAGE = "/enquiries/imports/"


@pytest.fixture
def manager(client: Client, box: Mailbox) -> Account:
    account = make_manager(team=box.team)
    client.force_login(account)
    return account


def mbox(*raws: bytes) -> bytes:
    return b"".join(b"From x@y Mon Nov 16 08:00:00 2026\n" + raw + b"\n" for raw in raws)


def archive(**files: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return kept.getvalue()


def given(client: Client, box: Mailbox, name: str, content: bytes, **more: Any) -> Import | None:
    """Send a file; the run it began, if it was taken."""
    asked = {"mailbox": box.pk, "file": SimpleUploadedFile(name, content), **more}
    answer = client.post(PAGE, asked)
    if answer.status_code == 422:
        return None
    assert answer.status_code == 302
    run = Import.objects.order_by("-id")[0]
    assert answer["Location"] == f"{PAGE}{run.pk}/"
    return run


def worked(run: Import | None) -> Import:
    """What the worker does next."""
    assert run is not None
    tasks.import_in_background(import_id=run.pk)
    run.refresh_from_db()
    return run


def left_behind(settings: Any) -> list[Path]:
    return list((Path(settings.RAW_HOME) / "uploads").glob("*"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("post.mbox", mbox(mail("one"), mail("two", from_="x@y.example"))),
        ("POST.MBOX", mbox(mail("one"), mail("two", from_="x@y.example"))),
        (
            "post.zip",
            archive(a_eml=mail("one"), deep__b_eml=mail("two", from_="x@y.example"), notes_txt=b"no"),
        ),
        ("post.zip", archive(all_mbox=mbox(mail("one"), mail("two", from_="x@y.example")))),
    ],
)
def test_a_mailbox_is_taken_in_by_the_worker_and_the_upload_cleared_away(
    client: Client, box: Mailbox, manager: Account, settings: Any, name: str, content: bytes
) -> None:
    run = given(client, box, name, content)
    assert run is not None
    assert not Case.objects.exists()
    waiting = client.get(f"{PAGE}{run.pk}/").content.decode()
    assert "Reading…" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    worked(run)
    assert (run.source, run.read, run.new_cases, run.problem) == (name, 2, 2, "")
    part = client.get(f"{PAGE}{run.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "Finished" in part
    assert "hx-trigger" not in part
    assert "<html" not in part
    assert left_behind(settings) == []
    assert name in client.get(PAGE).content.decode()
    assert worked(run).read == 2


def test_one_message_is_a_mailbox_too(client: Client, box: Mailbox, manager: Account) -> None:
    assert worked(given(client, box, "one.eml", mail("one"))).new_cases == 1
    assert worked(given(client, box, "one.eml", mail("two", message_id="<1@x.example>"))).new_cases == 1
    assert worked(given(client, box, "noise.eml", b"\x00\x01 noise")).quarantined == 1


def test_what_is_no_mailbox_at_all_is_said_on_its_page(
    client: Client, box: Mailbox, manager: Account, settings: Any
) -> None:
    run = worked(given(client, box, "picture.mbox", b"\x89PNG\r\n\x1a\n" + b"\0" * 5000))
    html = client.get(f"{PAGE}{run.pk}/").content.decode()
    assert "It stopped:" in html
    assert "not a mailbox file" in html
    assert 'hx-trigger="every 1s"' not in html
    assert left_behind(settings) == []


def locked_archive() -> bytes:
    """A .zip whose member says that it is encrypted."""
    raw = bytearray(archive(a_eml=mail("one")))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def damaged_archive() -> bytes:
    raw = bytearray(archive(a_eml=mail("one" * 200)))
    raw[60:90] = b"\xff" * 30
    return bytes(raw)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("letter.docx", b"PK\x03\x04", "not a file of mail"),
        ("mailbox", mbox(mail("one")), "not a file of mail"),
        ("post.zip", b"PK\x03\x04 and then nothing", "not a file of mail"),
        ("post.zip", archive(a_txt=b"no mail"), "no .eml and no .mbox"),
        ("post.zip", locked_archive(), "protected by a password"),
        ("post.zip", damaged_archive(), "not a file of mail"),
    ],
)
def test_a_file_that_is_not_taken_leaves_nothing_behind(
    client: Client, box: Mailbox, manager: Account, settings: Any, name: str, content: bytes, words: str
) -> None:
    asked = {"mailbox": box.pk, "file": SimpleUploadedFile(name, content)}
    answer = client.post(PAGE, asked)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Import.objects.exists()
    assert left_behind(settings) == []


def test_an_archive_that_would_unpack_to_too_much_is_not_unpacked(
    client: Client, box: Mailbox, manager: Account, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "MOST_UNPACKED", 10_000)
    assert given(client, box, "bomb.zip", archive(a_eml=mail("x" * 20_000))) is None
    monkeypatch.setattr(uploading, "MOST_FILES", 1)
    assert given(client, box, "many.zip", archive(a_eml=mail("x"), b_eml=mail("y"))) is None
    assert left_behind(settings) == []


def test_no_name_in_an_archive_leads_out_of_its_folder(
    client: Client, box: Mailbox, manager: Account, settings: Any
) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        made.writestr("../../../evil.eml", mail("one"))
        made.writestr("/etc/evil.eml", mail("two", from_="x@y.example"))
    assert worked(given(client, box, "post.zip", kept.getvalue())).new_cases == 2
    assert not list(Path(settings.RAW_HOME).parent.rglob("evil.eml"))
    assert not Path("/etc/evil.eml").exists()
    assert list(RawMessage.objects.order_by("came_from").values_list("came_from", flat=True)) == [
        "000000-evil.eml", "000001-evil.eml"
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Mewnflwch Ffïon.mbox", "post.MBOX", "a" * 150 + ".mbox", "CON.mbox"])
def test_a_message_says_which_file_it_came_from(
    client: Client, box: Mailbox, manager: Account, name: str
) -> None:
    assert worked(given(client, box, name, mbox(mail("one")))).new_cases == 1
    came_from = RawMessage.objects.get().came_from
    assert came_from.lower().endswith(".mbox#1")
    assert came_from.removesuffix("#1") in {name, f"_{name}"}


def test_a_file_with_a_very_long_name_is_taken(client: Client, box: Mailbox, manager: Account) -> None:
    assert worked(given(client, box, "ŵ" * 200 + ".mbox", mbox(mail("one")))).new_cases == 1
    assert RawMessage.objects.get().came_from.endswith(".mbox#1")


def test_a_mailbox_of_fifty_megabytes_is_taken_without_holding_it_in_memory(
    client: Client, box: Mailbox, manager: Account, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = mbox(
        *(
            with_files((f"{n}.bin", bytes([n]) * 5_000_000), message_id=f"<{n}@x.example>")
            for n in range(1, 11)
        )
    )
    assert len(big) > 50_000_000
    upload = SimpleUploadedFile("big.mbox", big)
    assert len(big) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    taken: list[type] = []
    whole = uploading._store

    def noted(file: Any, path: Path) -> Path:
        taken.append(type(file))
        return whole(file, path)

    monkeypatch.setattr(uploading, "_store", noted)
    assert client.post(PAGE, {"mailbox": box.pk, "file": upload}).status_code == 302
    assert taken == [TemporaryUploadedFile]
    run = worked(Import.objects.get())
    assert (run.read, run.new_cases, run.quarantined) == (10, 10, 0)
    assert Message.objects.count() == 10


def test_two_sendings_of_one_file_are_one_set_of_messages(
    client: Client, box: Mailbox, manager: Account
) -> None:
    content = mbox(mail("one"), mail("two", from_="x@y.example"))
    runs = [given(client, box, "post.mbox", content) for _ in range(2)]
    assert [worked(run).duplicates for run in runs] == [0, 2]
    assert Case.objects.count() == 2


def test_old_mail_is_acknowledged_only_when_that_is_ticked(
    client: Client, box: Mailbox, manager: Account
) -> None:
    make_acknowledgement()
    worked(given(client, box, "old.eml", mail("one")))
    assert not Letter.objects.exists()
    worked(given(client, box, "new.eml", mail("two", from_="x@y.example"), acknowledge="on"))
    assert Letter.objects.get().to_address == "x@y.example"


def test_mail_goes_only_into_the_mailboxes_of_ones_own_team(
    client: Client, box: Mailbox, manager: Account
) -> None:
    theirs = make_mailbox()
    assert theirs.address not in client.get(PAGE).content.decode()
    assert given(client, theirs, "post.mbox", mbox(mail("one"))) is None
    assert not Import.objects.exists()
