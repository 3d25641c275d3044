"""What another system handed in becomes a contact, and a case or one more message on one."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from moothall.cases.models import Case, Entry, Service
from moothall.cases.rules.asked import as_text
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.opening import NoSuchService, open_case
from moothall.cases.rules.timeline import add_entry
from moothall.core.serving import for_the_office
from moothall.enquiries.models import Contact, ContactCase, Incoming
from moothall.people.models import Account, Person
from moothall.people.models.contact_folding import fold_email, tidy
from moothall.people.rules.persons import LONGEST_NAME, set_language
from moothall.people.rules.senders import find_or_add_senders
from moothall.records.rules.audit import append_audit

from .contacts import ENTRY_KINDS, CaseNeeded, our_turn
from .knowing import person_by_number_or_name

TITLE: Final = 120
SOURCE: Final = "API"
Said = Mapping[str, Any]


@for_the_office()
@transaction.atomic
def understand_incoming(kept: Incoming, *, at: dt.datetime) -> Incoming:
    """The person, the contact, the case and what they wrote, with its files: once."""
    fresh = Incoming.objects.select_for_update(of=("self",)).select_related("account").get(pk=kept.pk)
    if fresh.case_id is not None:
        return fresh
    said, by = fresh.said, fresh.account
    received_at = dt.datetime.fromisoformat(said["received_at"]) if said["received_at"] else fresh.kept_at
    person = _who(said, by=by, at=at)
    case = _known_case(said) if said["case"] else _new_case(said, person, received_at, by=by, at=at)
    added = bool(said["case"])
    contact = Contact.objects.create(
        channel=said["channel"], result=Contact.ADDED if added else Contact.CASE, person=person,
        team_id=case.team_id, subject=_title(said, case), received_at=received_at, logged_at=at, logged_by=by,
    )  # fmt: skip
    ContactCase.objects.create(contact=contact, case=case)
    fresh.entry = _write(fresh, case, person, received_at)
    if added:
        our_turn(case, by=by, at=at)
    fresh.case, fresh.problem = case, ""
    fresh.save(update_fields=["case", "entry", "problem"])
    append_audit(
        "enquiries.understand", about=case, by=by, at=at,
        detail={"incoming": fresh.pk, "contact": contact.pk, "because": said["received_because"]},
    )  # fmt: skip
    return fresh


def _known_case(said: Said) -> Case:
    case = Case.objects.filter(reference=said["case"]).select_related("merged_into").first()
    if case is None:
        raise CaseNeeded
    return case.merged_into or case


def _new_case(
    said: Said, person: Person | None, received_at: dt.datetime, *, by: Account, at: dt.datetime
) -> Case:
    service = Service.objects.filter(key=said["service"], retired_at=None).first()
    if service is None:
        raise NoSuchService
    language = said["language"] or (person.language if person else "")
    return open_case(
        service, title=_title(said, service), channel=said["channel"].lower(), received_at=received_at, at=at,
        by=by, requester=person, language=language, answers=said["answers"],
    )  # fmt: skip


def _title(said: Said, instead: Case | Service) -> str:
    """What they call it, else the first words they wrote, else the service or the case."""
    first = " ".join(said["text"].split())
    short = f"{first[:TITLE].strip()}…" if len(first) > TITLE else first
    return str(
        said["title"].strip() or short or (instead.title if isinstance(instead, Case) else instead.name)
    )


def _who(said: Said, *, by: Account, at: dt.datetime) -> Person | None:
    """Somebody known by reference, by address, or by number and name; else somebody new."""
    sender = said["sender"]
    if sender["person"]:
        return Person.objects.current().filter(reference=sender["person"]).first()
    if not sender["email"]:
        person = person_by_number_or_name(sender["name"].strip(), sender["phone"].strip(), by=by, at=at)
    else:
        found = find_or_add_senders([(sender["name"], sender["email"])], at=at)
        person = found.get((fold_email(sender["email"]), tidy(sender["name"], LONGEST_NAME)))
    if person is not None and said["language"] and not person.language:
        return set_language(person, language=said["language"], source=SOURCE, by=by, at=at)
    return person


def _write(kept: Incoming, case: Case, person: Person | None, received_at: dt.datetime) -> Entry:
    """What they said, as it stands on the timeline."""
    said, sender = kept.said, kept.said["sender"]
    answers = as_text(definition_of(case.version), said["answers"], case.language)
    parts = [said["text"].strip(), answers, sender["phone"].strip()]
    named = f"{sender['name']} <{sender['email']}>".strip() if sender["email"] else sender["name"]
    detail = {"kind": "api", "incoming": kept.pk, "external": said["external"]}
    return add_entry(
        case, kind=ENTRY_KINDS.get(said["channel"], Entry.MAIL_IN), at=received_at, person=person,
        subject=_title(said, case), sender=named[:400], text="\n\n".join(part for part in parts if part),
        documents=list(kept.files.order_by("id")), detail=detail,
    )  # fmt: skip
