"""One function, `render`, that turns a component's name and its options into HTML.

The options are the ones on the design system's own pages (`text`, `items`, `errorMessage`, …). Plain
strings are escaped; a safe string is not. Templates are compiled on first use and kept.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, FileSystemLoader, Undefined
from markupsafe import Markup, escape

FOLDER = Path(__file__).parent / "components"
COMPONENTS = frozenset(path.stem for path in FOLDER.glob("*.jinja"))


class Options(Environment):
    """Jinja that reads `params.items` as the option, never as the method of a dict."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            if attribute in obj:
                return obj[attribute]
            return self.undefined(obj=obj, name=attribute)
        if attribute == "length" and isinstance(obj, list | tuple):
            return len(obj)
        return super().getattr(obj, attribute)


def printed(value: Any) -> Any:
    """What an option looks like in HTML: JSON's words for true and false, nothing for null."""
    if value is None:
        return ""
    if value is True or value is False:
        return "true" if value else "false"
    return value


def attributes(given: Any) -> Markup:
    """A component's extra attributes: ` name="value"` for each, or the text as it stands."""
    if not given:
        return Markup()
    if isinstance(given, str):
        return Markup(given)  # noqa: S704
    return Markup("".join([attribute(name, item) for name, item in given.items()]))  # noqa: S704


def attribute(name: str, item: Any) -> str:
    """One attribute as HTML; one that is optional and has no value is nothing."""
    if isinstance(item, dict):
        value = item.get("value")
        if item.get("optional") is True:
            if value is None or value is False or isinstance(value, Undefined):
                return ""
            if value is True:
                return f" {escape(name)}"
        item = value
    return f' {escape(name)}="{escape(printed(item))}"'


def translation_attributes(params: Mapping[str, Any]) -> Markup:
    """The words a component's script needs, as `data-i18n` attributes."""
    messages = params.get("messages")
    if messages:
        found = [(f"{params['key']}.{rule}", words) for rule, words in messages.items()]
    else:
        found = [(str(params["key"]), params.get("message"))]
    return Markup("").join(Markup(' data-i18n.{}="{}"').format(key, words) for key, words in found if words)


def component(name: str) -> Callable[..., Markup]:
    """A component as a function for the other templates, compiled when first called."""
    macro: list[Callable[..., Markup]] = []

    def call(params: Any, caller: Any = None) -> Markup:
        if not macro:
            macro.append(environment.get_template(f"{name}.jinja").module.component)  # type: ignore[attr-defined]
        if caller is not None:
            return macro[0](params, caller=caller)
        return macro[0](params)

    return call


def camel(name: str) -> str:
    """`error-message` and `error_message` as `errorMessage`."""
    first, *rest = name.replace("-", "_").split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)


environment = Options(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=ChainableUndefined,
    finalize=printed,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
    cache_size=-1,
)
environment.tests["truthy"] = lambda value: bool(value)
environment.filters["escape"] = lambda value: escape(printed(value))
environment.filters["string"] = lambda value: str(printed(value))
macros = {name: component(name) for name in COMPONENTS}
environment.globals.update(
    {
        "govukAttributes": attributes,
        "govukI18nAttributes": translation_attributes,
        **{camel(f"govuk-{name}"): macro for name, macro in macros.items()},
    }
)


def spoken(value: Any) -> Any:
    """Lazy translations as words, all the way down, so that templates meet plain values only."""
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, Mapping):
        return {key: spoken(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [spoken(item) for item in value]
    return value


def render_select(params: Mapping[str, Any], inside: SafeString) -> SafeString:
    """The HTML of a list to choose from with these options in it, which may stand in groups."""
    before, end, after = render("select", params).rpartition("</select>")
    return mark_safe(f"{before}{inside}{end}{after}")  # noqa: S308


def render(name: str, params: Mapping[str, Any]) -> SafeString:
    """The HTML of one component; an unknown name raises KeyError."""
    return mark_safe(macros[name](spoken(params)))  # noqa: S308
