"""Rows for the tests of letters."""

import datetime as dt
import itertools
from typing import Any

from moothall.letters.models import Letter, Letterhead, LetterTemplate
from moothall.letters.rules.outbox import queue_letter
from moothall.letters.rules.templates import create_template, save_template_pair
from moothall.people.models import Account, Grant, Organisation, Person, Role, Team
from moothall.records.models import Document
from moothall.records.rules.documents import keep_document

AT = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(minutes=1)
count = itertools.count(1)


def make_account(*permissions: str, **changes: Any) -> Account:
    """Somebody who may do just these things, in the whole office."""
    number = next(count)
    fields: dict[str, Any] = {"email": f"amina{number}@example.org", "name": "Amina Llwyd"} | changes
    account = Account.objects.create(**fields)
    if permissions:
        role = Role.objects.create(key=f"role-{number}", name="Writer", permissions=list(permissions))
        Grant.objects.create(account=account, role=role, started_on=dt.date(2020, 1, 1))
    return account


def make_person(**changes: Any) -> Person:
    fields: dict[str, Any] = {"full_name": "Siân Okafor", "added_at": AT, "reference": f"P{next(count):06}"}
    return Person.objects.create(**(fields | changes))


def make_team(**changes: Any) -> Team:
    """A record that letters in these tests are about."""
    number = next(count)
    organisation = Organisation.objects.create(name=f"Caer Gybi Council {number}")
    fields = {"key": f"team-{number}", "name": "Learning", "organisation": organisation}
    return Team.objects.create(**(fields | changes))


def make_letter(**changes: Any) -> Letter:
    fields: dict[str, Any] = {
        "person": None,
        "channel": "MAIL",
        "language": "en",
        "to_address": f"sian{next(count)}@example.com",
        "to_name": "Siân Okafor",
        "from_address": "learning@example.org",
        "from_name": "Learning team",
        "subject": "Your place on the course",
        "body": "Dear Siân\n\nYou have a place.",
        "by": None,
        "at": AT,
    } | changes
    if "about" not in fields:
        fields["about"] = make_team()
    return queue_letter(**fields)


def make_template(**changes: Any) -> LetterTemplate:
    """A template with a first version of both texts."""
    fields: dict[str, Any] = {
        "key": f"place-{next(count)}",
        "name": "A place is confirmed",
        "subject_en": "Your place, {person.name}",
        "body_en": "{person.greeting}\n\nYou have a place.",
        "subject_cy": "Eich lle, {person.name}",
        "body_cy": "{person.greeting}\n\nMae gennych le.",
        "by": None,
        "at": AT,
    } | changes
    texts = {name: fields.pop(name) for name in ("subject_en", "body_en", "subject_cy", "body_cy")}
    template = create_template(**fields)
    save_template_pair(template, **texts, by=fields["by"], at=fields["at"])
    return template


def make_letterhead(**changes: Any) -> Letterhead:
    fields: dict[str, Any] = {
        "name": "Caer Gybi Council",
        "name_cy": "Cyngor Caer Gybi",
        "address": "County Hall\nHigh Street\nXX1 1AA",
        "phone": "01632 960001",
        "signature": "Learning",
        "signature_cy": "Dysgu",
        "welsh_welcome": "You are welcome to write to us in Welsh.",
        "welsh_welcome_cy": "Mae croeso i chi ysgrifennu atom yn Gymraeg.",
        "saved_at": AT,
    }
    return Letterhead.objects.create(**(fields | changes))


def make_document(**changes: Any) -> Document:
    fields: dict[str, Any] = {"content": b"Minutes", "name": "minutes.txt", "by": None, "at": AT} | changes
    return keep_document(fields.pop("content"), **fields)
