"""What an attached file really is: its first bytes against what the mail says."""

import mimetypes
from functools import lru_cache

import puremagic

_LOOK_AT = 4_096
_SURE_BYTES = 3
_UNKNOWN = "application/octet-stream"
_VAGUE = {"", _UNKNOWN, "binary/octet-stream", "application/x-unknown", "application/unknown"}
# Programs and pages do harm when taken for something else, so these few are told by their first bytes alone.
_PROGRAM_STARTS = {
    b"MZ": "application/vnd.microsoft.portable-executable",
    b"\x7fELF": "application/x-executable",
}
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<script", b"<head", b"<body")
_ARCHIVES = (
    "application/vnd.openxmlformats",
    "application/vnd.oasis",
    "application/vnd.ms-",
    "application/epub",
    "application/java",
    "application/zip",
)


def media_type_of(content: bytes, *, declared: str, name: str) -> str:
    """The type to treat a file as: what its bytes surely are, else as declared, else as named."""
    start = content[:_LOOK_AT]
    found = _dangerous(start) or _sniffed(start, name)
    if found and not _agree(found, declared):
        return found
    if declared in _VAGUE:
        return found or _by_name(name) or _UNKNOWN
    return declared


def is_disguised(media_type: str, declared: str) -> bool:
    """Whether a file is of another kind than it claims, so that opening it may surprise."""
    return declared not in _VAGUE and not _agree(media_type, declared)


def _dangerous(start: bytes) -> str:
    for mark, media_type in _PROGRAM_STARTS.items():
        if start.startswith(mark):
            return media_type
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower()
    if text.startswith(b"<svg"):
        return "image/svg+xml"
    return "text/html" if text.startswith(_PAGE_STARTS) else ""


def _sniffed(start: bytes, name: str) -> str:
    if not start or (_is_text(start) and not start.startswith((b"%PDF", b"{\\rtf"))):
        return ""
    try:
        matches = puremagic.magic_string(start, filename=name)
    except (puremagic.PureError, ValueError):
        return ""
    sure = (str(one.mime_type) for one in matches if one.mime_type and len(one.byte_match) >= _SURE_BYTES)
    return next(sure, "")


def _is_text(start: bytes) -> bool:
    if b"\0" in start:
        return False
    # A letter may be cut in two where we stopped looking.
    return start.isascii() or "\ufffd" not in start.decode("utf-8", "replace")[:-4]


def _agree(found: str, declared: str) -> bool:
    """Whether two names can mean one file: office documents are archives inside, pictures have many names."""
    if declared in _VAGUE:
        return False
    if found == declared or (found.startswith(_ARCHIVES) and declared.startswith(_ARCHIVES)):
        return True
    family = found.partition("/")[0]
    if family in {"image", "audio", "video"} and "svg" not in found:
        return declared.startswith(f"{family}/")
    return _plain(found) == _plain(declared) or (_is_old_office(found) and _is_old_office(declared))


def _plain(media_type: str) -> str:
    return media_type.replace("/x-", "/").replace("-compressed", "").replace("gtar", "gzip")


def _is_old_office(media_type: str) -> bool:
    return media_type.startswith(("application/ms", "application/vnd.ms-", "application/x-ole"))


@lru_cache(maxsize=512)
def _by_name(name: str) -> str:
    return mimetypes.guess_type(name)[0] or ""
