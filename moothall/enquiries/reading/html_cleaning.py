"""Makes the HTML of a mail safe to show: nothing that runs, nothing that is fetched from elsewhere."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

import nh3

from . import words
from .html_bounds import KEPT, bounded_html
from .mail import Limits, Notes

_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"dir", "lang", "style"},
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height", "title"},
    "ol": {"start", "type"},
    "table": {"border"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign", "scope"},
}
# No colours (white on white hides words), no sizes, nothing that can take an address.
_STYLES = {"font-style", "font-weight", "text-align", "text-decoration", "vertical-align", "white-space"}
_PICTURE_TYPES = {"png": ".png", "jpeg": ".jpg", "jpg": ".jpg", "gif": ".gif", "webp": ".webp"}
_DATA = re.compile(r"\s*data:image/([a-z]{3,4})\s*;\s*base64\s*,", re.IGNORECASE)
_MOST_EMBEDDED = 50


def _only_carried(tag: str, attribute: str, value: str) -> str | None:
    """The last word on pictures: only those that came inside the mail."""
    if tag == "img" and attribute == "src" and not value.startswith("cid:"):
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=KEPT,
    attributes=_ATTRIBUTES,
    attribute_filter=_only_carried,
    url_schemes={"http", "https", "mailto", "tel", "cid"},
    url_relative="deny",
    filter_style_properties=_STYLES,
    link_rel="noopener noreferrer nofollow",
)


@dataclass(slots=True)
class Pictures:
    """What became of the pictures of one mail while its HTML was cleaned."""

    known: frozenset[str]
    used: set[str] = field(default_factory=set)
    embedded: list[tuple[str, str, bytes]] = field(default_factory=list)
    blocked: int = 0

    def choose(self, attributes: dict[str, str]) -> dict[str, str] | None:
        """Which attributes of a picture stay: carried ones are shown, remote ones leave their words."""
        source = attributes.pop("src", "").strip()
        scheme = source[:4].lower()
        if scheme == "cid:":
            return self._carried(source[4:], attributes)
        if scheme == "data":
            return self._written_out(source, attributes)
        if source:
            self.blocked += 1
        if _is_dot(attributes) or not attributes.get("alt", "").strip():
            return None
        return attributes

    def _carried(self, content_id: str, attributes: dict[str, str]) -> dict[str, str]:
        content_id = content_id.strip().strip("<>")
        if content_id in self.known:
            self.used.add(content_id)
            attributes["src"] = f"cid:{content_id}"
        return attributes

    def _written_out(self, source: str, attributes: dict[str, str]) -> dict[str, str]:
        """A picture written into the page itself becomes an attachment shown in its place."""
        start = _DATA.match(source)
        ending = _PICTURE_TYPES.get(start[1].lower()) if start else None
        if start is None or ending is None or len(self.embedded) >= _MOST_EMBEDDED:
            return attributes
        try:
            content = base64.b64decode(source[start.end() :])
        except (binascii.Error, ValueError):
            return attributes
        content_id = f"picture-{len(self.embedded) + 1}@page"
        self.embedded.append((content_id, f"picture-{len(self.embedded) + 1}{ending}", content))
        attributes["src"] = f"cid:{content_id}"
        return attributes


def _is_dot(attributes: Mapping[str, str]) -> bool:
    """A picture nobody can see is there to tell that the mail was opened."""
    return any(
        attributes.get(side, "").strip().removesuffix("px") in {"0", "1"} for side in ("width", "height")
    )


def clean_html(source: str, *, pictures: Pictures, limits: Limits, notes: Notes) -> str:
    """The HTML to show. Its pictures are `cid:` addresses of attachments, or are gone."""
    shown = _beginning(source, limits)
    if len(shown) < len(source):
        notes.add(words.HTML_CUT)
    bounded, too_deep = bounded_html(shown, depth=limits.html_depth, picture=pictures.choose)
    if too_deep:
        notes.add(words.HTML_DEEP)
    return _CLEANER.clean(bounded).strip()


def _beginning(source: str, limits: Limits) -> str:
    """As much of the page as the limits on letters and on tags allow."""
    source = source[: limits.html_chars]
    if source.count("<") <= limits.html_tags:
        return source
    last = next(islice(re.finditer("<", source), limits.html_tags, None))
    return source[: last.start()]
