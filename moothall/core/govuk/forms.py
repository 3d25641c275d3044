"""Any Django form in GOV.UK markup: `{{ form }}`, `{{ field.as_field_group }}`, and its errors as links.

The widget decides the component, so forms of libraries look right too. A widget may carry
`govuk`, a dict of further options of its component (`prefix`, `formGroup`, `classes`, …).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from moothall.core.govuk.rendering import render, render_select
from moothall.core.govuk.shorthand import Options, options

NAMED_ATTRIBUTES = frozenset({"autocomplete", "inputmode", "pattern", "spellcheck", "autocapitalize", "rows"})


class GovukBoundField(BoundField):
    """A field of a form on a page, drawn by its component."""

    def as_field_group(self) -> SafeString:
        if stands_in_groups(self.field.widget):
            return render_select(component_of(self)[1], options_in_groups(self))
        return render(*component_of(self))

    def target(self) -> str:
        """The id an error links to: the first thing in the field that can take the focus."""
        suffix = getattr(self.field.widget, "first_part", "")
        return f"{self.auto_id or self.html_name}{suffix}"


class Renderer(DjangoTemplates):
    """FORM_RENDERER of the project."""

    form_template_name = "core/forms/form.html"
    formset_template_name = "core/forms/formset.html"
    bound_field_class = GovukBoundField


def component_of(bound: BoundField) -> tuple[str, Options]:
    """The component that draws a field, with all its options."""
    widget = bound.field.widget
    own = getattr(widget, "component", None)
    if own is not None:
        name, more = own(bound)
    else:
        name, more = next(draw for kind, draw in DRAWN_BY if isinstance(widget, kind))(bound)
    given = {**options(name, {}), **more}
    for key, value in getattr(widget, "govuk", {}).items():
        held = given.get(key)
        given[key] = {**held, **value} if isinstance(held, dict) and isinstance(value, dict) else value
    return name, options(name, given)


def heading(bound: BoundField, kind: str) -> Options:
    """The words above a field, marked when it may be left empty, large when they are the page's heading."""
    form, field = bound.form, bound.field
    words = str(bound.label or "")
    if (
        not field.required
        and getattr(form, "mark_optional", True)
        and not isinstance(field, forms.BooleanField)
    ):
        words = _("%(label)s (optional)") % {"label": words}
    prefix = "govuk-fieldset__legend" if kind == "legend" else "govuk-label"
    is_heading = getattr(form, "page_heading", None) == bound.name
    size = "l" if is_heading else getattr(form, "label_size", "s")
    return {"text": words, "classes": f"{prefix}--{size}" if size else "", "isPageHeading": is_heading}


def around(bound: BoundField) -> Options:
    """Hint and error, alike for every component."""
    found: Options = {}
    if bound.help_text:
        found["hint"] = bound.help_text
    if bound.errors:
        found["errorMessage"] = " ".join(str(error) for error in bound.errors)
    return found


def text_box(bound: BoundField) -> Options:
    """What input, textarea, select and file-upload share."""
    attributes = dict(bound.field.widget.attrs)
    found: Options = {
        "id": bound.auto_id or bound.html_name,
        "name": bound.html_name,
        "label": heading(bound, "label"),
        "classes": attributes.pop("class", ""),
        **around(bound),
    }
    for key in NAMED_ATTRIBUTES & attributes.keys():
        found[key] = attributes.pop(key)
    if "spellcheck" in found:
        found["spellcheck"] = found["spellcheck"] not in (False, "false")
    attributes.pop("required", None)
    if bound.field.disabled:
        found["disabled"] = True
    found["attributes"] = {key: value for key, value in attributes.items() if value is not False}
    return found


def shown(bound: BoundField) -> str | None:
    value = bound.field.widget.format_value(bound.value())
    return None if value in (None, "") else str(value)


def draw_input(bound: BoundField) -> tuple[str, Options]:
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "text")
    found = text_box(bound) | {"value": shown(bound), "type": kind}
    if kind == "number":
        found |= {"type": "text", "inputmode": "numeric", "spellcheck": False}
        found["classes"] = found["classes"] or "govuk-input--width-5"
    if kind == "email":
        found.setdefault("autocomplete", "email")
        found["spellcheck"] = False
    return "input", found


def draw_password(bound: BoundField) -> tuple[str, Options]:
    return "password-input", text_box(bound)


def draw_textarea(bound: BoundField) -> tuple[str, Options]:
    found = text_box(bound) | {"value": shown(bound)}
    found["attributes"].pop("cols", None)
    limit = found["attributes"].pop("maxlength", None) or getattr(bound.field, "max_length", None)
    if limit and getattr(bound.field.widget, "counted", False):
        return "character-count", found | {"maxlength": int(limit)}
    return "textarea", found


