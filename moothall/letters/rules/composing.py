"""A letter as the email that leaves: plain text and HTML, attachments, and headers that stop loops."""

import datetime as dt
import re
from email import charset
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from moothall.letters.models import Letter
from moothall.records.rules.documents import read_document

from .formatting import to_html, to_plain

QUOTED = charset.Charset("utf-8")
CALENDAR, METHOD = "text/calendar", re.compile(rb"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
QUOTED.body_encoding = charset.QP  # every server passes seven bits on unharmed


def compose(letter: Letter, *, at: dt.datetime) -> EmailMultiAlternatives:
    """The whole message; made twice it is the same message under the same name."""
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body="\n".join([to_plain(letter.body), *closing(letter)]) + "\n",
        from_email=formataddr((letter.from_name, letter.from_address)),
        to=[formataddr((letter.to_name, letter.to_address))],
        cc=letter.cc,
        headers=headers(letter, at),
    )
    message.encoding = QUOTED
    message.attach_alternative(html_of(letter), "text/html")
    for document in letter.documents.order_by("pk"):
        content = read_document(document)
        asks = METHOD.search(content) if document.media_type == CALENDAR else None
        if asks:
            message.attach(invitation(document.name, content, asks[1].decode()))
        else:
            message.attach(document.name, content, attached_as(document.media_type))
    return message


def invitation(name: str, content: bytes, method: str) -> MIMEText:
    """What a calendar is asked to do is said beside its kind too (RFC 6047), or programs show a mere file."""
    part = MIMEText(content.decode(), "calendar", "utf-8")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def attached_as(media_type: str) -> str:
    """Text and messages travel as bytes, so that nothing on the way re-encodes them."""
    return "application/octet-stream" if media_type.startswith(("text/", "message/")) else media_type


def headers(letter: Letter, at: dt.datetime) -> dict[str, str]:
    found = {
        "Message-ID": letter.message_id,
        "Date": format_datetime(at),
        "Content-Language": letter.language,
        "X-Moothall-Letter": str(letter.pk),
    }
    if letter.in_reply_to:
        found["In-Reply-To"] = letter.in_reply_to
        found["References"] = letter.references or letter.in_reply_to
    if letter.automatic:
        found["Auto-Submitted"] = "auto-replied" if letter.in_reply_to else "auto-generated"
        found["X-Auto-Response-Suppress"] = "All"
    return found


def closing(letter: Letter) -> list[str]:
    """What stands under the text in plain mail, after the mark by which mail programs know it."""
    head = letter.letterhead
    if head is None:
        return []
    contact = " · ".join(part for part in (head.phone, head.email, head.website) if part)
    lines = [
        *head.said("signature", letter.language).splitlines(),
        head.said("name", letter.language),
        contact,
        head.said("welsh_welcome", letter.language),
    ]
    return ["", "-- ", *(line for line in lines if line.strip())]


def html_of(letter: Letter) -> str:
    context = {"letter": letter, "body": to_html(letter.body), "closing": closing(letter)[2:]}
    return render_to_string("letters/mail.html", context)
