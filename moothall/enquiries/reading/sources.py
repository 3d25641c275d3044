"""Finds the messages in a mailbox file, a folder or a single message file, one at a time."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from . import words

# "From somebody Thu Jan  1 00:00:00 1970": a time of day and a year somewhere after the name.
_DATED = re.compile(rb"From .*\b\d{1,2}:\d\d(?::\d\d)?\b.*\b\d{4}\b")
_BLANK = (b"\n", b"\r\n")
_MESSAGE_SUFFIXES = {".eml", ".mail", ".txt", ""}
_OUTLOOK_SUFFIXES = {".msg", ".pst", ".ost"}


class UnreadableSource(Exception):
    """A file or folder offered for import that holds no mail we can read."""

    def __init__(self, sentence: str, path: Path | None = None) -> None:
        super().__init__(sentence if path is None else f"{path}: {sentence}")
        self.sentence = sentence
        self.path = path


@dataclass(frozen=True, slots=True)
class Found:
    """A message as it lay in its source, and where that was."""

    name: str
    raw: bytes


def split_mbox(stream: BinaryIO) -> Iterator[bytes]:
    """Yield each message of an mbox, quoting undone (mboxrd), holding one message in memory at a time.

    A line that begins `From ` starts a message when it carries a date, as every mail program writes it.
    In a file whose very first such line has none, any that follows an empty line does.
    Raises UnreadableSource when the first line that is not empty does not begin with `From `.
    """
    lines: list[bytes] = []
    started = dated = False
    for line in stream:
        if line.startswith(b"From "):
            if not started:
                started, dated = True, bool(_DATED.match(line))
                continue
            if _DATED.match(line) or (not dated and (not lines or lines[-1] in _BLANK)):
                yield _message(lines)
                lines = []
                continue
        elif not started:
            if line.strip():
                raise UnreadableSource(words.NOT_MBOX)
            continue
        elif line.startswith(b">") and line.lstrip(b">").startswith(b"From "):
            line = line[1:]
        lines.append(line)
    if started:
        yield _message(lines)


def _message(lines: list[bytes]) -> bytes:
    """Join a message without the empty line that mbox adds after each."""
    if lines and lines[-1] in _BLANK:
        lines.pop()
    return b"".join(lines)


def iter_source(path: Path) -> Iterator[Found]:
    """Yield every message of a .mbox file, an .eml file, or a folder of them (Maildir too), by name.

    Raises UnreadableSource when the path holds no mail, and after the last message of a folder when one of
    its files could not be read.
    """
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.is_file():
            yield from _file(path)
        else:
            raise UnreadableSource(words.NO_SUCH_SOURCE, path)
    except OSError as error:
        raise UnreadableSource(words.CANNOT_OPEN, path) from error


def _file(path: Path) -> Iterator[Found]:
    suffix = path.suffix.lower()
    if suffix in _OUTLOOK_SUFFIXES:
        raise UnreadableSource(words.OUTLOOK_FILE, path)
    with path.open("rb") as stream:
        beginning = stream.read(5)
        stream.seek(0)
        if suffix == ".mbox" or beginning == b"From ":
            yield from _mbox(path, stream, path.name)
        elif suffix in _MESSAGE_SUFFIXES:
            yield Found(path.name, stream.read())
        else:
            raise UnreadableSource(words.NOT_A_SOURCE, path)


def _mbox(path: Path, stream: BinaryIO, name: str) -> Iterator[Found]:
    try:
        for number, raw in enumerate(split_mbox(stream), start=1):
            yield Found(f"{name}#{number}", raw)
    except UnreadableSource as refusal:
        raise UnreadableSource(refusal.sentence, path) from refusal


def _folder(path: Path) -> Iterator[Found]:
    """What can be read of a folder; a file in it that cannot is complained of when all others are read."""
    found_any = False
    problem: Exception | None = None
    for file in _mail_files(path):
        found_any = True
        try:
            yield from _in_folder(file, file.relative_to(path).as_posix())
        except UnreadableSource as refusal:
            problem = problem or refusal
        except OSError as error:
            problem = problem or UnreadableSource(words.CANNOT_OPEN, file)
            problem.__cause__ = problem.__cause__ or error
    if problem is not None:
        raise problem
    if not found_any:
        raise UnreadableSource(words.EMPTY_SOURCE, path)


def _in_folder(file: Path, where: str) -> Iterator[Found]:
    with file.open("rb") as stream:
        if file.suffix.lower() == ".mbox":
            yield from _mbox(file, stream, where)
        else:
            yield Found(where, stream.read())


def _mail_files(path: Path) -> Iterator[Path]:
    """Walk a folder in name order; links are not followed, unfinished Maildir deliveries are passed over."""
    for folder, names, files in os.walk(path):
        names.sort()
        in_maildir = Path(folder).name in {"cur", "new"}
        for name in sorted(files):
            file = Path(folder) / name
            is_mail = in_maildir or file.suffix.lower() in {".eml", ".mbox"}
            if is_mail and not name.startswith(".") and not file.is_symlink():
                yield file
