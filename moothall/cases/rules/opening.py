"""How a case begins: on the current version of its service, with its clocks and first steps running."""

import datetime as dt
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry, Service, ServiceVersion, Step
from moothall.core.clock import LONDON, in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Person, Team
from moothall.records.rules.audit import append_audit

from . import clocks, stepping
from .definition import definition_of
from .timeline import add_entry, index_words


class NoSuchService(Refusal):
    sentence = _("That service is not offered any more.")
    next_step = _("Choose another service.")


class ReceivedLater(Refusal):
    sentence = _("A case cannot be received in the future.")
    next_step = _("Check the date received.")


def current_version(service: Service) -> ServiceVersion:
    version = service.versions.filter(current=True).first()
    if version is None or service.retired_at is not None:
        raise NoSuchService
    return version


def next_reference(prefix: str, day: dt.date) -> str:
    """Such as LOD-26-00042. From a sequence, so that two people never wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('case_reference')")
        number = cursor.fetchone()[0]
    return f"{prefix}-{day:%y}-{number:05d}"


@transaction.atomic
def open_case(
    service: Service,
    *,
    title: str,
    channel: str,
    received_at: dt.datetime,
    at: dt.datetime,
    by: Account | None = None,
    requester: Person | None = None,
    subject: Person | None = None,
    team: Team | None = None,
    assignee: Account | None = None,
    answers: dict[str, Any] | None = None,
    priority: int = Case.NORMAL,
    confidentiality: str = "",
    language: str = "",
    words: str = "",
    parent_step: Step | None = None,
    version: ServiceVersion | None = None,
) -> Case:
    """Open a case. `words` are indexed with its title; the entry they came in is added by the caller."""
    if received_at > at:
        raise ReceivedLater
    version = version or current_version(service)
    definition = definition_of(version)
    team_id = team.pk if team else service.team_id
    case = Case(
        reference=next_reference(service.prefix, in_london(at).date()),
        service=service, version=version, title=(title.strip() or service.name)[:300],
        requester=requester, subject=subject, team_id=team_id, assignee=assignee, seen_by_teams=[team_id],
        priority=priority, confidentiality=confidentiality or definition.confidentiality, channel=channel,
        language=language, answers=answers or {}, received_at=received_at, logged_at=at, logged_by=by,
        parent_step=parent_step, came_back_at=None,
    )  # fmt: skip
    case.save(force_insert=True)
    clocks.start_clocks(case, definition.clocks, at=at, by=by)
    if case.due_on:
        Case.objects.filter(pk=case.pk).update(due_on=case.due_on, amber_on=case.amber_on)
    stepping.lay_out_steps(case, definition, at=at)
    index_words(case, title=f"{case.reference} {case.title} {requester or ''}", text=words)
    append_audit("cases.open", about=case, by=by, at=at, detail={"channel": channel, "service": service.key})
    return case


@transaction.atomic
def open_by_hand(asked: dict[str, Any], *, by: Account, at: dt.datetime) -> Case:
    """Open a case from what somebody typed: its service, title, person, words, day received and priority."""
    day = asked.get("received")
    received_at = dt.datetime.combine(day, dt.time(9), tzinfo=LONDON) if day else at
    if day == in_london(at).date():
        received_at = at
    person: Person | None = asked.get("requester")
    case = open_case(
        asked["service"], title=asked["title"], channel="staff", received_at=received_at, at=at, by=by,
        requester=person, priority=int(asked["priority"]), language=person.language if person else "",
    )  # fmt: skip
    if asked.get("text", "").strip():
        add_entry(case, kind=Entry.NOTE, at=at, by=by, text=asked["text"])
    return case
