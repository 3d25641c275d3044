from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from moothall.config.tests.homes import copy_of
from moothall.config.tests.offices import Office


@pytest.fixture
def make_office(prepared_home: Path, tmp_path: Path) -> Iterator[Callable[[str], Office]]:
    """Moothalls with a home and a port each, ended with the test."""
    made: list[Office] = []

    def make(name: str) -> Office:
        made.append(Office(copy_of(prepared_home, tmp_path / name / "home")))
        return made[-1]

    yield make
    for office in made:
        office.end()
