"""Keeps processes running: one that dies is started again, later each time, and all stop together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .progress import complain

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
STEADY_AFTER = 60.0
PATIENCE_AT_THE_END = 20.0
BIGGEST_LOG = 10 * 1024 * 1024
PR_SET_PDEATHSIG = 1


def die_with_parent() -> Callable[[], None] | None:
    """On Linux, a child is told to stop when its supervisor is killed and cannot tell it."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    return ask


@dataclass
class Child:
    """One process that ought to be running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    deaths: int = 0
    started_at: float = 0.0
    start_again_at: float = 0.0

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > BIGGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                list(self.command),
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(),
            )
        self.started_at = time.monotonic()

    def look_after(self) -> None:
        """Notice a death, clear up what it left behind, and start again when its wait is over."""
        moment = time.monotonic()
        if self.process is None:
            if moment >= self.start_again_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self._kill_group()  # its own children may still hold the port
        self.process = None
        self.deaths = 1 if moment - self.started_at > STEADY_AFTER else self.deaths + 1
        wait = min(FIRST_WAIT * 2 ** (self.deaths - 1), LONGEST_WAIT)
        self.start_again_at = moment + wait
        complain(f"{self.name} stopped ({_why(code)}); starting it again in {wait:.1f} s. See {self.log}.")

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def make_stop(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            complain(f"{self.name} did not stop in time and was ended.")
        self._kill_group()
        self.process.wait()
        self.process = None

    def _kill_group(self) -> None:
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return

    def last_words(self) -> str:
        try:
            lines = self.log.read_text(errors="replace").strip().splitlines()
        except OSError:
            return ""
        return lines[-1] if lines else ""


def _why(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


@dataclass
class Supervisor:
    children: Sequence[Child]
    also: Callable[[], None] = lambda: None  # looked after in the same round: the database
    stopping: bool = field(default=False, init=False)

    def stop_on_signals(self) -> None:
        """Ctrl-C, a closed terminal and a polite kill all end the office in good order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)

    def _asked_to_stop(self, *_: object) -> None:
        self.stopping = True

    def round(self) -> None:
        self.also()
        for child in self.children:
            child.look_after()

    def run(self, pause: float = 0.2) -> None:
        """Look after the children until asked to stop."""
        while not self.stopping:
            self.round()
            time.sleep(pause)

    def stop(self) -> None:
        for child in self.children:
            child.ask_to_stop()
        until = time.monotonic() + PATIENCE_AT_THE_END
        for child in self.children:
            child.make_stop(until)
