"""What a file is, by its name and by its first bytes, and which files are not kept at all."""

import mimetypes
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic

from .refusals import CannotLookInside, CouldRun, WrongKind

HEAD = 4096  # bytes that are enough to tell what a file is
LONGEST_NAME = 180
UNKNOWN = "application/octet-stream"

# fmt: off
EXECUTABLE = frozenset({
    "exe", "com", "bat", "cmd", "scr", "pif", "cpl", "dll", "ocx", "sys", "drv", "msi", "msp", "mst",
    "msix", "appx", "ps1", "psm1", "psd1", "vbs", "vbe", "js", "jse", "mjs", "ws", "wsf", "wsh", "hta",
    "jar", "class", "lnk", "url", "reg", "inf", "scf", "sct", "chm", "hlp", "gadget", "application",
    "iso", "img", "vhd", "vhdx", "dmg", "pkg", "apk", "ipa", "app", "deb", "rpm", "appimage", "elf",
    "docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "xll", "pptm", "potm", "ppsm", "ppam", "ade", "adp",
    "mde", "accde", "library-ms", "search-ms", "settingcontent-ms",
})
# fmt: on
EXECUTABLE_STARTS = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # Java classes and Apple's programs for two machines at once
    b"dex\n",
    b"\0asm",
    b"L\0\0\0\x01\x14\x02\0",  # Windows shortcut
    b"ITSF",  # compiled help
)
UNREADABLE = frozenset({"7z", "rar", "ace", "arj", "cab", "lzh", "zst", "lz4", "z", "bz2", "xz"})
UNREADABLE_STARTS = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"MSCF", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd")


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is called and how such a file begins."""

    media_type: str
    starts: re.Pattern[bytes] | None  # None: plain text


def _kind(media_type: str, pattern: bytes) -> Kind:
    return Kind(media_type, re.compile(pattern, re.DOTALL))


ZIP = rb"PK(\x03\x04|\x05\x06)"
OLE = rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OPEN_XML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
FILM = rb".{4}(ftyp|moov|mdat|wide|free|skip)"

BINARY: dict[str, Kind] = {
    "pdf": _kind("application/pdf", rb".{0,1024}%PDF-"),
    "png": _kind("image/png", rb"\x89PNG\r\n\x1a\n"),
    "jpg": _kind("image/jpeg", rb"\xff\xd8\xff"),
    "gif": _kind("image/gif", rb"GIF8[79]a"),
    "webp": _kind("image/webp", rb"RIFF.{4}WEBP"),
    "tiff": _kind("image/tiff", rb"(II\*\0|MM\0\*)"),
    "bmp": _kind("image/bmp", rb"BM.{4}\0\0\0\0"),
    "heic": _kind("image/heic", rb".{4}ftyp(hei|hev|mif|msf|avi)"),
    "docx": _kind(OPEN_XML + "wordprocessingml.document", ZIP),
    "dotx": _kind(OPEN_XML + "wordprocessingml.template", ZIP),
    "xlsx": _kind(OPEN_XML + "spreadsheetml.sheet", ZIP),
    "pptx": _kind(OPEN_XML + "presentationml.presentation", ZIP),
    "odt": _kind(OPEN_DOCUMENT + "text", ZIP),
    "ods": _kind(OPEN_DOCUMENT + "spreadsheet", ZIP),
    "odp": _kind(OPEN_DOCUMENT + "presentation", ZIP),
    "zip": _kind("application/zip", ZIP),
    "doc": _kind("application/msword", rb"(" + OLE + rb"|\{\\rtf)"),
    "xls": _kind("application/vnd.ms-excel", OLE),
    "ppt": _kind("application/vnd.ms-powerpoint", OLE),
    "msg": _kind("application/vnd.ms-outlook", OLE),
    "rtf": _kind("application/rtf", rb"\s*\{\\rtf"),
    "gz": _kind("application/gzip", rb"\x1f\x8b"),
    "tar": _kind("application/x-tar", rb".{257}ustar"),
    "mp3": _kind("audio/mpeg", rb"(ID3|\xff[\xe2-\xff])"),
    "wav": _kind("audio/wav", rb"RIFF.{4}WAVE"),
    "ogg": _kind("audio/ogg", rb"OggS"),
    "m4a": _kind("audio/mp4", FILM),
    "mp4": _kind("video/mp4", FILM),
    "mov": _kind("video/quicktime", FILM),
}
SAME_AS = {
    "jpeg": "jpg",
    "jpe": "jpg",
    "tif": "tiff",
    "heif": "heic",
    "avif": "heic",
    "tgz": "gz",
    "m4v": "mp4",
}
TEXT: dict[str, Kind] = {
    ending: Kind(media_type, None)
    for ending, media_type in {
        "txt": "text/plain",
        "log": "text/plain",
        "md": "text/markdown",
        "csv": "text/csv",
        "tsv": "text/tab-separated-values",
        "ics": "text/calendar",
        "vcf": "text/vcard",
        "json": "application/json",
        "xml": "application/xml",
        "html": "text/html",
        "htm": "text/html",
        "svg": "image/svg+xml",
        "eml": "message/rfc822",
        "diff": "text/x-diff",
        "patch": "text/x-diff",
        "asc": "text/plain",
        "yaml": "application/yaml",
        "yml": "application/yaml",
    }.items()
}
KNOWN = BINARY | TEXT
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def safe_name(name: str) -> str:
    """The name as it may stand in a folder of any system: no path, no control or direction marks."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C" or letter == "\t")
    plain = re.sub(r'[<>:"|?*]', "_", re.sub(r"\s+", " ", shown)).strip(" .")
    if not plain:
        return "document"
    if RESERVED.match(plain):
        plain = f"_{plain}"
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) <= 20:
        return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip(' .') or 'document'}.{ending}"
    return plain[:LONGEST_NAME]


