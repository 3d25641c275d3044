"""The vocabulary of permissions: each app declares its own in `apps.py`, and an unknown name raises."""

from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

from .refusals import Words

MOST = 36


@dataclass(frozen=True)
class Permission:
    name: str
    description: Words


_declared: dict[str, Permission] = {}


def declare(name: str, description: Words) -> None:
    """Add a permission to the vocabulary; called from the `apps.py` of the app that owns it."""
    app, dot, verb = name.partition(".")
    if not (app and dot and verb):
        raise ImproperlyConfigured(f"A permission is named app.verb, not {name!r}.")
    if name in _declared:
        raise ImproperlyConfigured(f"The permission {name} is declared twice.")
    if len(_declared) >= MOST:
        raise ImproperlyConfigured(f"There are already {MOST} permissions: combine some.")
    _declared[name] = Permission(name, description)


def known(name: str) -> Permission:
    """The declared permission of this name; anything else is a mistake in the code or in a role."""
    if name not in _declared:
        raise ImproperlyConfigured(f"No permission is called {name!r}.")
    return _declared[name]


def all_permissions() -> tuple[Permission, ...]:
    return tuple(_declared[name] for name in sorted(_declared))
