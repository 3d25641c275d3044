"""The light formatting of letters: paragraphs, `- ` lists, `**bold**` and `[links](https://…)`.

A letter's body is read once into blocks; mail, plain text and print are each written from those.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

BULLET = re.compile(r"^\s{0,3}[-•]\s+(.*)$")
SPAN = re.compile(
    r"\\(?P<escaped>[\\*\[\]])"
    r"|\*\*(?P<bold>[^*\n]{1,500}?)\*\*"
    r"|\[(?P<words>[^\[\]\n]{1,300})\]\((?P<target>[^()\s]{1,1000})\)"
    r"|(?P<bare>https?://[^\s<>\"'()\[\]]{1,1000}[^\s<>\"'()\[\].,;:!?])"
)
SAFE_TARGET = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
TROUBLE = re.compile(r"(\\|\*\*|\[|\])")


@dataclass(frozen=True)
class Span:
    """A run of words, perhaps bold, perhaps leading somewhere."""

    words: str
    bold: bool = False
    link: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph of lines, or a list of items."""

    lines: tuple[Line, ...]
    is_list: bool = False


def plain_words(value: str) -> str:
    """Words that came from a record, so written that they are never read as formatting."""
    return TROUBLE.sub(lambda found: "\\" + "\\".join(found[0]), value)


def read(body: str) -> tuple[Block, ...]:
    """The blocks of a body: an empty line ends a paragraph, a line with a hyphen begins a list item."""
    blocks: list[Block] = []
    lines: list[str] = []
    was_list = False
    for line in [*body.replace("\r\n", "\n").split("\n"), ""]:
        bullet = BULLET.match(line)
        continues = was_list and lines and line.startswith("  ") and not bullet
        if not line.strip() or (bool(bullet) != was_list and not continues):
            if lines:
                blocks.append(Block(tuple(spans(one) for one in lines), was_list))
            lines, was_list = [], bool(bullet)
        if continues:
            lines[-1] += " " + line.strip()
        elif line.strip():
            lines.append(bullet[1] if bullet else line.strip())
    return tuple(blocks)


def spans(line: str) -> Line:
    return tuple(merged(list(found_spans(line))))


def found_spans(line: str) -> Iterator[Span]:
    start = 0
    for found in SPAN.finditer(line):
        if found.start() > start:
            yield Span(line[start : found.start()])
        start = found.end()
        yield span_of(found)
    if start < len(line):
        yield Span(line[start:])


def span_of(found: re.Match[str]) -> Span:
    if found["escaped"]:
        return Span(found["escaped"])
    if found["bold"]:
        return Span(re.sub(r"\\([\\*\[\]])", r"\1", found["bold"]), bold=True)
    if found["bare"]:
        return Span(found["bare"], link=found["bare"])
    if not SAFE_TARGET.match(found["target"]):
        return Span(found[0])
    return Span(found["words"], link=found["target"])


def merged(found: list[Span]) -> Iterator[Span]:
    """Plain spans that touch become one."""
    held: Span | None = None
    for span in found:
        if held and not (held.bold or held.link or span.bold or span.link):
            held = Span(held.words + span.words)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def to_html(body: str) -> SafeString:
    """The body as HTML that holds nothing but paragraphs, lists, bold and links."""
    return mark_safe("\n".join(html_block(block) for block in read(body)))  # noqa: S308


def html_block(block: Block) -> str:
    lines = ["".join(html_span(span) for span in line) for line in block.lines]
    if block.is_list:
        return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    return "<p>" + "<br>\n".join(lines) + "</p>"


def html_span(span: Span) -> str:
    words = escape(span.words)
    if span.link:
        return f'<a href="{escape(span.link)}">{words}</a>'
    return f"<strong>{words}</strong>" if span.bold else words


def to_plain(body: str) -> str:
    """The body as plain text: bold is dropped, a link is followed by where it leads."""
    return "\n\n".join(plain_block(block) for block in read(body))


def plain_block(block: Block) -> str:
    lines = ["".join(plain_span(span) for span in line) for line in block.lines]
    return "\n".join(f"- {line}" for line in lines) if block.is_list else "\n".join(lines)


def plain_span(span: Span) -> str:
    target = span.link.removeprefix("mailto:").removeprefix("tel:")
    return f"{span.words} ({target})" if target and target != span.words else span.words


def to_data(body: str) -> list[dict[str, object]]:
    """The body as plain data, for the printed letter."""
    return [
        {
            "list": block.is_list,
            "lines": [
                [{"words": span.words, "bold": span.bold, "link": span.link} for span in line]
                for line in block.lines
            ],
        }
        for block in read(body)
    ]
