"""An extract is taken back as far as nobody has worked on the records since.

Records that it added go many at once; what it changed is put back one by one.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, Max, ProtectedError, QuerySet
from django.utils.translation import gettext as _

from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.people.rules.persons import correct_person
from moothall.records.models import AuditEvent
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Employment, StaffImport, StaffRow
from moothall.workforce.rules.assigning import hold, take_back_change
from moothall.workforce.rules.ending import keep_employment

from .unjoining import WorkedOnSince, take_out

SIZE = 500


def undo_rows(table: StaffImport, *, at: dt.datetime) -> None:
    """The last rows first, as often as somebody goes: whoever manages people of the file goes after them."""
    if table.undone_by is None:
        return
    while _once_through(table, by=table.undone_by, at=at):
        pass
    left = _to_undo(table).update(undone_at=at, reason=str(WorkedOnSince()))
    StaffImport.objects.filter(pk=table.pk).update(done=F("done") + left)
    StaffImport.objects.filter(pk=table.pk, state=StaffImport.UNDOING).update(state=StaffImport.UNDONE)


def _to_undo(table: StaffImport) -> QuerySet[StaffRow]:
    return StaffRow.objects.filter(table=table, done_at__isnull=False, undone_at=None)


def _once_through(table: StaffImport, *, by: Account, at: dt.datetime) -> int:
    """How many records went. Whoever still manages somebody waits for the next time."""
    done, gone = _to_undo(table), 0
    last = 1 + (done.aggregate(last=Max("number"))["last"] or 0)
    while rows := list(
        done.filter(number__lt=last).select_related("employment__person").order_by("-number")[:SIZE]
    ):
        joined = [row for row in rows if row.kind == StaffRow.JOINER and row.employment_id is not None]
        took = take_out(joined, by=by, at=at)
        others = [row for row in rows if row.kind != StaffRow.JOINER or row.employment_id is None]
        for row in others:
            _undo(row, by=by, at=at)
        StaffImport.objects.filter(pk=table.pk).update(done=F("done") + took.settled + len(others))
        gone, last = gone + took.gone, rows[-1].number
    return gone


def _undo(row: StaffRow, *, by: Account, at: dt.datetime) -> None:
    reason = _("Taken back.")
    try:
        with transaction.atomic():
            if row.employment is not None:
                _take_back(row, row.employment, by=by, at=at)
    except (Refusal, ProtectedError):
        reason = str(WorkedOnSince())
    StaffRow.objects.filter(pk=row.pk).update(undone_at=at, reason=reason)


def _take_back(row: StaffRow, employment: Employment, *, by: Account, at: dt.datetime) -> None:
    held = hold(employment)
    last = row.managed_at or row.done_at
    since = AuditEvent.objects.about(Employment._meta.label_lower, held.pk).filter(at__gt=last)
    if since.exists():
        raise WorkedOnSince
    if row.managed_at and held.assignments.filter(recorded_at=row.managed_at).exists():
        take_back_change(held, by=by, at=at)
    if row.done_at and held.assignments.standing().filter(recorded_at=row.done_at).exists():
        take_back_change(held, by=by, at=at + dt.timedelta(microseconds=1))
    if row.kind == StaffRow.LEAVER and held.ended_on is not None:
        keep_employment(held, by=by, at=at)
    if row.before:
        _details_back(held, row.before, by=by, at=at)


def _details_back(held: Employment, before: dict[str, Any], *, by: Account, at: dt.datetime) -> None:
    """What details said before, where nobody has changed them since."""
    own = {}
    for name in ("ni_number", "continuous_from"):
        was, became = before.get(name, ("", ""))
        if name in before and str(getattr(held, name) or "") == became:
            own[name] = was if name == "ni_number" else dt.date.fromisoformat(was)
    for name, value in own.items():
        setattr(held, name, value)
    if own:
        held.save(update_fields=list(own))
        append_audit("workforce.correct", about=held, by=by, at=at, detail={"changed": sorted(own)})
    person = held.person
    theirs: dict[str, Any] = {}
    for name in ("full_name", "given_name", "family_name", "born_on"):
        was, became = before.get(name, ("", ""))
        if name in before and str(getattr(person, name) or "") == became:
            theirs[name] = (dt.date.fromisoformat(was) if was else None) if name == "born_on" else was
    if theirs:
        correct_person(person, by=by, at=at, **theirs)
