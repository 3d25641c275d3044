"""The gate in front of a real clamd, started here with a signature of one line."""

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from moothall.records.models import Document
from moothall.records.rules.refusals import Infected, NotScanned, ScannerDown, TooLarge

from .make import make_document, make_docx, make_zip

CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/sbin")
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SIGNATURE = f"Eicar-Test-File:0:*:{EICAR.hex()}\n"
STREAM_LIMIT = 2**20
LONGEST_START = 60  # seconds
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(CLAMD is None, reason="clamd is not installed: sudo apt-get install clamav-daemon"),
]


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[bytes]]:
    """A scanner of one's own: its signatures, its socket, its small limit."""
    place = tmp_path_factory.mktemp("clamd")
    (place / "signatures").mkdir()
    (place / "signatures" / "office.ndb").write_text(SIGNATURE)
    # A socket's path may have a hundred characters, and a test's folder may have more.
    wire = Path(f"/tmp/clamd-{place.parent.parent.name}-{time.monotonic_ns()}.sock")
    configuration = place / "clamd.conf"
    configuration.write_text(
        f"LocalSocket {wire}\nDatabaseDirectory {place / 'signatures'}\nForeground yes\n"
        f"TemporaryDirectory {place}\nStreamMaxLength {STREAM_LIMIT}\nMaxThreads 2\nSelfCheck 0\n"
    )
    with (place / "log").open("wb") as log:
        process = subprocess.Popen([str(CLAMD), "-c", str(configuration)], stdout=log, stderr=log)
    try:
        wait_for(wire, process, place / "log")
        process.wire = wire  # type: ignore[attr-defined]
        yield process
    finally:
        process.kill()
        process.wait(20)
        wire.unlink(missing_ok=True)


def wait_for(wire: Path, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
            probe.connect(str(wire))
            return
        time.sleep(0.1)
    raise AssertionError(f"clamd does not start: {log.read_text()[-500:]}")


@pytest.fixture(autouse=True)
def _scanned(clamd: "subprocess.Popen[bytes]", settings: Settings, tmp_path: Path) -> None:
    settings.FILES_HOME = tmp_path / "files"
    settings.SCANNER = f"clamd:{clamd.wire}"  # type: ignore[attr-defined]


def test_a_real_scanner_lets_a_clean_file_through() -> None:
    assert make_document(b"Minutes of the meeting").state == Document.CLEAN


def test_a_real_scanner_finds_the_test_virus() -> None:
    with pytest.raises(Infected, match="not kept"):
        make_document(EICAR)
    assert not Document.objects.exists()


@pytest.mark.parametrize("wrapped", ["zip", "docx", "zip in a zip"])
def test_a_real_scanner_finds_it_inside_an_archive(wrapped: str) -> None:
    inner = make_zip(notes__txt=EICAR)
    files = {
        "zip": ("papers.zip", inner),
        "docx": ("letter.docx", make_docx(word_notes__txt=EICAR)),
        "zip in a zip": ("all.zip", make_zip(inner__zip=inner)),
    }
    name, content = files[wrapped]
    with pytest.raises(Infected):
        make_document(content, name=name)
    assert not Document.objects.exists()


def test_what_is_above_the_scanners_own_limit_is_not_taken_for_clean() -> None:
    """clamd stops reading at its StreamMaxLength: that is an answer, and it is not "clean"."""
    with pytest.raises(NotScanned, match="could not check"):
        make_document(b"0123456789abcdef" * (STREAM_LIMIT // 8))
    assert not Document.objects.exists()


def test_fifty_megabytes_are_refused_before_the_scanner_is_asked() -> None:
    with pytest.raises(TooLarge, match="larger than this office keeps"):
        make_document(b"0" * (50 * 2**20))


def test_a_scanner_that_has_gone_lets_nothing_through(settings: Settings, tmp_path: Path) -> None:
    settings.SCANNER = f"clamd:{tmp_path / 'gone.sock'}"
    with pytest.raises(ScannerDown, match="no file can be kept just now"):
        make_document(b"Minutes of the meeting")
    assert not Document.objects.exists()
