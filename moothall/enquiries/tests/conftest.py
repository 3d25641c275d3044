"""Each test keeps mail and files in folders of its own; most begin with a mailbox."""

from pathlib import Path
from typing import Any

import pytest

from moothall.enquiries.models import Mailbox

from .make import make_mailbox


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    settings.RAW_HOME, settings.FILES_HOME = tmp_path / "raw", tmp_path / "files"


@pytest.fixture
def box() -> Mailbox:
    return make_mailbox()
