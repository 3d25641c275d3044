"""Opens winmail.dat, the wrapping Outlook puts round files for people who do not use Outlook.

Read by the published layout ([MS-OXTNEF]) rather than with tnefparse, which takes the counts in the file at
their word: one of 33 bytes was still busy after 20 seconds. The tests hold this to tnefparse's answers.
"""

import struct
from dataclasses import dataclass, field

from . import words
from .charsets import decode_text, known_charset, tidy
from .mail import Notes

_SIGNATURE = 0x223E9F78
_EMBEDDED_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")
_MOST_ATTRIBUTES = 4_000
_MOST_PROPERTIES = 4_000
_MOST_FILES = 200
_DEEPEST = 3

_BODY, _MESSAGE_PROPERTIES, _CODEPAGE = 0x800C, 0x9003, 0x9007
_FILE_START, _FILE_TITLE, _FILE_DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_TEXT, _RTF, _HTML, _INTERNET_CODEPAGE = 0x1000, 0x1009, 0x1013, 0x3FDE
_DATA, _SHORT_NAME, _LONG_NAME, _DISPLAY_NAME = 0x3701, 0x3704, 0x3707, 0x3001
_MIME_TYPE, _CONTENT_ID = 0x370E, 0x3712
_FIXED = dict.fromkeys((0x01, 0x02, 0x03, 0x04, 0x0A, 0x0B), 4)
_FIXED |= {**dict.fromkeys((0x05, 0x06, 0x07, 0x14, 0x40), 8), 0x48: 16}
_STRING, _UNICODE, _MANY = 0x1E, 0x1F, 0x1000


@dataclass(slots=True)
class OutlookFile:
    name: str = ""
    media_type: str = ""
    content_id: str | None = None
    content: bytes = b""


@dataclass(slots=True)
class Unpacked:
    text: str = ""
    html: str = ""
    files: list[OutlookFile] = field(default_factory=list)
    whole: bool = True


def unpack(data: bytes, notes: Notes, *, depth: int = 0) -> Unpacked:
    """The files and the text in a winmail.dat, as far as it can be read; a broken one is noted."""
    reader = _Reader(data, notes, depth)
    try:
        reader.read()
    except (struct.error, ValueError, IndexError):
        reader.found.whole = False
    if not reader.found.whole:
        notes.add(words.OUTLOOK_BROKEN)
    return reader.found


