"""Reads header blocks leniently: each header on its own, encoded words and parameters decoded."""

import base64
import binascii
import re
from collections.abc import Iterator
from email.message import Message
from email.quoprimime import header_decode
from email.utils import collapse_rfc2231_value

from .charsets import decode_raw_header, known_charset, tidy

# Lines that belong to a header block: a name and a colon, a continuation, or a stray "From " line.
# A line that begins with "--" is a boundary, whatever follows.
BLOCK = re.compile(rb"(?:(?!--)(?:>?From |[\x21-\x39\x3b-\x7e]+[ \t]*:|[ \t])[^\n]*(?:\n|\Z))*+")
_FIELD = re.compile(rb"^([\x21-\x39\x3b-\x7e]+)[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE)
_WORD = re.compile(
    r"=\?([A-Za-z0-9_.:+-]{1,40})(?:\*[A-Za-z0-9-]{0,20})?\?([bBqQ])\?(.{0,2000}?)\?=", re.DOTALL
)
_PARAMETER = re.compile(r";\s*([^\s=;\"]{1,80})\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^;]*))", re.DOTALL)
_LONGEST_VALUE = 64_000
_LONGEST_PARAMETERS = 4_000


class Headers:
    """The headers of a message or part: by name, in the order written, as text with words still encoded."""

    __slots__ = ("_values",)

    def __init__(self, block: bytes) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in _FIELD.findall(block.replace(b"\r", b"")):
            text = decode_raw_header(value[:_LONGEST_VALUE].replace(b"\n", b"").strip())
            self._values.setdefault(name.decode("ascii").lower(), []).append(text)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def first(self, name: str) -> str:
        """The first header of that name, or nothing; most programs heed the first."""
        values = self._values.get(name)
        return values[0] if values else ""

    def every(self, name: str) -> list[str]:
        return self._values.get(name, [])

    def words(self, name: str) -> str:
        """A header meant for people: decoded, on one line."""
        return one_line(decode_words(self.first(name)))


def one_line(text: str) -> str:
    return " ".join(tidy(text).split())


def decode_words(text: str) -> str:
    """Decode RFC 2047 words anywhere in the text; words that follow each other are joined before decoding,
    because some programs cut a letter in two."""
    if "=?" not in text:
        return text
    decoded: list[str] = []
    held: list[bytes] = []
    held_charset = ""
    position = 0
    for word in _WORD.finditer(text):
        between = text[position : word.start()]
        charset = word[1].lower()
        if held and (between.strip() or charset != held_charset):
            decoded.append(_word_text(held, held_charset))
            held = []
        if between.strip() or not position:
            decoded.append(between)
        held.append(_word_bytes(word[2], word[3]))
        held_charset = charset
        position = word.end()
    if held:
        decoded.append(_word_text(held, held_charset))
    decoded.append(text[position:])
    return "".join(decoded)


def _word_text(held: list[bytes], charset: str) -> str:
    data = b"".join(held)
    if charset in {"utf-8", "utf8", "us-ascii"}:
        return decode_raw_header(data)
    try:
        return data.decode(known_charset(charset) or "utf-8", "strict")
    except (UnicodeError, ValueError):
        return decode_raw_header(data)


def _word_bytes(encoding: str, encoded: str) -> bytes:
    if encoding in "qQ":
        return header_decode(encoded).encode("latin-1", "replace")
    return lenient_base64(encoded.encode("ascii", "ignore"))


def lenient_base64(data: bytes) -> bytes:
    """Decode base64 with wrong padding or stray characters as far as it goes."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        kept = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
        return base64.b64decode(kept + b"=" * (-len(kept) % 4))


def value_and_parameters(header: str) -> tuple[str, dict[str, str]]:
    """Split `text/plain; charset=utf-8` into its value in small letters and its parameters."""
    value, semicolon, _ = header.partition(";")
    value = value.strip().lower()
    if not semicolon:
        return value, {}
    header = header[:_LONGEST_PARAMETERS]
    if "*" in header:
        return value, _extended_parameters(header)
    return value, _plain_parameters(header)


def _plain_parameters(header: str) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for name, quoted, bare in _PARAMETER.findall(header):
        text = quoted.replace("\\\\", "\\").replace('\\"', '"') if quoted else bare.strip().strip('"')
        parameters.setdefault(name.lower(), text)
    return parameters


def _extended_parameters(header: str) -> dict[str, str]:
    """Parameters in the RFC 2231 manner (continued, with a character set), by the standard library."""
    message = Message()
    message["x"] = header
    try:
        found = message.get_params([], header="x")
        parameters: dict[str, str] = {}
        for name, value in found[1:]:
            text = value if isinstance(value, str) else _extended_text(value)
            parameters.setdefault(name.lower().rstrip("*"), text)
        return parameters
    except (ValueError, TypeError, LookupError, AttributeError):
        return _plain_parameters(header)


def _extended_text(value: tuple[str | None, str | None, str]) -> str:
    charset, language, text = value
    raw = text.encode("latin-1", "replace")
    if known_charset(charset) in {"utf-8", "cp1252", None}:
        return decode_raw_header(raw)
    return collapse_rfc2231_value((charset, language, text))
