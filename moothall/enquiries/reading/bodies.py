"""Chooses which parts of a mail are its text and which are files, and draws text and HTML from the first."""

import re
from dataclasses import dataclass, field, replace
from html import escape

from . import words
from .charsets import decode_text
from .html_cleaning import Pictures, clean_html
from .html_text import html_to_text
from .mail import Limits, Notes
from .parts import Part, Splitter

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)


@dataclass(slots=True)
class Body:
    """The text of a mail in both forms, and the parts too long to show whole."""

    text: str = ""
    html: str | None = None
    long_parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class _Piece:
    """One stretch of the mail's text: plain, formatted, or both as alternatives."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)


def is_text(part: Part) -> bool:
    """Whether a part is text to read rather than a file: not declared a file, and without a file's name."""
    if part.media_type.startswith("multipart/"):
        return True  # its boundary never came, so all of it is one text
    if part.media_type not in {"text/plain", "text/html"}:
        return part.parent is None and part.media_type.startswith("text/")
    if part.parent is None:
        return True
    disposition, parameters = part.disposition
    if disposition == "attachment":
        return False
    return "name" not in part.parameters and "filename" not in parameters


class BodyReader:
    def __init__(self, split: Splitter, limits: Limits, notes: Notes) -> None:
        self._split = split
        self._limits = limits
        self._notes = notes
        self._body = Body()
        self._text_left = limits.text_bytes
        self._html_left = limits.html_chars
        self._tags_left = limits.html_tags

    def read(self, parts: list[Part], pictures: Pictures) -> Body:
        """The text of the given parts, in order; alternatives of one text count once."""
        pieces: dict[int, _Piece] = {}
        for part in parts:
            choice = part.within("multipart/alternative") or part
            piece = pieces.setdefault(id(choice), _Piece())
            if part.media_type == "text/html":
                piece.html.append(self._html(part, pictures))
            else:
                piece.plain.append(flowed(self._letters(part, self._text_left), part.parameters))
        self._body.text = _joined("\n\n".join(_plain(piece) for piece in pieces.values()))
        if any(piece.html for piece in pieces.values()):
            self._body.html = "\n".join(_formatted(piece) for piece in pieces.values())
        return self._body

    def _html(self, part: Part, pictures: Pictures) -> str:
        text = self._letters(part, self._html_left)
        limits, tags = replace(self._limits, html_tags=self._tags_left), text.count("<")
        if tags > self._tags_left and part not in self._body.long_parts:
            self._body.long_parts.append(part)
        self._tags_left = max(0, self._tags_left - tags)
        return clean_html(text, pictures=pictures, limits=limits, notes=self._notes)

    def _letters(self, part: Part, most: int) -> str:
        """The text of a part, no more of it than the whole mail has left to show."""
        is_html = part.media_type == "text/html"
        data = self._split.content(part, most + 1)
        if len(data) > most:
            data = data[:most]
            self._notes.add(words.HTML_CUT if is_html else words.TEXT_CUT)
            self._body.long_parts.append(part)
        if is_html:
            self._html_left -= len(data)
        else:
            self._text_left -= len(data)
        label = part.parameters.get("charset")
        if is_html and not label and (found := _META_CHARSET.search(data[:2_000])):
            label = found[1].decode("ascii")
        return decode_text(data, label, self._notes)


def _plain(piece: _Piece) -> str:
    plain = "\n\n".join(one.strip("\n") for one in piece.plain)
    if plain.strip() or not piece.html:
        return plain
    return "\n\n".join(html_to_text(one) for one in piece.html)


def _formatted(piece: _Piece) -> str:
    if piece.html:
        return "\n".join(piece.html)
    return "".join(f"<pre>{escape(one, quote=False)}</pre>" for one in piece.plain if one.strip())


def _joined(text: str) -> str:
    return text.strip("\n") if text.strip() else ""


def flowed(text: str, parameters: dict[str, str]) -> str:
    """Put lines together that were only broken for sending (RFC 3676), where the mail says so."""
    if parameters.get("format", "").lower() != "flowed":
        return text
    glue = "" if parameters.get("delsp", "").lower() == "yes" else " "
    lines: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words_of_line = line[depth:].removeprefix(" ")
        is_signature = words_of_line == "-- "
        if open_depth == depth and not is_signature:
            lines[-1] += glue + words_of_line.rstrip(" ")
        else:
            marks = f"{'>' * depth} " if depth else ""
            lines.append(f"{marks}{words_of_line if is_signature else words_of_line.rstrip(' ')}")
        open_depth = depth if words_of_line.endswith(" ") and not is_signature else None
    return "\n".join(lines)
