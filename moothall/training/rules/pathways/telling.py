"""What students and hosts are told: letters in their language, each once."""

import datetime as dt
from collections.abc import Iterable

from moothall.letters.models import MAIL
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, ContactPoint, Person
from moothall.people.models.often_asked import ways_to_reach
from moothall.training.models import Attachment, Student

from .wording import ASKED, CONFIRMED, MOVED, PLACED


def tell_of_attachments(made: Iterable[Attachment], *, by: Account | None, at: dt.datetime) -> None:
    """Each of these who is with somebody; that they were told is kept with it."""
    numbers = [each.pk for each in made if not each.why]
    for each in Attachment.objects.in_full().filter(pk__in=numbers).order_by("first_on", "pk"):
        tell_of_attachment(each, by=by, at=at)
    Attachment.objects.filter(pk__in=numbers).update(told_at=at)


def tell_of_attachment(attachment: Attachment, *, by: Account | None, at: dt.datetime) -> None:
    """The student where they go, and the host who comes."""
    _write(attachment, attachment.student.employment.person, PLACED, by=by, at=at)
    host = attachment.host
    if host is not None and host.contact_email:
        _send(
            attachment, None, ASKED, address=host.contact_email, name=host.contact_name or host.name,
            language=host.language, by=by, at=at,
        )  # fmt: skip


def tell_of_move(student: Student, *, by: Account | None, at: dt.datetime) -> None:
    _write(student, student.employment.person, MOVED, by=by, at=at)


def tell_of_confirmation(student: Student, *, by: Account | None, at: dt.datetime) -> None:
    _write(student, student.employment.person, CONFIRMED, by=by, at=at)


def _write(
    about: Student | Attachment, to: Person, built_in: BuiltIn, *, by: Account | None, at: dt.datetime
) -> None:
    """By mail; whoever has no address sees it under My pathway."""
    account = Account.objects.in_use().filter(person=to).first()
    address = account.email if account else _mail_address(to.pk)
    if address:
        language = (account.language if account else "") or to.language
        _send(about, to, built_in, address=address, name=to.full_name, language=language, by=by, at=at)


def _mail_address(person: int) -> str:
    reach = ways_to_reach(person=person, most=8)
    return next((each.value for each in reach if each.kind == ContactPoint.EMAIL), "")


def _send(
    about: Student | Attachment, to: Person | None, built_in: BuiltIn, *, address: str, name: str,
    language: str, by: Account | None, at: dt.datetime,
) -> None:  # fmt: skip
    language = "cy" if language == "cy" else "en"
    text = built_in.text()
    merged = merge(text, language, fields_for(about, language=language, person=to, by=by, at=at))
    queue_letter(
        about=about, person=to, channel=MAIL, language=merged.language, to_address=address, to_name=name,
        from_address="", from_name="", subject=merged.subject, body=merged.body, by=by, at=at,
        automatic=by is None, text_version=text if text.pk else None,
    )  # fmt: skip