def ending_of(name: str) -> str:
    """The last ending of a name, in small letters and by its usual spelling."""
    ending = PurePosixPath(name.lower()).suffix.removeprefix(".")
    return SAME_AS.get(ending, ending)


def is_executable(head: bytes) -> bool:
    """Whether these first bytes begin a program."""
    if head.startswith(EXECUTABLE_STARTS):
        return True
    return head.startswith(b"MZ") and b"\0" in head[:512]


def looks_like_text(head: bytes) -> bool:
    return head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or b"\0" not in head


def kind_of(name: str, head: bytes, declared_type: str = "") -> str:
    """The media type of a file; a program, or a file that is not what its name says, is refused."""
    ending = ending_of(name)
    if ending in EXECUTABLE or is_executable(head):
        raise CouldRun
    found = seen_in(head)
    if ending in UNREADABLE or found in UNREADABLE:
        raise CannotLookInside
    if ending not in KNOWN:
        ending = ending_for(declared_type) or ending
    known = KNOWN.get(ending)
    if known is None:
        return KNOWN[found].media_type if found in KNOWN else guessed(head)
    fits = known.starts.match(head) is not None if known.starts else is_text(head, found)
    if not fits:
        raise WrongKind
    return known.media_type


def is_text(head: bytes, found: str) -> bool:
    """Whether a file that is called a text may be one: talking of PDF is text, being one is not."""
    if found == "pdf":
        return not head.lstrip().startswith(b"%PDF-")
    return looks_like_text(head) and found in {"", "mp3"}  # a byte-order mark begins as some music does


def ending_for(declared_type: str) -> str:
    """The ending that goes with a type told by the sender, when it is one we know and can check."""
    told = declared_type.split(";")[0].strip().lower()
    if told in {"", UNKNOWN, "text/plain"}:
        return ""
    return SAME_AS.get(ending := (mimetypes.guess_extension(told) or "").removeprefix("."), ending)


def seen_in(head: bytes) -> str:
    """The ending that fits the first bytes, or nothing."""
    if head.startswith(UNREADABLE_STARTS):
        return "7z"
    for ending, kind in BINARY.items():
        if ending not in {"m4a", "mov"} and kind.starts and kind.starts.match(head):
            return ending if ending not in {"docx", "dotx", "xlsx", "pptx", "odt", "ods", "odp"} else "zip"
    return ""


def guessed(head: bytes) -> str:
    """A media type for a file nobody named, as far as its first bytes tell."""
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        matches = []
    for match in matches:
        if match.confidence >= 0.5 and re.fullmatch(r"[\w.+-]+/[\w.+-]+", match.mime_type):
            return str(match.mime_type)
    return "text/plain" if looks_like_text(head) else UNKNOWN
