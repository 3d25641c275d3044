"""A file is checked on the way in, kept once by its content, and handed out so that nothing in it runs."""

import datetime as dt
import hashlib
import io
import os
from pathlib import Path

import pytest
from django.http import FileResponse
from pytest_django import Settings

from moothall.core.clock import now
from moothall.records.models import Document
from moothall.records.rules import archives, pictures
from moothall.records.rules.destroying import clear_leftovers
from moothall.records.rules.documents import download_response, folder, keep_document, open_document, path_of
from moothall.records.rules.file_types import OPEN_XML
from moothall.records.rules.refusals import (
    CannotLookInside,
    CouldRun,
    Damaged,
    DocumentMissing,
    DocumentRefused,
    Empty,
    Infected,
    TooLarge,
    TooManyPixels,
    UnpacksTooLarge,
    WrongKind,
)

from .make import AT, make_account, make_document, make_docx, make_picture, make_tar_gz, make_zip, zip_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Settings) -> Path:
    settings.FILES_HOME = tmp_path / "files"
    return tmp_path / "files"


def everything_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_found_by_the_digest_of_its_bytes(files: Path) -> None:
    carys = make_account()
    document = keep_document(b"Minutes", name="minutes.txt", by=carys, at=AT)
    digest = hashlib.sha256(b"Minutes").hexdigest()
    assert (document.sha256, document.size, document.media_type) == (digest, 7, "text/plain")
    assert (document.added_by, document.added_at, document.state) == (carys, AT, Document.UNSCANNED)
    assert everything_in(files) == [files / digest[:2] / digest[2:4] / digest]
    with open_document(document) as file:
        assert file.read() == b"Minutes"


def test_the_same_bytes_are_on_disk_once_however_often_they_come(files: Path) -> None:
    first = make_document(b"Logo", name="logo.txt")
    second = make_document(b"Logo", name="letter.txt")
    assert first.pk != second.pk
    assert len(everything_in(files)) == 1


def test_a_stored_file_that_was_cut_short_is_put_right_by_the_next_copy() -> None:
    document = make_document(b"Whole file")
    path_of(document.sha256).write_bytes(b"Wh")
    make_document(b"Whole file")
    assert path_of(document.sha256).read_bytes() == b"Whole file"


def test_a_stream_is_kept_like_bytes() -> None:
    assert make_document(io.BytesIO(b"Streamed")).size == 8  # type: ignore[arg-type]


def test_a_refused_file_leaves_nothing_behind(files: Path) -> None:
    with pytest.raises(Empty):
        make_document(b"")
    assert everything_in(files) == []
    assert not Document.objects.exists()


def test_a_row_is_written_only_when_the_file_is_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        make_document()
    assert not Document.objects.exists()


def test_a_file_above_the_limit_is_refused(settings: Settings) -> None:
    settings.DOCUMENT_SIZE_LIMIT = 10
    make_document(b"0123456789")
    with pytest.raises(TooLarge, match="larger than this office keeps"):
        make_document(b"0123456789a")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\nia\\plan.txt", "plan.txt"),
        ("pay\u202etxt.exe.txt", "paytxt.exe.txt"),
        ("con.txt", "_con.txt"),
        ("  spaced\n out.txt ", "spaced out.txt"),
        ("...", "document"),
        ("what?.txt", "what_.txt"),
        (f"{'ŵ' * 300}.txt", f"{'ŵ' * 176}.txt"),
    ],
)
def test_a_name_is_made_safe_for_every_computer(given: str, kept: str) -> None:
    assert make_document(name=given).name == kept


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("report.pdf", PDF, "application/pdf"),
        ("photo.JPEG", make_picture(kind="JPEG"), "image/jpeg"),
        ("plan.png", make_picture(), "image/png"),
        ("table.csv", "enw,oed\nŴen,4\n".encode(), "text/csv"),
        ("utf16.csv", "a,b\n".encode("utf-16"), "text/csv"),
        ("old.doc", OLE, "application/msword"),
        ("old.doc", b"{\\rtf1 Dear all}", "application/msword"),
        ("talk.txt", b"The %PDF- mark begins a PDF", "text/plain"),
        ("letter.docx", make_docx(), OPEN_XML + "wordprocessingml.document"),
        ("papers.zip", make_zip(agenda__txt=b"1. Apologies"), "application/zip"),
        ("backup.tgz", make_tar_gz(), "application/gzip"),
        ("noname", PDF, "application/pdf"),
        ("noname", b"Just words", "text/plain"),
        ("winmail.dat", b"\x78\x9f\x3e\x22" + bytes(60), "application/octet-stream"),
        ("MZ.txt", b"MZ are the initials of the chair", "text/plain"),
    ],
)
def test_what_an_office_works_with_is_kept_under_its_right_type(
    name: str, content: bytes, media_type: str
) -> None:
    assert make_document(content, name=name).media_type == media_type


