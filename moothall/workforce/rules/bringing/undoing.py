"""An extract is taken back, row by row, as far as nobody has worked on the records since."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, Max, ProtectedError
from django.utils.translation import gettext as _

from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.people.rules.persons import correct_person
from moothall.records.models import AuditEvent
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Employment, StaffImport, StaffRow
from moothall.workforce.rules.assigning import hold, take_back_change
from moothall.workforce.rules.ending import keep_employment

SIZE = 50
ON_THE_ENTRY = "workforce"


class WorkedOnSince(Refusal):
    sentence = _("Somebody has worked on it since, so it stays.")


def undo_rows(table: StaffImport, *, at: dt.datetime) -> None:
    """The last row first; what stays says so."""
    if table.undone_by is None:
        return
    done = StaffRow.objects.filter(table=table, done_at__isnull=False, undone_at=None)
    last = 1 + (done.aggregate(last=Max("number"))["last"] or 0)
    while rows := list(
        done.filter(number__lt=last).select_related("employment__person").order_by("-number")[:SIZE]
    ):
        for row in rows:
            _undo(row, by=table.undone_by, at=at)
        StaffImport.objects.filter(pk=table.pk).update(done=F("done") + len(rows))
        last = rows[-1].number
    StaffImport.objects.filter(pk=table.pk, state=StaffImport.UNDOING).update(state=StaffImport.UNDONE)


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
    if row.kind == StaffRow.JOINER:
        _never_joined(held, by=by, at=at)
        return
    if row.managed_at and held.assignments.filter(recorded_at=row.managed_at).exists():
        take_back_change(held, by=by, at=at)
    if row.done_at and held.assignments.standing().filter(recorded_at=row.done_at).exists():
        take_back_change(held, by=by, at=at + dt.timedelta(microseconds=1))
    if row.kind == StaffRow.LEAVER and held.ended_on is not None:
        keep_employment(held, by=by, at=at)
    if row.before:
        _details_back(held, row.before, by=by, at=at)


def _never_joined(held: Employment, *, by: Account, at: dt.datetime) -> None:
    """The record goes, unless something above this floor hangs on it; the person stays on record."""
    for relation in Employment._meta.related_objects:
        model: Any = relation.related_model
        name = relation.field.name
        if model._meta.app_label != ON_THE_ENTRY and model._default_manager.filter(**{name: held}).exists():
            raise WorkedOnSince
    detail = {"number": held.number, "person": held.person.reference}
    append_audit("workforce.undo_start", about=held, by=by, at=at, detail=detail)
    held.delete()


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
