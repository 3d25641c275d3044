"""SIGKILL at random instants while messages come in: none lost, none doubled."""

import statistics
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from moothall.config.embedded import Embedded, running
from moothall.config.home import Home
from moothall.config.tests.homes import copy_of
from moothall.config.tests.offices import Office
from moothall.enquiries.tests.dovecot import needs_dovecot, running_dovecot
from moothall.enquiries.tests.killing import Post, asked, import_under_fire, make_post, run, sweep
from tests.faults.fetching import as_it_travels, connect, fetch_under_fire
from tests.faults.results import fault, seed_for
from tests.faults.sweep import assert_well
from tests.faults.uploading import Fire, upload_under_fire

pytestmark = [pytest.mark.faults, needs_dovecot]
SEED = seed_for(20262)
TYPED, SENT, FETCHED, KILLS = 90, 100, 200, 12


@pytest.fixture
def home(prepared_home: Path, tmp_path: Path) -> Iterator[Path]:
    """An office of its own, with the learning desk and its sample staff, but no sample work."""
    home = copy_of(prepared_home, tmp_path / "home")
    run(home, "load", "learning-desk", "--demo")
    yield home
    Embedded(Home(home)).stop()


def tell(what: str, recoveries: list[float]) -> None:
    print(
        f"{what}: {len(recoveries)} recoveries, median {statistics.median(recoveries):.1f} s, "
        f"longest {max(recoveries):.1f} s (seed {SEED})",
        flush=True,
    )


def test_no_message_is_lost_or_doubled_whichever_part_is_killed(home: Path, tmp_path: Path) -> None:
    rng = Random(SEED)
    office = Office(home)
    done = f"{KILLS} times kill -9: importer, fetcher (IMAP), web, worker, database"
    with fault(1, "killed during intake", done, seed=SEED) as row, running_dovecot() as dovecot:
        typed = make_post(TYPED, seed=SEED, name="typed")
        waits, account = as_it_travels(make_post(FETCHED, seed=SEED, name="waits")), dovecot.account()
        parts = [*rng.choices(["fetcher", "database"], k=4), "fetcher", "database"]
        with running(Home(home)):
            first = rng.sample(["importer", "database"], k=2)
            tell("By command", import_under_fire(home, typed.write(tmp_path / "typed.mbox"), first, rng))
            connect(home, account)
            tell("By IMAP", fetch_under_fire(home, account, waits, parts, rng))

        sent = [make_post(SENT // 4, seed=SEED, name=f"sent{number}") for number in range(4)]
        fire = Fire(["web", "worker", "database"], kills=KILLS - len(parts) - 2, rng=rng)
        try:
            office.start()
            tell("By upload", upload_under_fire(office, sent, fire, folder=tmp_path))
            unfinished = "select count(*) from procrastinate_jobs where task_name = 'enquiries.import' "
            assert asked(home, unfinished + "and status <> 'succeeded'") == [(0,)]
            everything: list[Post] = [typed, waits, *sent]
            row.n = sum(len(post.messages) for post in everything)
            sweep(home, everything)
            assert_well(home)
        finally:
            office.end()
