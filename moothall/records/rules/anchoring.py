"""The head of each seal is kept outside the database, where whoever alters the database does not reach it.

`anchors/heads.jsonl` in the home has a line of JSON for each: `number`, `head`, `sealed_at`, `events`,
`upto_id`. A line with `restored` says that a backup was put back on purpose: anchors before it that go
further do not count.
"""

import datetime as dt
import json
import os
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail

from moothall.records.models import AuditSeal

LONGEST = 60  # seconds that the command of the office may take


class DamagedAnchor(Exception):
    """A line of the file is not an anchor."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)


@dataclass(frozen=True)
class Anchor:
    number: int
    head: str
    sealed_at: str = ""
    events: int = 0
    upto_id: int = 0
    restored: str = ""


def anchors_file() -> Path:
    return Path(settings.ANCHORS_HOME) / "heads.jsonl"


def read_anchors(file: Path) -> list[Anchor]:
    """The anchors that count, in their order."""
    return list(_counting(list(_lines(file)))) if file.exists() else []


def _lines(file: Path) -> Iterator[Anchor]:
    for number, line in enumerate(file.read_text().splitlines(), start=1):
        try:
            yield Anchor(**json.loads(line))
        except (ValueError, TypeError) as problem:
            raise DamagedAnchor(number) from problem


def _counting(found: list[Anchor]) -> list[Anchor]:
    kept: list[Anchor] = []
    for anchor in found:
        if anchor.restored:
            kept = [each for each in kept if each.number <= anchor.number]
        elif anchor.number:
            kept.append(anchor)
    return kept


def anchor_seals() -> list[Anchor]:
    """Write down the seals that are not anchored yet, fsynced, and hand each to the command of the office."""
    file = anchors_file()
    known = read_anchors(file)
    last = known[-1].number if known else 0
    seals = AuditSeal.objects.filter(number__gt=last).order_by("number").iterator(chunk_size=50)
    made = [anchor_of(seal) for seal in seals]
    for anchor in made:
        _add(file, anchor)
        _hand_over(json.dumps(asdict(anchor)))
    return made


def anchor_restored(number: int, head: str, *, at: dt.datetime) -> None:
    """Say that a backup was put back on purpose, and where the audit ends in it."""
    _add(anchors_file(), Anchor(number, head, restored=at.isoformat(timespec="seconds")))


def anchor_of(seal: AuditSeal) -> Anchor:
    when = seal.sealed_at.isoformat(timespec="seconds")
    return Anchor(seal.number, seal.head, when, seal.events, seal.upto_id)


def _add(file: Path, anchor: Anchor) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = json.dumps(asdict(anchor)) + "\n"
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as out:
        out.write(line)
        out.flush()
        os.fsync(out.fileno())


def _hand_over(line: str) -> None:
    if settings.ANCHOR_COMMAND:
        command = shlex.split(settings.ANCHOR_COMMAND)
        subprocess.run(command, input=line + "\n", text=True, check=True, timeout=LONGEST)


def mail_newest_anchor() -> bool:
    """Send the newest head to the address elsewhere, if the office has named one."""
    known = read_anchors(anchors_file())
    if not (settings.ANCHOR_MAIL and known):
        return False
    newest = known[-1]
    line = json.dumps(asdict(newest))
    body = f"{line}\n\nThe line above, in a file, is for `moothall verify --anchors FILE`.\n"
    send_mail(f"Moothall audit seal {newest.number}", body, None, [settings.ANCHOR_MAIL])
    return True
