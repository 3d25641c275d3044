"""Intake under fire: post to bring in, parts to kill, and the sweep that finds what was lost or doubled."""

import hashlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import psutil
import psycopg

from moothall.config.database import EMBEDDED_DATABASE
from moothall.config.embedded import Embedded
from moothall.config.home import Home
from moothall.config.tests.offices import environment

SUBJECTS = (
    "Place on the first aid course", "Certificate not received", "Parking at the training centre",
    "Cais am gwrs Cymraeg", "Invoice for a cancelled session", "Access needs on the 14th",
)  # fmt: skip
ANSWER_EVERY, COPY_EVERY = 5, 10


@dataclass
class Post:
    """Distinct messages, some of them answers to others, and copies of some of them."""

    messages: list[bytes] = field(default_factory=list)
    copies: list[bytes] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    threads: int = 0

    def write(self, file: Path) -> Path:
        """All of it as one mbox; each copy comes long after its original."""
        with file.open("wb") as out:
            for raw in [*self.messages, *self.copies]:
                out.write(b"From post@example.org Thu Oct  1 10:00:00 2026\n" + raw + b"\n")
        return file


def make_post(count: int, *, seed: int, name: str = "post") -> Post:
    rng, post = Random(f"{name}/{seed}"), Post()
    for number in range(count):
        message = EmailMessage(policy=SMTP.clone(linesep="\n"))
        answers = number % ANSWER_EVERY == ANSWER_EVERY - 1
        message_id = f"{name}.{number}.{rng.getrandbits(64):016x}@senders.example"
        message["From"] = f"Sender {number} <{name}.sender{number}@senders.example>"
        message["To"] = "learning@dyffryn-gwyn.example"
        message["Date"] = f"Thu, 01 Oct 2026 {9 + number % 8:02}:{number % 60:02}:00 +0000"
        message["Subject"] = f"{'Re: ' if answers else ''}{rng.choice(SUBJECTS)} {number}"
        message["Message-ID"] = f"<{message_id}>"
        if answers:
            message["In-Reply-To"] = f"<{post.ids[rng.randrange(number)]}>"
        else:
            post.threads += 1
        message.set_content(f"Good morning,\n\nthis is number {number} of {name}.\n{rng.random()}\n")
        if number % 7 == 0:
            content = rng.randbytes(20_000)
            message.add_attachment(
                b"%PDF-1.4\n" + content, maintype="application", subtype="pdf", filename=f"form {number}.pdf"
            )
        post.messages.append(message.as_bytes())
        post.ids.append(message_id)
        if number % COPY_EVERY == 3:
            post.copies.append(post.messages[-1])
        elif number % COPY_EVERY == 8:
            post.copies.append(b"Received: from another.example by ours\n" + post.messages[-1])
    return post


