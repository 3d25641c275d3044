"""What upper floors show on a person's page: their cases, their bookings. Filled in from each `apps.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from moothall.core.refusals import Words

from .models import Account, Person

Loader = Callable[[Account, Person], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """One box of the page. `loader` gives what `template` shows, or None where there is nothing to see."""

    key: str
    title: Words
    template: str
    loader: Loader
    order: int = 100


@dataclass(frozen=True)
class ShownPanel:
    panel: Panel
    content: Mapping[str, Any]


_panels: dict[str, Panel] = {}


def register_person_panel(key: str, title: Words, template: str, loader: Loader, *, order: int = 100) -> None:
    """Add a box to every person's page. The loader shows an account only what that account may see.

    The template finds what the loader gave under `content`, and the person under `person`.
    """
    if key in _panels:
        raise ImproperlyConfigured(f"There are two panels called {key!r} on a person's page.")
    if not template.endswith(".html"):
        raise ImproperlyConfigured(f"The panel {key!r} needs a template.")
    _panels[key] = Panel(key, title, template, loader, order)


def panels_for(account: Account, person: Person) -> list[ShownPanel]:
    """The boxes with something in them for this account, in order."""
    found = []
    for panel in sorted(_panels.values(), key=lambda one: (one.order, one.key)):
        content = panel.loader(account, person)
        if content is not None:
            found.append(ShownPanel(panel, content))
    return found
