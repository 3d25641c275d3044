"""The virus scanner: clean, infected, not scanned and not answering are four different things."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import Settings

from moothall.records.models import Document
from moothall.records.rules.refusals import Infected, NotScanned, ScannerDown
from moothall.records.rules.scanning import Verdict

from .make import make_document

pytestmark = pytest.mark.django_db
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Settings) -> None:
    settings.FILES_HOME = tmp_path / "files"


def finds_nothing(path: Path) -> Verdict:
    assert path.read_bytes()
    return Verdict(Document.CLEAN)


def breaks(_path: Path) -> Verdict:
    raise RuntimeError("out of memory")


@contextmanager
def clamd(answer: Callable[[bytes], bytes], *, address: str = "") -> Iterator[str]:
    """A server that speaks clamd's INSTREAM to one client."""
    if address:
        server = socket.socket(socket.AF_UNIX)
        server.bind(address)
    else:
        server = socket.socket()
        server.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{server.getsockname()[1]}"
    server.listen()
    thread = threading.Thread(target=serve, args=(server, answer))
    thread.start()
    try:
        yield f"clamd:{address}"
    finally:
        thread.join(5)
        server.close()


def serve(server: socket.socket, answer: Callable[[bytes], bytes]) -> None:
    wire, _ = server.accept()
    with wire, wire.makefile("rb") as lines:
        assert lines.read(10) == b"zINSTREAM\0"
        received = b""
        while length := struct.unpack("!I", lines.read(4))[0]:
            received += lines.read(length)
        wire.sendall(answer(received))


def finds_eicar(received: bytes) -> bytes:
    return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in received else b"stream: OK\0"


def test_a_clean_file_is_kept_and_said_to_be_clean(settings: Settings, tmp_path: Path) -> None:
    with clamd(finds_eicar, address=str(tmp_path / "clamd")) as settings.SCANNER:
        assert make_document(b"x" * 200_000).state == Document.CLEAN


def test_an_infected_file_is_refused(settings: Settings) -> None:
    with clamd(finds_eicar) as settings.SCANNER, pytest.raises(Infected):
        make_document(EICAR)
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "answer",
    [b"INSTREAM size limit exceeded. ERROR\0", b"stream: Heuristics.Limits.Exceeded.MaxFiles FOUND\0"],
)
def test_a_limit_of_the_scanner_is_neither_clean_nor_infected(settings: Settings, answer: bytes) -> None:
    with clamd(lambda _: answer) as settings.SCANNER, pytest.raises(NotScanned):
        make_document()


@pytest.mark.parametrize("answer", [b"", b"stream: Can't allocate memory ERROR\0", b"HTTP/1.1 400\0"])
def test_an_answer_that_says_nothing_lets_nothing_through(settings: Settings, answer: bytes) -> None:
    with clamd(lambda _: answer) as settings.SCANNER, pytest.raises(ScannerDown):
        make_document()


def test_a_finding_without_a_name_is_a_finding(settings: Settings) -> None:
    with clamd(lambda _: b"stream: (null) FOUND\0") as settings.SCANNER, pytest.raises(Infected):
        make_document()


@pytest.mark.parametrize(
    "scanner",
    ["clamd:/nowhere/clamd.ctl", "clamd:127.0.0.1:1", "moothall.nowhere.scan", f"{__name__}.breaks"],
)
def test_a_scanner_that_is_down_lets_nothing_through(settings: Settings, scanner: str) -> None:
    settings.SCANNER = scanner
    with pytest.raises(ScannerDown, match="Try again in a few minutes"):
        make_document()
    assert not Document.objects.exists()


def test_any_callable_can_be_the_scanner(settings: Settings) -> None:
    settings.SCANNER = f"{__name__}.finds_nothing"
    assert make_document().state == Document.CLEAN


def test_without_a_scanner_files_are_kept_and_said_not_to_be_scanned(settings: Settings) -> None:
    settings.SCANNER = ""
    assert make_document().get_state_display() == "not scanned"


def test_a_scanner_that_never_finishes_its_answer_is_waited_for_no_longer(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moothall.records.rules.scanning.PATIENCE", 0.2)
    enough = threading.Event()

    def dribbles(_: bytes) -> bytes:
        enough.wait(20)
        return b"stream: OK\0"

    with clamd(dribbles) as settings.SCANNER:
        with pytest.raises(ScannerDown):
            make_document()
        enough.set()
    assert not Document.objects.exists()
