"""How any field of a case changes: under a lock, on the timeline, in the audit, and with a way back."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit


class ChangedMeanwhile(Refusal):
    sentence = _("Somebody else changed this case while you were working on it.")
    next_step = _("What you typed is kept below. Read what changed, then save again.")


class CannotUndo(Refusal):
    sentence = _("This can no longer be undone, because the case has changed since.")
    next_step = _("Make the change you want by hand.")


Inverse = Callable[[Case, Entry, Account | None, dt.datetime], None]
_inverses: dict[str, Inverse] = {}


def undone_by(verb: str) -> Callable[[Inverse], Inverse]:
    """Register how a verb is undone, where putting the fields back is not enough."""

    def register(inverse: Inverse) -> Inverse:
        _inverses[verb] = inverse
        return inverse

    return register


def lock(case: Case, *, edition: int | None = None) -> Case:
    """The case as it now stands, held until the transaction ends."""
    fresh: Case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if edition is not None and fresh.edition != edition:
        raise ChangedMeanwhile
    return fresh


def plain(value: Any) -> Any:
    """A field's value as JSON keeps it."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


@transaction.atomic
def change_case(
    case: Case,
    *,
    verb: str,
    by: Account | None,
    at: dt.datetime,
    changes: Mapping[str, Any],
    note: str = "",
    said: Mapping[str, Any] | None = None,
    edition: int | None = None,
) -> Entry:
    """Write these fields, and say so on the timeline and in the audit. `said` has names for the sentence."""
    fresh = lock(case, edition=edition)
    before = {name: plain(getattr(fresh, field_of(name).attname)) for name in changes}
    after = {name: plain(value) for name, value in changes.items()}
    Case.objects.filter(pk=case.pk).update(**changes, edition=F("edition") + 1)
    for name, value in changes.items():
        setattr(case, name, value)
    case.edition = fresh.edition + 1
    detail = {"verb": verb, "before": before, "after": after, "said": dict(said or {})}
    entry = Entry.objects.create(case=case, kind=Entry.CHANGE, at=at, by=by, text=note, detail=detail)
    append_audit(f"cases.{verb}", about=case, by=by, at=at, detail={"before": before, "after": after})
    return entry


@transaction.atomic
def undo_change(entry: Entry, *, by: Account, at: dt.datetime) -> Entry:
    """Put back what a change changed, unless the case has moved on since."""
    fresh = lock(entry.case)
    change = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    detail = change.detail
    if change.kind != Entry.CHANGE or change.undone_at is not None:
        raise CannotUndo
    for name, value in detail["after"].items():
        if plain(getattr(fresh, field_of(name).attname)) != value:
            raise CannotUndo
    restored = {field_of(name).attname: _value(name, value) for name, value in detail["before"].items()}
    Case.objects.filter(pk=fresh.pk).update(**restored, edition=F("edition") + 1)
    fresh.refresh_from_db()
    inverse = _inverses.get(detail["verb"])
    if inverse is not None:
        inverse(fresh, change, by, at)
    Entry.objects.filter(pk=change.pk).update(undone_by=by, undone_at=at)
    append_audit("cases.undo", about=fresh, by=by, at=at, detail={"verb": detail["verb"], "entry": change.pk})
    change.undone_at = at
    return change


def field_of(name: str) -> Any:
    return Case._meta.get_field(name)


def _value(name: str, value: Any) -> Any:
    return field_of(name).to_python(value) if value is not None else None
