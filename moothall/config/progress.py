"""What is being done and how long it took, for the person at the terminal."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO


@dataclass
class _Line:
    """Whether the cursor stands behind an unfinished line."""

    is_open: bool = False


_line = _Line()


def _write(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()


def _sentence(stream: TextIO, sentence: str) -> None:
    if _line.is_open:
        _write(sys.stdout, "\n")
        _line.is_open = False
    _write(stream, f"{sentence}\n")


def say(sentence: str) -> None:
    _sentence(sys.stdout, sentence)


def complain(sentence: str) -> None:
    _sentence(sys.stderr, sentence)


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Print what is being done at once, and its seconds when it is done."""
    started = time.monotonic()
    _write(sys.stdout, f"{doing} … ")
    _line.is_open = True
    try:
        yield
    except BaseException:
        if _line.is_open:
            _write(sys.stdout, "\n")
        _line.is_open = False
        raise
    seconds = f"{time.monotonic() - started:.1f} s"
    _write(sys.stdout, f"{seconds}\n" if _line.is_open else f"{doing}: {seconds}\n")
    _line.is_open = False
