"""`moothall import mail FILE` and `moothall fetch`: the same intake as the pages, with counts at the end."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from moothall.core.clock import now

from .models import Mailbox
from .reading import UnreadableSource, warm_up
from .rules.faults import MailboxFault
from .rules.fetching import fetch_mailbox
from .rules.importing import Tally, begin_import, run_import

KINDS = ("mail",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS, help="what is in the file")
    parser.add_argument("file", type=Path, help="an .mbox file, an .eml file, or a folder of .eml files")
    parser.add_argument("--mailbox", metavar="KEY", help="the mailbox it belongs to; the first, unless given")
    parser.add_argument("--acknowledge", action="store_true", help="acknowledge messages that open a case")
    parser.add_argument("--json", action="store_true", help="print the counts as one line of JSON")


def run(asked: argparse.Namespace) -> int:
    mailbox = _mailbox(asked.mailbox)
    if mailbox is None:
        return 2
    warm_up()
    started = time.monotonic()
    began = begin_import(
        mailbox,
        source=asked.file.name,
        path=asked.file.resolve(),
        by=None,
        at=now(),
        answer=asked.acknowledge,
    )
    problem: UnreadableSource | None = None
    try:
        run_import(began, clock=now, answer=asked.acknowledge, progress=_say(asked.json, started))
    except UnreadableSource as found:
        problem = found
    began.refresh_from_db()
    if problem is None or began.read:
        _print(Tally.of(began).as_dict(), round(time.monotonic() - started, 2), as_json=asked.json)
    if problem is not None:
        print(f"moothall: {problem}", file=sys.stderr)
    return 0 if problem is None else 2


def add_fetch_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("mailbox", nargs="?", metavar="KEY", help="one mailbox; all connected ones otherwise")


def run_fetch(asked: argparse.Namespace) -> int:
    """Look into mailboxes now, paused ones too when they are named; the exit code says whether all could."""
    boxes = Mailbox.objects.filter(connection__isnull=False).select_related("service", "team").order_by("key")
    if asked.mailbox:
        boxes = boxes.filter(key=asked.mailbox)
    else:
        boxes = boxes.exclude(state__paused_at__isnull=False)
    if not boxes:
        print("moothall: no mailbox of that name is connected to a mail server.", file=sys.stderr)
        return 2
    return max([_fetch(box) for box in boxes])


def _fetch(box: Mailbox) -> int:
    try:
        found = fetch_mailbox(box, clock=now)
    except MailboxFault as fault:
        print(f"{box.address}: {fault}", file=sys.stderr)
        return 1
    if found is None:
        print(f"{box.address}: somebody else is fetching from it.")
        return 0
    counts = found.counts
    print(
        f"{box.address}: {counts['new_cases']} new cases, {counts['added']} added to cases, "
        f"{counts['duplicates']} copies, {counts['quarantined']} could not be read, {found.waiting} wait."
    )
    return 0


def _print(counts: dict[str, int], seconds: float, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({**counts, "seconds": seconds}))
        return
    print(
        f"Read {counts['read']} messages in {seconds} s: {counts['new_cases']} new cases, "
        f"{counts['added']} added to cases, {counts['duplicates']} copies, "
        f"{counts['quarantined']} could not be read."
    )


def _mailbox(key: str | None) -> Mailbox | None:
    boxes = Mailbox.objects.select_related("service", "team").order_by("id")
    found = boxes.filter(key=key).first() if key else boxes.first()
    if found is None:
        known = ", ".join(boxes.values_list("key", flat=True)) or "none yet: load a pack first"
        print(f"moothall: there is no mailbox {key or ''!r}. Mailboxes: {known}.", file=sys.stderr)
    return found


def _say(quiet: bool, started: float) -> Callable[[Tally], None]:
    def progress(tally: Tally) -> None:
        if not quiet and sys.stderr.isatty():
            rate = tally.read / max(time.monotonic() - started, 0.001)
            print(f"\r{tally.read} read, {rate:.0f} a second", end="", file=sys.stderr)

    return progress
