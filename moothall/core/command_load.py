"""`moothall load PACK`, and the demo office that `moothall up` loads into an empty database."""

import argparse
import sys
import time
from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from .clock import now
from .commands import Command, Demo, SignIn, register, register_demo
from .packs import Progress, load_pack, pack_keys

DEMO_PACK = "learning-desk"
DEMO_SCALE = 1.0
BETWEEN_TELLING = 0.2


class Told(Progress):
    """Progress on the terminal: one line a task, with how far it is and how long it took."""

    def __init__(self) -> None:
        self.doing, self.total, self.done = "", 0, 0
        self.started = self.told = 0.0

    def begin(self, doing: str, total: int = 0) -> None:
        self.doing, self.total, self.done = doing, total, 0
        self.started = self.told = time.monotonic()
        if sys.stdout.isatty():
            self._show("")

    def advance(self, by: int = 1) -> None:
        self.done += by
        if sys.stdout.isatty() and time.monotonic() - self.told > BETWEEN_TELLING:
            self.told = time.monotonic()
            self._show(f"{self.done:,} / {self.total:,}" if self.total else f"{self.done:,}")

    def end(self) -> None:
        start = "\r\033[K" if sys.stdout.isatty() else ""
        count = f"{self.done:,}" if self.done else ""
        print(f"{start}  {self.doing:<28} {count:>9}  {time.monotonic() - self.started:5.1f} s", flush=True)

    def _show(self, far: str) -> None:
        print(f"\r\033[K  {self.doing} … {far}", end="", flush=True)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pack", help=f"the key of a pack ({', '.join(pack_keys())}) or a path to one")
    parser.add_argument("--demo", action="store_true", help="with its sample staff, who can sign in")
    parser.add_argument(
        "--scale", type=float, default=0.0, help="with a year of sample work; 1 is about 1,500 cases"
    )
    parser.add_argument("--seed", type=int, default=1, help="which sample year: the same seed, the same work")


def load(arguments: argparse.Namespace) -> int:
    started = time.monotonic()
    pack = load_pack(
        arguments.pack,
        at=now(),
        demo=arguments.demo,
        scale=max(arguments.scale, 0.0),
        seed=arguments.seed,
        progress=Told(),
    )
    seconds = time.monotonic() - started
    print(_("The pack %(pack)s is loaded (%(seconds).1f s).") % {"pack": pack.key, "seconds": seconds})
    for person in pack.sign_ins:
        print(f"  {person.email}  {person.password}  {person.who}")
    return 0


def is_wanted() -> bool:
    """Nobody can sign in yet, so this is a new installation."""
    return not get_user_model()._default_manager.exists()


def load_demo() -> Sequence[SignIn]:
    return load_pack(DEMO_PACK, at=now(), demo=True, scale=DEMO_SCALE, progress=Told()).sign_ins


def add_commands() -> None:
    help_ = "load a pack: an office's services, letters and teams, and sample work if asked"
    register(Command("load", help_, load, add_arguments, fills_tables=True))
    register_demo(Demo(is_wanted, load_demo))
