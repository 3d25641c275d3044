"""`moothall verify`: whether the audit is whole, in one sentence; exit code 1 when it is not."""

import argparse
import json
from pathlib import Path

from moothall.core.clock import now
from moothall.core.commands import Command, register

from .rules.verifying import check_audit

WORDS = "verify the audit against its seals and their anchors"


def add_commands() -> None:
    register(Command(name="verify", help=WORDS, run=run, add_arguments=add_arguments))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--anchors", type=Path, metavar="FILE", help="anchors kept elsewhere; those of the home, unless given"
    )
    parser.add_argument("--json", action="store_true", help="print what was found as one line of JSON")


def run(asked: argparse.Namespace) -> int:
    if asked.anchors is not None and not asked.anchors.exists():
        print(f"There is no file {asked.anchors}.")
        return 2
    check = check_audit(at=now(), anchors=asked.anchors)
    if asked.json:
        found = {"fault": check.fault or None, "seal": check.seal, "row": check.row}
        counts = {"seals": check.seals, "events": check.events, "anchors": check.anchors}
        print(json.dumps(found | counts | {"unsealed": check.unsealed}))
    else:
        print(check.words())
        print(
            f"{check.seals} seals over {check.events} rows, {check.anchors} anchors, "
            f"{check.unsealed} rows not sealed yet."
        )
    return 0 if check.is_whole else 1
