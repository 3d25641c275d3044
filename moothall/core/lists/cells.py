"""The cells of a row as HTML, for lists that need no template of their own for it."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.core.clock import in_london

from .listing import Column

Draw = Callable[[Any, str], SafeString]


def drawer(columns: Sequence[Column]) -> Draw:
    """How to draw the cells of a row; the first leads to the row's address, if it has one.

    A template would take ten times as long, and most of a long list's time.
    """
    openings = [
        format_html(
            '<td{} data-label="{}">',
            SafeString(' class="mh-list__number"') if column.numeric else "",
            column.heading,
        )
        for column in columns
    ]

    def draw(row: Any, address: str) -> SafeString:
        texts = [conditional_escape(in_words(column.of(row))) for column in columns]
        if address and texts:
            texts[0] = format_html('<a class="mh-list__link" data-open href="{}">{}</a>', address, texts[0])
        pairs = zip(openings, texts, strict=True)
        return SafeString("".join([f"{opening}{text}</td>" for opening, text in pairs]))

    return draw


def in_words(value: Any) -> Any:
    """Days and times in words, nothing for no value, several values with commas; what has a name in both
    languages by that of the page."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return date_format(in_london(value), "j M Y, H:i")
    if isinstance(value, dt.date):
        return date_format(value, "j M Y")
    if isinstance(value, list | tuple):
        return ", ".join(str(in_words(each)) for each in value)
    if hasattr(value, "name_in"):
        return value.name_in(get_language() or "en")
    return value
