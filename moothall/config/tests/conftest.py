from collections.abc import Iterator
from pathlib import Path

import pytest

from moothall.config.tests.offices import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A Moothall of its own, ended with the test."""
    office = Office(tmp_path / "home")
    yield office
    office.end()
