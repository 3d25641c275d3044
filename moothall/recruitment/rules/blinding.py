"""What somebody sent, without what says who they are: words, file names, and what files carry."""

import io
import re
import zipfile
from collections.abc import Iterable
from typing import Final

from PIL import Image

from moothall.recruitment.models import Application

GONE: Final = "[…]"
SHORT: Final = 2  # letters of a part of a name that also stands in other words
PICTURES: Final = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG"}
CORE: Final = "docProps/core.xml"
MOST_UNPACKED: Final = 40_000_000
NO_PROPERTIES: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
AUTHORS: Final = re.compile(rb'(w:author|w:initials|w15:author|w15:userId)="[^"]*"')
MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
TELEPHONE: Final = re.compile(r"(?<!\d)(?:\+|00?)\d(?:[ ()-]{0,2}\d){8,12}(?!\d)")


def telling_words(application: Application) -> tuple[str, ...]:
    """Whatever would say whose this is: names, their parts and addresses; the longest first."""
    person = application.applicant.person
    names = [person.full_name, person.known_as]
    parts = [part for name in names for part in re.split(r"[\s\-’']+", name)]
    found = {*names, *parts, application.email, application.email.split("@")[0]}
    return tuple(sorted((word for word in found if len(word) > SHORT), key=lambda word: (-len(word), word)))


def blind_text(text: str, words: Iterable[str]) -> str:
    """The text without those words, and without any mail address or telephone number."""
    text = MAIL.sub(GONE, text)
    for word in words:
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", GONE, text, flags=re.IGNORECASE)
    return TELEPHONE.sub(GONE, text)


def blind_file(content: bytes, name: str, words: Iterable[str]) -> tuple[str, bytes] | None:
    """The file's new ending, and what is in it without what says who made it. None where this cannot be
    promised: it is then not shown to whoever marks."""
    from pypdf.errors import PyPdfError  # a large library, only loaded where a file is blinded

    ending = name.rpartition(".")[2].lower()
    try:
        if ending == "txt":
            return "txt", blind_text(content.decode("utf-8", "replace"), words).encode()
        if ending == "pdf":
            return _pdf(content, words)
        if ending == "docx":
            return "docx", _docx(content, tuple(words))
        if ending in PICTURES:
            return ending, _picture(content, PICTURES[ending])
    except (ValueError, OSError, KeyError, zipfile.BadZipFile, PyPdfError, Image.DecompressionBombError):
        return None
    return None


def _pdf(content: bytes, words: Iterable[str]) -> tuple[str, bytes] | None:
    """What is written in it, as plain words: the name may be drawn on the page itself."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    text = "\n\n".join(page.extract_text() or "" for page in reader.pages)
    return ("txt", blind_text(text, words).encode()) if text.strip() else None


def _docx(content: bytes, words: tuple[str, ...]) -> bytes:
    """What is written in it, paragraph by paragraph: Word splits a name over several runs."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        if sum(one.file_size for one in old.infolist()) > MOST_UNPACKED:
            raise ValueError("too large")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for one in old.infolist():
                if not one.filename.startswith("docProps/") or one.filename == CORE:
                    new.writestr(one.filename, _part(one.filename, old.read(one), words))
    return out.getvalue()


def _part(name: str, content: bytes, words: tuple[str, ...]) -> bytes:
    if name == CORE:
        return NO_PROPERTIES
    if not name.startswith("word/") or not name.endswith(".xml"):
        return content
    said = AUTHORS.sub(rb'\1=""', content).decode("utf-8")
    return PARAGRAPH.sub(lambda found: _paragraph(found[0], words), said).encode()


PARAGRAPH: Final = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
RUN: Final = re.compile(r"(<w:t(?: [^>]*)?>)(.*?)(</w:t>)", re.DOTALL)


def _paragraph(said: str, words: tuple[str, ...]) -> str:
    """A paragraph as it is where it tells nothing; else all its words in its first run."""
    text = "".join(found[2] for found in RUN.finditer(said))
    bare = blind_text(text, words)
    if bare == text:
        return said
    waiting = [bare]
    return RUN.sub(lambda found: f"{found[1]}{waiting.pop() if waiting else ''}{found[3]}", said)


def _picture(content: bytes, kind: str) -> bytes:
    """The picture drawn anew: no place, no camera, no author."""
    with Image.open(io.BytesIO(content)) as old:
        bare = Image.new("RGB", old.size)
        bare.paste(old.convert("RGB"))
    out = io.BytesIO()
    bare.save(out, kind)
    return out.getvalue()
