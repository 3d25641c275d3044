"""Rewrites the HTML of a mail into HTML that any parser can take in, in one pass and bounded time.

The parsers that clean HTML and draw text from it need quadratic time for tags nested thousands deep, and
for a few hundred formatting tags left open across paragraphs (42 KB took 2.5 seconds). So before they see
it, tags are written anew: every tag closed in order, nesting capped, only wanted tags and attributes kept.
This decides nothing about safety; the cleaner does, afterwards.
"""

import html
import re
from collections.abc import Callable

VOID = {"br", "hr", "img", "col", "wbr"}
FORMATTING = {"a", "b", "big", "code", "em", "i", "s", "small", "strike", "strong", "tt", "u"}
_TABLE_PARTS = {"caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"}
_IN_TABLE = {"table", "thead", "tbody", "tfoot", "tr", "colgroup"}
_BLOCKS = {
    *("blockquote", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("hr", "li", "ol", "p", "pre", "table", "ul"),
}
_INLINE = {"abbr", "cite", "del", "ins", "kbd", "mark", "q", "samp", "span", "sub", "sup", "var"}
KEPT = VOID | FORMATTING | _TABLE_PARTS | _BLOCKS | _INLINE
_RENAMED = {
    **dict.fromkeys(
        ("address", "article", "aside", "body", "center", "details", "dir", "fieldset", "figcaption"), "div"
    ),
    **dict.fromkeys(
        ("figure", "footer", "form", "header", "legend", "main", "menu", "nav", "section"), "div"
    ),
    "font": "span",
    "summary": "div",
    "strike": "s",
    "tt": "code",
    "xmp": "pre",
    "listing": "pre",
}
_WITH_CONTENT = {
    *("applet", "audio", "canvas", "datalist", "embed", "iframe", "math", "noembed", "noframes", "object"),
    *("script", "select", "style", "svg", "template", "title", "video", "xml"),
}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CELL_EDGE = ("td", "th", "caption", "table")
# Opening the tag ends these open ones, unless one of the second group was opened since.
_ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "li": (("li",), ("ul", "ol", *_CELL_EDGE)),
    "dt": (("dt", "dd"), ("dl", *_CELL_EDGE)),
    "dd": (("dt", "dd"), ("dl", *_CELL_EDGE)),
    "td": (("td", "th", "caption"), ("table",)),
    "th": (("td", "th", "caption"), ("table",)),
    "tr": (("tr", "caption", "colgroup"), ("table",)),
    **dict.fromkeys(
        ("thead", "tbody", "tfoot"), (("thead", "tbody", "tfoot", "caption", "colgroup"), ("table",))
    ),
    **dict.fromkeys(_HEADINGS, (_HEADINGS, _CELL_EDGE)),
    "a": (("a",), _CELL_EDGE),
}
_MOST_FORMATTING = 12
_TAG = re.compile(r"<(?:(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,40})|!--|[!?])")
_REST = re.compile(r"(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+>|[^<>]*>")
_ATTRIBUTE = re.compile(r"([a-zA-Z][a-zA-Z-]{0,30})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "title"}),
    "img": frozenset({"src", "alt", "width", "height", "title"}),
    "ol": frozenset({"start", "type"}),
    "table": frozenset({"border"}),
    "td": frozenset({"colspan", "rowspan", "align", "valign"}),
    "th": frozenset({"colspan", "rowspan", "align", "valign", "scope"}),
}
_EVERYWHERE = frozenset({"dir", "lang", "style"})
_LONGEST_ATTRIBUTE = 4_000

Picture = Callable[[dict[str, str]], dict[str, str] | None]


def bounded_html(source: str, *, depth: int, picture: Picture) -> tuple[str, bool]:
    """The page rewritten, and whether tags had to be left out for being nested too deep.

    `picture` is given the attributes of each image and answers with those to keep, or None for no image.
    """
    rewriter = _Rewriter(depth, picture)
    rewriter.read(source)
    return "".join(rewriter.out), rewriter.too_deep


