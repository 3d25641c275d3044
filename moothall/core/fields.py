"""Form fields of the office, and the `Form` they stand in.

A form checks; it never writes. Every field draws itself in GOV.UK markup through the project's form
renderer: `{{ form }}`, or field by field with `{{ form.name.as_field_group }}`.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import pretty_name
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core import clock, typed
from moothall.core.govuk.forms import GovukBoundField, error_links
from moothall.core.govuk.rendering import render
from moothall.core.govuk.shorthand import options
from moothall.core.widgets import CountedText, DayParts, Looked, LookupInput, Option, SeveralFiles

__all__ = [
    "ChoiceField",
    "DateField",
    "EmailField",
    "FileField",
    "Form",
    "LookupField",
    "MoneyField",
    "MultiChoiceField",
    "Option",
    "PhoneField",
    "TextArea",
    "TextField",
    "TickField",
    "TimeField",
    "YesNo",
]


class Form(forms.Form):
    """A form with its error summary.

    `label_size` is s, m, l or empty; `page_heading` names the field whose label is the page's heading;
    `mark_optional` says "(optional)" beside what may be left empty.
    """

    use_required_attribute = False
    bound_field_class = GovukBoundField
    label_size = "s"
    page_heading: str | None = None
    mark_optional = True

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for name, field in self.fields.items():
            if field.error_messages.get("required") is forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = empty_sentence(
                    field, str(field.label or pretty_name(name))
                )

    def field(self, name: str) -> Any:
        """A field by name, to be given its choices or its source."""
        return self.fields[name]

    def error_summary(self) -> SafeString:
        """Every error as a link to its field, or nothing."""
        errors = error_links(self)
        return (
            render("error-summary", options("error-summary", {"items": errors})) if errors else SafeString()
        )


QUESTION_WORDS = frozenset({
    "how", "what", "when", "where", "who", "why", "beth", "ble", "pam", "pryd", "pwy", "sut",
})  # fmt: skip


def empty_sentence(field: forms.Field, label: str) -> str:
    """What to do about a field that was left empty and may not be."""
    if isinstance(field, forms.BooleanField):
        return _("Tick “%(label)s” to go on.") % {"label": label}
    if isinstance(field, forms.FileField):
        return _("Choose a file for “%(label)s”.") % {"label": label}
    if label.endswith("?"):
        return _("Answer “%(label)s”") % {"label": label}
    if label.partition(" ")[0].strip(",").lower() in QUESTION_WORDS:
        return _("Say %(label)s.") % {"label": label[:1].lower() + label[1:]}
    words = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    if isinstance(field, forms.ChoiceField):
        return _("Choose the %(label)s.") % {"label": words}
    return _("Enter the %(label)s.") % {"label": words}


def classes(width: int | None, extra: str = "") -> dict[str, str]:
    given = f"govuk-input--width-{width} {extra}" if width else extra
    return {"class": given.strip()} if given else {}


class TextField(forms.CharField):
    """One line of words. `width` is in characters: 2, 3, 4, 5, 10, 20 or 30."""

    def __init__(self, *, width: int | None = None, autocomplete: str = "", **given: Any) -> None:
        attrs = {**classes(width), **({"autocomplete": autocomplete} if autocomplete else {})}
        given.setdefault("max_length", 200)
        given.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**given)


class TextArea(forms.CharField):
    """Several lines of words; with `max_length` it counts down what is left. `draft_url` keeps drafts."""

    def __init__(self, *, rows: int = 5, **given: Any) -> None:
        kind = CountedText if given.get("max_length") else forms.Textarea
        given.setdefault("widget", kind(attrs={"rows": rows}))
        super().__init__(**given)


class EmailField(forms.EmailField):
    """A mail address; spaces around it are forgiven."""

    default_error_messages = {"invalid": gettext_lazy("Enter an email address like name@example.com.")}

    def __init__(self, *, autocomplete: str = "off", **given: Any) -> None:
        given.setdefault(
            "widget", forms.EmailInput(attrs={"autocomplete": autocomplete, "spellcheck": False})
        )
        super().__init__(**given)


class PhoneField(forms.CharField):
    """A telephone number as people write it, spaces, brackets and extensions included."""

    default_error_messages = {"unreadable": gettext_lazy("Enter a telephone number like 01632 960 001.")}

    def __init__(self, *, autocomplete: str = "off", **given: Any) -> None:
        attrs = {**classes(20), "autocomplete": autocomplete}
        widget = forms.TextInput(attrs=attrs)
        widget.input_type = "tel"
        given.setdefault("widget", widget)
        super().__init__(**given)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        number = typed.phone(text)
        if number is None:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return number


class DateField(forms.Field):
    """A day. `parts=True` asks for a memorable date in three boxes; otherwise one box that reads
    22/11/2026, 22 Nov, tomorrow or next friday."""

    default_error_messages = {
        "unreadable": gettext_lazy("Enter a real date, like 22/11/2026, 22 Nov or tomorrow.")
    }

    def __init__(self, *, parts: bool = False, autocomplete: str = "", **given: Any) -> None:
        attrs = {"autocomplete": autocomplete} if autocomplete else {"autocomplete": "off"}
        box = forms.TextInput(attrs={**attrs, **classes(10)})
        given.setdefault("widget", DayParts(attrs=attrs) if parts else box)
        super().__init__(**given)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else value

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return clock.in_london(value).date()
        if isinstance(value, dt.date):
            return value
        found = typed.day(str(value), today=clock.today())
        if found is None:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.to_python(initial), data))


class TimeField(forms.Field):
    """A time of day: 9.30, 0930, 2pm, noon."""

    default_error_messages = {"unreadable": gettext_lazy("Enter a time, like 9.30am or 14:05.")}

    def __init__(self, **given: Any) -> None:
        given.setdefault("widget", forms.TextInput(attrs={**classes(5), "autocomplete": "off"}))
        super().__init__(**given)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, dt.time) else value

    def to_python(self, value: Any) -> dt.time | None:
        if value in self.empty_values:
            return None
        found = value if isinstance(value, dt.time) else typed.time(str(value))
        if found is None:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return found


class MoneyField(forms.Field):
    """Pounds and pence as a Decimal with two places."""

    default_error_messages = {
        "unreadable": gettext_lazy("Enter an amount of money, like 12 or 1,250.50."),
        "negative": gettext_lazy("The amount must not be less than nothing."),
    }

    def __init__(self, *, negative: bool = False, **given: Any) -> None:
        widget = forms.TextInput(attrs={**classes(10), "inputmode": "decimal", "autocomplete": "off"})
        widget.govuk = {"prefix": {"text": "£"}, "spellcheck": False}  # type: ignore[attr-defined]
        given.setdefault("widget", widget)
        super().__init__(**given)
        self.negative = negative

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}" if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        found = value if isinstance(value, Decimal) else typed.money(str(value))
        if found is None:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        if found < 0 and not self.negative:
            raise ValidationError(self.error_messages["negative"], code="negative")
        return found


class ChoiceField(forms.ChoiceField):
    """One of several, as radios, or as a list with `select=True`. `choice_hints` explains values."""

    def __init__(
        self,
        *,
        select: bool = False,
        inline: bool = False,
        choice_hints: dict[str, str] | None = None,
        **given: Any,
    ) -> None:
        kind = forms.Select if select else forms.RadioSelect
        given.setdefault("widget", kind(attrs={"class": "govuk-radios--inline"} if inline else {}))
        super().__init__(**given)
        self.choice_hints = choice_hints or {}


class MultiChoiceField(forms.MultipleChoiceField):
    """Any of several, as checkboxes."""

    def __init__(self, *, choice_hints: dict[str, str] | None = None, **given: Any) -> None:
        given.setdefault("widget", forms.CheckboxSelectMultiple())
        super().__init__(**given)
        self.choice_hints = choice_hints or {}


class YesNo(forms.TypedChoiceField):
    """Yes or no, as True, False, or None when it may be left open."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("widget", forms.RadioSelect(attrs={"class": "govuk-radios--inline"}))
        given.setdefault("choices", [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))])
        super().__init__(coerce=lambda value: value == "yes", empty_value=None, **given)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


