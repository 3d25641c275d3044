"""Loaded by pytest before the settings are read: tests get a home of their own."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from moothall.config.home import Home

SCRATCH = Path(tempfile.mkdtemp(prefix="moothall-test-"))
Home(SCRATCH).prepare()
os.environ["MOOTHALL_HOME"] = str(SCRATCH)
for name in (
    "DATABASE_URL",
    "DATABASE_WEB_URL",
    "EMAIL_URL",
    "MOOTHALL_PUBLIC_URL",
    "MOOTHALL_AS_OWNER",
    "PORT",
):
    os.environ.pop(name, None)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    shutil.rmtree(SCRATCH, ignore_errors=True)
