"""Mail that waits on a real Dovecot while the fetcher and the database are killed one after the other."""

import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from random import Random

import psycopg

from moothall.enquiries.tests.dovecot import Account
from moothall.enquiries.tests.killing import Post, asked, command, kill_database, wait_until

CONNECT = """
import datetime as dt
from moothall.core.clock import now
from moothall.enquiries.models import Mailbox
from moothall.enquiries.rules.mailboxes import connect_mailbox
from moothall.people.models import Account
box = Mailbox.objects.get(key="learning")
connect_mailbox(box, by=Account.objects.order_by("id")[0], at=now(), settings=dict(
    imap_host="127.0.0.1", imap_port={port}, imap_security="NONE", user_name="{user}", sign_in="PASSWORD",
    password="{password}", folder="INBOX", afterwards="MOVE", done_folder="Done", since=dt.date(2026, 1, 1),
    sent_folder="", smtp_host="", smtp_port=25, smtp_security="NONE", smtp_user_name="", token_url="",
    client_id="", scope=""))
"""


def connect(home: Path, account: Account) -> None:
    """The learning mailbox of this office is fetched from that account; what is kept is moved away."""
    given = {"port": account.server.imap, "user": account.user, "password": account.password}
    until_done(home, "manage", "shell", "-c", CONNECT.format(**given))


def until_done(home: Path, *words: str) -> None:
    """Run a command until it succeeds: a database that was killed takes a while to come back."""

    def done() -> bool:
        process = command(home, *words)
        process.communicate(timeout=240)
        return process.returncode == 0

    wait_until(done, seconds=240, pause=1)


def as_it_travels(post: Post) -> Post:
    """The same mail with the line ends of the network."""
    turned = [[raw.replace(b"\n", b"\r\n") for raw in raws] for raws in (post.messages, post.copies)]
    return Post(turned[0], turned[1], post.ids, post.threads)


def fetch_under_fire(home: Path, account: Account, post: Post, parts: list[str], rng: Random) -> list[float]:
    """Fetch again and again while mail comes in, killing one part each time. The recovery times."""
    waiting = [*post.messages, *post.copies]
    share = -(-len(waiting) // (len(parts) + 1))
    recoveries: list[float] = []
    before = 0
    for part in [*parts, ""]:
        account.deliver(*waiting[:share])
        del waiting[:share]
        before = max(kept(home), before)
        process = command(home, "fetch", "learning")
        if part:
            wait_until(partial(_has_begun, home, process, before), seconds=180)
            instant = rng.uniform(0.0, 0.6)
            time.sleep(instant)
            sys.stdout.write(f"{part} killed {instant:.3f} s into fetching\n")
            killed_at = time.monotonic()
            kill_database(home) if part == "database" else process.kill()
            process.communicate(timeout=240)
            until_done(home, "fetch", "learning")
            recoveries.append(time.monotonic() - killed_at)
        else:
            said, _ = process.communicate(timeout=240)
            assert process.returncode == 0, said
    wait_until(partial(_is_empty, home, account), seconds=240, pause=1)
    return recoveries


def _has_begun(home: Path, process: "subprocess.Popen[str]", before: int) -> bool:
    """Whether the fetcher has begun to keep what it found, or has ended already."""
    return process.poll() is not None or kept(home) > before


def kept(home: Path) -> int:
    """How many messages were fetched so far; -1 while the database does not answer."""
    try:
        return int(asked(home, "select count(*) from enquiries_remotemessage")[0][0])
    except psycopg.Error:
        return -1


def _is_empty(home: Path, account: Account) -> bool:
    """Nothing is left in the folder, and all of it is read."""
    until_done(home, "fetch", "learning")
    waiting = asked(home, "select count(*) from enquiries_rawmessage where state = 'KEPT'")
    return not account.files() and waiting == [(0,)]
