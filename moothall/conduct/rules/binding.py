"""Papers bound into one PDF: contents with page numbers, every page stamped, a bookmark for each."""

import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from moothall.core.refusals import Refusal
from moothall.letters.rules.printing import fonts, soft

if TYPE_CHECKING:  # a large library, only loaded by whoever binds
    from pypdf import PageObject, PdfReader, PdfWriter

LAYOUT = Path(__file__).parents[1] / "templates" / "conduct" / "bundle.typ"
A4_WIDTH = 595.276
MOST_PAGES = 5000
PICTURES = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp"}


class CannotBeBound(Refusal):
    """The sentence names the paper."""

    next_step = _("Leave it out, or put a PDF of it on the case and choose that.")


@dataclass(frozen=True)
class Paper:
    """One paper as a PDF, and which of its pages are left out, counted from 1."""

    title: str
    said: str
    pdf: bytes
    left_out: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Bound:
    """The bundle, how many pages it has, and on which page each paper begins, counted from 1."""

    pdf: bytes
    pages: int
    starts: tuple[int, ...]
    lengths: tuple[int, ...]


@dataclass(frozen=True)
class Cover:
    """What stands on the first page and on every stamp."""

    title: str
    said: str
    reference: str
    language: str
    at: dt.datetime


def bind(papers: Sequence[Paper], *, cover: Cover) -> Bound:
    """One PDF of all papers in this order. Raises CannotBeBound, naming the paper that cannot be read."""
    from pypdf import PdfWriter
    from pypdf.generic import NameObject, TextStringObject

    found = [pages_of(paper) for paper in papers]
    lengths = [len(pages) for pages in found]
    if sum(lengths) > MOST_PAGES:
        raise CannotBeBound(_("A bundle has at most %(most)d pages.") % {"most": MOST_PAGES})
    front, starts = _contents(papers, lengths, cover)
    writer = PdfWriter()
    for page in [*front.pages, *(page for pages in found for page in pages)]:
        _add(writer, page)
    _stamp(writer, cover)
    contents = "Cynnwys" if cover.language == "cy" else "Contents"
    writer.add_outline_item(title=contents, page_number=0)
    for paper, start in zip(papers, starts, strict=True):
        writer.add_outline_item(title=paper.title, page_number=start - 1)
    writer.add_metadata({"/Title": f"{cover.title} {cover.reference}", "/Producer": "Moothall"})
    writer.root_object[NameObject("/Lang")] = TextStringObject("cy-GB" if cover.language == "cy" else "en-GB")
    made = BytesIO()
    writer.write(made)
    return Bound(made.getvalue(), len(writer.pages), tuple(starts), tuple(lengths))


def pages_of(paper: Paper) -> "list[PageObject]":
    """The pages that go in. A file that is locked or broken, and one of which nothing is left, is refused."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    unreadable = _("“%(title)s” cannot be read as a PDF.") % {"title": paper.title}
    try:
        reader = PdfReader(BytesIO(paper.pdf))
        if reader.is_encrypted and not reader.decrypt(""):
            raise CannotBeBound(_("“%(title)s” is locked by a password.") % {"title": paper.title})
        pages = [page for number, page in enumerate(reader.pages, start=1) if number not in paper.left_out]
    except (PyPdfError, ValueError, KeyError, RecursionError) as problem:
        raise CannotBeBound(unreadable) from problem
    if not pages:
        raise CannotBeBound(_("Nothing is left of “%(title)s”.") % {"title": paper.title})
    return pages


def _contents(papers: Sequence[Paper], lengths: Sequence[int], cover: Cover) -> "tuple[PdfReader, list[int]]":
    """The contents page or pages; how many they are moves the page numbers they show."""
    from pypdf import PdfReader

    length = 1
    while True:
        starts = [length + 1 + before for before in accumulate([0, *lengths[:-1]])] if lengths else []
        rows = [
            {"title": soft(paper.title), "said": soft(paper.said), "page": start}
            for paper, start in zip(papers, starts, strict=True)
        ]
        made = PdfReader(BytesIO(_typeset("contents", cover, rows=rows, said=soft(cover.said))))
        if len(made.pages) <= length:
            return made, starts
        length = len(made.pages)


def _add(writer: "PdfWriter", page: "PageObject") -> None:
    """The page upright, and without anything that would run when it is opened."""
    added = writer.add_page(page)
    for name in ("/AA", "/Annots"):
        if name in added:
            del added[name]
    if added.rotation:
        added.transfer_rotation_to_content()


def _stamp(writer: "PdfWriter", cover: Cover) -> None:
    """Every page says in its corner what it belongs to and where it is."""
    from pypdf import PdfReader, Transformation

    total = len(writer.pages)
    stamps = PdfReader(BytesIO(_typeset("stamps", cover, total=total)))
    for page, stamp in zip(writer.pages, stamps.pages, strict=True):
        box = page.cropbox
        moved = Transformation().translate(float(box.right) - A4_WIDTH, float(box.bottom))
        page.merge_transformed_page(stamp, moved)


def note_pdf(title: str, said: str, text: str, *, cover: Cover) -> bytes:
    """An entry of the timeline, or a file of plain text, on pages of its own."""
    lines = [soft(line) for line in text.splitlines()]
    return _typeset("note", cover, title=soft(title), said=soft(said), lines=lines or [""])


def picture_pdf(title: str, picture: bytes, media_type: str, *, cover: Cover) -> bytes:
    """A picture on a page of its own."""
    import typst

    file = f"picture{PICTURES[media_type]}"
    try:
        return _typeset("picture", cover, title=title, file=file, files={file: picture})
    except typst.TypstError as problem:
        raise CannotBeBound(_("The picture “%(title)s” cannot be read.") % {"title": title}) from problem


def _typeset(kind: str, cover: Cover, *, files: dict[str, bytes] | None = None, **more: Any) -> bytes:
    import typst

    data = {
        "title": cover.title,
        "reference": cover.reference,
        "language": cover.language,
        "kind": kind,
        **more,
    }
    with tempfile.TemporaryDirectory() as folder:
        layout = Path(folder) / LAYOUT.name
        shutil.copyfile(LAYOUT, layout)
        for name, content in (files or {}).items():
            (Path(folder) / name).write_bytes(content)
        compiler = typst.Compiler(
            layout, root=folder, font_paths=fonts(), sys_inputs={"data": json.dumps(data, ensure_ascii=False)}
        )
        made = compiler.compile(format="pdf", timestamp=int(cover.at.timestamp()))
    if not isinstance(made, bytes):
        raise TypeError(f"typst made {type(made).__name__}, not a PDF.")
    return made
