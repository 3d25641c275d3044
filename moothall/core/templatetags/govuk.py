"""Tags for the GOV.UK components.

    {% load govuk %}
    {% govuk "button" text=words classes="govuk-button--secondary" hx_post=address %}
    {% govuk "input" name="q" label=words hint=words error=words label__classes="govuk-label--s" %}
    {% govukblock "details" summary=words %}<p>…</p>{% endgovukblock %}     the content becomes `html`
    {% error_summary form other_form %}     every error as a link to its field; nothing when there is none

Options are the design system's own, in snake_case. `a__b` nests. `label`, `hint`, `error`, `legend`,
`prefix` and `suffix` take plain words. `data_x`, `aria_x` and `hx_x` are attributes. `items`, `rows` and
`head` take tuples: (value, words) for choices, (words, address) for links and errors, (key, value) or
(key, value, [(words, address)]) for summary lists, plain values for tables. Strings are escaped unless safe.
"""

from typing import Any

from django import forms, template
from django.utils.safestring import SafeString, mark_safe

from moothall.core.govuk import render
from moothall.core.govuk.forms import error_links
from moothall.core.govuk.shorthand import options

register = template.Library()

BLOCK_OPTION = {"error-summary": "descriptionHtml"}


@register.simple_tag(name="govuk")
def component(component_name: str, **given: Any) -> SafeString:
    return render(component_name, options(component_name, given))


@register.simple_block_tag(name="govukblock")
def component_block(content: str, component_name: str, **given: Any) -> SafeString:
    html = mark_safe(content)  # noqa: S308
    option = BLOCK_OPTION.get(component_name, "html")
    return render(component_name, {**options(component_name, given), option: html})


@register.simple_tag
def error_summary(*given: forms.BaseForm | None) -> SafeString:
    errors = [link for form in given if form is not None for link in error_links(form)]
    if not errors:
        return SafeString()
    return render("error-summary", options("error-summary", {"items": errors}))
