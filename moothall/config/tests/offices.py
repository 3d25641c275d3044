"""A whole Moothall in a process of its own, as a person at a terminal starts it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from moothall.config.embedded import Embedded
from moothall.config.home import Home


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a person's terminal would hold: nothing of what the tests set for themselves."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTEST_"))}
    return known | {"MOOTHALL_HOME": str(home), "MOOTHALL_DEMO": "0"} | more


def moothall(
    *words: str, home: Path, typed: str | None = None, **more: str
) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end; `typed` is what comes to it by a pipe."""
    command = [sys.executable, "-m", "moothall.config.command", *words]
    known = environment(home, **more)
    return subprocess.run(
        command, env=known, input=typed, capture_output=True, text=True, timeout=180, check=False
    )


@dataclass
class Office:
    """`moothall up` on a free port, without the demo."""

    home: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[str] | None" = None

    @property
    def said(self) -> str:
        return self.home.with_name("said").read_text()

    def start(self) -> None:
        command = [sys.executable, "-m", "moothall.config.command", "up"]
        with open(self.home.with_name("said"), "w") as said:
            self.process = subprocess.Popen(
                command,
                env=environment(self.home, PORT=str(self.port)),
                stdout=said,
                stderr=subprocess.STDOUT,
                text=True,
            )
        self.wait_until(lambda: "Moothall is ready" in self.said, 900)

    def wait_until(self, true: Any, seconds: float = 90.0) -> None:
        until = time.monotonic() + seconds
        while not true():
            assert self.process is not None
            assert self.process.poll() is None, self.said
            assert time.monotonic() < until, self.said
            time.sleep(0.1)

    def health(self) -> dict[str, Any]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as problem:
            problem.close()  # it holds the connection, and a connection left open is an error here
            return {"status": "no answer"}
        except (OSError, ValueError):
            return {"status": "no answer"}

    def signs_in(self, email: str, password: str) -> bool:
        """Whether somebody comes in by the page that everybody comes in by, and is known there."""
        site = f"http://127.0.0.1:{self.port}"
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with browser.open(f"{site}/account/login/", timeout=60) as page:
            (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[:1]
        sent = {"login": email, "password": password, "csrfmiddlewaretoken": token}
        with browser.open(f"{site}/account/login/", urlencode(sent).encode(), timeout=60):
            pass
        with browser.open(f"{site}/people/me/", timeout=60) as own:
            return email in own.read().decode()

    def is_well(self) -> bool:
        return bool(self.health()["status"] == "ok")

    def server(self) -> Embedded:
        return Embedded(Home(self.home))

    def stop(self, number: int = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(timeout=60)

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=60)
        self.server().stop()
