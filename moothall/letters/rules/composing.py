"""A letter as the email that leaves: plain text and HTML, attachments, and headers that stop loops."""

import datetime as dt
from email import charset
from email.utils import format_datetime, formataddr

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from moothall.letters.models import Letter
from moothall.records.rules.documents import read_document

from .formatting import to_html, to_plain

QUOTED = charset.Charset("utf-8")
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
        message.attach(document.name, read_document(document), attached_as(document.media_type))
    return message


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