PROGRAM = b"MZ\x90\0\x03" + bytes(120)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("setup.exe", b"anything", CouldRun),
        ("invoice.pdf.js", b"alert(1)", CouldRun),
        ("invoice.pdf", PROGRAM, CouldRun),
        ("tool", b"\x7fELF" + bytes(60), CouldRun),
        ("shortcut.lnk", b"x", CouldRun),
        ("sums.xlsm", make_docx(), CouldRun),
        ("letter.docx", make_docx(**{"word/vbaProject__bin": b"x"}), CouldRun),
        ("papers.zip", make_zip(setup__exe=b"x"), CouldRun),
        ("papers.zip", make_zip(harmless__txt=PROGRAM), CouldRun),
        ("papers.zip", make_zip(inner__zip=make_zip(run__bat=b"del")), CouldRun),
        ("links.tgz", make_tar_gz("a", link_to="/etc/passwd"), CouldRun),
        ("photo.png", b"<html><script>", WrongKind),
        ("report.pdf", make_picture(), WrongKind),
        ("letter.docx", make_zip(a__txt=b"x"), WrongKind),
        ("table.csv", make_picture(), WrongKind),
        ("notes.txt", PDF, WrongKind),
        ("papers.7z", b"x", CannotLookInside),
        ("papers.bin", b"Rar!\x1a\x07\0", CannotLookInside),
        ("papers.zip", make_zip(inner__7z=b"7z\xbc\xaf\x27\x1c"), CannotLookInside),
        ("papers.zip", zip_of({"../../etc/cron.d/x": b"x"}), CannotLookInside),
        ("papers.zip", zip_of({"C:\\x.txt": b"x"}), CannotLookInside),
        ("papers.zip", make_zip(a__txt=b"x" * 99)[:-30], Damaged),
        ("backup.tgz", make_tar_gz()[:-12], Damaged),
        ("photo.png", make_picture()[:20], Damaged),
    ],
)
def test_what_could_do_harm_is_refused(name: str, content: bytes, refusal: type[DocumentRefused]) -> None:
    with pytest.raises(refusal) as caught:
        make_document(content, name=name)
    assert str(caught.value.sentence)
    assert str(caught.value.next_step)


def test_a_type_told_by_the_sender_counts_only_when_the_name_says_nothing() -> None:
    with pytest.raises(WrongKind):
        make_document(b"<html>", name="scan", declared_type="application/pdf")
    assert make_document(PDF, name="scan.pdf", declared_type="text/html").media_type == "application/pdf"


def test_an_archive_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "ALWAYS_ALLOWED", 100_000)
    make_document(make_zip(zeros__txt=bytes(50_000)), name="small.zip")
    with pytest.raises(UnpacksTooLarge):
        make_document(make_zip(zeros__txt=bytes(1_000_000)), name="bomb.zip")
    with pytest.raises(UnpacksTooLarge):
        make_document(make_tar_gz(content=bytes(1_000_000)), name="bomb.tgz")


def test_the_unpacked_size_is_counted_over_nested_archives_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "ALWAYS_ALLOWED", 100_000)
    inner = make_zip(zeros__txt=bytes(60_000))
    with pytest.raises(UnpacksTooLarge):
        make_document(make_zip(one__zip=inner, two__zip=inner), name="bomb.zip")


def test_archives_in_archives_are_followed_three_deep_and_no_further() -> None:
    two = make_zip(a__zip=make_zip(b__txt=b"x"))
    make_document(make_zip(c__zip=two), name="three.zip")
    with pytest.raises(UnpacksTooLarge):
        make_document(make_zip(d__zip=make_zip(c__zip=two)), name="four.zip")


