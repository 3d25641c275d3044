"""Answers to a form that come as plain data, from a program: what is wrong with them."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, FormatChecker

LONGEST_COMPLAINT: Final = 300
FORMATS: Final = FormatChecker(["date", "email"])


def wrong_answers(form: Mapping[str, Any], answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each answer that the form (a JSON Schema) does not allow, by the name of its question, and why. None
    has to be there: not every system asks all that ours does."""
    asked = form.get("properties", {})
    unknown = [
        (name, _("The form of this service does not ask this.")) for name in answers if name not in asked
    ]
    known = {name: value for name, value in answers.items() if name in asked}
    check = Draft202012Validator({"type": "object", "properties": asked}, format_checker=FORMATS)
    errors = sorted(check.iter_errors(known), key=lambda error: str(error.json_path))
    found = {str(error.absolute_path[0]): error.message[:LONGEST_COMPLAINT] for error in reversed(errors)}
    return [*unknown, *sorted(found.items())]
