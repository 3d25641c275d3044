"""The mail behind sample cases that are still open, kept as if it had come in: answers find their thread."""

import datetime as dt
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from moothall.enquiries.models import Message, RawMessage
from moothall.enquiries.reading import read_mail
from moothall.enquiries.rules.keeping import write_durably

from .story import Story
from .tables import Tables

CAME_FROM = "sample year"


def keep_mail(story: Story, tables: Tables) -> None:
    """Keep each mail of this case byte for byte, with the row that says how it was read."""
    for mail in story.mails:
        raw = bytes_of(story, mail)
        digest = write_durably(raw)
        at: dt.datetime = mail["at"]
        raw_id = tables.add(
            RawMessage, mailbox_id=mail["mailbox"].pk, sha256=digest, size=len(raw), came_from=CAME_FROM,
            kept_at=at, state=RawMessage.READ, reason="", attempts=0,
        )  # fmt: skip
        read = read_mail(raw)
        tables.add(
            Message, raw_id=raw_id, message_id=read.message_id or "", body_fingerprint=read.body_fingerprint,
            kind=str(read.kind), may_answer=read.may_answer, why_not=read.why_not,
            sender_name=story.asker.person.full_name, sender_address=story.asker.address.lower(),
            reply_address="", subject=mail["subject"], sent_at=at, references=list(read.references),
            warnings=[], contact_id=mail["contact"]["id"], entry_id=mail["entry"],
        )  # fmt: skip


def bytes_of(story: Story, mail: dict[str, Any]) -> bytes:
    message = EmailMessage()
    message["From"] = f"{story.asker.person.full_name} <{story.asker.address}>"
    message["To"] = mail["mailbox"].address
    message["Subject"] = mail["subject"]
    message["Date"] = format_datetime(mail["at"])
    message["Message-ID"] = mail["message_id"]
    if mail["answers"]:
        message["In-Reply-To"] = mail["answers"]
        message["References"] = mail["answers"]
    message["Content-Language"] = story.sample.language
    message.set_content(mail["text"])
    return message.as_bytes(policy=SMTP)