class _Rewriter:
    def __init__(self, depth: int, picture: Picture) -> None:
        self.out: list[str] = []
        self.too_deep = False
        self._depth = depth
        self._picture = picture
        self._stack: list[str] = []
        self._places: dict[str, list[int]] = {}
        self._left_out: dict[str, int] = {}
        self._formatting = 0
        self._never: set[str] = set()

    def read(self, source: str) -> None:
        position = 0
        while tag := _TAG.search(source, position):
            if tag.start() > position:
                self._text(source[position : tag.start()])
            if tag[2]:
                position = self._tag(source, tag)
            elif tag[0] == "<!--":
                position = self._past(source, "-->", tag.end())
            else:
                position = self._past(source, ">", tag.end())
        self._text(source[position:])
        self._close_to(0)

    def _text(self, text: str) -> None:
        self.out.append(text.replace("<", "&lt;") if "<" in text else text)

    def _past(self, source: str, mark: str, at: int) -> int:
        """Skip to behind the mark; where there is none, skip nothing, so that no words are lost."""
        if mark in self._never:
            return at
        found = source.find(mark, at)
        if found < 0:
            self._never.add(mark)
            return at
        return found + len(mark)

    def _tag(self, source: str, tag: re.Match[str]) -> int:
        rest = _REST.match(source, tag.end())
        if rest is None:
            self.out.append("&lt;")
            return tag.start() + 1
        name = tag[2].lower()
        name = _RENAMED.get(name, name)
        if name in _WITH_CONTENT:
            return self._past_content(source, name, rest.end()) if not tag[1] else rest.end()
        if name in KEPT:
            if tag[1]:
                self._end(name)
            else:
                self._start(name, rest[0])
        return rest.end()

    def _past_content(self, source: str, name: str, at: int) -> int:
        """Skip a tag with all in it; where it is never closed, only the tag, so that no words are lost."""
        if name in self._never:
            return at
        end = re.compile(rf"</{name}\b[^>]*>", re.IGNORECASE).search(source, at)
        if end is None:
            self._never.add(name)
            return at
        return end.end()

    def _start(self, name: str, rest: str) -> None:
        if self._stack and self._stack[-1] in _IN_TABLE and name not in _TABLE_PARTS:
            return
        if name in _TABLE_PARTS and "table" not in self._places:
            self.out.append(" ")
            return
        if name in _BLOCKS:
            self._end_open(("p",), _CELL_EDGE)
        if name in _ENDS:
            self._end_open(*_ENDS[name])
        if name in VOID:
            self._void(name, rest)
        elif len(self._stack) >= self._depth or (name in FORMATTING and self._formatting >= _MOST_FORMATTING):
            self.too_deep = self.too_deep or name not in FORMATTING
            self._left_out[name] = self._left_out.get(name, 0) + 1
        else:
            self._open(name, rest)

    def _void(self, name: str, rest: str) -> None:
        attributes = _attributes(name, rest)
        if name == "img":
            kept = self._picture(attributes)
            if kept is None:
                return
            attributes = kept
        self.out.append(f"<{name}{_written(attributes)}>")

    def _open(self, name: str, rest: str) -> None:
        self._places.setdefault(name, []).append(len(self._stack))
        self._stack.append(name)
        self._formatting += name in FORMATTING
        self.out.append(f"<{name}{_written(_attributes(name, rest)) if len(rest) > 1 else ''}>")

    def _end(self, name: str) -> None:
        if self._left_out.get(name):
            self._left_out[name] -= 1
        elif name in self._places:
            edge = -1 if name in _IN_TABLE or name in _TABLE_PARTS else self._last(("td", "th", "caption"))
            if self._places[name][-1] > edge:
                self._close_to(self._places[name][-1])

    def _end_open(self, names: tuple[str, ...], edges: tuple[str, ...]) -> None:
        found = self._last(names)
        if found >= 0 and found > self._last(edges):
            self._close_to(found)

    def _last(self, names: tuple[str, ...]) -> int:
        last, places = -1, self._places
        for name in names:
            if name in places and places[name][-1] > last:
                last = places[name][-1]
        return last

    def _close_to(self, level: int) -> None:
        while len(self._stack) > level:
            name = self._stack.pop()
            places = self._places[name]
            places.pop()
            if not places:
                del self._places[name]
            self._formatting -= name in FORMATTING
            self.out.append(f"</{name}>")


def _attributes(name: str, rest: str) -> dict[str, str]:
    wanted = _ATTRIBUTES.get(name, frozenset())
    attributes: dict[str, str] = {}
    for key, double, single, bare in _ATTRIBUTE.findall(rest):
        key = key.lower()
        if key in wanted or key in _EVERYWHERE:
            attributes.setdefault(key, html.unescape(double or single or bare.rstrip("/")))
    return attributes


def _written(attributes: dict[str, str]) -> str:
    kept = ((key, value) for key, value in attributes.items() if len(value) <= _LONGEST_ATTRIBUTE)
    return "".join(f' {key}="{html.escape(value)}"' for key, value in kept)
