import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from moothall.config.embedded import Embedded
from moothall.config.home import Home
from moothall.config.tests.offices import Office, moothall


@pytest.fixture(scope="session")
def migrated_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that `moothall migrate` has made, and that nothing uses."""
    home = tmp_path_factory.mktemp("migrated") / "home"
    done = moothall("migrate", home=home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("The database is up to date.\n")
    assert Embedded(Home(home)).pid() is None, "the server goes with the command that started it"
    return home


@pytest.fixture
def make_office(migrated_home: Path, tmp_path: Path) -> Iterator[Callable[[str], Office]]:
    """Moothalls with a home and a port each, ended with the test."""
    made: list[Office] = []

    def make(name: str) -> Office:
        shutil.copytree(migrated_home, tmp_path / name / "home")
        made.append(Office(tmp_path / name / "home"))
        return made[-1]

    yield make
    for office in made:
        office.end()
