"""Every example of the design system, drawn by our renderer, is the HTML that the design system gives."""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from moothall.core.govuk import COMPONENTS, render

FIXTURES = Path(__file__).parent / "govuk_fixtures.json.gz"

# Components that are not carried at all, and why.
NOT_CARRIED = {
    "header": "It is the Crown's own header; the project has its own.",
    "footer": "It carries the crest and a licence that is not the office's; the project has its own.",
}


@cache
def upstream() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(gzip.decompress(FIXTURES.read_bytes()))["components"]
    return found


def examples() -> list[Any]:
    return [
        pytest.param(name, example, id=f"{name}: {example['name']}")
        for name, found in upstream().items()
        if name not in NOT_CARRIED
        for example in found
    ]


def normalised(html: str) -> Any:
    """The tree of a piece of HTML: attributes sorted, white space squeezed."""
    return shape(html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False))


def shape(element: Any) -> Any:
    def squeezed(text: str | None) -> list[str]:
        words = " ".join((text or "").split())
        return [words] if words else []

    children: list[Any] = squeezed(element.text)
    for child in element:
        if isinstance(child.tag, str):
            children.append(shape(child))
        children += squeezed(child.tail)
    attributes = sorted((name, " ".join(value.split())) for name, value in element.attrib.items())
    return element.tag, attributes, children


def drawn(source: str, **context: Any) -> str:
    return Template("{% load govuk %}" + source).render(Context(context))


@pytest.mark.parametrize(("name", "example"), examples())
def test_an_upstream_example_is_drawn_as_upstream_draws_it(name: str, example: dict[str, Any]) -> None:
    assert normalised(render(name, example["options"])) == normalised(example["html"])


def test_every_component_is_carried_or_named_as_not_carried() -> None:
    assert set(upstream()) == COMPONENTS | NOT_CARRIED.keys()
    assert sum(map(len, upstream().values())) == 725


def test_words_are_escaped_and_safe_strings_are_not() -> None:
    assert "&lt;b&gt;" in render("button", {"text": "<b>"})
    assert "<b>bold</b>" in render("tag", {"text": mark_safe("<b>bold</b>")})
    assert 'data-x="&#34;"' in render("button", {"text": "Go", "attributes": {"data-x": '"'}})


def test_lazy_translations_are_words_by_the_time_they_are_drawn() -> None:
    assert "Cadw" in render("button", {"text": gettext_lazy("Cadw")})


def test_an_unknown_component_is_refused() -> None:
    with pytest.raises(KeyError):
        render("carousel", {})


def test_a_tag_takes_plain_words_for_label_hint_and_error() -> None:
    html = drawn(
        '{% govuk "input" name="q" label="Name" hint="Yours" error="Enter it" label__classes="big" %}'
    )
    assert '<label class="govuk-label big" for="q">' in html
    assert 'aria-describedby="q-hint q-error"' in html
    assert '<span class="govuk-visually-hidden">Error:</span> Enter it' in html


def test_a_tag_turns_data_aria_and_hx_options_into_attributes() -> None:
    html = drawn('{% govuk "button" text="Go" hx_post="/x" data_key="g m" aria_label="Go there" %}')
    assert 'hx-post="/x" data-key="g m" aria-label="Go there"' in html


def test_a_block_is_the_html_of_its_component() -> None:
    html = drawn(
        '{% govukblock "details" summary=words %}<p>{{ words }}</p>{% endgovukblock %}', words="a < b"
    )
    assert "<p>a &lt; b</p>" in html
    assert "a &lt; b\n" in html


def test_pairs_make_the_items_of_choices_links_rows_and_cells() -> None:
    choices = drawn(
        '{% govuk "radios" name="r" legend="Which" items=items %}', items=[("a", "One"), ("b", "Two")]
    )
    assert 'value="b"' in choices
    assert "Which" in choices
    links = drawn('{% govuk "breadcrumbs" items=items %}', items=[("Cases", "/cases"), ("Here", None)])
    assert '<a class="govuk-breadcrumbs__link" href="/cases">Cases</a>' in links
    rows = drawn(
        '{% govuk "summary-list" rows=rows %}', rows=[("Name", None), ("Team", "HR", [("Change", "/t")])]
    )
    assert 'href="/t">Change<span class="govuk-visually-hidden"> team</span>' in rows
    cells = drawn('{% govuk "table" head=head rows=rows %}', head=["A", "B"], rows=[[1, None]])
    assert ">1</td>" in cells


def test_default_words_follow_the_language() -> None:
    assert "There is a problem" in drawn('{% govuk "error-summary" items=items %}', items=[("Oh", "#a")])
    assert 'href="#main-content"' in drawn('{% govuk "skip-link" %}')
    with override("cy"):
        assert "govuk-skip-link" in drawn('{% govuk "skip-link" %}')


def test_a_simple_component_takes_less_than_a_sixth_of_a_millisecond() -> None:
    from timeit import repeat

    render("button", {"text": "Go"})
    assert min(repeat(lambda: render("button", {"text": "Go"}), number=50, repeat=5)) / 50 < 0.00015


def test_the_shell_is_whole_html_with_and_without_a_context() -> None:
    request = RequestFactory().get("/")
    for name in ("base.html", "public.html", "404.html", "403.html", "500.html", "refusal.html"):
        html = Template(f"{{% extends '{name}' %}}").render(Context({"request": request}))
        html5lib.HTMLParser(strict=True).parse(html)
