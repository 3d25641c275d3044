"""What stands on every staff page: navigation, the office's name, the jump box. Apps add their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from .notices import notices_for
from .refusals import Words
from .widgets import Option


@dataclass(frozen=True)
class Item:
    """One entry of the service navigation. It stands for its page and those below it, or for `section`.

    Entries of the same `group` stand behind one word; a group of which a person has one entry is that entry.
    """

    order: int
    text: Words
    url_name: str
    permission: str
    section: str = ""
    key: str = ""
    group: str = ""


@dataclass
class Entry:
    """What the navigation shows: a page, or a word behind which there are several."""

    text: Words
    href: str = ""
    current: bool = False
    key: str = ""
    entries: list["Entry"] = field(default_factory=list)


Finder = Callable[[HttpRequest, str], Sequence[Option]]

_items: list[Item] = []
_account_items: list[Item] = []
_new_items: list[Item] = []
_groups: dict[str, tuple[int, Words]] = {}
_finders: list[tuple[int, Words, Finder]] = []
_office: list[Callable[[str], str]] = []


def add_item(item: Item) -> None:
    _refuse_taken_key(item)
    _items.append(item)
    _items.sort(key=lambda each: each.order)


def add_group(key: str, order: int, text: Words) -> None:
    """A word of the navigation behind which entries stand; an entry names it as its `group`."""
    if key in _groups:
        raise ImproperlyConfigured(f"The navigation has a group {key!r} already.")
    _groups[key] = (order, text)


def add_account_item(item: Item) -> None:
    """An entry of the menu under the person's own name."""
    _refuse_taken_key(item)
    _account_items.append(item)
    _account_items.sort(key=lambda each: each.order)


def add_new_item(item: Item) -> None:
    """An entry of the menu of what one can begin."""
    _refuse_taken_key(item)
    _new_items.append(item)
    _new_items.sort(key=lambda each: each.order)


def _refuse_taken_key(item: Item) -> None:
    for other in (*_items, *_account_items, *_new_items):
        if item.key and other.key == item.key:
            raise ImproperlyConfigured(
                f"{item.url_name!r} and {other.url_name!r} share the key {item.key!r}."
            )


def add_finder(order: int, heading: Words, finder: Finder) -> None:
    """What the jump box looks through: given the request and the words, the options the person may see."""
    _finders.append((order, heading, finder))
    _finders.sort(key=lambda each: each[0])


def name_office(provider: Callable[[str], str]) -> None:
    """Who knows the name of the office in a language."""
    _office[:] = [provider]


@cache
def address_of(url_name: str) -> str:
    """Where an entry leads: the same as long as the process runs, and asked for ninety times a page."""
    return reverse(url_name)


def items_for(request: HttpRequest) -> list[Item]:
    user = request.user
    return [item for item in _items if user.is_authenticated and user.may(item.permission)]


def first_page_for(request: HttpRequest) -> str:
    """The address name of the first page that this person has."""
    return next(item.url_name for item in [*items_for(request), *account_items_for(request)])


def new_items_for(request: HttpRequest) -> list[Item]:
    """What this person may begin."""
    user = request.user
    return [item for item in _new_items if user.is_authenticated and user.may(item.permission)]


def account_items_for(request: HttpRequest) -> list[Item]:
    """The entries of the account menu that lead somewhere for this person."""
    user = request.user
    if not user.is_authenticated:
        return []
    return [item for item in _account_items if not item.permission or user.may(item.permission)]


def jumps(request: HttpRequest, words: str) -> list[tuple[Words, list[Option]]]:
    """Everything the jump box finds for these words, under its headings."""
    pages = [
        Option(item.url_name, str(item.text), href=address_of(item.url_name))
        for item in [*items_for(request), *new_items_for(request), *account_items_for(request)]
        if words.lower() in str(item.text).lower()
    ]
    found: list[tuple[Words, list[Option]]] = [
        (heading, list(finder(request, words))) for _order, heading, finder in _finders
    ]
    return [(heading, rows) for heading, rows in [*found, ("", pages)] if rows]


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of every page."""
    language = get_language() or "en"
    name = SimpleLazyObject(lambda: _office[0](language) if _office else "")
    context: dict[str, Any] = {"office_name": name}
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return context
    items = items_for(request)
    context["navigation"] = entries_of(items, request.path)
    own = account_items_for(request)
    context["shortcuts"] = [
        (item.key, item.text, address_of(item.url_name)) for item in (*items, *own) if item.key
    ]
    context["new_links"] = [
        (item.text, address_of(item.url_name), item.key) for item in new_items_for(request)
    ]
    context["account_links"] = [(item.text, address_of(item.url_name), item.key) for item in own]
    context["standing_notices"] = SimpleLazyObject(lambda: notices_for(request.user))
    return context | {"jump_url": reverse("jump"), "jump_lookup_url": reverse("jump_options")}


def entries_of(items: Sequence[Item], path: str) -> list[Entry]:
    """The entries as they stand in the row, those of a group together in the place of the group."""
    here = max(
        (item for item in items if _stands_for(item, path)),
        key=lambda each: len(_section(each)),
        default=None,
    )
    placed: list[tuple[int, Entry]] = []
    groups: dict[str, Entry] = {}
    for item in items:
        entry = Entry(item.text, address_of(item.url_name), item is here, item.key)
        if not item.group:
            placed.append((item.order, entry))
            continue
        order, text = _groups[item.group]
        if item.group not in groups:
            groups[item.group] = Entry(text)
            placed.append((order, groups[item.group]))
        groups[item.group].entries.append(entry)
        groups[item.group].current |= entry.current
    placed.sort(key=lambda each: each[0])
    return [entry.entries[0] if len(entry.entries) == 1 else entry for _order, entry in placed]


def _section(item: Item) -> str:
    """The first part of the paths it stands for."""
    return item.section or address_of(item.url_name).strip("/")


def _stands_for(item: Item, path: str) -> bool:
    section = _section(item)
    return path.startswith(f"/{section}/") if section else path == "/"
