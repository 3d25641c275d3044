"""Mail sent from the browser while web, worker and database are killed one after the other."""

import http.client
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from threading import Event, Thread

import psutil
import psycopg

from benchmarks.client import Client
from moothall.config.tests.offices import Office
from moothall.enquiries.tests.killing import Post, asked, kill_all, kill_database, wait_until
from moothall.people.rules.pack import DEMO_PASSWORD

COORDINATOR = "kwame.osei-bonsu@dyffryn-gwyn.example"


@dataclass
class Fire:
    """So many kills at random instants, each after the office has recovered from the last."""

    parts: Sequence[str]
    kills: int
    rng: Random
    recoveries: list[float] = field(default_factory=list)
    problem: BaseException | None = None
    out: Event = field(default_factory=Event)

    def burn(self, office: Office) -> None:
        try:
            for _number in range(self.kills):
                part, instant = self.rng.choice(self.parts), self.rng.uniform(0.1, 3.0)
                time.sleep(instant)
                before = number_of(office, part)
                kill_part(office, part)
                print(f"{part} killed {instant:.3f} s after the office was well", flush=True)
                self.recoveries.append(wait_until(partial(is_back, office, part, before), pause=0.2))
        except BaseException as problem:
            self.problem = problem
        finally:
            self.out.set()


def process_of(office: Office, part: str) -> psutil.Process | None:
    assert office.process is not None
    wanted = {"web": "granian", "worker": "procrastinate"}[part]
    for child in psutil.Process(office.process.pid).children():
        try:
            if wanted in " ".join(child.cmdline()):
                return child
        except psutil.Error:
            continue  # dead already, and about to be started again
    return None


def number_of(office: Office, part: str) -> int | None:
    if part == "database":
        return office.server().pid()
    found = process_of(office, part)
    return found.pid if found else None


def is_back(office: Office, part: str, before: int | None) -> bool:
    """Whether another process does its work, and the office calls itself well."""
    return number_of(office, part) not in {None, before} and office.is_well()


def kill_part(office: Office, part: str) -> None:
    """SIGKILL for the part and its own children, at once."""
    if part == "database":
        kill_database(office.home)
        return
    found = process_of(office, part)
    if found is not None:
        kill_all([*found.children(recursive=True), found])


def upload_under_fire(office: Office, posts: Sequence[Post], fire: Fire, *, folder: Path) -> list[float]:
    """Send every post until it is accepted, and wait until all of it is read. The recovery times."""
    files = [post.write(folder / f"{number}.mbox") for number, post in enumerate(posts)]
    client = Client(office.port)
    client.sign_in(COORDINATOR, DEMO_PASSWORD)
    mailbox = str(asked(office.home, "select id from enquiries_mailbox where key = 'learning'")[0][0])
    killer = Thread(target=fire.burn, args=[office])
    killer.start()
    with closing(client):
        for file in files:
            send_until_accepted(client, file, mailbox)
    fire.out.wait()
    killer.join()
    if fire.problem is not None:
        raise fire.problem
    wait_until(lambda: all_read(office), seconds=240, pause=0.5)
    return fire.recoveries


def send_until_accepted(client: Client, file: Path, mailbox: str) -> None:
    """As a person would: no answer or a page of regret, and they send it again."""
    accepted = False

    def tried() -> bool:
        nonlocal accepted
        try:
            client.get("/enquiries/imports/")
            answer = client.upload(
                "/enquiries/imports/", name=file.name, content=file.read_bytes(), mailbox=mailbox,
                acknowledge="on",
            )  # fmt: skip
        except (OSError, http.client.HTTPException):
            return False
        accepted = answer.status == 302 and "/imports/" in answer.location
        return accepted

    wait_until(tried, seconds=180, pause=0.3)


def all_read(office: Office) -> bool:
    """Whether every import that began has ended, and nothing kept still waits to be read."""
    try:
        [(waiting,)] = asked(office.home, "select (select count(*) from enquiries_import where finished_at "
                                          "is null and started_by_id is not null) + (select count(*) from "
                                          "enquiries_rawmessage where state = 'KEPT')")  # fmt: skip
    except psycopg.Error:
        return False
    return bool(waiting == 0)