def command(home: Path, *words: str) -> "subprocess.Popen[str]":
    known = environment(home)
    return subprocess.Popen(
        [sys.executable, "-m", "moothall.config.command", *words],
        env=known, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def run(home: Path, *words: str) -> str:
    process = command(home, *words)
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 0, said
    return said


def asked(home: Path, statement: str, *given: Any) -> list[tuple[Any, ...]]:
    address = Embedded(Home(home)).superuser(EMBEDDED_DATABASE).conninfo
    with closing(psycopg.connect(address, connect_timeout=5)) as connection:
        return connection.execute(statement, given).fetchall()


def imports_begun(home: Path) -> int:
    """How many imports have begun; -1 while the database does not answer."""
    try:
        return int(asked(home, "select count(*) from enquiries_import")[0][0])
    except psycopg.Error:
        return -1


def kill_database(home: Path) -> bool:
    """SIGKILL for the server and all its backends. Says whether it was there."""
    number = Embedded(Home(home)).pid()
    if number is None:
        return False
    server = psutil.Process(number)
    kill_all([*server.children(recursive=True), server])
    return True


def kill_all(processes: Iterable[psutil.Process]) -> None:
    for process in processes:
        try:
            process.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue  # it ended by itself a moment ago


def wait_until(true: Callable[[], bool], *, seconds: float = 120.0, pause: float = 0.03) -> float:
    """Wait for it; the seconds it took."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < seconds, "it did not happen in time"
        time.sleep(pause)
    return time.monotonic() - started


def has_begun(home: Path, process: "subprocess.Popen[str]", before: int) -> bool:
    """Whether the import has written itself down, or ended already."""
    return imports_begun(home) > before or process.poll() is not None


def import_under_fire(home: Path, file: Path, parts: list[str], rng: Random) -> list[float]:
    """Import again and again, killing one part each time at a random instant. The recovery times."""
    recoveries: list[float] = []
    killed_at: float | None = None
    begun = 0
    for part in [*parts, ""]:
        begun = max(begun, imports_begun(home))
        process = command(home, "import", "mail", str(file), "--acknowledge", "--json")
        wait_until(partial(has_begun, home, process, begun))
        if killed_at is not None:
            recoveries.append(time.monotonic() - killed_at)
        if part:
            instant = rng.uniform(0.0, 1.5)
            time.sleep(instant)
            sys.stdout.write(f"{part} killed {instant:.3f} s into the import\n")
            killed_at = time.monotonic()
            kill_database(home) if part == "database" else process.kill()
        said, _ = process.communicate(timeout=240)
        assert part or process.returncode == 0, said
    return recoveries


def sweep(home: Path, posts: Iterable[Post]) -> None:
    """Every message is there once, with its bytes, its case, its entry, its contact and one answer."""
    posts = list(posts)
    ids = [each for post in posts for each in post.ids]
    found = asked(home, "select message_id, count(*), count(entry_id), count(contact_id) from "
                        "enquiries_message group by 1")  # fmt: skip
    assert sorted(found) == sorted((each, 1, 1, 1) for each in ids)
    threads = sum(post.threads for post in posts)
    assert asked(home, "select count(*) from cases_case") == [(threads,)]
    assert asked(home, "select count(*), count(distinct about_id) from records_auditevent "
                       "where verb = 'cases.open'") == [(threads, threads)]  # fmt: skip
    assert asked(home, "select count(*) from cases_entry where kind = 'MAIL_IN'") == [(len(ids),)]
    assert asked(home, "select count(*) from enquiries_contact") == [(len(ids),)]
    assert asked(home, "select count(*) from cases_case where id not in "
                       "(select case_id from cases_casesearch)") == [(0,)]  # fmt: skip
    assert asked(home, "select count(*), count(distinct reference) from cases_case") == [(threads, threads)]
    letters = "select count(*), count(distinct about_id) from letters_letter where automatic"
    assert asked(home, letters) == [(threads, threads)]
    _sweep_bytes(home, posts)
    _sweep_counts(home)


def _sweep_bytes(home: Path, posts: list[Post]) -> None:
    """Each distinct message is on the disk under its sha256, as it came; nothing else is."""
    wanted = {
        hashlib.sha256(raw).hexdigest(): raw for post in posts for raw in [*post.messages, *post.copies]
    }
    rows = asked(home, "select sha256, size, state from enquiries_rawmessage")
    assert {row[0] for row in rows} == set(wanted)
    assert len(rows) == len(wanted)
    assert {row[2] for row in rows} <= {"READ", "COPY"}
    for sha256, size, _state in rows:
        kept = (Home(home).raw / sha256[:2] / f"{sha256}.eml").read_bytes()
        assert kept == wanted[sha256]
        assert len(kept) == size
    documents = asked(home, "select distinct sha256 from records_document")
    for (sha256,) in documents:
        [file] = [path for path in Home(home).files.rglob(f"{sha256}*") if path.is_file()]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == sha256


def _sweep_counts(home: Path) -> None:
    """Of each finished import, what was read is the sum of what became of it."""
    bad = asked(home, "select id from enquiries_import where finished_at is not null "
                      "and read <> new_cases + added + duplicates + quarantined")  # fmt: skip
    assert bad == []
    doubled = asked(home, "select entry_id, document_id from cases_entrydocument group by 1, 2 "
                          "having count(*) > 1")  # fmt: skip
    assert doubled == []
