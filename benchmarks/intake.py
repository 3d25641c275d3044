"""Messages a second through `moothall import mail`: real list mail, and plain letters made for this."""

import json
import lzma
from pathlib import Path

from moothall.config.home import CHECKOUT
from moothall.enquiries.tests.killing import make_post

from .office import moothall

PUBLIC_LISTS = CHECKOUT / "moothall" / "enquiries" / "tests" / "mail" / "public-lists.mbox.xz"


def rate(home: Path, file: Path) -> tuple[int, float]:
    """How many messages were read, and how many a second."""
    counts = json.loads(moothall(home, "import", "mail", str(file), "--json").splitlines()[-1])
    return counts["read"], counts["read"] / counts["seconds"]


def measure_intake(home: Path, *, messages: int, seed: int) -> dict[str, tuple[int, float]]:
    """By kind of mail: how many messages, and how many a second."""
    folder = home / "benchmark-mail"
    folder.mkdir(exist_ok=True)
    real = folder / "public-lists.mbox"
    real.write_bytes(lzma.decompress(PUBLIC_LISTS.read_bytes()))
    made = make_post(messages, seed=seed, name=f"bench{len(list(folder.iterdir()))}")
    return {
        "Intake, public lists": rate(home, real),
        "Intake, synthetic mail": rate(home, made.write(folder / f"made-{made.ids[0][:20]}.mbox")),
    }