class TickField(forms.BooleanField):
    """A statement with one box to tick."""


class FileField(forms.FileField):
    """One file, or with `several=True` a list of files. `accept` is the browser's own filter."""

    def __init__(self, *, several: bool = False, accept: str = "", **given: Any) -> None:
        kind = SeveralFiles if several else forms.FileInput
        given.setdefault("widget", kind(attrs={"accept": accept} if accept else {}))
        super().__init__(**given)
        self.several = several

    def clean(self, value: Any, initial: Any = None) -> Any:
        if not self.several:
            return super().clean(value, initial)
        files: Sequence[UploadedFile] = value or []
        if not files:
            super().clean(None, initial)
        return [super(FileField, self).clean(one, initial) for one in files]


class LookupField(forms.Field):
    """A row chosen by typing: a person, a case, a team.

    `connect(...)` in the form's own `__init__` says where rows come from, already narrowed to what the
    person may see: `fetch(key)` finds the row chosen in the list, `search(text)` the rows that fit
    words, and `describe(row)` gives its Option.
    """

    default_error_messages = {
        "unknown": gettext_lazy("Nothing was found for “%(text)s”. Check the spelling, or type less."),
        "several": gettext_lazy("“%(text)s” fits more than one. Choose which you mean."),
    }
    widget: LookupInput

    def __init__(self, *, url: Any = "", width: int | None = None, **given: Any) -> None:
        given.setdefault("widget", LookupInput(url, attrs=dict(classes(width))))
        super().__init__(**given)
        self.connect(fetch=lambda _key: None, search=lambda _text: [])

    def connect(
        self,
        *,
        fetch: Callable[[str], Any | None],
        search: Callable[[str], Sequence[Any]],
        describe: Callable[[Any], Option] = lambda row: Option(str(row.pk), str(row)),
        url: Any = "",
    ) -> None:
        self.fetch, self.search, self.describe = fetch, search, describe
        self.widget.url = url or self.widget.url

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Looked):
            return value
        option = self.describe(value)
        return Looked(option.text, option.key)

    def clean(self, value: Any) -> Any:
        held = value if isinstance(value, Looked) else Looked(str(value or ""), "")
        if held.key:
            row = self.fetch(held.key)
            if row is not None:
                return row
        if not held.text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        rows = list(self.search(held.text))
        if len(rows) == 1:
            return rows[0]
        self.widget.options = [self.describe(row) for row in rows[:10]]
        code = "several" if rows else "unknown"
        raise ValidationError(self.error_messages[code], code=code, params={"text": held.text})
