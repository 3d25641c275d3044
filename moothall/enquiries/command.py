"""`moothall import mail FILE` and `moothall fetch`: the same intake as the pages, with counts at the end."""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from moothall.cases.models import Service
from moothall.core.clock import now
from moothall.core.refusals import Refusal

from .models import Mailbox, TableImport, TableMapping
from .reading import UnreadableSource, warm_up
from .rules.faults import MailboxFault
from .rules.fetching import fetch_mailbox
from .rules.importing import Tally, begin_import, run_import
from .rules.table.by_command import bring_in_by_command, take_back_by_command

KINDS = ("mail", "table")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS, help="what is in the file")
    parser.add_argument("file", type=Path, help="an .mbox file, an .eml file or a folder of them; or a table")
    parser.add_argument("--mailbox", metavar="KEY", help="the mailbox it belongs to; the first, unless given")
    parser.add_argument("--acknowledge", action="store_true", help="acknowledge messages that open a case")
    parser.add_argument(
        "--mapping", metavar="NAME", help="of a table: what its columns mean, as it was saved"
    )
    parser.add_argument("--service", metavar="KEY", help="of a table: for rows that name none")
    parser.add_argument("--dry-run", action="store_true", help="of a table: say what would happen, no more")
    parser.add_argument("--undo", action="store_true", help="of a table: take back what came from this file")
    parser.add_argument("--json", action="store_true", help="print the counts as one line of JSON")


def run(asked: argparse.Namespace) -> int:
    return run_table(asked) if asked.kind == "table" else run_mail(asked)


def run_table(asked: argparse.Namespace) -> int:
    """Every row tried, and opened unless this is a dry run; or what came of this file taken back."""
    if asked.undo:
        return _told(asked, lambda: take_back_by_command(asked.file))
    mappings = TableMapping.objects.select_related("team").order_by("name")
    mapping = mappings.filter(name=asked.mapping).first()
    if mapping is None:
        known = ", ".join(mappings.values_list("name", flat=True)) or "none yet: save one on the page"
        print(f"moothall: there is no mapping {asked.mapping!r}. Mappings: {known}.", file=sys.stderr)
        return 2
    service = _service_for(asked.service, mapping)
    if service is None:
        print("moothall: name a service that is offered, with --service KEY.", file=sys.stderr)
        return 2
    return _told(
        asked, lambda: bring_in_by_command(asked.file, mapping, service, dry_run=asked.dry_run)
    )  # fmt: skip


def _told(
    asked: argparse.Namespace, bring: Callable[[], tuple[TableImport, Counter[str]]]
) -> int:  # fmt: skip
    """Say what became of the rows, or why nothing did."""
    try:
        table, counts = bring()
    except Refusal as refusal:
        print(f"moothall: {refusal}", file=sys.stderr)
        return 2
    if table.problem:
        print(f"moothall: {table.problem}", file=sys.stderr)
        return 2
    told = {"rows": table.rows, **{key.lower(): count for key, count in sorted(counts.items())}}
    print(json.dumps(told) if asked.json else ", ".join(f"{count} {key}" for key, count in told.items()))
    return 0


def _service_for(key: str | None, mapping: TableMapping) -> Service | None:
    """The one named, else the one with which the team's mail begins."""
    if key:
        return Service.objects.filter(key=key, retired_at=None).first()
    box = Mailbox.objects.filter(team=mapping.team).select_related("service").order_by("id").first()
    return box.service if box else None


def run_mail(asked: argparse.Namespace) -> int:
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
