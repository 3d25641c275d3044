"""Tags that frame things on a staff page.

{% load layout %}
{% icon "call" %}                          a small picture that says nothing by itself
{% panel words %}…{% endpanel %}           a titled box at the side
{% facts rows %}                           [(term, value)] or [(term, value, address to change it)]
{% entry "mail_in" who=name what=words at=moment %}…{% endentry %}
                                           one thing that happened, inside <ol class="mh-timeline">;
                                           `unread` and `anchor` are optional
{% service_navigation navigation %}        the row of desks under the header
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.govuk import render
from moothall.core.govuk.shorthand import options
from moothall.core.navigation import Entry
from moothall.core.templatetags.parts import or_none, when

register = template.Library()
Words = str | Promise
CURRENT = SafeString(' aria-current="page"')

# Paths in a square of 20, drawn as lines in the colour of the words beside them.
ICONS = {
    "mail-in": "M2.5 4.5h15v11h-15z M2.5 5.5 10 11l7.5-5.5",
    "mail-out": "M2.5 9.5 17.5 3l-5.5 14.5-3-6z M9 11.5 17.5 3",
    "call": "M5 2.8h2.8l1.4 3.7-1.9 1.4a9.5 9.5 0 0 0 4.8 4.8l1.4-1.9 3.7 1.4V15"
    "a2 2 0 0 1-2 2.2C8.7 17.2 2.8 11.3 2.8 4.8a2 2 0 0 1 2.2-2z",
    "visit": "M4.5 17.5v-15h8v15 M2.5 17.5h15 M12.5 5h3v12.5 M10 10v.1",
    "note": "M4.5 2.5h8l3 3v12h-11z M7 8h6 M7 11h6 M7 14h4",
    "decision": "M10 2.2l6.5 2.5v4.8c0 4-2.7 6.9-6.5 8.3-3.8-1.4-6.5-4.3-6.5-8.3"
    "V4.7z M6.8 9.8l2.3 2.3 4.2-4.4",
    "change": "M4 13.5V16h2.5l9-9L13 4.5z M11.5 6 14 8.5",
    "person": "M10 9.7a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z M3.5 17c.6-3.7 3.2-5.6 6.5-5.6"
    "s5.9 1.9 6.5 5.6",
    "file": "M14.5 9.2l-5.3 5.3a3 3 0 0 1-4.2-4.2l6-6a2 2 0 0 1 2.8 2.8l-6 6a1 1 0 0 1-1.4-1.4l5.2-5.2",
    "clock": "M10 17.2a7.2 7.2 0 1 0 0-14.4 7.2 7.2 0 0 0 0 14.4z M10 5.8V10l2.8 2",
    "check": "M4 10.5l4 4 8-9",
    "warning": "M10 3l8 14H2z M10 8v4 M10 14.5v.1",
    "lock": "M4.5 9h11v8h-11z M7 9V6.5a3 3 0 0 1 6 0V9",
    "search": "M8.5 13.7a5.2 5.2 0 1 0 0-10.4 5.2 5.2 0 0 0 0 10.4z M12.5 12.5l4.5 4.5",
    "hand-over": "M3 10h12 M10.5 5.5 15 10l-4.5 4.5",
    "hold": "M7 4.5v11 M13 4.5v11",
    "calendar": "M3 4.5h14V17H3z M3 8.5h14 M7 2.5v4 M13 2.5v4",
    "plus": "M10 4v12 M4 10h12",
    "letter": "M4.5 2.5h11v15h-11z M7 6h3 M7 10h6 M7 13h6",
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
        '<a class="govuk-link mh-facts__change" href="{}">{}'
        '<span class="govuk-visually-hidden"> {}</span></a>',
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
def service_navigation(entries: Iterable[Entry]) -> SafeString:
    """Each desk; what belongs together opens under one word."""
    items = format_html_join("", "{}", ((_of_navigation(entry),) for entry in entries))
    given = options("service-navigation", {"slots": {"navigationStart": items}, "classes": "mh-navigation"})
    return render(
        "service-navigation", {**given, "collapseNavigationOnMobile": True, "navigationId": "main-navigation"}
    )


def _of_navigation(entry: Entry) -> SafeString:
    content = _opening(entry) if entry.entries else _leading(entry, "govuk-service-navigation__link")
    active = " govuk-service-navigation__item--active" if entry.current else ""
    return format_html('<li class="govuk-service-navigation__item{}">{}</li>', active, content)


def _leading(entry: Entry, classes: str) -> SafeString:
    """The link of a page."""
    words = format_html("<strong>{}</strong>", entry.text) if entry.current else entry.text
    key = format_html(' <kbd aria-hidden="true">{}</kbd>', entry.key) if entry.key else ""
    current = CURRENT if entry.current else ""
    shown = words if classes.endswith("__link") else format_html("{}{}", words, key)
    return format_html('<a class="{}" href="{}"{}>{}</a>', classes, entry.href, current, shown)


def _opening(entry: Entry) -> SafeString:
    """A word that opens, with the links behind it."""
    links = ((_leading(each, "mh-menu__item"),) for each in entry.entries)
    return format_html(
        '<details class="mh-menu mh-menu--desk" data-menu><summary class="mh-menu__opener"{}>{}</summary>'
        '<ul class="mh-menu__list">{}</ul></details>',
        SafeString(' aria-current="true"') if entry.current else "",
        entry.text,
        format_html_join("", "<li>{}</li>", links),
    )