def test_an_archive_of_very_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 10)
    with pytest.raises(UnpacksTooLarge):
        make_document(zip_of({f"{n}.txt": b"" for n in range(30)}), name="many.zip")


def test_members_that_share_their_bytes_are_refused() -> None:
    bomb = bytearray(make_zip(one__txt=b"x" * 500, two__txt=b"y" * 500))
    second = bomb.rindex(b"PK\x01\x02")
    bomb[second + 42 : second + 46] = bytes(4)  # the second member begins where the first does
    with pytest.raises(UnpacksTooLarge):
        make_document(bytes(bomb), name="overlap.zip")


def test_a_zip_with_a_password_is_kept_with_a_note_that_nobody_looked_inside() -> None:
    locked = bytearray(make_zip(secret__txt=b"x"))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    locked[6] |= 1
    document = make_document(bytes(locked), name="locked.zip")
    assert document.state == Document.UNSCANNED
    assert "password" in document.scan_note


def test_a_picture_with_too_many_pixels_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 10_000)
    make_document(make_picture(100, 100), name="small.png")
    with pytest.raises(TooManyPixels):
        make_document(make_picture(101, 100), name="large.png")


def test_a_picture_that_states_a_huge_size_is_refused() -> None:
    flood = bytearray(make_picture())
    flood[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(DocumentRefused):
        make_document(bytes(flood), name="flood.png")


def served(document: Document, name: str = "", *, inline: bool = False) -> FileResponse:
    response = download_response(document, name, inline=inline)
    assert response.getvalue()
    assert response.file_to_stream
    response.file_to_stream.close()
    return response


def test_a_download_is_named_in_any_alphabet_and_never_guessed_at() -> None:
    response = served(make_document(b"Cofnodion"), 'Cofnodion – Tŷ\'r "Llys".txt')
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''Cofnodion%20%E2%80%93%20T%C5%B7%27r%20_Llys_.txt"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Cache-Control"] == "private, no-store"
    assert "sandbox" in response["Content-Security-Policy"]


def test_only_pictures_and_pdfs_are_shown_in_place() -> None:
    for name, content in (("a.png", make_picture()), ("a.pdf", PDF)):
        shown = served(make_document(content, name=name), inline=True)
        assert shown["Content-Disposition"].startswith("inline")
        assert served(make_document(content, name=name))["Content-Disposition"].startswith("attachment")
    page = served(make_document(b"<script>alert(1)</script>", name="a.html"), inline=True)
    assert page["Content-Disposition"].startswith("attachment")
    drawing = served(make_document(b"<svg onload='x()'/>", name="a.svg"), inline=True)
    assert drawing["Content-Disposition"].startswith("attachment")
    assert drawing["Content-Type"] == "application/octet-stream"


def test_nothing_in_a_file_shown_in_place_may_run() -> None:
    for name, content in (("a.png", make_picture()), ("a.pdf", PDF)):
        policy = served(make_document(content, name=name), inline=True)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert policy.endswith("sandbox")


def test_a_lost_file_and_an_infected_one_are_not_handed_out() -> None:
    document = make_document()
    path_of(document.sha256).unlink()
    with pytest.raises(DocumentMissing):
        open_document(document)
    document.state = Document.INFECTED
    with pytest.raises(Infected):
        open_document(document)


def test_a_file_whose_row_never_came_goes_a_week_later_and_no_other() -> None:
    kept, never_came = make_document(b"Kept"), make_document(b"Stopped halfway")
    Document.objects.filter(pk=never_came.pk).delete()
    half = folder() / ".incoming" / "half"
    half.write_bytes(b"Stop")
    assert clear_leftovers(at=now() + dt.timedelta(days=6)) == 0
    assert clear_leftovers(at=now() + dt.timedelta(days=8)) == 2
    assert not path_of(never_came.sha256).exists()
    assert not half.exists()
    assert path_of(kept.sha256).read_bytes() == b"Kept"


def test_a_leftover_whose_content_comes_again_counts_as_new() -> None:
    first = make_document(b"The same again")
    os.utime(path_of(first.sha256), (0, 0))
    make_document(b"The same again")
    Document.objects.all().delete()  # the row that is still on its way is seen by nobody else
    assert clear_leftovers(at=now()) == 0
