"""A telephone call or somebody at the counter: counted at once, whether or not it becomes a case."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry, Service
from moothall.cases.rules.acting import may_act
from moothall.cases.rules.changing import lock
from moothall.cases.rules.clocks import ACKNOWLEDGED, meet_clocks
from moothall.cases.rules.closing import SIGNPOSTED, close_case
from moothall.cases.rules.holding import resume_case
from moothall.cases.rules.linking import split_case
from moothall.cases.rules.opening import ReceivedLater, moment_received, open_case
from moothall.cases.rules.timeline import add_entry
from moothall.core.refusals import Refusal
from moothall.enquiries.models import Contact, ContactCase
from moothall.knowledge.models import Signpost
from moothall.knowledge.rules.counting import count_answer
from moothall.people.models import Account, Person, Team
from moothall.people.rules.persons import add_person
from moothall.records.rules.audit import append_audit

from .calling_back import ask_for_call_back, window_on
from .replying import reply

ENTRY_KINDS = {"PHONE": Entry.CALL, "COUNTER": Entry.COUNTER}


class TeamNeeded(Refusal):
    sentence = _("Your account does not belong to a team, so this contact would be counted nowhere.")
    next_step = _("Ask your administrator for a role in a team.")


class ServiceNeeded(Refusal):
    sentence = _("A case needs a service.")
    next_step = _("Choose what they are asking for.")


class SignpostNeeded(Refusal):
    sentence = _("Say where you sent them.")
    next_step = _("Choose a signpost from the list.")


class CaseNeeded(Refusal):
    sentence = _("Say which case this is about.")
    next_step = _("Give its reference, such as LOD-26-00042.")


class CaseOnlyLookedOnAt(Refusal):
    sentence = _("You may look at this case, and not work on it.")
    next_step = _("Give the message to whoever works on it, or choose another result.")


@transaction.atomic
def log_contact(
    *,
    channel: str,
    result: str,
    subject: str,
    team: Team,
    by: Account,
    at: dt.datetime,
    received_at: dt.datetime,
    person: Person | None = None,
    note: str = "",
    minutes: int | None = None,
    service: Service | None = None,
    case: Case | None = None,
    signpost: Signpost | None = None,
    assignee: Account | None = None,
) -> Contact:
    """Count a contact: answered at once, signposted, added to a case, or become a new one."""
    if received_at > at:
        raise ReceivedLater
    if result == Contact.SIGNPOSTED and signpost is None:
        raise SignpostNeeded
    if result == Contact.ADDED and case is None:
        raise CaseNeeded
    if case is not None and not may_act(case, by, "cases.work"):
        raise CaseOnlyLookedOnAt
    contact = Contact.objects.create(
        channel=channel, result=result, person=person, team=team, subject=subject[:300], note=note,
        minutes=minutes, signpost=signpost if result == Contact.SIGNPOSTED else None,
        received_at=received_at, logged_at=at, logged_by=by,
    )  # fmt: skip
    append_audit("enquiries.log", about=contact, by=by, at=at, detail={"channel": channel, "result": result})
    if result == Contact.CASE:
        if service is None:
            raise ServiceNeeded
        case = open_case(
            service, title=subject, channel=channel.lower(), received_at=received_at, at=at, by=by,
            requester=person, assignee=assignee, language=person.language if person else "", words=note,
        )  # fmt: skip
    if case is not None:
        ContactCase.objects.create(contact=contact, case=case)
        add_entry(
            case, kind=ENTRY_KINDS.get(channel, Entry.NOTE), at=received_at, by=by, person=person,
            subject=subject, text=note, minutes=minutes,
        )  # fmt: skip
    if case is not None and result == Contact.CASE:
        meet_clocks(case, ACKNOWLEDGED, at=received_at, by=by)  # they were heard: no letter need say so
    elif case is not None:
        our_turn(case, by=by, at=at)
    return contact


def our_turn(case: Case, *, by: Account, at: dt.datetime) -> None:
    """Somebody got in touch about an open case: it comes back to whoever works on it. One that is closed
    stays so; whoever took the call reopens it if need be."""
    lock(case)
    if case.is_closed:
        return
    if case.status == Case.WAITING or case.held_until is not None:
        resume_case(case, by=by, at=at)
    if case.assignee_id != by.pk:
        Case.objects.filter(pk=case.pk).update(came_back_at=at)


@transaction.atomic
def signpost_case(
    case: Case, *, signpost: Signpost, text: str, by: Account, at: dt.datetime, language: str = ""
) -> None:
    """Answer with where to go, count the contact that opened the case as such, and close the case. A contact
    that opened others too still became a case."""
    letter = reply(case, text=text, by=by, at=at, language=language)
    count_answer(case, source=signpost, letter=letter, by=by, at=at)
    there = set(ContactCase.objects.filter(case=case).values_list("contact_id", flat=True))
    others = ContactCase.objects.filter(contact__in=there).exclude(case=case)
    shared = set(others.exclude(case__outcome=SIGNPOSTED).values_list("contact_id", flat=True))
    opened_by = Contact.objects.filter(pk__in=there - shared, result=Contact.CASE)
    opened_by.update(result=Contact.SIGNPOSTED, signpost=signpost)
    close_case(case, by=by, at=at, outcome=SIGNPOSTED, reason=signpost.name)


@transaction.atomic
def split_contact(
    case: Case, *, entry: Entry, service: Service, title: str, by: Account, at: dt.datetime
) -> Case:
    """One contact asked several things: the new case belongs to the same contact."""
    new = split_case(case, entry=entry, service=service, title=title, by=by, at=at)
    spoken = Q(messages=None, received_at=entry.at, logged_by=entry.by)
    contacts = Contact.objects.filter(Q(messages__entry=entry) | spoken, led_to__case=case).distinct()
    for contact in contacts.order_by("id"):
        ContactCase.objects.create(contact=contact, case=new)
    return new


@transaction.atomic
def log_contact_with_person(
    asked: dict[str, Any], *, team: Team | None, by: Account, at: dt.datetime
) -> Contact:
    """Log a contact as it was typed on one page, adding the person when they are not known yet."""
    if team is None:
        raise TeamNeeded
    person = asked["person"]
    if person is None and asked["new_name"].strip():
        person = _new_person(asked["new_name"], asked["new_reach"], by=by, at=at)
    contact = log_contact(
        channel=asked["channel"], result=asked["result"], subject=asked["subject"], team=team, by=by, at=at,
        received_at=moment_received(asked.get("received"), at=at), person=person, note=asked["note"],
        minutes=asked["minutes"], service=asked["service"], case=asked["reference"],
        signpost=asked["signpost"],
    )  # fmt: skip
    if asked.get("call_on"):
        _ask_to_be_rung(contact, asked, by=by, at=at)
    return contact


def _ask_to_be_rung(contact: Contact, asked: dict[str, Any], *, by: Account, at: dt.datetime) -> None:
    """Whoever got in touch is to be rung: about the case it led to, if it did."""
    led_to = contact.led_to.select_related("case__team").first()
    reach = asked["new_reach"] if "@" not in asked["new_reach"] else ""
    ask_for_call_back(
        about=contact.subject, window=window_on(asked["call_on"], asked["call_after"], asked["call_before"]),
        number=asked["call_number"] or reach, owner=by if asked["call_owner"] == "me" else None,
        team=contact.team, person=contact.person, case=led_to.case if led_to else None, contact=contact,
        by=by, at=at,
    )  # fmt: skip


def _new_person(name: str, reach: str, *, by: Account, at: dt.datetime) -> Person:
    mails = [reach] if "@" in reach else []
    phones = [reach] if reach and not mails else []
    return add_person(full_name=name, by=by, at=at, emails=mails, phones=phones)
