from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from moothall.config.embedded import Embedded, running
from moothall.config.home import Home
from moothall.config.tests.homes import copy_of
from moothall.enquiries.tests.killing import import_under_fire, make_post, run, sweep

pytestmark = pytest.mark.slow
SEED = 20261


@pytest.fixture
def home(prepared_home: Path, tmp_path: Path) -> Iterator[Path]:
    """An office of its own, with the learning desk's mailboxes and nothing else."""
    home = copy_of(prepared_home, tmp_path / "home")
    run(home, "load", "learning-desk")
    yield home
    Embedded(Home(home)).stop()


def test_a_message_is_neither_lost_nor_doubled_when_importer_and_database_are_killed(
    home: Path, tmp_path: Path
) -> None:
    post = make_post(150, seed=SEED)
    file = post.write(tmp_path / "post.mbox")
    parts = ["importer", "database", "importer", "database"]
    import_under_fire(home, file, parts, Random(SEED))
    with running(Home(home)):
        sweep(home, [post])
