"""What is being done and how long it took, for the person at the terminal."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


def _write(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()


def say(sentence: str) -> None:
    _write(sys.stdout, f"{sentence}\n")


def complain(sentence: str) -> None:
    _write(sys.stderr, f"{sentence}\n")


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Print what is being done at once, and its seconds when it is done."""
    started = time.monotonic()
    _write(sys.stdout, f"{doing} … ")
    try:
        yield
    except BaseException:
        _write(sys.stdout, "\n")
        raise
    _write(sys.stdout, f"{time.monotonic() - started:.1f} s\n")
