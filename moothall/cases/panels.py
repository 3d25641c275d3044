"""What floors above show beside a case: suggested answers, its problem, its appointments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from moothall.core.refusals import Words
from moothall.people.models import Account

from .models import Case

Loader = Callable[[Account, Case], Mapping[str, Any] | None]


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


def register_case_panel(key: str, title: Words, template: str, loader: Loader, *, order: int = 100) -> None:
    """Add a box beside every case. The loader shows an account only what that account may see, and asks
    little: the case page is opened a hundred times a day.

    The template finds what the loader gave under `content`, and the case under `case`.
    """
    if key in _panels:
        raise ImproperlyConfigured(f"There are two panels called {key!r} on the case page.")
    if not template.endswith(".html"):
        raise ImproperlyConfigured(f"The panel {key!r} needs a template.")
    _panels[key] = Panel(key, title, template, loader, order)


def case_panels_for(account: Account, case: Case) -> list[ShownPanel]:
    """The boxes with something in them for this account, in order."""
    found = []
    for panel in sorted(_panels.values(), key=lambda one: (one.order, one.key)):
        content = panel.loader(account, case)
        if content is not None:
            found.append(ShownPanel(panel, content))
    return found
