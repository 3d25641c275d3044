"""Each test keeps mail and files in folders of its own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    settings.RAW_HOME, settings.FILES_HOME = tmp_path / "raw", tmp_path / "files"
