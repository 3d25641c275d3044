#!/usr/bin/env python3
"""Take away each guard of the office, one at a time, and see whether the access tests notice.

A guard is `@needs` or `@signed_in` around a view, a call of `visible_to`, or a question whether somebody may
act on a case or read it. Each is taken away in the running process, the tests that come past it are tried
until one fails, and it is put back. The few that stand in front of another guard on purpose are told as
held twice, with the other one (`tests/access/held_twice.py`). Takes several minutes, so it is not
part of `make test`.

    .venv/bin/python scripts/remove_guards.py
    .venv/bin/python scripts/remove_guards.py --only webhook      those whose name or file holds a word
    .venv/bin/python scripts/remove_guards.py --part 3/8          the third of eight shares
"""

import argparse
import os
import re
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


def a_part(words: str) -> str:
    found = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", words)
    if not found or int(found[1]) > int(found[2]):
        raise argparse.ArgumentTypeError(f"a part is such as 1/8, not {words}")
    return words


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Take away each guard, and see whether a test notices.")
    asked.add_argument("--only", default="", help="a word that the guard's name holds")
    asked.add_argument("--part", default="1/1", type=a_part, help="one share of them, such as 1/8")
    given = asked.parse_args()
    environment = os.environ | {"GUARDS_ONLY": given.only, "GUARDS_PART": given.part}
    sys.exit(subprocess.run(COMMAND, cwd=ROOT, env=environment, check=False).returncode)
