"""The virus scanner: `settings.SCANNER` names clamd's socket or a callable; without one nothing is scanned.

`clamd:/run/clamav/clamd.ctl` or `clamd:host:3310` speaks clamd's INSTREAM; anything else is the dotted name
of a callable that takes the path of a file and answers with a `Verdict`.
"""

import socket
import struct
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from moothall.records.models import Document

from .refusals import Infected, NotScanned, ScannerDown

PATIENCE = 9  # seconds for one file, from knocking to the answer; somebody is waiting
CHUNK = 2**16


@dataclass(frozen=True)
class Verdict:
    state: str  # one of Document.STATES
    note: str = ""


def scan(path: Path) -> Verdict:
    """What the scanner says of a file; infected, not scanned and no answer are refused."""
    configured = settings.SCANNER
    if not configured:
        return Verdict(Document.UNSCANNED)
    try:
        if configured.startswith("clamd:"):
            verdict = ask_clamd(path, configured.removeprefix("clamd:"))
        else:
            verdict = import_string(configured)(path)
    except Exception as problem:  # whatever a scanner does wrong, the file is not let through
        raise ScannerDown from problem
    if verdict.state == Document.INFECTED:
        raise Infected
    if verdict.state != Document.CLEAN:
        raise NotScanned
    return verdict


def ask_clamd(path: Path, address: str) -> Verdict:
    """Send the file to clamd in pieces; the answer is one line."""
    until = time.monotonic() + PATIENCE
    with closing(connect(address)) as wire, path.open("rb") as file:
        wire.sendall(b"zINSTREAM\0")
        try:
            while chunk := file.read(CHUNK):
                wait_no_longer(wire, until)
                wire.sendall(struct.pack("!I", len(chunk)) + chunk)
            wire.sendall(struct.pack("!I", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # clamd hangs up on a file above its limit; its last line says so
        answer = b""
        while not answer.endswith(b"\0"):
            wait_no_longer(wire, until)
            if not (more := wire.recv(4096)):
                break
            answer += more
    return read_answer(answer.rstrip(b"\0").decode("utf-8", "replace"))


def wait_no_longer(wire: socket.socket, until: float) -> None:
    """Give the next step what is left of the time: a scanner that dribbles is as good as none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    wire.settimeout(left)


def connect(address: str) -> socket.socket:
    if address.startswith("/"):
        wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        wire.settimeout(PATIENCE)
        try:
            wire.connect(address)
        except OSError:
            wire.close()
            raise
        return wire
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)


def read_answer(line: str) -> Verdict:
    """clamd's line as a verdict: a limit that was reached is neither clean nor infected."""
    told = line.removeprefix("stream:").strip()
    if told == "OK":
        return Verdict(Document.CLEAN)
    if "size limit exceeded" in told or "Limits.Exceeded" in told:
        return Verdict(Document.UNSCANNED, told[:200])
    if told.endswith("FOUND"):
        return Verdict(Document.INFECTED, told.removesuffix("FOUND").strip()[:200])
    raise ConnectionError(f"The scanner answered {told[:200]!r}.")
