"""Looking into archives, and into documents that are archives, without being flooded."""

import gzip
import re
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Protocol

from .file_types import EXECUTABLE, HEAD, UNREADABLE, ending_of, is_executable, seen_in
from .refusals import CannotLookInside, CouldRun, Damaged, UnpacksTooLarge, WrongKind

MOST_MEMBERS = 10_000
MOST_UNPACKED = 400 * 2**20
MOST_RATIO = 200
ALWAYS_ALLOWED = 20 * 2**20  # small archives of empty forms shrink a lot and harm nobody
DEEPEST = 3
CHUNK = 2**18
NESTING = frozenset({"zip", "gz", "tar"})
FOLDERS = {"docx": "word/", "dotx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass
class Allowance:
    """How much one file may still unpack to, over all its members and nested archives."""

    bytes_left: int
    members_left: int = MOST_MEMBERS
    locked: bool = False  # something inside is protected by a password

    def spend(self, size: int) -> None:
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise UnpacksTooLarge

    def next_member(self, name: str) -> None:
        self.members_left -= 1
        if self.members_left < 0:
            raise UnpacksTooLarge
        if ending_of(name) not in UNREADABLE and not leads_outside(name):
            return
        raise CannotLookInside


def leads_outside(name: str) -> bool:
    """Whether unpacking would write outside the folder chosen for it."""
    return re.match(r"([/\\]|[A-Za-z]:)", name) is not None or ".." in re.split(r"[/\\]", name)


def look_inside(file: IO[bytes], *, name: str, size: int) -> bool:
    """Go through an archive to the end; the answer is whether all of it could be read.

    A bomb, a program, or a member that would be unpacked outside its folder is refused. Files that are
    no archives pass at once.
    """
    file.seek(0)
    kind = seen_in(file.read(HEAD))
    if kind not in NESTING:
        return True
    allowance = Allowance(min(MOST_UNPACKED, max(ALWAYS_ALLOWED, MOST_RATIO * size)))
    try:
        if kind == "zip":
            check_office_parts(file, ending_of(name))
        unpack(file, kind, allowance, depth=1)
    except BROKEN as problem:
        raise Damaged from problem
    return not allowance.locked


def unpack(file: IO[bytes], kind: str, allowance: Allowance, *, depth: int) -> None:
    if depth > DEEPEST:
        raise UnpacksTooLarge
    file.seek(0)
    if kind == "zip":
        unpack_zip(file, allowance, depth)
    elif kind == "tar":
        unpack_tar(file, allowance, depth)
    else:
        with gzip.GzipFile(fileobj=file, mode="rb") as stream:
            examine(stream, allowance, depth - 1)  # a tar in a gz is one archive, not two


def unpack_zip(file: IO[bytes], allowance: Allowance, depth: int) -> None:
    refuse_long_directory(file)
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        refuse_overlaps(members)
        for member in members:
            allowance.next_member(member.filename)
            if member.is_dir():
                continue
            refuse_program(member.filename)
            if member.flag_bits & 1:
                allowance.locked = True
                continue
            with archive.open(member) as stream:
                examine(stream, allowance, depth)


def unpack_tar(file: IO[bytes], allowance: Allowance, depth: int) -> None:
    with tarfile.open(fileobj=file, mode="r:") as archive:
        for member in archive:
            allowance.next_member(member.name)
            if member.issym() or member.islnk() or member.isdev():
                raise CouldRun
            stream = archive.extractfile(member)
            if stream is not None:
                refuse_program(member.name)
                with stream:
                    examine(stream, allowance, depth)


def examine(stream: Readable, allowance: Allowance, depth: int) -> None:
    """Read one member to its end; look into it too when it is an archive itself."""
    head = stream.read(HEAD)
    allowance.spend(len(head))
    if is_executable(head):
        raise CouldRun
    kind = seen_in(head)
    if kind in UNREADABLE:
        raise CannotLookInside
    if kind not in NESTING:
        while chunk := stream.read(CHUNK):
            allowance.spend(len(chunk))
        return
    with SpooledTemporaryFile(max_size=4 * 2**20) as copy:
        copy.write(head)
        while chunk := stream.read(CHUNK):
            allowance.spend(len(chunk))
            copy.write(chunk)
        unpack(copy, kind, allowance, depth=depth + 1)


def refuse_program(name: str) -> None:
    if ending_of(name) in EXECUTABLE or name.lower().endswith("vbaproject.bin"):
        raise CouldRun


def refuse_long_directory(file: IO[bytes]) -> None:
    """A directory of a million entries is refused before anything reads it into memory."""
    file.seek(0)
    entries, tail = 0, b""
    while chunk := file.read(CHUNK):
        entries += (tail + chunk).count(b"PK\x01\x02")
        tail = chunk[-3:]
        if entries > 2 * MOST_MEMBERS:
            raise UnpacksTooLarge
    file.seek(0)


def refuse_overlaps(members: list[zipfile.ZipInfo]) -> None:
    """Members that share the same bytes are how a small file unpacks to petabytes."""
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            raise UnpacksTooLarge
        end = member.header_offset + 30 + member.compress_size


def check_office_parts(file: IO[bytes], ending: str) -> None:
    """A Word file has a `word/` folder: another archive under that name is refused."""
    refuse_long_directory(file)
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
    if ending in FOLDERS and not any(name.startswith(FOLDERS[ending]) for name in names):
        raise WrongKind
    if ending in {"odt", "ods", "odp"} and "META-INF/manifest.xml" not in names:
        raise WrongKind
