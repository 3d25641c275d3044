"""`moothall restore` and `moothall drill`: a backup put back, to its end or to any second since, and proved.

After a restore nothing is sent, fetched or run by the clock until somebody says so on the page of the
standstill: what was sent after the backup would be sent again.
"""

import argparse
import datetime as dt
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import psycopg

from moothall.core.clock import LONDON, now

from .backing_up import (
    KEPT,
    backups_in,
    called,
    check_sums,
    counts,
    make_backup,
    read_manifest,
    sha256_of,
)
from .cannot import Cannot
from .database import Address, is_embedded, owner_address
from .embedded import DURABLE, Embedded, binaries, running
from .home import Home
from .progress import say, step
from .server_account import server_account

STAND_STILL = "insert into records_standstill (began_at, because, ended_because) values (now(), %s, '')"
NEWEST_SEAL = "select number, head from records_auditseal order by number desc limit 1"
ENOUGH_ARCHIVED = 60.0
UNKNOWN_BEFORE_17 = b"SET transaction_timeout = 0;\n"  # what newer programs begin every dump with


def restore(at: Home, words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="moothall restore", description="put a backup back")
    parser.add_argument("backup", type=Path, help="the folder of one backup")
    parser.add_argument("--at", metavar="TIME", help="to this second, as in '2026-11-22 14:05:00'")
    parser.add_argument("--keys", type=Path, metavar="FOLDER", help="the keys that were kept apart")
    parser.add_argument("--archive", type=Path, metavar="FOLDER", help="the log; where it was, unless given")
    asked = parser.parse_args(words)
    moment = _moment(asked.at) if asked.at else None
    asked.backup = asked.backup.absolute()
    with step("Checking the backup"):
        check_sums(asked.backup)
    if asked.keys:
        shutil.copytree(asked.keys, at.keys, dirs_exist_ok=True)
    put_back(at, asked.backup, moment=moment, archive=asked.archive)
    say("Restored. Nothing is sent, fetched or run by the clock until somebody ends the standstill.")
    return 0


def _moment(words: str) -> dt.datetime:
    try:
        given = dt.datetime.fromisoformat(words)
    except ValueError as problem:
        raise Cannot(f"{words} is not a time: write it as in '2026-11-22 14:05:00'.") from problem
    return given if given.tzinfo else given.replace(tzinfo=LONDON)


def put_back(at: Home, place: Path, *, moment: dt.datetime | None, archive: Path | None = None) -> None:
    """Make the home what the backup holds; what stood there is put aside, not removed."""
    manifest = read_manifest(place)
    aside = f"before-{now():%Y-%m-%dT%H-%M-%S}"
    if is_embedded() and not manifest["point_in_time"]:
        raise Cannot("This backup is a dump of another server's database: set DATABASE_URL to put it back.")
    if is_embedded():
        logs = archive or Path(manifest["archive"])
        with step("Putting the database back"):
            _put_cluster_back(at, place, logs, moment, aside)
    else:
        _put_dump_back(at, place, moment)
    for name in KEPT:
        folder = at.path / name
        if folder.exists() and any(folder.iterdir()):
            folder.rename(at.path / f"{name}.{aside}")
        shutil.copytree(place / name, folder, dirs_exist_ok=True)


def _put_cluster_back(at: Home, place: Path, logs: Path, moment: dt.datetime | None, aside: str) -> None:
    manifest = read_manifest(place)
    server = Embedded(at)
    if server.pid() is not None:
        raise Cannot(f"Moothall is running from {at.path}: stop it first.")
    old = at.postgres / f"data.{aside}"
    at.postgres.mkdir(parents=True, exist_ok=True)
    if server.data.exists():
        server.data.rename(old)
    server.data.mkdir(mode=0o700)
    _unpack(place / "database" / "base.tar.gz", server.data)
    _unpack(place / "database" / "pg_wal.tar.gz", server.data / "pg_wal")
    (server.data / "recovery.signal").touch()
    account = server_account(server.data)
    if account is not None:
        subprocess.run(["chown", "-R", f"{account.pw_uid}:{account.pw_gid}", str(server.data)], check=True)
    options = dict(DURABLE) | {"archive_mode": "off", "recovery_target_action": "promote"}
    options["restore_command"] = _restore_command(logs, old / "pg_wal")
    if moment is not None:
        options["recovery_target_time"] = moment.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f+00")
    try:
        with running(at, options):
            _stand_still(at)
    except Cannot as problem:
        _undo(server, old)
        raise Cannot(
            f"{problem} The time must lie after the end of the backup ({manifest['ended_at']}) and before "
            "the end of the log. What stood in the home stands there as before."
        ) from problem


