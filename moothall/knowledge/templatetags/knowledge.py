"""Tags for articles and the directory.

{{ entry|said:"name" }}         a field in the page's language, English where the Welsh is not written
{{ entry.hours|hours }}         a line for each span of the opening hours
{% open_now entry.hours %}      a tag that says whether it is open
{{ entry.languages|spoken }}    the languages, named
{% article_page edition %}      what an edition says, as a page
{{ edition|in_short }}          a sentence or two of it
"""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.core.clock import in_london, now
from moothall.core.templatetags.parts import tag
from moothall.knowledge.models import ArticleEdition
from moothall.knowledge.rules import opening_hours, rendering
from moothall.knowledge.rules.directory import LANGUAGES
from moothall.letters.rules.formatting import to_html

register = template.Library()


@register.filter
def said(row: Any, field: str) -> str:
    return str(row.said(field, get_language() or "en"))


@register.filter
def hours(text: str) -> list[str]:
    return opening_hours.in_words(text)


@register.filter
def spoken(codes: list[str]) -> str:
    return ", ".join(str(LANGUAGES[code]) for code in codes if code in LANGUAGES)


@register.filter
def formatted(text: str) -> SafeString:
    """Paragraphs, lists, bold and links, and nothing else."""
    return to_html(text)


@register.simple_tag
def open_now(text: str) -> SafeString:
    state = opening_hours.is_open(text, in_london(now()))
    if state is None:
        return SafeString()
    return tag(_("Open now"), "green") if state else tag(_("Closed now"), "grey")


@register.simple_tag
def article_page(edition: ArticleEdition, language: str = "") -> SafeString:
    """What it says in a language, the page's unless said."""
    return rendering.to_page(edition.said("body", language or get_language() or "en"))


@register.filter
def in_short(edition: ArticleEdition) -> str:
    return rendering.in_short(edition, get_language() or "en")
