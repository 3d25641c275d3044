"""The office that is measured: loaded once into a home of its own, then run as anybody would run it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psycopg

from moothall.config.database import web_address
from moothall.config.embedded import running
from moothall.config.home import Home
from moothall.config.tests.offices import Office
from moothall.people.rules.pack import DEMO_PASSWORD

from .client import Client
from .pages import Known


@dataclass(frozen=True)
class Desk:
    """Which pack is loaded, who works in it, and what a case opened by hand begins as."""

    pack: str
    worker: str
    service: str
    cases: int
    """How many cases its year has at scale 1."""


LEARNING = Desk("learning-desk", "kwame.osei-bonsu@dyffryn-gwyn.example", "general-enquiry", 1500)
PEOPLE = Desk("people-services", "dominik.zielinski@glannau-arian.example", "desk-enquiry", 36_000)
COMMON = """
select word, ndoc from ts_stat('select words from cases_casesearch order by case_id desc limit 20000')
where word ~ '^[a-z]{5,}$' order by ndoc desc, word
"""


def load(home: Path, desk: Desk, *, scale: float, seed: int) -> float:
    """Fill an empty home; one that is full is taken as it is. The seconds it took."""
    if (home / "loaded").exists():
        return float((home / "loaded").read_text())
    started = time.monotonic()
    words = ["load", desk.pack, "--demo", "--scale", str(scale), "--seed", str(seed)]
    moothall(home, *words)
    seconds = time.monotonic() - started
    (home / "loaded").write_text(f"{seconds:.1f}")
    return seconds


def moothall(home: Path, *words: str) -> str:
    known = os.environ | {"MOOTHALL_HOME": str(home), "MOOTHALL_DEMO": "0"}
    command = [sys.executable, "-m", "moothall.config.command", *words]
    return subprocess.run(command, env=known, check=True, text=True, stdout=subprocess.PIPE).stdout


@contextmanager
def open_office(home: Path, *, vacuum: bool = True) -> Iterator[Office]:
    """`moothall up`, with statistics up to date."""
    with running(Home(home)) as server:
        if vacuum:
            with psycopg.connect(server.superuser("moothall").conninfo, autocommit=True) as connection:
                connection.execute("vacuum analyze")
        office = Office(home)
        try:
            office.start()
            yield office
        finally:
            office.end()


def sign_in(office: Office, desk: Desk) -> Client:
    client = Client(office.port)
    client.sign_in(desk.worker, DEMO_PASSWORD)
    return client


def get_to_know(home: Path, desk: Desk, *, seed: int) -> Known:
    """Real references, names and words to ask for."""
    rng = Random(seed)
    with psycopg.connect(web_address(Home(home)).conninfo) as connection:
        row = connection.execute(
            "select s.id, t.id, t.key from cases_service s join people_team t on t.id = s.team_id "
            "where s.key = %s",
            [desk.service],
        ).fetchone()
        if row is None:
            raise LookupError(f"{desk.pack} is not loaded.")
        service, team_id, team = row
        found = connection.execute(
            "select reference from cases_case where team_id = %s and status <> 'CLOSED' "
            "and confidentiality in ('OPEN', 'TEAM') order by id desc limit 2000", [team_id]
        )  # fmt: skip
        references = [reference for (reference,) in found]
        names = connection.execute("select full_name from people_person order by id limit 500")
        people = [name.split()[0] for (name,) in names]
        words = [word for word, _count in connection.execute(COMMON)]
    return Known(
        references=references, people=people, common=words[3], rare=words[-len(words) // 8], team=team,
        service=str(service), asks=desk.service, rng=rng,
    )  # fmt: skip


def forget_files() -> bool:
    """Have the machine forget what it read from the disk; only root may."""
    with suppress(OSError):
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3\n")
        return True
    return False
