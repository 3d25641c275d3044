"""The questions of a form kept as JSON Schema: as fields of a page in a language, and answered in words.

A question is a property of the schema, with `title`, `title_cy`, `description` and `description_cy` beside
what JSON Schema knows. Answers are plain data: text, numbers, true or false, lists, and days as 2026-11-22.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.validators import RegexValidator
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import fields

Question = Mapping[str, Any]
MOST_SHOWN_AS_RADIOS: Final = 7
LONGEST_LINE: Final = 500
LONGEST_TEXT: Final = 20_000


def title_of(question: Question, language: str) -> str:
    return str((question.get("title_cy") if language == "cy" else "") or question.get("title", ""))


def hint_of(question: Question, language: str) -> str:
    return str(
        (question.get("description_cy") if language == "cy" else "") or question.get("description", "")
    )


def choices_of(question: Question, language: str) -> list[tuple[str, str]]:
    """(value, words) of a question with a fixed list of answers; none for any other."""
    source = question.get("items", {}) if question.get("type") == "array" else question
    if "oneOf" in source:
        return [(str(each["const"]), title_of(each, language)) for each in source["oneOf"]]
    return [(str(each), str(each)) for each in source.get("enum", ())]


def field_for(question: Question, *, language: str, required: bool) -> forms.Field:
    """The field that asks this question."""
    given: dict[str, Any] = {
        "label": title_of(question, language), "help_text": hint_of(question, language), "required": required,
        "initial": question.get("default"),
    }  # fmt: skip
    choices = choices_of(question, language)
    kind = question.get("type")
    if kind == "array":
        return fields.MultiChoiceField(choices=choices, **given)
    if choices:
        return fields.ChoiceField(choices=choices, select=len(choices) > MOST_SHOWN_AS_RADIOS, **given)
    if kind == "boolean":
        return fields.YesNo(**given)
    if kind in {"integer", "number"}:
        return _number(question, given)
    return _text(question, given)


def _number(question: Question, given: dict[str, Any]) -> forms.Field:
    lowest, highest = question.get("minimum"), question.get("maximum")
    if question.get("type") == "integer":
        return forms.IntegerField(min_value=lowest, max_value=highest, **given)
    least = None if lowest is None else Decimal(str(lowest))
    most = None if highest is None else Decimal(str(highest))
    return forms.DecimalField(min_value=least, max_value=most, max_digits=15, **given)


def _text(question: Question, given: dict[str, Any]) -> forms.Field:
    if question.get("format") == "date":
        return fields.DateField(parts=True, **given)
    if question.get("format") == "email":
        return fields.EmailField(autocomplete="email", **given)
    given["min_length"] = question.get("minLength")
    if question.get("widget") == "textarea":
        return fields.TextArea(max_length=question.get("maxLength", LONGEST_TEXT), rows=8, **given)
    if question.get("pattern"):
        words = gettext_lazy("Write it the way the hint shows.")
        given["validators"] = [RegexValidator(question["pattern"], words)]
    given["autocomplete"] = question.get("autocomplete", "")
    return fields.TextField(max_length=question.get("maxLength", LONGEST_LINE), **given)


def form_of(
    questions: Iterable[tuple[str, Question]],
    *,
    language: str,
    required: Iterable[str] = (),
    base: type[fields.Form] = fields.Form,
) -> type[fields.Form]:
    """A form that asks these questions, each under its own name."""
    needed = set(required)
    asked = {
        name: field_for(question, language=language, required=name in needed) for name, question in questions
    }
    return type("QuestionsForm", (base,), asked)


def answers_in(data: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """What was answered, as plain data; what was left empty is left out."""
    found = {name: plain(data.get(name)) for name in names}
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def initial_of(answers: Mapping[str, Any], questions: Iterable[tuple[str, Question]]) -> dict[str, Any]:
    """Answers as the fields of a form take them to begin with."""
    found: dict[str, Any] = {}
    for name, question in questions:
        if name not in answers:
            continue
        value = answers[name]
        found[name] = _day(value) or value if question.get("format") == "date" else value
    return found


def in_words(question: Question, value: Any, language: str) -> str:
    """An answer as people read it."""
    if value in (None, "", []):
        return ""
    named = dict(choices_of(question, language))
    if isinstance(value, list):
        return ", ".join(named.get(str(each), str(each)) for each in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    day = _day(value) if question.get("format") == "date" else None
    return formats.date_format(day, "j F Y") if day else named.get(str(value), str(value))


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None
