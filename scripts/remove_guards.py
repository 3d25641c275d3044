#!/usr/bin/env python3
"""Take away each guard of the office, one at a time, and see whether the access tests notice.

A guard is `@needs` or `@signed_in` around a view, a call of `visible_to`, or a question whether somebody may
act on a case or read it. Each is taken away in the running process, the tests that come past it are tried
until one fails, and it is put back. Takes several minutes, so it is not part of `make test`.

    .venv/bin/python scripts/remove_guards.py
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [
    sys.executable,
    "-m",
    "pytest",
    "-n",
    "0",
    "-q",
    "-s",
    "--tb=short",
    "tests/access/guards_removed.py",
]

if __name__ == "__main__":
    sys.exit(subprocess.run(COMMAND, cwd=ROOT, check=False).returncode)
