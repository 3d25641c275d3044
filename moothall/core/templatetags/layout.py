"""Tags that frame things on a staff page.

{% load layout %}
{% icon "call" %}                                       a small picture that says nothing by itself
{% panel words %}…{% endpanel %}                        a titled box at the side
{% facts rows %}                                        [(term, value)] or [(term, value, address to change it)]
{% entry "mail_in" who=name what=words at=moment %}…{% endentry %}   one thing that happened, in an
                                                        <ol class="mh-timeline">; `unread`, `anchor` optional
{% service_navigation navigation %}                     the row of desks under the header
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django import template
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.govuk import render
from moothall.core.govuk.shorthand import options
from moothall.core.templatetags.parts import or_none, when

register = template.Library()
Words = str | Promise

# Paths in a square of 20, drawn as lines in the colour of the words beside them.
ICONS = {
    "mail-in": "M2.5 4.5h15v11h-15z M2.5 5.5 10 11l7.5-5.5",
    "mail-out": "M2.5 9.5 17.5 3l-5.500 14.500-3-6z M9 11.500 17.500 3",
    "call": "M5 2.800h2.800l1.400 3.700-1.900 1.400a9.500 9.500 0 0 0 4.800 4.800l1.400-1.900 3.700 1.400V15"
    "a2 2 0 0 1-2 2.200C8.700 17.200 2.800 11.300 2.800 4.800a2 2 0 0 1 2.200-2z",
    "visit": "M4.500 17.500v-15h8v15 M2.500 17.500h15 M12.500 5h3v12.500 M10 10v.1",
    "note": "M4.500 2.500h8l3 3v12h-11z M7 8h6 M7 11h6 M7 14h4",
    "decision": "M10 2.200l6.500 2.500v4.800c0 4-2.700 6.900-6.500 8.300-3.800-1.400-6.500-4.300-6.500-8.300"
    "V4.700z M6.800 9.800l2.300 2.300 4.200-4.400",
    "change": "M4 13.500V16h2.500l9-9L13 4.500z M11.500 6 14 8.500",
    "person": "M10 9.700a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400z M3.500 17c.600-3.700 3.200-5.600 6.500-5.600"
    "s5.900 1.900 6.500 5.600",
    "file": "M14.500 9.200l-5.300 5.300a3 3 0 0 1-4.200-4.200l6-6a2 2 0 0 1 2.800 2.800l-6 6a1 1 0 0 1-1.400-1.400l5.200-5.200",
    "clock": "M10 17.200a7.200 7.200 0 1 0 0-14.400 7.200 7.200 0 0 0 0 14.400z M10 5.800V10l2.800 2",
    "check": "M4 10.500l4 4 8-9",
    "warning": "M10 3l8 14H2z M10 8v4 M10 14.500v.1",
    "lock": "M4.500 9h11v8h-11z M7 9V6.500a3 3 0 0 1 6 0V9",
    "search": "M8.500 13.700a5.200 5.200 0 1 0 0-10.400 5.200 5.200 0 0 0 0 10.400z M12.500 12.500l4.500 4.500",
    "hand-over": "M3 10h12 M10.500 5.500 15 10l-4.500 4.500",
    "hold": "M7 4.500v11 M13 4.500v11",
    "calendar": "M3 4.500h14V17H3z M3 8.500h14 M7 2.500v4 M13 2.500v4",
    "plus": "M10 4v12 M4 10h12",
    "letter": "M4.500 2.500h11v15h-11z M7 6h3 M7 10h6 M7 13h6",
}


class Kind(NamedTuple):
    icon: str
    words: Words


KINDS: dict[str, Kind] = {
    "mail_in": Kind("mail-in", gettext_lazy("Message received")),
    "mail_out": Kind("mail-out", gettext_lazy("Message sent")),
    "call": Kind("call", gettext_lazy("Telephone call")),
    "visit": Kind("visit", gettext_lazy("At the counter")),
    "note": Kind("note", gettext_lazy("Internal note")),
    "decision": Kind("decision", gettext_lazy("Decision")),
    "document": Kind("file", gettext_lazy("Document")),
    "letter": Kind("letter", gettext_lazy("Letter")),
    "change": Kind("change", gettext_lazy("Change")),
}


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html(
        '<svg class="mh-icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_block_tag
def panel(content: str, title: Words, change: str = "", change_words: Words = "") -> SafeString:
    """A titled box; `change` is an address for what is done to it."""
    link = ""
    if change:
        link = format_html('<a class="govuk-link" href="{}">{}</a>', change, change_words or _("Change"))
    return format_html(
        '<section class="mh-panel"><div class="mh-panel__head"><h2 class="mh-panel__title">{}</h2>{}</div>'
        '<div class="mh-panel__body">{}</div></section>',
        title,
        link,
        mark_safe(content),  # noqa: S308
    )


@register.simple_tag
def facts(rows: Iterable[Sequence[Any]]) -> SafeString:
    """Terms and values, close together; an empty value says so."""
    shown = ((row[0], or_none(row[1]), change_link(row)) for row in rows)
    return format_html(
        '<dl class="mh-facts">{}</dl>', format_html_join("", "<div><dt>{}</dt><dd>{}{}</dd></div>", shown)
    )


def change_link(row: Sequence[Any]) -> SafeString:
    if len(row) < 3 or not row[2]:
        return SafeString()
    return format_html(
        '<a class="govuk-link mh-facts__change" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>',
        row[2],
        _("Change"),
        str(row[0]).lower(),
    )


@register.simple_block_tag
def entry(
    content: str,
    kind: str,
    *,
    who: Words = "",
    what: Words = "",
    at: dt.datetime | None = None,
    anchor: str = "",
    unread: bool = False,
) -> SafeString:
    """One entry of a timeline; what it is stands in words for those who do not see its picture."""
    known = KINDS[kind]
    body = content.strip()
    return format_html(
        '<li class="mh-entry mh-entry--{}{}"{}><span class="mh-entry__mark">{}</span>'
        '<article class="mh-entry__card"><div class="mh-entry__head"><h3 class="mh-entry__who">{}</h3>'
        '<span class="mh-entry__what">{}</span><span class="mh-entry__when">{}</span></div>{}</article></li>',
        kind.replace("_", "-"),
        " mh-entry--unread" if unread else "",
        format_html(' id="{}"', anchor) if anchor else "",
        icon(known.icon),
        who or _("Moothall"),
        what or known.words,
        when(at),
        format_html('<div class="mh-entry__body">{}</div>', mark_safe(body)) if body else "",  # noqa: S308
    )


@register.simple_tag
def service_navigation(items: Iterable[Sequence[Any]]) -> SafeString:
    """(words, address, current, count) for each desk; a count of nothing is not shown."""
    shown = [
        {
            "html": format_html('{} <span class="mh-count">{}</span>', words, count)
            if count
            else conditional_escape(words),
            "href": href,
            "current": current,
        }
        for words, href, current, count in items
    ]
    given = options("service-navigation", {"navigation": shown, "classes": "mh-navigation"})
    return render("service-navigation", {**given, "navigationId": "main-navigation"})
