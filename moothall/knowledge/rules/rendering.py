"""What an article says, as a page and as a part of a reply: the light formatting of letters, and headings."""

import re
from collections.abc import Iterator

import nh3
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from moothall.knowledge.models import Article, ArticleEdition
from moothall.letters.rules.formatting import html_span, spans, to_html, to_plain

HEADING = re.compile(r"^##\s+(.+)$")
TAGS = {"h2", "p", "ul", "li", "a", "strong", "br"}
CLASSES = {
    "h2": "govuk-heading-m", "p": "govuk-body", "ul": "govuk-list govuk-list--bullet", "a": "govuk-link",
}  # fmt: skip


def to_page(body: str) -> SafeString:
    """The body as a page's HTML: headings, paragraphs, lists, bold and links, and nothing else at all."""
    html = "\n".join(_blocks(body))
    clean = nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
        set_tag_attribute_values={tag: {"class": words} for tag, words in CLASSES.items()},
    )  # fmt: skip
    return mark_safe(clean)  # noqa: S308 - cleaned the line before


def _blocks(body: str) -> Iterator[str]:
    held: list[str] = []
    for line in body.split("\n"):
        heading = HEADING.match(line.strip())
        if heading is None:
            held.append(line)
            continue
        yield to_html("\n".join(held))
        held = []
        yield "<h2>" + "".join(html_span(span) for span in spans(heading[1])) + "</h2>"
    yield to_html("\n".join(held))


def in_a_letter(edition: ArticleEdition, article: Article, language: str) -> str:
    """The words for a reply, in its language, with the address of the page where everybody may read it."""
    lines = [
        f"**{heading[1]}**" if (heading := HEADING.match(line.strip())) else line
        for line in edition.said("body", language).split("\n")
    ]
    words = "\n".join(lines).strip()
    if article.audience != "PUBLIC":
        return words
    return f"{words}\n\n{settings.PUBLIC_URL}{reverse('help_article', args=[article.key])}"


def in_short(edition: ArticleEdition, language: str) -> str:
    """A sentence or two for a list: the summary, else how the body begins."""
    summary = edition.said("summary", language)
    if summary:
        return summary
    words = " ".join(to_plain(edition.said("body", language)).split())
    return words if len(words) < 200 else words[:200].rsplit(" ", 1)[0] + "…"
