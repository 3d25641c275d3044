"""What is done about an incident: who was there, whom to tell, what was found, actions, and its end."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import ngettext

from moothall.cases.models import Case, Entry
from moothall.cases.rules.access import BY_NAME, let_in
from moothall.cases.rules.acting import is_named
from moothall.cases.rules.changing import lock
from moothall.cases.rules.closing import NOTHING_DONE, close_case
from moothall.cases.rules.refusals import refuse_if_closed
from moothall.core.clock import in_london
from moothall.people.models import Account, Person
from moothall.records.rules.audit import append_audit
from moothall.transport.models import (
    Incident,
    IncidentAction,
    IncidentPhoto,
    Investigation,
    Involved,
    OutsideReport,
    ReportingDuty,
    Statement,
)

from . import incident_refusals as refusals
from .incidents import keep_photo

DAY = dt.timedelta(days=1)


def hold(incident: Incident, *, by: Account) -> Incident:
    """The incident with its case locked and open; of a sealed one, by somebody whom its case names."""
    lock(incident.case)
    if incident.case.confidentiality in BY_NAME and not is_named(incident.case, by):
        raise refusals.NotNamed
    refuse_if_closed(incident.case)
    return incident


def write(verb: str, incident: Incident, *, by: Account, at: dt.datetime, **detail: Any) -> None:
    """Into the audit, about the case: numbers and days, never the words."""
    append_audit(f"transport.{verb}", about=incident.case, by=by, at=at, detail=detail)


def was_there(incident: Incident, person: Person | None) -> bool:
    return person is not None and incident.involved.filter(person=person, withdrawn_at=None).exists()


@transaction.atomic
def involve(
    incident: Incident, *, part: str, name: str, by: Account, at: dt.datetime, person: Person | None = None,
    harm: str = Involved.NONE, injuries: str = "",
) -> Involved:  # fmt: skip
    """Somebody else was there, or came to harm. Whoever reads a concern is not somebody it may be about."""
    hold(incident, by=by)
    words = person.full_name if person is not None else name.strip()
    if not words:
        raise refusals.SaysNothing
    if was_there(incident, person):
        raise refusals.ThereAlready
    if incident.case.confidentiality in BY_NAME and person is not None:
        _refuse_reader(incident.case, person)
    made = Involved.objects.create(
        incident=incident, part=part, person=person, name=words[:250], harm=harm, injuries=injuries.strip(),
        recorded_at=at, recorded_by=by,
    )  # fmt: skip
    write("involve", incident, by=by, at=at, involved=made.pk)
    return made


def _refuse_reader(case: Case, person: Person) -> None:
    account = Account.objects.filter(person=person).first()
    if account is not None and is_named(case, account):
        raise refusals.WhomItIsAbout


@transaction.atomic
def not_involved(involved: Involved, *, by: Account, at: dt.datetime) -> Involved:
    """They were not there after all."""
    hold(involved.incident, by=by)
    rows = Involved.objects.filter(pk=involved.pk, withdrawn_at=None)
    if not rows.update(withdrawn_at=at, withdrawn_by=by):
        raise refusals.GoneAlready
    write("not_involved", involved.incident, by=by, at=at, involved=involved.pk)
    return involved


@transaction.atomic
def add_photos(
    incident: Incident, files: Iterable[UploadedFile], *, by: Account, at: dt.datetime
) -> list[IncidentPhoto]:
    hold(incident, by=by)
    made = [keep_photo(incident, each, by=by, at=at) for each in files]
    write("incident_photos", incident, by=by, at=at, photos=[each.pk for each in made])
    return made


def duties_of(incident: Incident) -> Sequence[tuple[ReportingDuty, OutsideReport | None]]:
    """Whom such a thing may have to be told to, by the rules of the day it happened, and what was decided."""
    on = in_london(incident.happened_at).date()
    rows = incident.outside_reports.filter(withdrawn_at=None).select_related("duty", "recorded_by")
    decided = {each.duty_id: each for each in rows}
    return [(each, decided.get(each.pk)) for each in ReportingDuty.objects.for_kind(incident.kind, on=on)]


@transaction.atomic
def decide_report(
    incident: Incident, duty: ReportingDuty, *, needed: bool, because: str, by: Account, at: dt.datetime,
    told_on: dt.date | None = None, reference: str = "",
) -> OutsideReport:  # fmt: skip
    """Whether they have to be told, and why; once they were told, when. What was decided before stays."""
    hold(incident, by=by)
    if not because.strip():
        raise refusals.ReasonNeeded
    if told_on is not None and not needed:
        raise refusals.NotNeeded
    happened = in_london(incident.happened_at).date()
    if told_on is not None and not happened <= told_on <= in_london(at).date():
        raise refusals.ToldEarlier
    OutsideReport.objects.filter(incident=incident, duty=duty, withdrawn_at=None).update(withdrawn_at=at)
    made = OutsideReport.objects.create(
        incident=incident, duty=duty, needed=needed, because=because.strip()[:300], told_on=told_on,
        due_on=happened + DAY * duty.days, reference=reference.strip()[:80], recorded_at=at, recorded_by=by,
    )  # fmt: skip
    told = told_on.isoformat() if told_on else ""
    write("outside_report", incident, by=by, at=at, duty=duty.key, needed=needed, told=told)
    return made


@transaction.atomic
def investigate(
    incident: Incident, *, investigator: Account, facts: str, cause: str, finished: bool, by: Account,
    at: dt.datetime,
) -> Investigation:  # fmt: skip
    """Who looks into it, and what they found so far; finished once the facts and the cause are written."""
    hold(incident, by=by)
    if was_there(incident, investigator.person):
        raise refusals.WhomItIsAbout
    if finished and not (facts.strip() and cause.strip()):
        raise refusals.FactsAndCause
    let_in(incident.case, investigator, by=by, at=at)
    ended = {"finished_at": at, "finished_by": by} if finished else {"finished_at": None, "finished_by": None}
    given = {"investigator": investigator, "facts": facts.strip(), "cause": cause.strip(), **ended}
    made, _new = Investigation.objects.update_or_create(
        incident=incident, defaults=given, create_defaults={**given, "begun_at": at}
    )
    write("investigate", incident, by=by, at=at, investigator=investigator.pk, finished=finished)
    return made


@transaction.atomic
def take_statement(
    incident: Incident, *, name: str, said: str, taken_on: dt.date, by: Account, at: dt.datetime
) -> Statement:
    hold(incident, by=by)
    if not name.strip() or not said.strip():
        raise refusals.SaysNothing
    if taken_on > in_london(at).date():
        raise refusals.HappensLater
    made = Statement.objects.create(
        incident=incident, name=name.strip()[:250], said=said.strip(), taken_on=taken_on, recorded_at=at,
        recorded_by=by,
    )  # fmt: skip
    write("take_statement", incident, by=by, at=at, statement=made.pk)
    return made


@transaction.atomic
def withdraw_statement(statement: Statement, *, by: Account, at: dt.datetime) -> Statement:
    """It was entered by mistake; it is kept, and not shown."""
    hold(statement.incident, by=by)
    rows = Statement.objects.filter(pk=statement.pk, withdrawn_at=None)
    if not rows.update(withdrawn_at=at, withdrawn_by=by):
        raise refusals.GoneAlready
    write("withdraw_statement", statement.incident, by=by, at=at, statement=statement.pk)
    return statement


@transaction.atomic
def add_action(
    incident: Incident, *, what: str, owner: Account, due_on: dt.date, by: Account, at: dt.datetime
) -> IncidentAction:
    """Somebody does it by that day. On a sealed case they are named from then on."""
    hold(incident, by=by)
    if not what.strip():
        raise refusals.SaysNothing
    if due_on < in_london(at).date():
        raise refusals.DueEarlier
    if incident.case.confidentiality in BY_NAME and was_there(incident, owner.person):
        raise refusals.WhomItIsAbout
    let_in(incident.case, owner, by=by, at=at)
    made = IncidentAction.objects.create(
        incident=incident, what=what.strip(), owner=owner, due_on=due_on, added_at=at, added_by=by
    )
    write("incident_action", incident, by=by, at=at, action=made.pk, owner=owner.pk, due=due_on.isoformat())
    return made


@transaction.atomic
def finish_action(action: IncidentAction, *, how: str, by: Account, at: dt.datetime) -> IncidentAction:
    hold(action.incident, by=by)
    if not how.strip():
        raise refusals.SaysNothing
    rows = IncidentAction.objects.open().filter(pk=action.pk)
    if not rows.update(done_at=at, done_by=by, done_how=how.strip()):
        raise refusals.GoneAlready
    write("incident_action_done", action.incident, by=by, at=at, action=action.pk)
    return action


@transaction.atomic
def withdraw_action(action: IncidentAction, *, by: Account, at: dt.datetime) -> IncidentAction:
    """It is not needed, or was entered by mistake."""
    hold(action.incident, by=by)
    if not IncidentAction.objects.open().filter(pk=action.pk).update(withdrawn_at=at, withdrawn_by=by):
        raise refusals.GoneAlready
    write("incident_action_withdrawn", action.incident, by=by, at=at, action=action.pk)
    return action


@transaction.atomic
def reopen_action(action: IncidentAction, *, by: Account, at: dt.datetime) -> IncidentAction:
    """It is not done after all, or is needed after all."""
    hold(action.incident, by=by)
    rows = IncidentAction.objects.filter(pk=action.pk).exclude(done_at=None, withdrawn_at=None)
    before = {"done_at": None, "done_by": None, "done_how": "", "withdrawn_at": None, "withdrawn_by": None}
    if not rows.update(**before):
        raise refusals.GoneAlready
    write("incident_action_open", action.incident, by=by, at=at, action=action.pk)
    return action


@transaction.atomic
def close_incident(incident: Incident, *, outcome: str, reason: str, by: Account, at: dt.datetime) -> Entry:
    """Closed with an outcome of its service, once nothing is open; the entry is the way back."""
    hold(incident, by=by)
    return close_case(incident.case, outcome=outcome, reason=reason.strip(), by=by, at=at)


def refuse_while_open(case: Case, _verb: str, _by: Account | None, _at: dt.datetime) -> None:
    """From whichever page it is closed: not while somebody has to do something because of it, and not while
    somebody outside may have to be told. What was opened by mistake, or is another's, ends at once."""
    if case.outcome in NOTHING_DONE:
        return
    incident = Incident.objects.filter(case=case).first()
    if incident is None:
        return
    actions = IncidentAction.objects.open().filter(incident=incident).count()
    if actions:
        raise refusals.StillOpen(
            ngettext(
                "%(count)s action because of it is not done.",
                "%(count)s actions because of it are not done.", actions,
            ) % {"count": actions}
        )  # fmt: skip
    waiting = sum(found is None or found.is_waiting for _duty, found in duties_of(incident))
    if waiting:
        raise refusals.StillOpen(
            ngettext(
                "Of %(count)s body outside it is not settled whether they are told.",
                "Of %(count)s bodies outside it is not settled whether they are told.", waiting,
            ) % {"count": waiting}
        )  # fmt: skip
