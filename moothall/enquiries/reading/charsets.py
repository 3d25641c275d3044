"""Turns bytes into letters, whatever the mail says about them, and says when it had to choose."""

import codecs
import re
from functools import lru_cache

from charset_normalizer import from_bytes

from . import words
from .mail import Notes

# Labels as browsers read them: the wider set that senders really mean.
_WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
_ALIASES = {"utf8mb4": "utf-8", "unicode-1-1-utf-8": "utf-8", "x-sjis": "cp932", "x-gbk": "gb18030"}
# Real codecs of Python that are no character sets of mail, or that cost too much on hostile bytes.
_REFUSED = {"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined"}
_OFTEN_MISUSED = {"cp1252", "cp1254", "iso8859-15"}
_ASCII = bytes(range(128))
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,39}")
_HIGH = re.compile(rb"[\x80-\xff]")
_UNWANTED = re.compile("[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f-\\x9f\\ufeff\\ud800-\\udfff]")
_GUESS_FROM = 4_000
_FEWEST_TO_GUESS = 20
_MOST_MIXED = 20_000


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes a codec refuses as Windows-1252, which nearly all of them are."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", "replace"), error.end


codecs.register_error("moothall.windows", _as_windows)


@lru_cache(maxsize=256)
def known_charset(label: str | None) -> str | None:
    """The codec to read a declared character set with, or None when there is no such set."""
    name = (label or "").strip().strip("'\"").lower()
    name = _ALIASES.get(name, name)
    if not _NAME.fullmatch(name) or name in _REFUSED:
        return None
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError, ImportError):
        return None
    if not getattr(info, "_is_text_encoding", True) or info.name in _REFUSED:
        return None
    return _WIDER.get(info.name, info.name)


def decode_text(data: bytes, label: str | None, notes: Notes) -> str:
    """Decode a text part: line ends made equal, control characters out. Never raises."""
    charset = known_charset(label)
    if data.isascii() and (charset is None or _reads_ascii(charset)):
        text = data.decode("ascii")
    else:
        text = _decode(data, label, charset, notes)
    return tidy(text, notes)


def tidy(text: str, notes: Notes | None = None) -> str:
    """Make line ends equal and leave out characters that cannot be shown or stored."""
    if "\0" in text and notes is not None:
        notes.add(words.NULS)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWANTED.sub("", text.replace("\f", "\n"))


@lru_cache(maxsize=256)
def _reads_ascii(charset: str) -> bool:
    """Whether plain ASCII bytes always mean themselves in this set."""
    if charset.startswith(("iso2022", "utf-7", "hz")):
        return False
    return _strict(_ASCII, charset) == _ASCII.decode("ascii")


def _decode(data: bytes, label: str | None, charset: str | None, notes: Notes) -> str:
    if charset is None or charset == "utf-8" or charset in _OFTEN_MISUSED:
        text = _strict(data, "utf-8")
        if text is not None:
            _note_other_than_utf8(label, charset, notes)
            return text
    if charset is None:
        return _guess(data, label, notes)
    text = _strict(data, charset)
    if text is not None:
        return text
    notes.add(words.CHARSET_WRONG)
    text = _utf8_or_windows(data) if charset == "utf-8" else _mixed(data, charset)
    if "\ufffd" in text:
        notes.add(words.LETTERS_LOST)
    return text


def _mixed(data: bytes, charset: str) -> str:
    """The declared set cannot be right: UTF-8 if the bytes are that, else the declared set with gaps."""
    text = _strict(data, "utf-8")
    if text is not None:
        return text
    try:
        return data.decode(charset, "replace")
    except (UnicodeError, ValueError):
        return data.decode("cp1252", "replace")


def _strict(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (UnicodeError, ValueError):
        return None


def _note_other_than_utf8(label: str | None, charset: str | None, notes: Notes) -> None:
    if charset is None and label:
        notes.add(words.CHARSET_UNKNOWN)
    elif charset in _OFTEN_MISUSED:
        notes.add(words.CHARSET_WRONG)


def _guess(data: bytes, label: str | None, notes: Notes) -> str:
    """No usable label and not UTF-8: mostly Windows letters, else what the statistics say."""
    if label:
        notes.add(words.CHARSET_UNKNOWN)
    high = len(_HIGH.findall(data[:_GUESS_FROM]))
    if high >= _FEWEST_TO_GUESS and high * 4 > min(len(data), _GUESS_FROM):
        best = from_bytes(data[:_GUESS_FROM]).best()
        if best is not None and best.encoding:
            notes.add(words.CHARSET_UNKNOWN)
            return data.decode(best.encoding, "replace")
    text = _utf8_or_windows(data)
    if "\ufffd" in text:
        notes.add(words.LETTERS_LOST)
    return text


def _utf8_or_windows(data: bytes) -> str:
    """UTF-8 where it is that, Windows letters elsewhere; all Windows when little of it is UTF-8."""
    if data.decode("utf-8", "replace").count("\ufffd") > _MOST_MIXED:
        return data.decode("cp1252", "replace")
    return data.decode("utf-8", "moothall.windows")


def decode_raw_header(data: bytes) -> str:
    """Letters that stand unencoded in a header: UTF-8, and Windows-1252 where they are not."""
    if data.isascii():
        return data.decode("ascii")
    return data.decode("utf-8", "moothall.windows")
