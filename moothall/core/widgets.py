"""Widgets that Django lacks: a date in three parts, several files at once, and a lookup."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from moothall.core.govuk.forms import around, heading, text_box
from moothall.core.govuk.shorthand import Options

PARTS = ("day", "month", "year")


class DayParts(forms.Widget):
    """A memorable date: day, month and year each in a box. A single box of the same name is read too."""

    first_part = "-day"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        parts = [str(data.get(f"{name}-{part}") or "").strip() for part in PARTS]
        return "/".join(parts) if any(parts) else data.get(name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(key in data for key in (name, *(f"{name}-{part}" for part in PARTS)))

    def component(self, bound: BoundField) -> tuple[str, Options]:
        value = bound.value()
        if hasattr(value, "strftime"):
            value = f"{value.day}/{value.month}/{value.year}"
        given = str(value or "").split("/")
        shown = given if len(given) == len(PARTS) else ["", "", ""]
        words = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        autofill = self.attrs.get("autocomplete") == "bday"
        boxes = [
            {
                "name": part,
                "label": words[part],
                "value": text,
                "classes": f"govuk-input--width-{4 if part == 'year' else 2}",
                **({"autocomplete": f"bday-{part}"} if autofill else {}),
            }
            for part, text in zip(PARTS, shown, strict=True)
        ]
        return "date-input", {
            "id": bound.auto_id or bound.html_name,
            "namePrefix": bound.html_name,
            "fieldset": {"legend": heading(bound, "legend")},
            "items": boxes,
            **around(bound),
        }


class SeveralFiles(forms.FileInput):
    """A file box that takes more than one."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class CountedText(forms.Textarea):
    """A text area that says how many characters are left."""

    counted = True


class Looked(NamedTuple):
    """What a lookup sent: the words in its box, and the key of the row chosen from the list, if any."""

    text: str
    key: str


class Option(NamedTuple):
    """One row of a lookup: its key, its words, and what tells it apart from another of the same name."""

    key: str
    text: str
    detail: str = ""
    href: str = ""


class LookupInput(forms.Widget):
    """A text box that can be filled from a list fetched while typing; without a script it is a text box.

    `options` are offered below the box as radios when what was typed fits several rows.
    """

    first_part = ""

    def __init__(self, url: Any = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.url = url
        self.options: list[Option] = []

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Looked:
        return Looked(str(data.get(name) or "").strip(), str(data.get(f"{name}-key") or ""))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}-key" not in data

    def component(self, bound: BoundField) -> tuple[str, Options]:
        value = bound.value()
        held = value if isinstance(value, Looked) else Looked("", "")
        name, identity = bound.html_name, bound.auto_id or bound.html_name
        found = text_box(bound) | {"value": held.text or None, "autocomplete": "off", "spellcheck": False}
        if self.url:
            found["attributes"] |= {"data-lookup-url": str(self.url), "data-lookup-key": f"{identity}-key"}
        if self.options:
            after = self.radios(name, identity)
        else:
            after = format_html(
                '<input type="hidden" name="{}-key" id="{}-key" value="{}">', name, identity, held.key
            )
        return "input", found | {"formGroup": {"afterInput": {"html": after}, "classes": "mh-lookup"}}

    def radios(self, name: str, identity: str) -> str:
        rows = format_html_join(
            "",
            '<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio" id="{}-{}" '
            'name="{}-key" value="{}"><label class="govuk-label govuk-radios__label" for="{}-{}">{} '
            '<span class="mh-quiet">{}</span></label></div>',
            (
                (identity, number, name, row.key, identity, number, row.text, row.detail)
                for number, row in enumerate(self.options, 1)
            ),
        )
        words = _("Which one do you mean?")
        return format_html(
            '<fieldset class="govuk-fieldset mh-lookup__choice"><legend class="govuk-fieldset__legend">{}'
            '</legend><div class="govuk-radios govuk-radios--small">{}</div></fieldset>',
            words,
            rows,
        )
