"""One call to somebody else's machine: bounded in time and size, following nothing."""

import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass

from .addresses import Target

PATIENCE = 9  # seconds for the whole call
MOST_READ = 4096  # bytes of the answer: its first line is all that counts


@dataclass(frozen=True)
class Answer:
    """What came of a call: a status, or none and why."""

    status: int
    words: str

    @property
    def took(self) -> bool:
        return 200 <= self.status < 300


def call(target: Target, *, headers: Mapping[str, str], body: bytes) -> Answer:
    """POST the body there and read the first line of the answer."""
    until = time.monotonic() + PATIENCE
    try:
        with _connected(target) as wire:
            _hurry(wire, until)
            wire.sendall(_request(target, headers, body))
            return _read(wire, until)
    except (OSError, ValueError) as problem:
        return Answer(0, f"{type(problem).__name__}: {problem}"[:200])


def _connected(target: Target) -> socket.socket:
    plain = socket.create_connection((target.address, target.port), timeout=PATIENCE)
    if not target.encrypted:
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
    except OSError:
        plain.close()
        raise


def _request(target: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    usual = target.port == (443 if target.encrypted else 80)
    given = {
        "Host": target.host if usual else f"{target.host}:{target.port}",
        "User-Agent": "Moothall",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Connection": "close",
    } | dict(headers)
    lines = [f"POST {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    if any("\r" in line or "\n" in line for line in lines):
        raise ValueError("A line of the request has a line break in it.")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii") + body


def _hurry(wire: socket.socket, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("No answer in time.")
    wire.settimeout(left)


def _read(wire: socket.socket, until: float) -> Answer:
    read = b""
    while b"\n" not in read and len(read) < MOST_READ:
        _hurry(wire, until)
        more = wire.recv(MOST_READ)
        if not more:
            break
        read += more
    first = read.split(b"\n", 1)[0].decode("latin-1").strip()
    parts = first.split(" ", 2)
    if len(parts) < 2 or not parts[0].startswith("HTTP/") or not parts[1].isdigit():
        return Answer(0, "This was no answer of a web server.")
    return Answer(int(parts[1][:3]), " ".join(parts[1:])[:200])
