"""The table of results stands at the end of a run of the fault tests."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from .results import RESULTS, table


@pytest.fixture(autouse=True)
def _no_files_of_tests_before() -> None:
    """The sweep asks of each file whose it is: those of tests whose rows were taken back go with them."""
    for folder in (Path(settings.FILES_HOME), Path(settings.RAW_HOME)):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if RESULTS:
        terminalreporter.section("faults")
        for line in table(RESULTS):
            terminalreporter.write_line(line.rstrip())
