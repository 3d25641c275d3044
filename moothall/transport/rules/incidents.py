"""Incidents, accidents and safeguarding concerns reported: each opens its case. A concern is sealed: it is
there for the people its case names alone, and for nobody whom it may be about."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moothall.cases.models import Case, CaseAccess, Service
from moothall.cases.rules.access import BY_NAME, name_on_case
from moothall.cases.rules.opening import NewCase, open_cases
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.people.models import Account, Person
from moothall.records.rules.audit import append_audit
from moothall.records.rules.documents import keep_document
from moothall.transport.models import Contractor, Incident, IncidentPhoto, Involved, Run, Vehicle
from moothall.transport.models.incident import CONCERN, KINDS, SERVICES
from moothall.transport.models.passenger import manages

from . import incident_refusals as refusals


@dataclass(frozen=True)
class There:
    """Somebody who was there, as whoever reports it knows."""

    part: str
    name: str
    person: Person | None = None
    harm: str = Involved.NONE
    injuries: str = ""


@dataclass(frozen=True)
class Receipt:
    """All that whoever reported something on the way is told of it: that it was received."""

    kind: str
    at: dt.datetime

    @property
    def words(self) -> str:
        return str(dict(KINDS)[self.kind])


@for_the_office()
@transaction.atomic
def report_incident(
    *, kind: str, happened_at: dt.datetime, where: str, what: str, by: Account | None, at: dt.datetime,
    run: Run | None = None, run_called: str = "", vehicle: Vehicle | None = None,
    contractor: Contractor | None = None, there: Sequence[There] = (),
    photos: Iterable[UploadedFile] = (), by_crew: bool = False,
) -> Incident:  # fmt: skip
    """It opens a case of its service. Whoever reports on the way hears that it was received, and no more."""
    if not where.strip() or not what.strip():
        raise refusals.SaysNothing
    if happened_at > at:
        raise refusals.HappensLater
    called = run.called if run is not None else run_called.strip()[:20]
    case = _open_case(kind, called, happened_at, what, there, by=by, at=at, by_crew=by_crew)
    made = Incident.objects.create(
        case=case, kind=kind, happened_at=happened_at, where=where.strip()[:300], what=what.strip(), run=run,
        run_called=called, vehicle=vehicle, contractor=contractor or (run.contractor if run else None),
        reported_at=at, reported_by=by, by_crew=by_crew,
    )  # fmt: skip
    Involved.objects.bulk_create(_row(made, each, by=by, at=at) for each in there)
    for file in photos:
        keep_photo(made, file, by=by, at=at)
    append_audit("transport.report_incident", about=case, by=by, at=at, detail={"incident": made.pk})
    return made


def _row(incident: Incident, there: There, *, by: Account | None, at: dt.datetime) -> Involved:
    return Involved(
        incident=incident, part=there.part, person=there.person, name=there.name.strip()[:250],
        harm=there.harm, injuries=there.injuries.strip(), recorded_at=at, recorded_by=by,
    )  # fmt: skip


def keep_photo(
    incident: Incident, file: UploadedFile, *, by: Account | None, at: dt.datetime
) -> IncidentPhoto:
    document = keep_document(
        file, name=file.name or "photo", by=by, at=at, declared_type=file.content_type or ""
    )
    return IncidentPhoto.objects.create(incident=incident, document=document, added_at=at, added_by=by)


def _open_case(
    kind: str, called: str, happened_at: dt.datetime, what: str, there: Sequence[There], *,
    by: Account | None, at: dt.datetime, by_crew: bool,
) -> Case:  # fmt: skip
    """Of a concern the title says nothing, and whoever reports it is named only if they manage transport."""
    service = Service.objects.filter(key=SERVICES[kind], retired_at=None).select_related("team").first()
    if service is None:
        raise refusals.NoSuchService
    sealed = kind == CONCERN
    opener = by if by is not None and not by_crew and (not sealed or manages(by)) else None
    new = NewCase(
        service=service, title=_title(kind, called, happened_at), channel="staff", received_at=at, by=opener,
        words="" if sealed else what, priority=Case.URGENT if sealed else Case.NORMAL,
        confidentiality=Case.SEALED if sealed else "",
    )  # fmt: skip
    (case,) = open_cases([new], at=at)
    if case.confidentiality in BY_NAME:
        _keep_from_whom_it_is_about(case, {each.person.pk for each in there if each.person}, by=by, at=at)
    return case


def _title(kind: str, called: str, happened_at: dt.datetime) -> str:
    with translation.override("en-gb"):
        words = str(dict(KINDS)[kind])
        if kind == CONCERN:
            return words
        day = date_format(in_london(happened_at).date(), "j F Y")
        return f"{words}, {_('run %(number)s') % {'number': called}}, {day}" if called else f"{words}, {day}"


def _keep_from_whom_it_is_about(case: Case, people: set[int], *, by: Account | None, at: dt.datetime) -> None:
    """Nobody who was there is among its readers; where nobody would be left, those who may restrict cases."""
    theirs = CaseAccess.objects.in_force().filter(case=case, account__person__in=people)
    theirs.update(ended_at=at)
    if CaseAccess.objects.in_force().filter(case=case).exists():
        return
    on = in_london(at).date()
    for permission in ("cases.restrict", "cases.manage"):
        who = Account.objects.who_may(permission, on=on).exclude(person__in=people).order_by("pk")
        readers = [each for each in who if manages(each)]
        if readers:
            name_on_case(case, readers, because=str(_("Its service begins like this")), by=None, at=at)
            return
    raise refusals.NobodyReadsConcerns


@for_the_office()
def receipts_of(account: Account, *, since: dt.datetime) -> list[Receipt]:
    """What this account reported on the way, newest first: that it was received, and nothing else of it."""
    rows = Incident.objects.filter(reported_by=account, by_crew=True, reported_at__gte=since)
    found = rows.order_by("-reported_at", "-id").values_list("kind", "reported_at")[:50]
    return [Receipt(kind, at) for kind, at in found]


def refuse_whom_it_is_about(case: Case, _verb: str, _by: Account | None, _at: dt.datetime) -> None:
    """Nobody is let into a concern about themself by naming them on its case."""
    about = Involved.objects.filter(
        incident__case=case, incident__kind=CONCERN, withdrawn_at=None, person__isnull=False
    )
    named = CaseAccess.objects.letting_in().filter(case=case, account__person__in=about.values("person"))
    if named.exists():
        raise refusals.WhomItIsAbout


def already_there(rows: Any, kept: Person) -> Any:
    """Two records of one person are merged: where the one kept was there too, the other row stays behind."""
    mine = Involved.objects.filter(person=kept, withdrawn_at=None).values("incident")
    return rows.filter(withdrawn_at=None, incident__in=mine)