class _Reader:
    def __init__(self, data: bytes, notes: Notes, depth: int) -> None:
        self.found = Unpacked()
        self._data = memoryview(data)
        self._notes = notes
        self._depth = depth
        self._charset = "cp1252"

    def read(self) -> None:
        if struct.unpack_from("<I", self._data)[0] != _SIGNATURE:
            raise ValueError("not a TNEF stream")
        at = 6
        for _ in range(_MOST_ATTRIBUTES):
            if at + 11 > len(self._data):
                self.found.whole = at <= len(self._data) and not bytes(self._data[at:]).strip(b"\0")
                return
            _, key, _, length = struct.unpack_from("<BHHI", self._data, at)
            content = self._data[at + 9 : at + 9 + length]
            if len(content) < length:
                raise ValueError("cut short")
            self._attribute(key, content)
            at += 9 + length + 2
        self.found.whole = False

    def _attribute(self, key: int, content: memoryview) -> None:
        files = self.found.files
        if key == _FILE_START:
            if len(files) >= _MOST_FILES:
                raise ValueError("too many files")
            files.append(OutlookFile())
        elif key == _CODEPAGE:
            self._set_codepage(struct.unpack_from("<I", content)[0])
        elif key == _BODY:
            self.found.text = self.found.text or self._letters(bytes(content))
        elif key == _MESSAGE_PROPERTIES:
            self._message(_properties(content))
        elif files and key == _FILE_TITLE:
            files[-1].name = files[-1].name or self._letters(bytes(content))
        elif files and key == _FILE_DATA:
            files[-1].content = bytes(content)
        elif files and key == _FILE_PROPERTIES:
            self._file(files[-1], _properties(content))

    def _set_codepage(self, number: int) -> None:
        named = {65001: "utf-8", 28591: "iso-8859-1", 28604: "iso-8859-14"}.get(number, f"cp{number}")
        self._charset = known_charset(named) or "cp1252"

    def _letters(self, content: bytes, kind: int = _STRING) -> str:
        if kind == _UNICODE:
            return tidy(content[: len(content) & ~1].decode("utf-16-le", "replace").rstrip("\0"))
        return decode_text(content.rstrip(b"\0"), self._charset, Notes())

    def _message(self, properties: dict[int, tuple[int, bytes]]) -> None:
        if _INTERNET_CODEPAGE in properties:
            self._set_codepage(struct.unpack_from("<I", properties[_INTERNET_CODEPAGE][1])[0])
        if _TEXT in properties:
            kind, content = properties[_TEXT]
            self.found.text = self._letters(content, kind)
        if _HTML in properties:
            kind, content = properties[_HTML]
            self.found.html = self._letters(content, kind)
        if _RTF in properties and not self.found.html and not self.found.text:
            self._notes.add(words.OUTLOOK_RTF)

    def _file(self, file: OutlookFile, properties: dict[int, tuple[int, bytes]]) -> None:
        for key in (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME):
            if key in properties and properties[key][1].strip(b"\0"):
                kind, content = properties[key]
                file.name = self._letters(content, kind)
                break
        if _MIME_TYPE in properties:
            kind, content = properties[_MIME_TYPE]
            file.media_type = self._letters(content, kind).lower()
        if _CONTENT_ID in properties:
            file.content_id = (
                self._letters(properties[_CONTENT_ID][1], properties[_CONTENT_ID][0]).strip("<>") or None
            )
        if _DATA in properties:
            self._object(file, properties[_DATA][1])

    def _object(self, file: OutlookFile, content: bytes) -> None:
        if not content.startswith(_EMBEDDED_MESSAGE):
            file.content = content
            return
        file.content = content[len(_EMBEDDED_MESSAGE) :]
        if self._depth < _DEEPEST:
            inner = unpack(file.content, self._notes, depth=self._depth + 1)
            self.found.files.extend(inner.files[: _MOST_FILES - len(self.found.files)])


def _properties(content: memoryview) -> dict[int, tuple[int, bytes]]:
    """The first value of each numbered property: its type and bytes. Raises when a count or length is off."""
    (count,) = struct.unpack_from("<I", content)
    if count > _MOST_PROPERTIES:
        raise ValueError("too many properties")
    found: dict[int, tuple[int, bytes]] = {}
    at = 4
    for _ in range(count):
        kind, key = struct.unpack_from("<HH", content, at)
        at += 4
        if key >= 0x8000:
            at = _past_name(content, at)
        values, at = _values(content, at, kind)
        if values and key < 0x8000:
            found.setdefault(key, (kind & ~_MANY, values))
    return found


def _past_name(content: memoryview, at: int) -> int:
    (named,) = struct.unpack_from("<I", content, at + 16)
    if named == 0:
        return at + 24
    (length,) = struct.unpack_from("<I", content, at + 20)
    return at + 24 + _padded(length)


def _values(content: memoryview, at: int, kind: int) -> tuple[bytes, int]:
    """The first value at this place, and the place behind all of them."""
    size = _FIXED.get(kind & ~_MANY)
    count = 1
    if kind & _MANY or size is None:
        (count,) = struct.unpack_from("<I", content, at)
        at += 4
    if count > _MOST_PROPERTIES:
        raise ValueError("too many values")
    if size is not None:
        _check(content, at + size * count)
        return bytes(content[at : at + size]), at + size * count
    first: bytes | None = None
    for _ in range(count):
        (length,) = struct.unpack_from("<I", content, at)
        at += 4
        _check(content, at + length)
        first = bytes(content[at : at + length]) if first is None else first
        at += _padded(length)
    return first or b"", at


def _padded(length: int) -> int:
    return length + (-length % 4)


def _check(content: memoryview, end: int) -> None:
    if end > len(content):
        raise ValueError("a value longer than its property")
