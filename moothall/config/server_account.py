"""PostgreSQL refuses to run as root: as root, the embedded server runs as a system user of its own."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

from .cannot import Cannot
from .progress import complain

ACCOUNT = "moothall-db"
WAYS_TO_ADD = (
    f"useradd --system --user-group --no-create-home --shell /usr/sbin/nologin {ACCOUNT}",
    f"adduser -S -D -H -h /nonexistent -s /sbin/nologin {ACCOUNT}",
)


def server_account(data: Path) -> pwd.struct_passwd | None:
    """Whom the server runs as: an ordinary user's server runs as that user (None)."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        try:
            return pwd.getpwuid(data.stat().st_uid)  # a home made earlier keeps its user
        except KeyError:
            pass  # its user is not known on this machine: it is given to ours
    return _account_of_our_own(data)


def _account_of_our_own(data: Path) -> pwd.struct_passwd:
    try:
        account = pwd.getpwnam(ACCOUNT)
    except KeyError:
        account = _add_account()
    if data.exists():
        for folder, _, files in os.walk(data):
            for path in (folder, *(os.path.join(folder, name) for name in files)):
                os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
    return account


def _add_account() -> pwd.struct_passwd:
    for way in WAYS_TO_ADD:
        if shutil.which(way.split()[0]):
            subprocess.run(way.split(), check=False, capture_output=True)
            break
    for name in (ACCOUNT, "postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Cannot(
        "PostgreSQL refuses to run as root and no other user could be made: run Moothall as an ordinary "
        f"user, or add a system user called {ACCOUNT}."
    )


def make_reachable(folder: Path, programs: Path, account: pwd.struct_passwd) -> None:
    """Let the server's user pass through to its data and its programs, and through nothing else."""
    for path in (folder.resolve(), programs.resolve()):
        for parent in (path, *path.parents):
            _add(parent, stat.S_IXOTH, account)
    package = programs.parents[1]
    if not _readable(programs / "postgres") or not _readable(programs.parent / "share"):
        for place, _, files in [*os.walk(programs.parent), *os.walk(f"{package}.libs")]:
            _add(Path(place), stat.S_IXOTH | stat.S_IROTH, account)
            for name in files:
                file = Path(place, name)
                _add(file, stat.S_IROTH | (stat.S_IXOTH if os.access(file, os.X_OK) else 0), account)


def _readable(path: Path) -> bool:
    return bool(path.stat().st_mode & stat.S_IROTH)


def _add(path: Path, bits: int, account: pwd.struct_passwd) -> None:
    mode = path.stat()
    if mode.st_mode & bits == bits or (mode.st_uid == account.pw_uid and mode.st_mode & stat.S_IXUSR):
        return
    try:
        path.chmod(stat.S_IMODE(mode.st_mode) | bits)
    except OSError as problem:
        raise Cannot(
            f"The database runs as {account.pw_name}, which may not pass through {path}: set MOOTHALL_HOME "
            "to a folder outside it, or run Moothall as an ordinary user."
        ) from problem
    if path.is_dir() and bits == stat.S_IXOTH:
        complain(f"Note: {path} may now be passed through, so that {account.pw_name} reaches the database.")
