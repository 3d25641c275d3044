"""The words after `moothall`: each app adds its own commands from its `apps.py`."""

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """For a command that takes none."""


@dataclass(frozen=True)
class Command:
    """`moothall NAME …`: `run` gets the parsed arguments and gives the exit code (None is success). After one
    that `fills_tables` PostgreSQL looks at what they hold."""

    name: str
    help: str
    run: Callable[[argparse.Namespace], int | None]
    add_arguments: Callable[[argparse.ArgumentParser], None] = no_arguments
    needs_database: bool = True
    fills_tables: bool = False


@dataclass(frozen=True)
class SignIn:
    """One person of the demo office, for the reader of the terminal."""

    email: str
    password: str
    who: str


@dataclass(frozen=True)
class Demo:
    """The office that `moothall up` loads into an empty database."""

    is_wanted: Callable[[], bool]
    load: Callable[[], Sequence[SignIn]]


BUILT_IN = frozenset({"up", "migrate", "manage", "clock", "plan", "streets", "backup", "restore", "drill"})
_commands: dict[str, Command] = {}
_demos: list[Demo] = []


def register(command: Command) -> None:
    """Add a command; a name that is taken or cannot be typed is refused."""
    if not re.fullmatch(r"[a-z][a-z-]*", command.name):
        raise ImproperlyConfigured(f"A command is named in small letters and hyphens, not {command.name!r}.")
    if command.name in _commands or command.name in BUILT_IN:
        raise ImproperlyConfigured(f"There are two commands called {command.name!r}.")
    if not command.help:
        raise ImproperlyConfigured(f"The command {command.name!r} does not say what it does.")
    _commands[command.name] = command


def find(name: str) -> Command | None:
    return _commands.get(name)


def all_commands() -> tuple[Command, ...]:
    return tuple(_commands[name] for name in sorted(_commands))


def register_demo(demo: Demo) -> None:
    """Say how the demo office is loaded; there is only one."""
    if _demos:
        raise ImproperlyConfigured("There are two demo offices.")
    _demos.append(demo)


def demo() -> Demo | None:
    return _demos[0] if _demos else None
