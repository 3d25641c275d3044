"""Short ways to write a component's options in a template, and its default words in both languages."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moothall.core.govuk.rendering import camel

Options = dict[str, Any]

# Options that the design system spells {"text": …}: a plain string will do.
TEXTUAL = frozenset({"label", "hint", "errorMessage", "prefix", "suffix"})
NAMES = {"error": "errorMessage", "summary": "summaryText", "class": "classes"}
ATTRIBUTE_PREFIXES = ("data_", "aria_", "hx_")

WORDS: dict[str, Options] = {
    "back-link": {"text": _("Back")},
    "breadcrumbs": {"labelText": _("Breadcrumb")},
    "error-message": {"visuallyHiddenText": _("Error")},
    "error-summary": {"titleText": _("There is a problem")},
    "warning-text": {"iconFallbackText": _("Warning")},
    "skip-link": {"text": _("Skip to main content"), "href": "#main-content"},
    "language-navigation": {"ariaLabel": _("Language")},
    "pagination": {"landmarkLabel": _("Pages")},
    "service-navigation": {"menuButtonText": _("Menu")},
    "accordion": {
        "hideAllSectionsText": _("Hide all sections"),
        "hideSectionText": _("Hide"),
        "hideSectionAriaLabelText": _("Hide this section"),
        "showAllSectionsText": _("Show all sections"),
        "showSectionText": _("Show"),
        "showSectionAriaLabelText": _("Show this section"),
    },
    "character-count": {
        "charactersUnderLimitText": {
            "one": _("You have %{count} character remaining"),
            "other": _("You have %{count} characters remaining"),
        },
        "charactersAtLimitText": _("You have 0 characters remaining"),
        "charactersOverLimitText": {
            "one": _("You have %{count} character too many"),
            "other": _("You have %{count} characters too many"),
        },
        "textareaDescriptionText": _("You can enter up to %{count} characters"),
    },
    "password-input": {
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabelText": _("Show password"),
        "hidePasswordAriaLabelText": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    },
    "file-upload": {
        "chooseFilesButtonText": _("Choose file"),
        "dropInstructionText": _("or drop file"),
        "noFileChosenText": _("No file chosen"),
    },
    "tabs": {"title": pgettext_lazy("title of a list of tabs", "Contents")},
}


def options(name: str, given: Mapping[str, Any]) -> Options:
    """The full options of component `name` from what a template wrote."""
    found: Options = dict(WORDS.get(name, {}))
    for key, value in given.items():
        put(found, key, value)
    if isinstance(found.get("errorMessage"), dict):
        found["errorMessage"] = WORDS["error-message"] | found["errorMessage"]
    legend = found.pop("legend", None)
    if legend:
        found["fieldset"] = {**found.get("fieldset", {}), "legend": textual(legend)}
    shape = SHAPES.get(name)
    if shape:
        shape(found)
    return found


def put(found: Options, key: str, value: Any) -> None:
    """One option: `a__b` nests, `data_x` is an attribute, words become {"text": …} where that is meant."""
    if key.startswith(ATTRIBUTE_PREFIXES):
        found.setdefault("attributes", {})[key.replace("_", "-")] = value
        return
    first, _rest, inner = key.partition("__")
    name = NAMES.get(first, camel(first))
    if inner:
        found[name] = dict(textual(found.get(name)) or {})
        put(found[name], inner, value)
    else:
        found[name] = textual(value) if name in TEXTUAL else value


def textual(value: Any) -> Any:
    """A string as {"text": …}, a safe string as {"html": …}, no words as None, anything else as it is."""
    if isinstance(value, SafeString):
        return {"html": value} if value else None
    if isinstance(value, str | Promise):
        return {"text": value} if value else None
    return value


def cell(value: Any) -> Options:
    """Any value as the content of a table cell or a row; None is empty."""
    if isinstance(value, dict):
        return value
    return textual(value if isinstance(value, str) else "" if value is None else str(value)) or {"text": ""}


def is_pair(item: Any) -> bool:
    return isinstance(item, tuple | list) and len(item) == 2


def shape_choices(found: Options) -> None:
    """`items` may be (value, words) pairs."""
    given = found.get("items") or []
    found["items"] = [{"value": str(i[0]), "text": i[1]} if is_pair(i) else i for i in given]


def links(given: Any) -> list[Any]:
    """(words, address) pairs as items; an address of None is no link."""
    return [{"text": i[0], "href": i[1]} if is_pair(i) else i for i in given or []]


def shape_breadcrumbs(found: Options) -> None:
    found["items"] = links(found.get("items"))


def shape_title(found: Options) -> None:
    """`title` is the words above a panel, a banner or an error summary."""
    if "title" in found:
        found["titleText"] = found.pop("title")


def shape_error_summary(found: Options) -> None:
    """`items` may be (words, address) pairs."""
    shape_title(found)
    found["errorList"] = links(found.pop("items", None) or found.get("errorList"))


def shape_banner(found: Options) -> None:
    shape_title(found)
    found.setdefault("titleText", _("Success") if found.get("type") == "success" else _("Important"))


def shape_summary_list(found: Options) -> None:
    """`rows` may be (key, value) pairs, or (key, value, [(words, address), …])."""
    found["rows"] = [summary_row(*row) if isinstance(row, tuple | list) else row for row in found["rows"]]
    if isinstance(found.get("card"), str | Promise):
        found["card"] = {"title": textual(found["card"])}


def summary_row(key: Any, value: Any, actions: Any = ()) -> Options:
    hidden = {"visuallyHiddenText": str(key).lower()}
    return {
        "key": cell(key),
        "value": cell(value),
        "actions": {"items": [{**link, **hidden} for link in links(actions)]},
    }


def shape_table(found: Options) -> None:
    """`head` and `rows` may hold plain values."""
    found["head"] = [cell(value) for value in found["head"]] if found.get("head") else None
    found["rows"] = [[cell(value) for value in row] for row in found.get("rows") or []]


def shape_tabs(found: Options) -> None:
    """`items` may be (id, label, html)."""
    found["items"] = [
        {"id": i[0], "label": i[1], "panel": {"html": i[2]}} if isinstance(i, tuple | list) else i
        for i in found.get("items") or []
    ]


def shape_accordion(found: Options) -> None:
    """`items` may be (heading, content)."""
    found["items"] = [
        {"heading": cell(i[0]), "content": cell(i[1])} if is_pair(i) else i for i in found.get("items") or []
    ]


SHAPES: dict[str, Callable[[Options], None]] = {
    "accordion": shape_accordion,
    "breadcrumbs": shape_breadcrumbs,
    "checkboxes": shape_choices,
    "error-summary": shape_error_summary,
    "notification-banner": shape_banner,
    "panel": shape_title,
    "radios": shape_choices,
    "select": shape_choices,
    "summary-list": shape_summary_list,
    "table": shape_table,
    "tabs": shape_tabs,
}
