"""Makes the name of an attached file safe to keep, to show and to offer for download."""

import mimetypes
import re
import unicodedata

_LONGEST_BYTES = 180
# Letters that turn the reading direction or take no width can make "exe.pdf" out of "fdp.exe".
_UNWANTED = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_SEPARATORS = re.compile("[/\\\\\u2044\u2215\u29f5\u29f8\uff0f\uff3c]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_USUAL = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/x-diff": ".patch",
    "text/x-patch": ".patch",
    "message/rfc822": ".eml",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "application/pgp-signature": ".asc",
    "application/pgp-encrypted": ".txt",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
    "application/ms-tnef": ".dat",
    "image/jpeg": ".jpg",
}


def safe_name(name: str, *, otherwise: str) -> str:
    """The last part of a name, with nothing in it that a file system, a page or an eye could be fooled by.

    `otherwise` is used when nothing is left.
    """
    name = " ".join(unicodedata.normalize("NFC", name[:4_000]).split())
    name = _UNWANTED.sub("", _SEPARATORS.sub("/", name)).rstrip("/ .")
    name = _FORBIDDEN.sub("_", name.rpartition("/")[2])
    name = " ".join(name.split()).strip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    return _shortened(name) or otherwise


def _shortened(name: str) -> str:
    """Cut the middle so that the name fits any file system and keeps its ending."""
    if len(name.encode()) <= _LONGEST_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > 20:
        stem, ending = name, ""
    room = _LONGEST_BYTES - len((dot + ending).encode() if ending else b"")
    kept = stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ")
    return f"{kept}.{ending}" if ending else kept


def usual_name(media_type: str, number: int) -> str:
    """A name for a file that came without one."""
    ending = _USUAL.get(media_type) or mimetypes.guess_extension(media_type) or ".bin"
    return f"attachment-{number}{ending}"


def distinct(name: str, taken: set[str]) -> str:
    """The name itself, or with a number when another file of the mail has it; then taken too."""
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    number, wanted = 1, name
    while wanted.casefold() in taken:
        number += 1
        wanted = f"{stem}-{number}{dot}{ending}"
    taken.add(wanted.casefold())
    return wanted
