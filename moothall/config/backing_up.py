"""`moothall backup`: the database with its write-ahead log, documents and messages, counted and hashed.

A backup is a folder: `database/`, `files/`, `raw/` and `manifest.json`. The embedded server also archives its
log from the first backup on (`archive/` in the home), so that `moothall restore --at` can go to any second
since. A server of one's own is dumped; going to a second is then its administrator's to arrange.
"""

import argparse
import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from moothall.core.clock import now

from .cannot import Cannot
from .database import Address, is_embedded, owner_address
from .embedded import Embedded, binaries
from .home import Home
from .progress import say, step

MANIFEST = "manifest.json"
KEPT = ("files", "raw")
COUNTED = "select tablename from pg_tables where schemaname = 'public' order by tablename"
LONGEST = 6 * 60 * 60  # seconds that one of PostgreSQL's programs may take


def backup(at: Home, words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="moothall backup", description="back up everything but the keys")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where; backups/ in the home, unless given")
    parser.add_argument("--keys", type=Path, metavar="FOLDER", help="copy the keys too, to a place apart")
    parser.add_argument("--keep", type=int, default=14, help="how many backups stay there; 14, unless given")
    asked = parser.parse_args(words)
    place = make_backup(at, asked.to or at.path / "backups", keep=asked.keep)
    say(f"The backup is in {place}.")
    if asked.keys:
        shutil.copytree(at.keys, asked.keys, dirs_exist_ok=True)
        say(f"The keys are in {asked.keys}: keep them apart from the backup.")
    else:
        say("The keys are not in it: without a copy of them, kept apart, it opens for nobody.")
    return 0


def make_backup(at: Home, to: Path, *, keep: int = 14) -> Path:
    """Make one backup, whole or not at all, and remove the oldest above `keep`."""
    started = now()
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = to / f"{started:%Y-%m-%dT%H-%M-%S}"
    draft = place.with_name(f".{place.name}")
    shutil.rmtree(draft, ignore_errors=True)
    (draft / "database").mkdir(mode=0o700, parents=True)
    before = counts(owner_address(at))
    with step("Backing up the database"):
        point_in_time = _copy_database(at, draft / "database")
    for name in KEPT:
        with step(f"Backing up {name}/"):
            shutil.copytree(at.path / name, draft / name, dirs_exist_ok=True)
    manifest = {
        "made_at": started.isoformat(), "ended_at": now().isoformat(), "point_in_time": point_in_time,
        "archive": str(at.archive) if point_in_time else "",
        "tables": _spans(before, counts(owner_address(at))),
        "sha256": {str(each.relative_to(draft)): sha256_of(each) for each in _files(draft)},
    }  # fmt: skip
    _write(draft / MANIFEST, json.dumps(manifest, indent=1))
    draft.rename(place)
    _retire(at, to, keep=keep)
    return place


def _copy_database(at: Home, to: Path) -> bool:
    """The cluster itself where it is ours, so that its log can be played on; else a dump."""
    if not is_embedded():
        owner = owner_address(at)
        run("pg_dump", "--format=custom", f"--file={to / 'moothall.dump'}", address=owner)
        return False
    server = Embedded(at)
    server.archive_from_now_on()
    run(
        "pg_basebackup", "--format=tar", "--gzip", "--wal-method=stream", "--checkpoint=fast", "-D", str(to),
        address=server.superuser(),
    )  # fmt: skip
    return True


def called(program: str, *words: str, address: Address) -> tuple[list[str], dict[str, str]]:
    """How it is called, and with which environment: the password is in no list of processes."""
    parts = address.parts()
    password = parts.pop("password", "")
    conninfo = psycopg.conninfo.make_conninfo("", **parts)
    known = {"PATH": os.environ.get("PATH", os.defpath), "PGPASSWORD": password, "LC_ALL": "C"}
    return [str(binaries() / program), *words, "-d", conninfo], known


def run(program: str, *words: str, address: Address) -> None:
    """One of PostgreSQL's own programs, against this address."""
    command, known = called(program, *words, address=address)
    done = subprocess.run(command, env=known, capture_output=True, text=True, check=False, timeout=LONGEST)
    if done.returncode:
        raise Cannot(f"{program} failed: {(done.stderr.strip().splitlines() or ['it said nothing'])[-1]}")


def counts(address: Address) -> dict[str, int]:
    """How many rows each table has."""
    with psycopg.connect(address.conninfo) as connection:
        names = [str(name) for (name,) in connection.execute(COUNTED)]
        asked = {name: sql.SQL("select count(*) from {}").format(sql.Identifier(name)) for name in names}
        return {name: _number(connection.execute(query).fetchone()) for name, query in asked.items()}


def _number(row: Any) -> int:
    return int(row[0])


def _spans(before: dict[str, int], after: dict[str, int]) -> dict[str, list[int]]:
    """Between which numbers the rows of each table were while the backup was made."""
    return {name: sorted([before.get(name, 0), count]) for name, count in after.items()}


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(each for each in folder.rglob("*") if each.is_file())


def sha256_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _write(file: Path, text: str) -> None:
    with file.open("w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def backups_in(folder: Path) -> list[Path]:
    """Whole backups, the oldest first."""
    return sorted(each.parent for each in folder.glob(f"[0-9]*/{MANIFEST}"))


def read_manifest(place: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((place / MANIFEST).read_text())
    except (OSError, ValueError) as problem:
        raise Cannot(f"{place} is not a backup: its {MANIFEST} cannot be read.") from problem
    return found


def check_sums(place: Path) -> int:
    """Every file as it was when the backup was made; the answer is how many."""
    sums: dict[str, str] = read_manifest(place)["sha256"]
    for name, expected in sums.items():
        file = place / name
        if not file.exists() or sha256_of(file) != expected:
            raise Cannot(f"The backup in {place} is damaged: {name} is not what was written. Use another.")
    return len(sums)


def _retire(at: Home, folder: Path, *, keep: int) -> None:
    """Remove the oldest backups, and the log from before the oldest that stays."""
    for place in backups_in(folder)[:-keep] if keep > 0 else []:
        shutil.rmtree(place)
    staying = backups_in(folder)
    if staying and at.archive.exists():
        begun = dt.datetime.fromisoformat(read_manifest(staying[0])["made_at"]) - dt.timedelta(hours=1)
        for log in at.archive.glob("*.gz"):
            if log.stat().st_mtime < begun.timestamp():
                log.unlink()