def draw_file(bound: BoundField) -> tuple[str, Options]:
    found = text_box(bound)
    if getattr(bound.field.widget, "allow_multiple_selected", False):
        found["attributes"]["multiple"] = {"value": True, "optional": True}
    return "file-upload", found


def chosen(bound: BoundField) -> frozenset[str]:
    value = bound.value()
    if value is None:
        return frozenset()
    values = value if isinstance(value, list | tuple | set | frozenset) else [value]
    return frozenset(str(one) for one in values)


def flat(choices: Iterable[Any], group: str = "") -> Iterator[tuple[str, str]]:
    """(value, words) of every choice; a group's name goes before its members' words."""
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from flat(words, str(value))
        else:
            yield ("" if value is None else str(value)), f"{group}: {words}" if group else str(words)


def items(bound: BoundField, mark: str) -> list[Options]:
    held = chosen(bound)
    hints: dict[str, str] = getattr(bound.field, "choice_hints", {})
    found = []
    for value, words in flat(bound.field.widget.choices):
        item: Options = {"value": value, "text": words, mark: value in held}
        if value in hints:
            item["hint"] = {"text": hints[value]}
        if bound.field.disabled:
            item["disabled"] = True
        found.append(item)
    return found


def draw_select(bound: BoundField) -> tuple[str, Options]:
    given = [] if stands_in_groups(bound.field.widget) else items(bound, "selected")
    return "select", text_box(bound) | {"items": given}


def stands_in_groups(widget: forms.Widget) -> bool:
    """Whether it is a list some of whose choices have a heading: the component itself knows none."""
    return type(widget) is forms.Select and any(
        isinstance(words, list | tuple) for _value, words in widget.choices
    )


def options_in_groups(bound: BoundField) -> SafeString:
    """The options of such a list, under their headings."""
    held = chosen(bound)
    drawn = []
    for heading_or_value, words in bound.field.widget.choices:
        if isinstance(words, list | tuple):
            members = format_html_join("", "{}", ((_option(value, said, held),) for value, said in words))
            drawn.append(format_html('<optgroup label="{}">{}</optgroup>', heading_or_value, members))
        else:
            drawn.append(_option(heading_or_value, words, held))
    return format_html_join("", "{}", ((one,) for one in drawn))


def _option(value: Any, words: Any, held: frozenset[str]) -> SafeString:
    key = "" if value is None else str(value)
    mark = mark_safe(" selected") if key in held else ""
    return format_html('<option value="{}"{}>{}</option>', key, mark, words)


def draw_choices(bound: BoundField) -> tuple[str, Options]:
    attributes = dict(bound.field.widget.attrs)
    several = isinstance(bound.field.widget, forms.CheckboxSelectMultiple)
    given = [item for item in items(bound, "checked") if item["value"] != ""]
    return "checkboxes" if several else "radios", {
        "idPrefix": bound.auto_id or bound.html_name,
        "name": bound.html_name,
        "fieldset": {"legend": heading(bound, "legend")},
        "classes": attributes.pop("class", ""),
        "items": given,
        **around(bound),
    }


def draw_tick(bound: BoundField) -> tuple[str, Options]:
    """One checkbox: its label is the statement that is ticked."""
    item: Options = {"value": "on", "text": str(bound.label or ""), "checked": bool(bound.value())}
    if bound.help_text:
        item["hint"] = {"text": bound.help_text}
    found = {"idPrefix": bound.auto_id or bound.html_name, "name": bound.html_name, "items": [item]}
    return "checkboxes", found | {key: value for key, value in around(bound).items() if key != "hint"}


DRAWN_BY = (
    (forms.PasswordInput, draw_password),
    (forms.CheckboxSelectMultiple, draw_choices),
    (forms.RadioSelect, draw_choices),
    (forms.CheckboxInput, draw_tick),
    (forms.Select, draw_select),
    (forms.FileInput, draw_file),
    (forms.Textarea, draw_textarea),
    (forms.Widget, draw_input),
)


def error_links(form: forms.BaseForm) -> list[tuple[str, str | None]]:
    """(sentence, address of the field) for every error of a form, in the order of its fields."""
    found: list[tuple[str, str | None]] = [(str(error), None) for error in form.non_field_errors()]
    for bound in form:
        if not bound.errors:
            continue
        address = f"#{bound.target()}" if isinstance(bound, GovukBoundField) and not bound.is_hidden else None
        found += [(str(error), address) for error in bound.errors]
    return found
