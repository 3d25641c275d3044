"""A real Dovecot on this machine, with mailboxes in a temporary folder, for the tests of fetching.

Every user name opens a mailbox of its own with the one password: tests share a server and nothing else.
"""

import datetime as dt
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from moothall.core.clock import now
from moothall.letters.tests.mail_server import free_port

BINARY = shutil.which("dovecot") or "/usr/sbin/dovecot"
MISSING = "Dovecot is not installed: sudo apt-get install dovecot-imapd"
needs_dovecot = pytest.mark.skipif(not Path(BINARY).exists(), reason=MISSING)
PASSWORD = "a plain word of the tests"  # it may stand here: it opens nothing
_numbers = count(1)

CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/dovecot.log
ssl = yes
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
ssl_dh =
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{home}/mail/%u
mail_plugins = acl
mail_fsync = never
mail_max_userip_connections = 50
imap_capability = {capability}
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
auth_cache_size = 0
disable_plaintext_auth = no
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {home}/oauth2.conf
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}/homes/%u allow_all_users=yes
}}
plugin {{
  acl = vfile
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service stats {{
  chroot =
}}
"""

OAUTH2 = """
introspection_mode = post
introspection_url = http://127.0.0.1:{tokens}/introspect
username_attribute = username
active_attribute = active
active_value = true
timeout_msecs = 3000
"""


@dataclass
class Dovecot:
    """A server; `stop` and `start` are those of a server that goes away and comes back."""

    home: Path
    imap: int = field(default_factory=free_port)
    imaps: int = field(default_factory=free_port)
    tokens: int = 1  # where tokens are looked up
    capability: str = ""
    process: "subprocess.Popen[bytes] | None" = None

    def write(self) -> None:
        owner = pwd.getpwuid(os.geteuid()) if os.geteuid() else pwd.getpwnam("nobody")
        group = subprocess.run(["id", "-gn", owner.pw_name], capture_output=True, text=True, check=True)
        given = vars(self) | {"user": owner.pw_name, "group": group.stdout.strip(), "password": PASSWORD}
        given["password"] = PASSWORD.replace(" ", "_")
        (self.home / "dovecot.conf").write_text(CONFIGURATION.format(**given))
        (self.home / "oauth2.conf").write_text(OAUTH2.format(**vars(self)))
        for name in ("mail", "homes"):
            folder = self.home / name
            folder.mkdir(exist_ok=True)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        write_certificate(self.home)

    def start(self) -> None:
        self.process = subprocess.Popen([BINARY, "-F", "-c", str(self.home / "dovecot.conf")])
        until = time.monotonic() + 30
        while not (answers(self.imap) and answers(self.imaps)):
            assert self.process.poll() is None, (self.home / "dovecot.log").read_text()
            assert time.monotonic() < until, "Dovecot did not start"
            time.sleep(0.02)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=30)
            self.process = None

    def account(self) -> "Account":
        return Account(self, f"box{next(_numbers)}")

    @property
    def certificate(self) -> Path:
        return self.home / "cert.pem"


@dataclass
class Account:
    """One mailbox on the server, as its files."""

    server: Dovecot
    user: str

    @property
    def folder(self) -> Path:
        return self.server.home / "mail" / self.user

    @property
    def password(self) -> str:
        return PASSWORD.replace(" ", "_")

    def deliver(self, *messages: bytes, at: dt.datetime | None = None) -> None:
        """Put messages into the mailbox, in this order."""
        self._make()
        for raw in messages:
            number = next(_numbers)
            draft = self.folder / "tmp" / str(number)
            draft.write_bytes(raw)
            stamp = (at or now()).timestamp()
            os.utime(draft, (stamp, stamp))
            self._own(draft)
            draft.rename(self.folder / "new" / f"{int(time.time())}.M{number:06}P{os.getpid()}.tests")

    def files(self, folder: str = "") -> list[Path]:
        """The messages of a folder as they lie on the disk."""
        place = self.folder / folder if folder else self.folder
        return sorted(each for part in ("new", "cur") for each in (place / part).glob("*") if each.is_file())

    def seen(self) -> int:
        """How many are marked as read."""
        return sum("S" in each.name.rpartition(":2,")[2] for each in self.files() if ":2," in each.name)

    def only_to_be_read(self) -> None:
        """From now on nothing in it can be marked or moved."""
        self._make()
        (self.folder / "dovecot-acl").write_text("owner lr\n")
        self._own(self.folder / "dovecot-acl")

    def number_anew(self) -> None:
        """As after a restore of the mail server: the same messages, and another UIDVALIDITY."""
        numbers = self.folder / "dovecot-uidlist"
        text = numbers.read_text()
        numbers.write_text(re.sub(r" V(\d+)", lambda found: f" V{int(found[1]) + 1000}", text, count=1))
        for index in self.folder.glob("dovecot.index*"):
            index.unlink()

    def _make(self) -> None:
        for name in ("", "tmp", "new", "cur"):
            if not (self.folder / name).exists():
                (self.folder / name).mkdir()
                self._own(self.folder / name)

    def _own(self, path: Path) -> None:
        owner = self.server.home / "mail"
        os.chown(path, owner.stat().st_uid, owner.stat().st_gid)


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


@contextmanager
def running_dovecot(**changes: int | str) -> Iterator[Dovecot]:
    home = Path(tempfile.mkdtemp(prefix="dovecot-"))
    home.chmod(0o755)
    server = Dovecot(home, **changes)  # type: ignore[arg-type]
    try:
        server.write()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def write_certificate(home: Path) -> None:
    """A certificate for localhost that nobody trusts unless they are told to."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = now()
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(today - dt.timedelta(days=1)).not_valid_after(today + dt.timedelta(days=2))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    signed = made.sign(key, hashes.SHA256())
    (home / "cert.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (home / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
