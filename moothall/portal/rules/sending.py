"""A form is sent: kept as it is first, then understood; it becomes a contact and a case exactly once."""

import datetime as dt
from typing import Final

from django.db import transaction

from moothall.cases.models import Case, Entry
from moothall.cases.rules.asked import as_text
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.opening import open_case
from moothall.cases.rules.timeline import add_entry
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.enquiries.models import Contact, ContactCase
from moothall.enquiries.models.contact import FORM
from moothall.people.models import Person
from moothall.people.models.contact_folding import fold_email, tidy
from moothall.people.rules.persons import LONGEST_NAME, add_person, set_language
from moothall.people.rules.senders import find_or_add_senders
from moothall.portal.models import Request
from moothall.records.rules.audit import append_audit

from .acknowledging import acknowledge_request
from .pages import is_complete
from .refusals import NotComplete

TITLE: Final = 120
SOURCE: Final = "web form"


@for_the_office()
def send_request(asked: Request, *, at: dt.datetime) -> Request:
    """Keep what was answered, for good, and then make a case of it. Sent twice, it is the same case. What
    cannot be understood now stays kept, and is tried again by the clock."""
    kept = keep_request(asked, at=at)
    try:
        return understand_request(kept, at=at)
    except Refusal as refusal:
        return note_problem(kept, problem=str(refusal))


@transaction.atomic
def keep_request(asked: Request, *, at: dt.datetime) -> Request:
    fresh: Request = Request.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if not fresh.is_draft:
        return fresh
    if not is_complete(fresh):
        raise NotComplete
    fresh.state, fresh.sent_at, fresh.changed_at = Request.KEPT, at, at
    fresh.save(update_fields=["state", "sent_at", "changed_at"])
    append_audit("portal.send", about=fresh, by=fresh.account, at=at, detail={"service": fresh.service.key})
    return fresh


@transaction.atomic
def note_problem(kept: Request, *, problem: str) -> Request:
    Request.objects.filter(pk=kept.pk, state=Request.KEPT).update(problem=problem[:2000])
    kept.refresh_from_db()
    return kept


@for_the_office()
@transaction.atomic
def understand_request(kept: Request, *, at: dt.datetime) -> Request:
    """The person, the contact, the case with its answers and files, and the acknowledgement."""
    fresh: Request = Request.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    if fresh.state != Request.KEPT or fresh.sent_at is None:
        return fresh
    person = _who(fresh, at=at)
    text = as_text(definition_of(fresh.version), fresh.answers, fresh.language)
    case = open_case(
        fresh.service, title=_title(fresh), channel="form", received_at=fresh.sent_at, at=at,
        by=fresh.account, requester=person, language=fresh.language, answers=fresh.answers,
        version=fresh.version,
    )  # fmt: skip
    fresh.contact = Contact.objects.create(
        channel=FORM, result=Contact.CASE, person=person, team_id=case.team_id, subject=case.title,
        received_at=fresh.sent_at, logged_at=at, logged_by=fresh.account,
    )  # fmt: skip
    ContactCase.objects.create(contact=fresh.contact, case=case)
    _write(fresh, case, person, text)
    fresh.case, fresh.state, fresh.problem = case, Request.UNDERSTOOD, ""
    fresh.save(update_fields=["case", "contact", "state", "problem"])
    append_audit("portal.understand", about=case, by=fresh.account, at=at, detail={"request": fresh.number})
    acknowledge_request(fresh, case, person, at=at)
    return fresh


def _write(asked: Request, case: Case, person: Person, text: str) -> None:
    """What they sent, as the first message on the case."""
    kept = asked.files.filter(removed_at=None).select_related("document")
    phone = f"\n\n{asked.phone}" if asked.phone else ""
    add_entry(
        case, kind=Entry.MAIL_IN, at=asked.sent_at or asked.changed_at, person=person, subject=case.title,
        sender=f"{asked.name} <{asked.email}>" if asked.email else asked.name, text=f"{text}{phone}",
        documents=[file.document for file in kept], detail={"kind": "form", "request": asked.number},
    )  # fmt: skip


def _title(asked: Request) -> str:
    """The service, and the first thing they wrote in words."""
    name = asked.service.name_in(asked.language)
    for key, question in definition_of(asked.version).form_fields():
        written = question.get("type") == "string" and not ({"oneOf", "enum", "format"} & question.keys())
        if written and asked.answers.get(key):
            first = " ".join(str(asked.answers[key]).split())
            return f"{name}: {first[:TITLE].strip()}{'…' if len(first) > TITLE else ''}"
    return name


def _who(asked: Request, *, at: dt.datetime) -> Person:
    """Somebody known by their account or address, or somebody new. What a form says of somebody we know
    changes nothing on their record: anybody can fill one in."""
    if asked.account is not None and asked.account.person is not None:
        return asked.account.person
    if not asked.email:
        return add_person(
            full_name=asked.name, by=None, at=at, language=asked.language, language_source=SOURCE,
            phones=[asked.phone] if asked.phone else [],
        )  # fmt: skip
    found = find_or_add_senders([(asked.name, asked.email)], at=at)
    person = found[fold_email(asked.email), tidy(asked.name, LONGEST_NAME)]
    if not person.language:
        return set_language(person, language=asked.language, source=SOURCE, by=None, at=at)
    return person


def understand_what_was_kept(*, at: dt.datetime) -> int:
    """Forms that were sent and are no case yet: because a process died, or the office was not ready."""
    waiting = Request.objects.not_understood(at - dt.timedelta(minutes=1)).select_related("service")[:200]
    done = 0
    for kept in waiting:
        try:
            understand_request(kept, at=at)
        except Refusal as refusal:
            note_problem(kept, problem=str(refusal))
        else:
            done += 1
    return done
