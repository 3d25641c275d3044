"""How a case begins: on the current version of its service, with its clocks and first steps running."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry, Service, ServiceVersion, Step
from moothall.cases.models.often_asked import current_versions
from moothall.core.clock import LONDON, in_london
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.people.barring import refuse_barred_account
from moothall.people.models import Account, Person, Team
from moothall.records.rules.audit import append_audits, audit_event

from . import clocks, stepping
from .access import name_first_readers
from .definition import definition_of
from .following import tell_followers
from .indexing import Words, index_many, title_words
from .reckoning import Holidays, holidays_in_force
from .timeline import add_entries


class NoSuchService(Refusal):
    sentence = _("That service is not offered any more.")
    next_step = _("Choose another service.")


class ReceivedLater(Refusal):
    sentence = _("A case cannot be received in the future.")
    next_step = _("Check the date received.")


@dataclass(frozen=True, kw_only=True)
class NewCase:
    """A case to be opened. `words` are indexed with its title; the entry they came in is the caller's."""

    service: Service
    title: str
    channel: str
    received_at: dt.datetime
    by: Account | None = None
    requester: Person | None = None
    subject: Person | None = None
    team: Team | None = None
    assignee: Account | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    priority: int = Case.NORMAL
    confidentiality: str = ""
    language: str = ""
    words: str = ""
    parent_step: Step | None = None
    version: ServiceVersion | None = None


def current_version(service: Service) -> ServiceVersion:
    found = current_versions(service=service.pk)
    if not found or service.retired_at is not None:
        raise NoSuchService
    return found[0]


def next_references(prefixes: Sequence[str], day: dt.date) -> list[str]:
    """Such as LOD-26-00042. From a sequence, so that two people never wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('case_reference') FROM generate_series(1, %s)", [len(prefixes)])
        numbers = [number for (number,) in cursor.fetchall()]
    return [f"{prefix}-{day:%y}-{number:05d}" for prefix, number in zip(prefixes, numbers, strict=True)]


def open_case(service: Service, *, at: dt.datetime, **given: Any) -> Case:
    """Open one case; what may be given is what a NewCase holds."""
    return open_cases([NewCase(service=service, **given)], at=at)[0]


@for_the_office()
@transaction.atomic
def open_cases(
    wanted: Sequence[NewCase],
    *,
    at: dt.datetime,
    indexed: bool = True,
    versions: dict[int, ServiceVersion] | None = None,
) -> list[Case]:
    """Open cases, all or none, in a few statements however many they are.

    With `indexed` false the caller indexes their words, together with those of their first entries.
    `versions` are those known to be current, by service, for a caller who opens many.
    """
    if any(new.received_at > at for new in wanted):
        raise ReceivedLater
    known = {} if versions is None else versions
    for new in wanted:
        if new.version is None and new.service.pk not in known:
            known[new.service.pk] = current_version(new.service)
    _refuse_barred(wanted, known, at=at)
    references = next_references([new.service.prefix for new in wanted], in_london(at).date())
    cases = [
        _case(new, new.version or known[new.service.pk], reference, at=at)
        for new, reference in zip(wanted, references, strict=True)
    ]
    made = _clocks_of(cases, at=at, holidays=holidays_in_force())
    Case.objects.bulk_create(cases)
    clocks.save_new(made)
    for case in cases:
        name_first_readers(case, by=case.logged_by, at=at)
        stepping.lay_out_steps(case, definition_of(case.version), at=at)
    if indexed:
        index_many(opening_words(cases, wanted))
    append_audits(
        audit_event(
            "cases.open", about=case, by=new.by, at=at,
            detail={"channel": new.channel, "service": new.service.key},
        )
        for case, new in zip(cases, wanted, strict=True)
    )  # fmt: skip
    for opener in {new.by: None for new in wanted}:
        theirs = [case for case, new in zip(cases, wanted, strict=True) if new.by == opener]
        tell_followers(theirs, "open", by=opener, at=at)
    return cases


def _refuse_barred(wanted: Iterable[NewCase], known: dict[int, ServiceVersion], *, at: dt.datetime) -> None:
    """Nobody begins with a case whose service needs what they may not do."""
    for new in wanted:
        if new.assignee is not None:
            definition = definition_of(new.version or known[new.service.pk])
            refuse_barred_account(new.assignee, needs=definition.needs, on=in_london(at).date())


def opening_words(cases: Iterable[Case], wanted: Iterable[NewCase]) -> list[Words]:
    """What cases are found by from their first moment."""
    pairs = zip(cases, wanted, strict=True)
    return [Words(case.pk, title_words(case), new.words) for case, new in pairs]


def _case(new: NewCase, version: ServiceVersion, reference: str, *, at: dt.datetime) -> Case:
    team_id = new.team.pk if new.team else new.service.team_id
    case = Case(
        reference=reference, service=new.service, version=version,
        title=(new.title.strip() or new.service.name)[:300], requester=new.requester, subject=new.subject,
        team_id=team_id, assignee=new.assignee, seen_by_teams=[team_id], priority=new.priority,
        confidentiality=new.confidentiality or definition_of(version).confidentiality, channel=new.channel,
        language=new.language, answers=new.answers, received_at=new.received_at, logged_at=at,
        logged_by=new.by, parent_step=new.parent_step,
    )  # fmt: skip
    if new.team is not None:
        case.team = new.team
    return case


def _clocks_of(cases: Sequence[Case], *, at: dt.datetime, holidays: Holidays) -> list[Any]:
    made: list[Any] = []
    for case in cases:
        definition = definition_of(case.version)
        made += clocks.first_clocks(case, definition, at=at, by=case.logged_by, holidays=holidays)
    return made


def moment_received(day: dt.date | None, *, at: dt.datetime) -> dt.datetime:
    """The moment meant by a day somebody typed: nine in the morning, or now where it is today or none."""
    if day is None or day == in_london(at).date():
        return at
    return dt.datetime.combine(day, dt.time(9), tzinfo=LONDON)


@transaction.atomic
def open_by_hand(
    asked: dict[str, Any], *, by: Account, at: dt.datetime, answers: dict[str, Any] | None = None
) -> Case:
    """Open a case from what somebody typed: service, title, person, words, day received and priority, and
    what was answered to the questions of the service."""
    received_at = moment_received(asked.get("received"), at=at)
    person: Person | None = asked.get("requester")
    new = NewCase(
        service=asked["service"], title=asked["title"], channel="staff", received_at=received_at, by=by,
        requester=person, priority=int(asked["priority"]), language=person.language if person else "",
        answers=answers or {}, words="\n".join(str(each) for each in (answers or {}).values()),
    )  # fmt: skip
    text = asked.get("text", "")
    (case,) = open_cases([new], at=at, indexed=not text.strip())
    if text.strip():
        note = Entry(case=case, kind=Entry.NOTE, at=at, by=by, text=text)
        add_entries([(note, [])], also=opening_words([case], [new]))
    return case
