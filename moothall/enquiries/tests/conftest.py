"""Each test keeps mail and files in folders of its own; most begin with a mailbox."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from moothall.enquiries.models import Mailbox

from .dovecot import Dovecot, running_dovecot
from .make import make_mailbox


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    settings.RAW_HOME, settings.FILES_HOME = tmp_path / "raw", tmp_path / "files"
    settings.TRIAGE_HOME = tmp_path / "triage"


@pytest.fixture
def box() -> Mailbox:
    return make_mailbox()


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """One mail server for all tests that only read: each opens a mailbox of its own."""
    with running_dovecot() as server:
        yield server
