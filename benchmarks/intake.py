"""Messages a second through `moothall import mail`: real list mail, and plain letters made for this."""

import json
import lzma
import resource
from dataclasses import dataclass
from pathlib import Path

from moothall.config.home import CHECKOUT
from moothall.enquiries.tests.killing import make_post

from .office import moothall

PUBLIC_LISTS = CHECKOUT / "moothall" / "enquiries" / "tests" / "mail" / "public-lists.mbox.xz"


@dataclass(frozen=True)
class Intake:
    """`cpu` is milliseconds a message, of the importer and the database, their start included."""

    name: str
    messages: int
    rate: float
    cpu: float


def taken_in(name: str, home: Path, file: Path) -> Intake:
    before = cpu_of_children()
    counts = json.loads(moothall(home, "import", "mail", str(file), "--json").splitlines()[-1])
    spent = cpu_of_children() - before
    return Intake(name, counts["read"], counts["read"] / counts["seconds"], spent * 1000 / counts["read"])


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure_intake(home: Path, *, messages: int, seed: int) -> list[Intake]:
    """Real list mail, the first time this home is measured; then letters that it has never had."""
    folder = home / "benchmark-mail"
    folder.mkdir(exist_ok=True)
    found: list[Intake] = []
    real = folder / "public-lists.mbox"
    if not real.exists():
        real.write_bytes(lzma.decompress(PUBLIC_LISTS.read_bytes()))
        found.append(taken_in("Intake, public lists", home, real))
    name = f"made{len(list(folder.iterdir()))}"
    made = make_post(messages, seed=seed, name=name).write(folder / f"{name}.mbox")
    return [*found, taken_in("Intake, synthetic mail", home, made)]
