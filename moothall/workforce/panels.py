"""What upper floors show on somebody's staff record: absence, leave, credentials. Filled in from each
`apps.py`. The employee, the manager and the desk look at one page; each sees what their sight lets
through."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from moothall.core.refusals import Words
from moothall.people.models import Account

from .models import Employment


@dataclass(frozen=True)
class Sight:
    """As whom somebody looks at a staff record; several may hold at once."""

    own: bool = False
    manages: bool = False
    desk: bool = False
    private: bool = False


Loader = Callable[[Account, Employment, Sight], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """One box of the record. `loader` gives what `template` shows, or None where there is nothing to see."""

    key: str
    title: Words
    template: str
    loader: Loader
    order: int = 100


@dataclass(frozen=True)
class ShownPanel:
    panel: Panel
    content: Mapping[str, Any]


@dataclass(frozen=True)
class TeamPage:
    """What a manager has of an upper floor about all of their people."""

    order: int
    text: Words
    url_name: str


_panels: dict[str, Panel] = {}
_team_pages: list[TeamPage] = []


def register_team_page(order: int, text: Words, url_name: str) -> None:
    """Add a page about the people somebody manages to the head of their team."""
    if any(page.url_name == url_name for page in _team_pages):
        raise ImproperlyConfigured(f"The page {url_name!r} leads from a team already.")
    _team_pages.append(TeamPage(order, text, url_name))
    _team_pages.sort(key=lambda page: page.order)


def team_pages() -> list[TeamPage]:
    return list(_team_pages)


def register_record_panel(key: str, title: Words, template: str, loader: Loader, *, order: int = 100) -> None:
    """Add a box to every staff record. The template finds what the loader gave under `content`, the
    employment under `employment` and the sight under `sight`."""
    if key in _panels:
        raise ImproperlyConfigured(f"There are two panels called {key!r} on a staff record.")
    if not template.endswith(".html"):
        raise ImproperlyConfigured(f"The panel {key!r} needs a template.")
    _panels[key] = Panel(key, title, template, loader, order)


def panels_for(account: Account, employment: Employment, sight: Sight) -> list[ShownPanel]:
    """The boxes with something in them for this account, in order."""
    found = []
    for panel in sorted(_panels.values(), key=lambda one: (one.order, one.key)):
        content = panel.loader(account, employment, sight)
        if content is not None:
            found.append(ShownPanel(panel, content))
    return found
