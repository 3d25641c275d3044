"""Rows and mail for tests of enquiries."""

import datetime as dt
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from moothall.cases.models import Case
from moothall.cases.tests.make import AT, make_service
from moothall.enquiries.models import Import, Mailbox, Message
from moothall.enquiries.rules.fetching import fetch_mailbox
from moothall.enquiries.rules.importing import begin_import, run_import
from moothall.enquiries.rules.mailboxes import connect_mailbox
from moothall.knowledge.models import Signpost
from moothall.letters.tests.make import make_template
from moothall.people.models import Team
from moothall.people.tests.make import make_account, make_team

from .dovecot import Account

SENDER = "Ffion Adeyemi <ffion@borth.example>"
_numbers = count(1)


def make_mailbox(**changes: Any) -> Mailbox:
    number = next(_numbers)
    team: Team = changes.pop("team", None) or make_team()
    given: dict[str, Any] = {
        "key": f"box-{number}", "address": f"learning{number}@borth.example", "name": "Learning",
        "team": team, "service": changes.pop("service", None) or make_service(team=team),
    }  # fmt: skip
    return Mailbox.objects.create(**given | changes)


def make_signpost(**changes: Any) -> Signpost:
    given: dict[str, Any] = {
        "key": f"signpost-{next(_numbers)}", "name": "Adult Learning Wales",
        "name_cy": "Addysg Oedolion Cymru", "when_to_use": "Evening classes", "how": "Telephone 01632 960123",
        "checked_on": dt.date(2026, 11, 1),
    }  # fmt: skip
    return Signpost.objects.create(**given | changes)


def settings_for(account: Account, **changes: Any) -> dict[str, Any]:
    """What an administrator would enter to connect a mailbox to this one."""
    given: dict[str, Any] = {
        "imap_host": "127.0.0.1", "imap_port": account.server.imap, "imap_security": "NONE",
        "user_name": account.user, "sign_in": "PASSWORD", "password": account.password, "folder": "INBOX",
        "afterwards": "SEEN", "done_folder": "", "since": dt.date(2026, 1, 1), "sent_folder": "",
        "smtp_host": "", "smtp_port": 25, "smtp_security": "NONE", "smtp_user_name": "", "token_url": "",
        "client_id": "", "scope": "",
    }  # fmt: skip
    return given | changes


def connect(account: Account, *, mailbox: Mailbox | None = None, **changes: Any) -> Mailbox:
    """A mailbox of the office, connected to this one."""
    box = mailbox or make_mailbox()
    connect_mailbox(box, settings=settings_for(account, **changes), by=make_account(), at=AT)
    return box


def fetch(mailbox: Mailbox, *, at: dt.datetime = AT) -> dict[str, int]:
    """Look into a mailbox; the counts of what became of its messages."""
    found = fetch_mailbox(mailbox, clock=lambda: at)
    assert found is not None, "somebody else was at it"
    return {name: number for name, number in found.counts.items() if number}


def make_acknowledgement(key: str = "acknowledgement", **changes: Any) -> None:
    given = {"subject_en": "We have it", "body_en": "About {case.title}.", "subject_cy": "Mae gennym",
             "body_cy": "Am {case.title}."}  # fmt: skip
    make_template(key=key, **given | changes)


def mail(text: str = "Is there a place on the course?", **headers: str) -> bytes:
    """A message as it came off the wire; `reply_to` is the header Reply-To, an empty one is left out."""
    given = {
        "from": SENDER,
        "to": "learning@borth.example",
        "subject": "A place on the course",
        "message_id": f"<{next(_numbers)}@borth.example>",
        "date": "Mon, 23 Nov 2026 08:00:00 +0000",
        "content_type": "text/plain; charset=utf-8",
    } | {name.rstrip("_"): value for name, value in headers.items()}
    lines = [f"{name.replace('_', '-').title()}: {value}" for name, value in given.items() if value]
    return ("\r\n".join(lines) + f"\r\n\r\n{text}\r\n").encode()


def with_files(*files: tuple[str, bytes], text: str = "See the file.", **headers: str) -> bytes:
    """A message with these files."""
    parts = [b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text.encode()]
    for name, content in files:
        head = f'--b\r\nContent-Type: application/octet-stream; name="{name}"\r\n'
        head += "Content-Disposition: attachment\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        parts.append(head.encode() + content)
    shell = mail("", **{"content_type": "multipart/mixed; boundary=b", **headers})
    return shell.rstrip() + b"\r\n\r\n" + b"\r\n".join(parts) + b"\r\n--b--\r\n"


def bounce(of: str, *, failed: str = "ffion@borth.example", **headers: str) -> bytes:
    """A delivery status that says a message of ours did not arrive."""
    body = (
        "--b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.borth.example\r\n\r\n"
        f"Final-Recipient: rfc822; {failed}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {of}\r\nSubject: x\r\n\r\ny\r\n--b--"
    )
    given = {
        "from_": "MAILER-DAEMON@mx.borth.example", "subject": "Undelivered Mail Returned to Sender",
        "content_type": "multipart/report; report-type=delivery-status; boundary=b",
    }  # fmt: skip
    return mail(body, **given | headers)


def begin(mailbox: Mailbox, *raws: bytes, answer: bool = False, at: dt.datetime = AT) -> Import:
    """An import of these messages, written down and not yet run."""
    folder = Path(mkdtemp())
    for number, raw in enumerate(raws, start=1):
        (folder / f"{number:04}.eml").write_bytes(raw)
    return begin_import(mailbox, source="a folder", path=folder, by=None, at=at, answer=answer)


def bring_in(mailbox: Mailbox, *raws: bytes, answer: bool = False, at: dt.datetime = AT) -> dict[str, int]:
    """Import these messages in order; the counts."""
    run = begin(mailbox, *raws, answer=answer, at=at)
    counts = run_import(run, clock=lambda: at).as_dict()
    assert counts["read"] == sum(counts.values()) - counts["read"] == len(raws)
    return {name: number for name, number in counts.items() if number and name != "read"}


def newest() -> Case:
    return Case.objects.order_by("-id")[0]


def written_on() -> Case:
    """The case that the newest message went to."""
    return Case.objects.get(entries__message=Message.objects.order_by("-id")[0])
