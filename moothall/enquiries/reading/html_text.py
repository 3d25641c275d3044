"""Draws readable plain text from cleaned HTML: paragraphs, lists, quotes and where links lead."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SPACES = re.compile(r"[ \t\n\r\f]+")
_ROOMY = {"blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"}
_OWN_LINE = _ROOMY | {"caption", "dd", "div", "dt", "li", "tbody", "tfoot", "thead", "tr"}
_LONGEST_LINK = 200


def html_to_text(html: str) -> str:
    """Plain text of HTML that html_bounds has bounded; quoted blocks come out with `> ` before each line."""
    body = LexborHTMLParser(html).body
    if body is None:
        return ""
    writer = _Writer()
    node = body.first_child
    while node is not None:
        writer.enter(node)
        below = node.first_child
        if below is not None:
            node = below
            continue
        while node is not None:
            writer.leave(node)
            if node.next is not None:
                node = node.next
                break
            node = node.parent
            if node is None or node.tag == "body":
                node = None
    return writer.text()


class _Writer:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._verbatim = 0
        self._links: list[tuple[str, int]] = []

    def enter(self, node: LexborNode) -> None:
        tag = node.tag
        if tag == "-text":
            self._words(node.text_content or "")
        elif tag in _OWN_LINE:
            self._break(roomy=tag in _ROOMY)
            self._begin_block(tag or "")
        elif tag == "br":
            self._end_line()
        elif tag == "hr":
            self._break(roomy=False)
            self._line.append("-" * 20)
            self._break(roomy=False)
        elif tag in {"td", "th"} and self._line:
            self._line.append("  ")
        elif tag == "img":
            self._picture(node)
        elif tag == "a":
            self._links.append((node.attributes.get("href") or "", len(self._line)))

    def leave(self, node: LexborNode) -> None:
        tag = node.tag
        if tag in _OWN_LINE:
            self._break(roomy=False)
            if tag == "blockquote":
                self._leave_quote()
            elif tag == "pre":
                self._verbatim -= 1
            self._break(roomy=tag in _ROOMY)
        elif tag == "a" and self._links:
            self._link(*self._links.pop())

    def text(self) -> str:
        self._break(roomy=False)
        return "\n".join(self._lines).strip("\n")

    def _begin_block(self, tag: str) -> None:
        if tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._verbatim += 1
        elif tag == "li":
            self._line.append("• ")

    def _leave_quote(self) -> None:
        self._quotes -= 1
        if self._lines and not self._lines[-1].strip("> "):
            self._lines[-1] = ("> " * min(self._quotes, 10)).rstrip()

    def _words(self, text: str) -> None:
        if self._verbatim:
            first, *rest = text.split("\n")
            self._line.append(first)
            for line in rest:
                self._end_line()
                self._line.append(line)
            return
        text = _SPACES.sub(" ", text)
        if not self._line or self._line[-1].endswith(" "):
            text = text.lstrip(" ")
        if text:
            self._line.append(text)

    def _picture(self, node: LexborNode) -> None:
        words = (node.attributes.get("alt") or "").strip()
        if words:
            self._words(f"[{words}]")

    def _link(self, address: str, since: int) -> None:
        """Say where a link leads, unless its words already do."""
        if not address.startswith(("http://", "https://")) or len(address) > _LONGEST_LINK:
            return
        said = "".join(self._line[since:]).strip()
        if said and said.rstrip("/") not in {address.rstrip("/"), address.partition("//")[2].rstrip("/")}:
            self._line.append(f" <{address}>")

    def _end_line(self) -> None:
        line = "".join(self._line).replace("\xa0", " ").rstrip()
        self._lines.append(f"{'> ' * min(self._quotes, 10)}{line}" if self._quotes else line)
        self._line = []

    def _break(self, *, roomy: bool) -> None:
        if any(piece.strip() for piece in self._line):
            self._end_line()
        self._line = []
        if roomy and self._lines and self._lines[-1].strip("> "):
            self._lines.append(("> " * min(self._quotes, 10)).rstrip())
