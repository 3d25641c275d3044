"""Packs: an office ready to run, as a folder of YAML. Each app loads its own part of one.

    packs/learning-desk/pack.yaml    what the pack is, and whatever its parts read from it
                        …            the files and folders that the parts read

A part is registered in the `apps.py` of the app that owns it. A pack is loaded whole or not at all, and
loading it again changes nothing that is there. Only sample work, which may be a million cases, is made
apart, once the pack itself is kept.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from .commands import SignIn
from .marked_yaml import Fields, Marked, near_match, read_yaml
from .refusals import Refusal

ABOUT = frozenset(
    {"key", "name", "name_cy", "description", "description_cy", "prefix", "team", "calendar", "owners"}
    | {"defaults", "outcome_names"}
)


class NoSuchPack(Refusal):
    """No pack has that name, and no folder there holds one."""


@dataclass(frozen=True)
class Pack:
    """One pack being loaded: where it is, and how much of a demo to make of it."""

    key: str
    folder: Path
    about: Marked
    at: dt.datetime
    demo: bool = False
    scale: float = 0.0
    seed: int = 1
    sign_ins: list[SignIn] = field(default_factory=list)

    def name_of(self, path: Path) -> str:
        """How mistakes call a file: `packs/learning-desk/services/complaint.yaml`."""
        return f"packs/{self.key}/{path.relative_to(self.folder).as_posix()}"

    def file(self, name: str) -> Marked | None:
        """The file of this name, or nothing when the pack has none."""
        path = self.folder / name
        return read_yaml(path, name=self.name_of(path)) if path.is_file() else None

    def files(self, folder: str) -> list[Marked]:
        """Every YAML file in a folder of the pack, by name."""
        found = sorted((self.folder / folder).glob("*.yaml"))
        return [read_yaml(path, name=self.name_of(path)) for path in found]


class Progress:
    """Tells how far a long task has come; this one tells nobody."""

    def begin(self, doing: str, total: int = 0) -> None:
        """A new task: what it does, and how many things there are to do (0: not known)."""

    def advance(self, by: int = 1) -> None:
        """So many things more are done."""

    def end(self) -> None:
        """The task is finished."""


@dataclass(frozen=True)
class Part:
    name: str
    order: int
    load: Callable[[Pack, Progress], None]
    apart: bool = False


_parts: dict[str, Part] = {}


def register_part(
    name: str, order: int, load: Callable[[Pack, Progress], None], *, apart: bool = False
) -> None:
    """Say how an app loads its part of a pack. Parts are loaded by order; each name and order once.

    What is loaded `apart` comes after the pack itself is kept, and keeps itself whole in its own way.
    """
    if name in _parts or any(part.order == order for part in _parts.values()):
        raise ImproperlyConfigured(f"There are two parts of a pack called {name!r} or numbered {order}.")
    _parts[name] = Part(name, order, load, apart)


def all_parts() -> tuple[Part, ...]:
    return tuple(sorted(_parts.values(), key=lambda part: part.order))


def pack_keys() -> tuple[str, ...]:
    """The packs that came with Moothall."""
    return tuple(sorted(path.parent.name for path in Path(settings.PACKS).glob("*/pack.yaml")))


def find_pack(named: str) -> Path:
    """The folder of a pack, given its key or a path to it."""
    if re.fullmatch(r"[a-z][a-z0-9-]*", named) and (settings.PACKS / named / "pack.yaml").is_file():
        return Path(settings.PACKS / named)
    folder = Path(named).expanduser()
    if folder.name == "pack.yaml":
        folder = folder.parent
    if (folder / "pack.yaml").is_file():
        return folder.resolve()
    raise NoSuchPack(
        _("There is no pack “%(named)s”.") % {"named": named} + near_match(named, pack_keys()),
        _("The packs are %(packs)s.") % {"packs": ", ".join(pack_keys()) or _("none")},
    )


def read_about(folder: Path) -> Marked:
    """What a pack says of itself."""
    about = read_yaml(folder / "pack.yaml", name=f"packs/{folder.name}/pack.yaml")
    fields = Fields(about, also=ABOUT)
    if fields.text("key") != folder.name:
        raise about.mistake(_("The key of a pack is the name of its folder."), at="key")
    fields.text("name")
    fields.finish()
    return about


def load_pack(
    named: str,
    *,
    at: dt.datetime,
    demo: bool = False,
    scale: float = 0.0,
    seed: int = 1,
    progress: Progress | None = None,
) -> Pack:
    """Load a pack by its key or path, all of it or nothing.

    With `demo`, its sample staff get accounts with the demo password (told in `sign_ins` of the answer).
    With a `scale`, a year of sample work is made as well; 1 is about 1,500 cases.
    """
    folder = find_pack(named)
    about = read_about(folder)
    pack = Pack(folder.name, folder, about, at, demo=demo or scale > 0, scale=scale, seed=seed)
    telling = progress or Progress()
    with override("en-gb"):
        with transaction.atomic():
            for part in all_parts():
                if not part.apart:
                    part.load(pack, telling)
        for part in all_parts():
            if part.apart:
                part.load(pack, telling)
    return pack
