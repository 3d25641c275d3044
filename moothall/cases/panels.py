"""What floors above show beside a case: suggested answers, its problem, its appointments."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from moothall.core.clock import today
from moothall.core.refusals import Words
from moothall.people.before_contact import Care, care_for, cautions_for
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


WorkLoader = Callable[[Account], Mapping[str, Any] | None]


@dataclass(frozen=True)
class WorkPanel:
    """One section of My work, from a floor above."""

    key: str
    template: str
    loader: WorkLoader
    order: int = 100


@dataclass(frozen=True)
class ShownWorkPanel:
    panel: WorkPanel
    content: Mapping[str, Any]


_work_panels: dict[str, WorkPanel] = {}


def register_work_panel(key: str, template: str, loader: WorkLoader, *, order: int = 100) -> None:
    """Add a section to everybody's My work, above their cases. The loader asks once at most, and gives None
    where there is nothing to do; the template finds what it gave under `content`."""
    if key in _work_panels:
        raise ImproperlyConfigured(f"There are two sections called {key!r} on My work.")
    if not template.endswith(".html"):
        raise ImproperlyConfigured(f"The section {key!r} needs a template.")
    _work_panels[key] = WorkPanel(key, template, loader, order)


def work_panels_for(account: Account) -> list[ShownWorkPanel]:
    """The sections with something in them for this account, in order."""
    ordered = sorted(_work_panels.values(), key=lambda one: (one.order, one.key))
    found = [(panel, panel.loader(account)) for panel in ordered]
    return [ShownWorkPanel(panel, content) for panel, content in found if content is not None]


CareLoader = Callable[[Account, Case], Iterable[Care]]
_care: dict[str, CareLoader] = {}


def register_case_care(key: str, loader: CareLoader) -> None:
    """Say what to bear in mind before somebody is answered on a case. The loader asks once at most."""
    if _care.setdefault(key, loader) != loader:
        raise ImproperlyConfigured(f"Two floors say what to bear in mind on a case under {key!r}.")


def care_before_contact(account: Account, case: Case) -> list[Care]:
    """What stands above a reply, a call or a letter on this case: markers, the person's own, the case's."""
    day = today()
    of_person = [
        *cautions_for(case.requester_id, on=day),
        *care_for(account, case.requester_id, on=day),
    ]
    return [*of_person, *(care for loader in _care.values() for care in loader(account, case))]
