"""The folder where everything an installation owns is kept: `MOOTHALL_HOME`."""

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from .cannot import Cannot

CHECKOUT = Path(__file__).resolve().parents[2]
ROOM_NEEDED = 500 * 1024 * 1024


@dataclass(frozen=True)
class Home:
    path: Path

    @property
    def postgres(self) -> Path:
        return self.path / "postgres"

    @property
    def archive(self) -> Path:
        """The embedded database's log, from the first backup on."""
        return self.path / "archive"

    @property
    def files(self) -> Path:
        """Documents, addressed by their content."""
        return self.path / "files"

    @property
    def raw(self) -> Path:
        """Messages exactly as they arrived, kept before anything reads them."""
        return self.path / "raw"

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def static(self) -> Path:
        return self.path / "static"

    @property
    def anchors(self) -> Path:
        """The heads of the audit's seals, outside the database; only ever added to."""
        return self.path / "anchors"

    @property
    def triage(self) -> Path:
        """What was learned from closed cases; can be learned again."""
        return self.path / "triage"

    @property
    def streets(self) -> Path:
        """Streets made ready from OpenStreetMap, apart from everything else; can be made again."""
        return self.path / "streets"

    @property
    def mail(self) -> Path:
        """Letters written to disk when no mail server is configured."""
        return self.path / "mail"

    def prepare(self) -> None:
        """Make the folders, for their owner's eyes only (the database's user may pass through)."""
        try:
            self.path.mkdir(mode=0o711, parents=True, exist_ok=True)
            for folder in (self.keys, self.files, self.raw, self.logs, self.static, self.mail, self.anchors):
                folder.mkdir(mode=0o700, exist_ok=True)
            probe = self.path / f".probe-{os.getpid()}"
            probe.touch()
            probe.unlink()
        except OSError as problem:
            raise Cannot(
                f"Moothall cannot write to its home {self.path} ({problem.strerror}); "
                "set MOOTHALL_HOME to a folder you may write to."
            ) from problem

    def check_room(self, needed: int = ROOM_NEEDED) -> None:
        free = shutil.disk_usage(self.path).free
        if free < needed:
            raise Cannot(
                f"Only {free // 2**20} MB are free on the disk that holds {self.path}; "
                f"Moothall needs {needed // 2**20} MB. Free some space or set MOOTHALL_HOME to another disk."
            )

    def key(self, name: str) -> str:
        """The secret of this name, made up once and kept readable by its owner only."""
        file = self.keys / name
        self.keys.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.keys / f".{name}-{os.getpid()}"
        if not file.exists():
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
                out.write(secrets.token_urlsafe(48))
            try:
                os.link(draft, file)
            except FileExistsError:
                pass  # another process was a moment earlier: theirs counts
            finally:
                draft.unlink()
        return file.read_text().strip()


def home() -> Home:
    """The home named by the environment, else `var/` in the checkout."""
    named = os.environ.get("MOOTHALL_HOME")
    return Home(Path(named).expanduser().absolute() if named else CHECKOUT / "var")