def _undo(server: Embedded, old: Path) -> None:
    shutil.rmtree(server.data)
    if old.exists():
        old.rename(server.data)


def _unpack(archive: Path, into: Path) -> None:
    done = subprocess.run(["tar", "-xzf", str(archive), "-C", str(into)], capture_output=True, text=True)
    if done.returncode:
        raise Cannot(f"{archive} cannot be unpacked: {done.stderr.strip()}")


def _restore_command(logs: Path, old: Path) -> str:
    """A piece of the log from the archive, else what the database that stood here had not archived yet."""
    kept, left = shlex.quote(f"{logs}/"), shlex.quote(f"{old}/")
    return f"test -f {kept}%f.gz && gzip -dc {kept}%f.gz > %p || cp {left}%f %p"


def _put_dump_back(at: Home, place: Path, moment: dt.datetime | None) -> None:
    owner = owner_address(at)
    if moment is not None:
        raise Cannot("A dump goes back as a whole: to go to a second, use the log of your own server.")
    if counts(owner):
        raise Cannot(f"The database at {owner.plainly()} is not empty: make a new one, and name it.")
    _play_dump(place / "database" / "moothall.dump", owner)
    _stand_still(at)


def _play_dump(dump: Path, owner: Address) -> None:
    """All of it or nothing. Our programs may be newer than the server: what it does not know is left out."""
    reads = [str(binaries() / "pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(dump)]
    words = ("-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-f", "-")
    command, known = called("psql", *words, address=owner)
    with tempfile.TemporaryFile() as said:
        reader = subprocess.Popen(reads, stdout=subprocess.PIPE, stderr=said)
        writer = subprocess.Popen(command, env=known, stdin=subprocess.PIPE, stderr=said)
        pipes = cast(IO[bytes], reader.stdout), cast(IO[bytes], writer.stdin)
        with pipes[0] as script, suppress(BrokenPipeError), pipes[1] as into:
            for line in script:
                if line.startswith(b"COPY "):
                    into.write(line)
                    break
                if line != UNKNOWN_BEFORE_17:
                    into.write(line)
            shutil.copyfileobj(script, into)
        if writer.wait() or reader.wait():
            said.seek(0)
            last = said.read().decode(errors="replace").strip().splitlines() or ["it said nothing"]
            raise Cannot(f"The dump could not be put back: {last[-1]}")


def _stand_still(at: Home) -> None:
    """Say in the database that nothing goes out, and in the anchors that the audit ends here on purpose."""
    with psycopg.connect(owner_address(at).conninfo) as connection:
        connection.execute(STAND_STILL, ["A backup was put back."])
        seal = connection.execute(NEWEST_SEAL).fetchone() or (0, "")
    line = {"number": seal[0], "head": seal[1], "restored": now().isoformat(timespec="seconds")}
    at.anchors.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(at.anchors / "heads.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as out:
        out.write(json.dumps(line) + "\n")
        os.fsync(out.fileno())


@dataclass(frozen=True)
class Drill:
    """What a drill has shown."""

    seconds: float
    behind: float
    tables: int
    rows: int
    files: int
    audit: str


def drill(at: Home, words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="moothall drill", description="prove a backup by restoring it")
    parser.add_argument("--from", type=Path, dest="folder", metavar="FOLDER", help="where backups are")
    asked = parser.parse_args(words)
    if not is_embedded():
        raise Cannot("A drill needs the embedded server: restore a dump into an empty database instead.")
    shown = hold_drill(at, asked.folder or at.path / "backups")
    say(f"{shown.rows} rows in {shown.tables} tables, {shown.files} files, all as they were. {shown.audit}")
    say(f"RPO {shown.behind:.0f} s: how far the kept log was behind. RTO {shown.seconds:.0f} s: the restore.")
    return 0


def hold_drill(at: Home, folder: Path) -> Drill:
    """Restore the newest backup into a home of its own, with the log up to now, and compare."""
    with running(at) as server:
        place = (backups_in(folder) or [make_backup(at, folder)])[-1]
        before = counts(owner_address(at))
        anchors = (at.anchors / "heads.jsonl").read_bytes() if (at.anchors / "heads.jsonl").exists() else b""
        behind = _archive_now(server)
        after = counts(owner_address(at))
    sums = check_sums(place)
    with tempfile.TemporaryDirectory(prefix="drill-", dir=at.path) as scratch:
        os.chmod(scratch, 0o711)  # noqa: S103 - the database's user passes through  # nosec B103
        there = Home(Path(scratch) / "home")
        there.prepare()
        shutil.copytree(at.keys, there.keys, dirs_exist_ok=True)
        started = time.monotonic()
        put_back(there, place, moment=None, archive=at.archive)
        seconds = time.monotonic() - started
        with running(there):
            found = counts(owner_address(there))
            _compare(found, before, after)
            audit = _verify(there, anchors)
        files = _compare_files(at, there)
    return Drill(seconds, behind, len(found), sum(found.values()), max(sums, files), audit)


def _archive_now(server: Embedded) -> float:
    """Have the log kept up to now; the answer is how many seconds of it had not been."""
    age = "extract(epoch from now() - last_archived_time)::float"
    asked = f"select {age}, last_archived_wal from pg_stat_archiver"  # noqa: S608
    with psycopg.connect(server.superuser().conninfo, autocommit=True) as connection:
        behind = (connection.execute(asked).fetchone() or (None,))[0]
        wal = connection.execute("select pg_walfile_name(pg_switch_wal())").fetchone()
        until = time.monotonic() + ENOUGH_ARCHIVED
        while (connection.execute(asked).fetchone() or (0, ""))[1:] < (wal or ("",)):
            if time.monotonic() > until:
                raise Cannot(f"The log is not being kept in {server.home.archive}; {server.log} says why.")
            time.sleep(0.2)
    return float(behind or 0)


def _compare(found: dict[str, int], before: dict[str, int], after: dict[str, int]) -> None:
    """Every table has as many rows as it had between the two times it was counted, and a standstill."""
    for name, count in after.items():
        least, most = sorted([before.get(name, 0), count])
        most += name == "records_standstill"
        if not least <= found.get(name, -1) <= most:
            raise Cannot(f"The restored table {name} has {found.get(name, 0)} rows, not {count}.")


def _compare_files(at: Home, there: Home) -> int:
    """Whatever was restored is what stands in this home."""
    files = [each for name in KEPT for each in (there.path / name).rglob("*") if each.is_file()]
    for each in files:
        here = at.path / each.relative_to(there.path)
        if here.exists() and sha256_of(here) != sha256_of(each):
            raise Cannot(f"The restored {each.relative_to(there.path)} is not the file that stands here.")
    return len(files)


def _verify(there: Home, anchors: bytes) -> str:
    """What `moothall verify` says in the restored home, by the anchors of this one."""
    copy = there.path / "anchors.jsonl"
    copy.write_bytes(anchors)
    known = {**os.environ, "MOOTHALL_HOME": str(there.path)}
    command = [sys.executable, "-m", "moothall.config.command", "verify", "--anchors", str(copy)]
    done = subprocess.run(command, env=known, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Cannot(f"The restored audit is not whole: {(done.stdout or done.stderr).strip()}")
    return done.stdout.strip().splitlines()[0]
